"""Decisions -> the record they make: checked as any record is, with every problem at its words in the text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from kg.errors import KgError, Problem
from kg.extract.describe import describe
from kg.extract.draft import plain, record_text, text_path
from kg.extract.passages import LONGEST_QUOTE
from kg.extract.review.journal import Entry, journal_path
from kg.extract.review.proposal import Proposal
from kg.extract.review.standing import ReviewedFact, Standing, State
from kg.records import Record, Registries, try_record
from kg.records.checks import check_record
from kg.records.document import Document, Path_
from kg.records.model import FACT_MODELS, AnyFact, Passage, Source
from kg.records.validation import validate

_KINDS = ("person", "body", "tenure", "relation", "case", "event", "figure", "qualification")
_LONGEST_SUMMARY = 500


def finished_record(
    proposal: Proposal, standing: Standing, facts: list[ReviewedFact], registries: Registries | None
) -> tuple[Record | None, list[Problem]]:
    """The record of everything kept, and what is wrong with it; the record is None when nothing was kept."""
    document = Document(str(text_path(proposal.path)))
    whole = source_values(proposal.source) | standing.source
    source = validate(Source, whole, document, ("source",)) or proposal.source
    passages: list[Passage] = []
    for passage, (start, end) in sorted(standing.places.items(), key=lambda item: item[1]):
        kept = [fact for fact in facts if fact.passage == passage and fact.state is not State.rejected]
        if kept:
            path: Path_ = ("passages", len(passages))
            document.positions[path] = proposal.line_and_column(start)
            read = [_fact(fact, proposal, document, (*path, "facts", at)) for at, fact in enumerate(sorted(kept, key=_rank))]
            passages.append(_passage(passage, start, end, [fact for fact in read if fact], proposal, standing))
    if not passages:
        message = "nothing was kept, and a record needs a fact"
        return None, [Problem(str(proposal.path), 1, 1, "", message, "accept or add one; to drop the draft, delete its files")]
    record = Record(source=source, passages=passages)
    check_record(record, document, registries)
    return record, document.problems


def source_values(source: Source) -> dict[str, Any]:
    """A source as a record says it."""
    values: dict[str, Any] = plain(Record.model_construct(source=source, passages=[]))["source"]
    return values


def _rank(fact: ReviewedFact) -> int:
    return next(at for at, kind in enumerate(_KINDS) if kind in (fact.value or {}) and _opens(kind, fact.value or {}))


def _opens(kind: str, value: dict[str, Any]) -> bool:
    return next(name for name in FACT_MODELS if name in value) == kind


def _fact(fact: ReviewedFact, proposal: Proposal, document: Document, path: Path_) -> AnyFact | None:
    value = fact.value or {}
    document.positions[path] = proposal.line_and_column(fact.start)
    return validate(FACT_MODELS[next(kind for kind in FACT_MODELS if kind in value)], value, document, path)


def _passage(name: str, start: int, end: int, facts: list[AnyFact], proposal: Proposal, standing: Standing) -> Passage:
    quote = proposal.text[start:end]
    number = next((at for at, part in enumerate(proposal.layout.paragraphs, 1) if part.start <= start < part.end), None)
    return Passage(
        id=name,
        locator=f"paragraph {number}" if number else f"line {proposal.line_and_column(start)[0]}",
        summary=standing.summaries.get(name) or _said(facts),
        quote=quote if len(quote) <= LONGEST_QUOTE else None,
        facts=facts,
    )


def _said(facts: list[AnyFact]) -> str:
    """What stands in for a summary that nobody wrote: the facts themselves, which are in nobody else's words."""
    said = "; ".join(describe(fact) for fact in facts)
    return said if len(said) <= _LONGEST_SUMMARY else said[: _LONGEST_SUMMARY - 1] + "…"


def check_untouched(path: Path, entries: list[Entry], replace_edited: bool) -> None:
    """Raise KgError when somebody edited the record by hand, so that finishing would lose what they wrote."""
    if not path.exists() or replace_edited:
        return
    written = {str(entry.get("record")) for entry in entries if entry.do == "write"}
    if hashlib.sha256(path.read_bytes()).hexdigest() not in written and not _is_draft(path):
        raise KgError(f"{path} was edited by hand since: make the changes in the review too, then finish with --replace")


def _is_draft(path: Path) -> bool:
    record, _ = try_record(path)
    return record is not None and record.status == "draft"


def finished_text(record: Record, path: Path, entries: list[Entry], reviewer: str) -> str:
    """The record as the text of its file, headed by who reviewed it and where each decision stands."""
    names = sorted({entry.by for entry in entries} | {reviewer})
    printable = re.sub(r"[^\w .,\-]", "_", ", ".join(names))
    return record_text(record, f"Reviewed by {printable}. Who decided what: {journal_path(path).name}")
