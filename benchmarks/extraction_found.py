"""What a draft says, in the form in which it is compared: facts under one key put together, names and terms made plain."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from kg.extract import Draft
from kg.records import Provision
from kg.records.model import (
    AnyFact,
    BodyFact,
    CaseFact,
    EventFact,
    FigureFact,
    PenaltyTerm,
    PersonFact,
    QualificationFact,
    RelationFact,
    TenureFact,
)
from kg.vocabulary import load_vocabulary

_MARKS = re.compile(r"[\"«»„“”‟‹›‘’'ʼ`]")
_OPENING = re.compile(r"^(?:(?:the|so-called|так называемый|так званий)\s+)+")
_CASE_WORDS = re.compile(r"\b(?:case|cases|trial|дело|дела|делу|деле|делом|справа|справи|справу|справі|справою)\b")


class Term(NamedTuple):
    """A penalty without its person: kind, months (a range as written), days, regime, fine."""

    kind: str
    months: str
    days: str
    regime: str | None
    fine: str


def terms(
    event: str, kind: str | None, years: str, months: str, days: str, regime: str | None, fine: Decimal | None, suspended: bool
) -> list[Term]:
    """A penalty in one form: years counted in months, a fine beside a term of its own, and the kind where none is written.

    As docs/records.md says, a length is imprisonment and a fine a fine; days alone for an administrative offence are
    administrative arrest; a suspended term is a suspended sentence.
    """
    length = years if "-" in years else _number(Decimal(years) * 12 + Decimal(months))
    given = _number(Decimal(days))
    arrest = event == "administrative-penalty" and length == "0" and given != "0"
    found = []
    if length != "0" or given != "0" or kind not in (None, "fine"):
        usual = "suspended-sentence" if suspended else "administrative-arrest" if arrest else "imprisonment"
        found.append(Term(kind if kind and not suspended else usual, length, given, regime, ""))
    if fine is not None:
        found.append(Term("fine", "0", "0", None, _number(fine)))
    return found or [Term(kind or "imprisonment", "0", "0", regime, "")]


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")


def plain_name(name: str) -> str:
    """A name without what spelling conventions differ in: case, quotation marks, apostrophes, `ё`, leading "the" or "so-called"."""
    text = _MARKS.sub("", unicodedata.normalize("NFC", name).casefold()).replace("ё", "е").replace("№", "no.")
    text = re.sub(r"\s*[-‐‑–]\s*", "-", text)
    return _OPENING.sub("", " ".join(text.split()).strip(" .,"))


def case_name(name: str) -> str:
    """The name of a case without the word "case"."""
    return " ".join(_CASE_WORDS.sub(" ", plain_name(name)).split())


@dataclass
class FoundEvent:
    """An event of the draft: all facts under its key, and where they were read."""

    kind: str = ""
    date: str | None = None
    until: str | None = None
    outcome: str | None = None
    measure: str | None = None
    origin: str | None = None
    destination: str | None = None
    modality: str = "reported"
    body: set[str] = field(default_factory=set)
    people: set[tuple[str, str]] = field(default_factory=set)
    terms: list[tuple[bool, str | None, Term]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def take(self, fact: EventFact, span: tuple[int, int]) -> None:
        """Add what one fact says."""
        self.kind = self.kind or fact.kind or ""
        self.date = self.date or (str(fact.date) if fact.date else None)
        self.until = self.until or (str(fact.until) if fact.until else None)
        self.outcome, self.measure = self.outcome or fact.outcome, self.measure or fact.measure
        self.origin, self.destination = self.origin or fact.from_, self.destination or fact.to
        self.modality = fact.modality or self.modality
        self.body.update(fact.body)
        self.people.update((role, key) for role, keys in fact.people.items() for key in keys)
        for asked, penalties in ((False, fact.penalties), (True, fact.requested)):
            self.terms += [(asked, one.person, length) for one in penalties for length in _terms(self.kind, one)]
        self.spans.append(span)


@dataclass
class Found:
    """A draft by kind of fact; `people` and `bodies` by local key, `roles` pairs of person key and role."""

    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[str, tuple[set[str], str | None]] = field(default_factory=dict)
    roles: set[tuple[str, str]] = field(default_factory=set)
    provisions: set[Provision] = field(default_factory=set)
    cases: list[set[str]] = field(default_factory=list)
    events: list[FoundEvent] = field(default_factory=list)
    statements: list[FoundEvent] = field(default_factory=list)
    figures: list[tuple[Decimal, tuple[int, int]]] = field(default_factory=list)


def read_draft(draft: Draft) -> Found:
    """Sort the facts of a draft; statements are kept apart from the other events."""
    found, happenings = Found(), defaultdict[str, FoundEvent](FoundEvent)
    for passage in draft.record.passages:
        for index, fact in enumerate(passage.facts):
            span = draft.spans[passage.id, index]
            if isinstance(fact, EventFact):
                happenings[fact.event].take(fact, (span.start, span.end))
            elif isinstance(fact, FigureFact):
                found.figures.append((fact.value, (span.start, span.end)))
            else:
                _sort(fact, found)
            found.provisions.update(_provisions(fact))
    for event in happenings.values():
        (found.statements if event.kind == "statement" else found.events).append(event)
    return found


def _sort(fact: AnyFact, found: Found) -> None:
    if isinstance(fact, PersonFact):
        found.people[fact.person].update(filter(None, [fact.name, *fact.other_names]))
        words = load_vocabulary().concepts
        if fact.occupation in {*words["role"], *words["membership"]}:  # as docs/records.md writes a lawyer
            found.roles.add((fact.person, fact.occupation))
    elif isinstance(fact, BodyFact):
        names, kind = found.bodies.get(fact.body, (set(), None))
        found.bodies[fact.body] = names | set(filter(None, [fact.name, *fact.other_names])), kind or fact.kind
    elif isinstance(fact, TenureFact):
        found.roles.add((fact.tenure, fact.role))
    elif isinstance(fact, RelationFact) and fact.relation in ("represents", "relative"):
        found.roles.add((fact.subject, "lawyer" if fact.relation == "represents" else "relative"))
    elif isinstance(fact, CaseFact) and fact.name:
        found.cases.append({fact.name, *fact.other_names})


def _provisions(fact: AnyFact) -> Iterator[Provision]:
    if isinstance(fact, CaseFact | EventFact):
        yield from fact.provisions
    if isinstance(fact, EventFact):
        for penalty in (*fact.penalties, *fact.requested):
            yield from penalty.provisions
        for charge in fact.charges:
            yield from charge.provisions
    if isinstance(fact, QualificationFact) and fact.provision:
        yield fact.provision


def _terms(event: str, one: PenaltyTerm) -> list[Term]:
    months, days = str(one.months or 0), str(one.days or 0)
    return terms(event, one.kind, one.years or "0", months, days, one.regime, one.fine, bool(one.suspended))
