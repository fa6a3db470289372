"""One event as one sentence tells it, and when two sentences tell the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.body_mentions import BodyMention
from kg.extract.dates import DateMention
from kg.extract.participants import AFFECTED
from kg.extract.persons import Person
from kg.extract.places import PlaceMention
from kg.extract.sentencing import Given
from kg.extract.tokens import Stretch
from kg.records import Provision


@dataclass
class EventDraft:
    """One event as one sentence tells it."""

    kind: str
    stretch: Stretch
    rule: str
    people: dict[str, list[Person]] = field(default_factory=dict)
    date: DateMention | None = None
    until: DateMention | None = None
    place: PlaceMention | None = None
    body: BodyMention | None = None
    to: PlaceMention | None = None
    given: list[Given] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    outcome: str | None = None
    measure: str | None = None
    modality: str | None = None
    diagnoses: list[str] = field(default_factory=list)
    text: str | None = None
    about: list[Person | BodyMention] = field(default_factory=list)
    by: list[Person] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    listed: Stretch | None = None
    """The head of the list of which it is an item: all items tell the same event."""

    @property
    def affected(self) -> list[Person]:
        """The people the event happened to."""
        return self.people.get(AFFECTED.get(self.kind, ""), [])


def alike(one: EventDraft, other: EventDraft) -> bool:
    """Whether one sentence tells the same event twice: dates, outcomes and people do not contradict each other."""
    dates = {event.date.value for event in (one, other) if event.date}
    outcomes = {event.outcome for event in (one, other)}
    people = (
        not one.affected
        or not other.affected
        or bool(set(one.affected) & set(other.affected))
        or one.kind in ("sentence", "sentence-request")
    )
    return len(dates) < 2 and people and len(outcomes - {None}) < 2 and not acquitted_and_sentenced(one, other)


def acquitted_and_sentenced(one: EventDraft, other: EventDraft) -> bool:
    """Whether one tells an acquittal and the other a term: two verdicts, even of one day."""
    return any(a.outcome == "acquitted" and bool(b.given) and b.outcome is None for a, b in ((one, other), (other, one)))


def join(into: EventDraft, more: EventDraft) -> None:
    """Add to `into` what `more` tells beyond it."""
    for role, people in more.people.items():
        into.people[role] = list(dict.fromkeys([*into.people.get(role, []), *people]))
    into.date, into.body, into.place = into.date or more.date, into.body or more.body, into.place or more.place
    into.outcome = into.outcome or more.outcome
    seen = {(g.person, g.length) for g in into.given}
    into.given += [g for g in more.given if (g.person, g.length) not in seen]
    into.doubts += [doubt for doubt in more.doubts if doubt not in into.doubts]
    into.stretch = Stretch(min(into.stretch.start, more.stretch.start), max(into.stretch.end, more.stretch.end))
