"""How a review stands: the proposal with every decision of the journal applied in turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from kg.extract.review.journal import Entry
from kg.extract.review.proposal import Proposal, digest_of


class State(StrEnum):
    """What became of a fact."""

    open = "open"
    accepted = "accepted"
    edited = "edited"
    rejected = "rejected"
    added = "added"


KEPT = (State.accepted, State.edited, State.added)


@dataclass(frozen=True)
class ReviewedFact:
    """One fact under review: what was proposed (None: a person added it) and the value it has now.

    `start` and `end` are offsets of its words in the text; `by`, `at` and `reason` belong to the last decision; `version` is the
    number of that decision in the journal, 0 before the first.
    """

    id: str
    passage: str
    start: int
    end: int
    proposed: dict[str, Any] | None
    value: dict[str, Any] | None
    state: State = State.open
    rule: str = ""
    needs_look: str | None = None
    by: str | None = None
    at: str | None = None
    reason: str | None = None
    version: int = 0

    @property
    def kept(self) -> bool:
        """Whether it will stand in the record."""
        return self.state in KEPT


@dataclass
class Standing:
    """Facts by id, summaries by passage, changes to the source, the last `finish`, and what fell out when the text changed."""

    facts: dict[str, ReviewedFact] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)
    finished: Entry | None = None
    reopened: bool = False
    gone: list[Entry] = field(default_factory=list)
    """Decisions to keep a fact whose paragraph is no longer in the text."""
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Passages of the proposal and those that were added to."""


def standing(proposal: Proposal, entries: Iterable[Entry]) -> Standing:
    """Apply `entries` to `proposal`."""
    result = Standing(places=dict(proposal.places))
    for fact in proposal.facts:
        result.facts[fact.id] = ReviewedFact(
            fact.id, fact.passage, fact.start, fact.end, fact.value, fact.value, rule=fact.rule, needs_look=fact.needs_look
        )
    kept: dict[str, Entry] = {}
    for entry in entries:
        if entry.do in ("accept", "edit", "reject", "add", "undo"):
            kept[str(entry.get("fact"))] = entry
            result.finished = None
        _apply(entry, result, proposal)
    result.gone = [
        entry
        for name, entry in kept.items()
        if name not in result.facts and entry.do in ("accept", "edit", "add") and isinstance(entry.get("value"), dict)
    ]
    return result


def _apply(entry: Entry, result: Standing, proposal: Proposal) -> None:
    if entry.do == "finish":
        result.finished = entry if entry.get("text") == proposal.digest else None
        result.reopened = result.finished is None
    elif entry.do == "summary":
        passage = _passage(str(entry.get("paragraph")), result, proposal)
        if passage:
            result.summaries[passage] = str(entry.get("value"))
    elif entry.do == "source":
        result.source.update(entry.get("value") or {})
    elif entry.do == "add":
        _add(entry, result, proposal)
    elif str(entry.get("fact")) in result.facts:
        _decide(entry, result)


def _decide(entry: Entry, result: Standing) -> None:
    name = str(entry.get("fact"))
    fact = result.facts[name]
    state = {
        "accept": State.accepted if fact.proposed is not None else State.added,
        "edit": State.edited if fact.proposed is not None else State.added,
        "reject": State.rejected,
        "undo": State.open,
    }.get(entry.do)
    if state is None:
        return
    value = entry.get("value") if entry.do == "edit" else fact.proposed if entry.do == "undo" else fact.value
    result.facts[name] = replace(
        fact, state=state, value=value, by=entry.by, at=entry.at, reason=entry.get("reason"), version=entry.number
    )
    if state is State.open and fact.proposed is None:
        del result.facts[name]


def _add(entry: Entry, result: Standing, proposal: Proposal) -> None:
    name, paragraph = str(entry.get("fact")), str(entry.get("paragraph"))
    place = _place(paragraph, proposal)
    if place is None:
        return
    first, last = place
    passage = _passage(paragraph, result, proposal) or str(entry.get("passage"))
    while passage in result.places and result.places[passage] != place:
        passage += "a"
    result.places[passage] = place
    start, end = (min(max(int(offset), 0), last - first) + first for offset in entry.get("words") or (0, last - first))
    made = ReviewedFact(name, passage, start, end, None, entry.get("value"), State.added, "added by hand")
    result.facts[name] = replace(made, by=entry.by, at=entry.at, version=entry.number)


def paragraph_digest(text: str) -> str:
    """The name of a paragraph by its text, so that decisions find it again in a text that changed elsewhere."""
    return digest_of(text)


def _passage(paragraph: str, result: Standing, proposal: Proposal) -> str | None:
    return next(
        (key for key, (start, end) in result.places.items() if paragraph_digest(proposal.text[start:end]) == paragraph), None
    )


def _place(paragraph: str, proposal: Proposal) -> tuple[int, int] | None:
    places = [*proposal.places.values(), *((part.start, part.end) for part in proposal.layout.paragraphs)]
    return next((place for place in places if paragraph_digest(proposal.text[place[0] : place[1]]) == paragraph), None)
