"""Events, with what they gave each person, as claims in order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.graph import Graph
from kg.present.dossier.claims import Claims, Value, capitalized, short_type
from kg.present.dossier.model import Claim
from kg.present.dossier.reading import Stated, stated
from kg.vocabulary import load_vocabulary

EFFECTS = ("AdverseEvent", "FavourableEvent")
_PARTS = {
    "hasPenalty": ("penalty", "penalized"),
    "hasRequestedPenalty": ("requested", "penalized"),
    "hasCharge": ("charge", "charged"),
}
_TERMS = (
    "penaltyKind",
    "length",
    "minYears",
    "maxYears",
    "regime",
    "prisonYearsFirst",
    "fineAmount",
    "currency",
    "suspended",
    "foundAs",
    "chargedAs",
    "underProvision",
    "note",
)


class Events:
    """What passages state of some events, read at once."""

    def __init__(self, graph: Graph, events: Iterable[str]) -> None:
        self.facts: dict[str, list[Stated]] = defaultdict(list)
        for fact in stated(graph, events):
            self.facts[fact.subject].append(fact)
        parts = {fact.value.value for facts in self.facts.values() for fact in facts if fact.term in _PARTS}
        self.parts: dict[str, list[Stated]] = defaultdict(list)
        for fact in stated(graph, parts):
            self.parts[fact.subject].append(fact)

    def order(self, events: Iterable[str]) -> list[str]:
        """`events` by their first day; those without a date last."""
        known = {event: min((f.value.value for f in self.facts[event] if f.term == "earliest"), default="9999") for event in events}
        return sorted(known, key=lambda event: (known[event], event))

    def is_favourable(self, event: str) -> bool:
        """Whether some passage has it go in favour of the people concerned."""
        return "FavourableEvent" in short_type(self.facts[event])

    def learn(self, claims: Claims) -> None:
        """Look up all names at once."""
        everything = [fact for group in (self.facts, self.parts) for facts in group.values() for fact in facts]
        claims.names.learn(fact.value.value for fact in everything if fact.value.value.startswith("http"))

    def headline(self, event: str, claims: Claims) -> str:
        """Kind, days and body, as the sources give them."""
        facts = self.facts[event]
        titles = sorted({claims.told(fact.value) for fact in facts if fact.term == "title"})
        kinds = sorted(claims.names.term(name) for name in short_type(facts) - set(EFFECTS))
        days = sorted({fact.value.value for fact in facts if fact.term == "date"})
        most = [day for day in days if not any(other != day and other.startswith(day.rstrip("~")) for other in days)]
        bodies = sorted({claims.told(fact.value) for fact in facts if fact.term == "body"})
        parts = [titles[0] if titles else " / ".join(kinds), " / ".join(map(claims.words.date, most)), "; ".join(bodies)]
        return capitalized(", ".join(part for part in parts if part))

    def claims(self, events: Iterable[str], claims: Claims) -> tuple[Claim, ...]:
        """One claim per event."""
        return tuple(
            claims.of_thing(
                self.headline(event, claims), event, self.facts[event], [*self._effect(event, claims), *self._given(event, claims)]
            )
            for event in self.order(events)
        )

    def _effect(self, event: str, claims: Claims) -> list[Value]:
        found = []
        for name in EFFECTS:
            given = {fact.passage for fact in self.facts[event] if fact.value.value.endswith(f"#{name}")}
            if given:
                found.append((claims.words("claim.effect-label"), claims.words(f"claim.effect.{name}"), frozenset(given), False))
        return found

    def _given(self, event: str, claims: Claims) -> list[Value]:
        """Penalties and charges: what each passage gives a person, in one line; the same words by several passages are one."""
        grouped: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
        for fact in self.facts[event]:
            if fact.term in _PARTS:
                key, whom = _PARTS[fact.term]
                about = self.parts[fact.value.value]
                who = next((claims.told(f.value) for f in about if f.term == whom), claims.words("claim.everybody"))
                told = [f for term in _TERMS for f in about if f.term == term and f.passage == fact.passage]
                text = ", ".join(_term(f, claims) for f in told if f.term != "currency")
                disputed = any((fact.value.value, f.term) in claims.disputed for f in about)
                grouped[claims.words(f"claim.{key}", person=who), text, disputed].add(fact.passage)
        return [(label, text or "–", frozenset(given), disputed) for (label, text, disputed), given in sorted(grouped.items())]


def _term(fact: Stated, claims: Claims) -> str:
    """A value of a penalty or charge: those that speak for themselves without their label."""
    text = claims.told(fact.value)
    if fact.term == "length":
        return claims.words.duration(text)
    return (
        text
        if fact.term in ("penaltyKind", "regime", "foundAs", "chargedAs", "underProvision", "note")
        else f"{claims.names.term(fact.term)}: {text}"
    )


def role_terms(*, official: bool = False, affected: bool = False) -> frozenset[str]:
    """Local names of the roles of acting officials, of affected people, or of everybody else."""
    return frozenset(
        role.iri.rsplit("#", 1)[-1]
        for role in load_vocabulary().roles.values()
        if role.official == official and role.affected == affected
    )
