"""Looking up every quote in the text its source had, and telling which passages wait because that text has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.archive.quotes import find_quote
from kg.archive.sources import ArchivedSource
from kg.archive.store import Archive

FOUND, MISSING, NO_TEXT = "found", "not found", "no text kept"


@dataclass(frozen=True)
class QuoteCheck:
    """What came of looking up one quote: `status` is found, not found or no text kept (here).

    `hash` names the text it was looked for in, `line` is the line of that text (from 1), `nearest` the words there and
    `likeness` how alike they are, 100 when found. `file` and `file_line` say where the passage stands in its record.
    """

    source: str
    passage: str
    quote: str
    status: str
    hash: str
    line: int
    nearest: str
    likeness: float
    file: str
    file_line: int


@dataclass(frozen=True)
class Reopened:
    """A passage whose source read otherwise later: `old` and `new` name the texts, `quote` says what became of its quote."""

    source: str
    passage: str
    read: str
    old: str
    new: str
    quote: str
    file: str
    file_line: int


def check_quotes(archive: Archive, source: ArchivedSource) -> Iterator[QuoteCheck]:
    """Look up every quote of `source`, in the text of its last reading first, then in earlier ones.

    Raises ArchiveError when a kept text is damaged.
    """
    texts = [(access.hash, archive.text(access.hash)) for access in reversed(source.record.source.access)]
    kept = [(name, text) for name, text in texts if text is not None]
    for passage, file_line in zip(source.record.passages, source.lines(), strict=True):
        if passage.quote is None:
            continue
        tried = [(name, find_quote(text, passage.quote)) for name, text in kept]
        # max keeps the first of equals: the latest text.
        name, best = max(tried, key=lambda item: item[1].likeness) if tried else (texts[0][0] if texts else "", None)
        status = NO_TEXT if best is None else FOUND if best.likeness == 100 else MISSING
        line, words, likeness = (best.line, best.words, best.likeness) if best else (0, "", 0.0)
        record = source.record.source.id
        yield QuoteCheck(record, passage.id, passage.quote, status, name, line, words, likeness, source.name, file_line)


def reopened(archive: Archive, source: ArchivedSource) -> Iterator[Reopened]:
    """The passages of `source` when its last reading found another text than the last one reviewed (or the first), else none."""
    readings = source.record.source.access
    if len(readings) < 2:
        return
    new = readings[-1]
    old = next((access for access in reversed(readings) if access.reviewed), readings[0])
    if old.hash == new.hash:
        return
    text = archive.text(new.hash)
    for passage, line in zip(source.record.passages, source.lines(), strict=True):
        if passage.quote is None:
            became = "no quote: read it again"
        elif text is None:
            became = "the new text is not kept here"
        else:
            became = "still there" if find_quote(text, passage.quote).likeness == 100 else "no longer there"
        yield Reopened(source.record.source.id, passage.id, new.read, old.hash, new.hash, became, source.name, line)
