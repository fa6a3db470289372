"""Events as a page lists them: when, what, who against whom, what came of it, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.vocabulary import PN, RDF, load_vocabulary
from kg.web.evidence import Witness, voices
from kg.web.facts import Description, Fact
from kg.web.names import Thing
from kg.web.reading.ask import Asked
from kg.web.reading.penalties import penalty_text

_ROLES = {role.iri: role for role in load_vocabulary().roles.values()}
PARTICIPATION = frozenset(_ROLES)
"""The properties by which somebody takes part in an event."""
OFFICIAL = tuple(role.iri.removeprefix(PN) for role in _ROLES.values() if role.official)
AFFECTED = tuple(role.iri.removeprefix(PN) for role in _ROLES.values() if role.affected)


@dataclass(frozen=True)
class Happening:
    """An event as a row: `roles` are those that the thing in focus has in it, `witnesses` who says that."""

    event: Description
    roles: tuple[Fact, ...]
    penalties: tuple[str, ...]

    @property
    def start(self) -> str:
        """The first day it may have happened on (ISO 8601); empty when no source dates it."""
        return min((fact.text for fact in self.event.all("earliest")), default="")

    @property
    def days(self) -> list[str]:
        """The dates that sources give, as they give them, without those that another only makes more precise."""
        given = sorted({fact.text for fact in self.event.all("date")})
        return [day for day in given if not any(o != day and o.startswith(day.rstrip("~")) for o in given)]

    @property
    def dates(self) -> str:
        """The days in one line."""
        return " / ".join(self.days)

    @property
    def title(self) -> str:
        """What it is called: its title, or the kind of event."""
        return self.event.first("title") or self.kinds

    @property
    def kinds(self) -> str:
        """The narrowest classes it has, in words."""
        general = {PN + name for name in ("Event", "AdverseEvent", "FavourableEvent", "AccountabilityEvent")}
        names = [f.text for f in self.event.facts if f.term.iri == RDF + "type" and f.object not in general and not f.derived]
        return ", ".join(sorted(set(names))) or self.event.thing.label

    @property
    def adverse(self) -> bool:
        """Whether it went against the people concerned."""
        return any(fact.object == PN + "AdverseEvent" for fact in self.event.facts)

    @property
    def officials(self) -> list[Thing]:
        """Who acted in it in an official role."""
        return self.event.things(*OFFICIAL)

    @property
    def affected(self) -> list[Thing]:
        """Whom it concerned."""
        return self.event.things(*AFFECTED)

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """The passages that put the thing in focus into it; all of the event when nothing is in focus."""
        found = {witness.passage: witness for fact in self.roles for witness in fact.witnesses}
        return tuple(found.values()) or self.event.witnesses

    @property
    def publishers(self) -> int:
        """How many independent publishers say so."""
        return voices(self.witnesses)

    @property
    def mark(self) -> str:
        """The evidence mark."""
        if any(fact.disputed for fact in self.event.facts):
            return "conflict"
        return "several" if self.publishers > 1 else "one"


def read_happenings(asked: Asked, events: Iterable[str], focus: str = "") -> list[Happening]:
    """The events at these addresses, dated ones first, in order of time; `focus` is the thing whose part in them is told."""
    described = asked.describe(events)
    nodes = {fact.object: iri for iri, event in described.items() for fact in event.all("hasPenalty")}
    penalties: dict[str, list[Description]] = defaultdict(list)
    for iri, penalty in asked.describe(nodes).items():
        penalties[nodes[iri]].append(penalty)
    found = [_happening(asked, event, penalties[iri], focus) for iri, event in described.items()]
    return sorted(found, key=lambda happening: (not happening.start, happening.start, happening.title, happening.event.thing.iri))


def _happening(asked: Asked, event: Description, penalties: list[Description], focus: str) -> Happening:
    roles = tuple(fact for fact in event.facts if fact.object == focus and fact.term.iri in _ROLES)
    if not roles:
        roles = tuple(fact for fact in event.facts if fact.object == focus and not fact.derived)
    own = [p for p in penalties if any(fact.object == focus for fact in p.all("penalized"))] if roles else []
    told = own or (penalties if not any(fact.term.iri.removeprefix(PN) in AFFECTED for fact in roles) else [])
    texts = sorted({_of_whom(penalty, penalty_text(penalty, asked.t), named=not own) for penalty in told} - {""})
    return Happening(event, roles, tuple(texts))


def _of_whom(penalty: Description, text: str, named: bool) -> str:
    """A penalty in words with whose it is, unless that goes without saying."""
    who = ", ".join(thing.label for thing in penalty.things("penalized")) if named else ""
    return f"{who}: {text}" if who and text else text
