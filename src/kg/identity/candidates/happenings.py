"""How likely two cases, or two events, are one: by whom they concern, when, where and before which body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kg.identity.candidates.bodies import compare_bodies
from kg.identity.candidates.clues import Clue, alike, overlap, shared
from kg.identity.candidates.things import Thing, Things
from kg.identity.names import NameMatch
from kg.records import PartialDate

NEAR = timedelta(days=14)
"""How far two dates may lie apart for two events still to be proposed: sources disagree about days, and that shows only once
somebody says that they speak of one event."""

_OFTEN = frozenset({"statement", "other"})
"""Kinds of event of which one person has many: that the person is the same says nothing."""


def compare_cases(one: Thing, other: Thing, things: Things) -> NameMatch:
    """A score of 0 to 1 from the defendants that both cases have and the names of the cases, with reasons."""
    reasons = []
    both = alike(one.people, other.people, things)
    fewer = min(len(one.people), len(other.people))
    name = max((compare_bodies(a, b) for a in one.names for b in other.names), key=lambda found: found.score, default=None)
    if fewer:
        reasons.append(f"{both} of {fewer} defendants in common, {max(len(one.people), len(other.people))} in the larger case")
    if name is not None:
        reasons += name.reasons
    if not fewer:
        return NameMatch(0.8 * (name.score if name else 0.0), tuple(reasons))
    larger = max(len(one.people), len(other.people))
    people = 0.7 * both / fewer + 0.1 * both / larger
    return NameMatch(people + 0.2 * (name.score if name else 0.5 * both / fewer), tuple(reasons))


def case_clues(one: Thing, other: Thing, things: Things) -> Iterator[Clue]:
    """Courts and provisions that two cases have in common."""
    yield from shared("body", one.bodies, other.bodies, things, 0.06, 0.12)
    if one.provisions and other.provisions:
        common = one.provisions & other.provisions
        said = ", ".join(sorted(common)) if common else "none in common"
        yield Clue(f"provisions: {said}", 0.06 if common else -0.06)


def compare_events(one: Thing, other: Thing, things: Things) -> NameMatch:
    """A score of 0 to 1 for two events of one kind: the day at the precision given, the people, the body and the case."""
    reasons = [f"both are {', '.join(sorted(one.kinds & other.kinds))}"]
    score, said = _dates(one, other)
    if score < 0:
        return NameMatch(0.0, (said,))
    reasons.append(said)
    if one.kinds & _OFTEN and not (one.dates and other.dates) and not alike(one.cases, other.cases, things):
        return NameMatch(0.0, ("one person has many of these: neither a day nor a case in common",))
    both, fewer = alike(one.people, other.people, things), min(len(one.people), len(other.people))
    if fewer:
        larger = max(len(one.people), len(other.people))
        score += 0.35 * both / fewer + 0.1 * both / larger
        reasons.append(f"{both} of {fewer} people in common")
    for what, mine, theirs, weight in (
        ("body", one.bodies, other.bodies, 0.15),
        ("case", one.cases, other.cases, 0.1),
    ):
        if mine and theirs:
            same = alike(mine, theirs, things)
            score += weight if same else 0.0
            said = "same" if same else "not known to be the same"
            reasons.append(f"{said} {what}: {_named(mine, things)}" + ("" if same else f"; {_named(theirs, things)}"))
    return NameMatch(max(0.0, score), tuple(reasons))


def event_clues(one: Thing, other: Thing, things: Things) -> Iterator[Clue]:
    """Who took part, and where."""
    yield from shared("participant", one.people, other.people, things, 0.02, 0.06)
    if one.places and other.places:
        near = {place for place in one.places if place in _around(other, things)} or {
            place for place in other.places if place in _around(one, things)
        }
        said = f"{', '.join(sorted(one.places))}; {', '.join(sorted(other.places))}"
        yield Clue(f"places {'fit' if near else 'differ'}: {said}", 0.05 if near else -0.1)


def _around(thing: Thing, things: Things) -> set[str]:
    return {around for place in thing.places for around in things.places_around(place)}


def _named(iris: set[str], things: Things) -> str:
    return ", ".join(sorted(things.label(iri) for iri in iris if iri in things.by_iri))


def _dates(one: Thing, other: Thing) -> tuple[float, str]:
    """What the dates add to the score, below 0 when they lie too far apart, and what to say of them."""
    if not one.dates or not other.dates:
        return (0.2, "only one has a date") if one.dates or other.dates else (0.16, "neither has a date")
    pairs = [(a, b) for a in one.dates for b in other.dates]
    said = f"{', '.join(sorted(map(str, one.dates)))}; {', '.join(sorted(map(str, other.dates)))}"
    if any(a.text == b.text and _exact(a) for a, b in pairs):
        return 0.35, f"one day: {said}"
    if any(overlap(a, b) for a, b in pairs):
        return 0.28, f"dates fit within their precision: {said}"
    gap = min(_gap(a, b) for a, b in pairs)
    return (0.15, f"{gap.days} days apart: {said}") if gap <= NEAR else (-1.0, f"dates differ: {said}")


def _exact(date: PartialDate) -> bool:
    return date.earliest is not None and date.earliest == date.latest


def _gap(one: PartialDate, other: PartialDate) -> timedelta:
    first, second = sorted((one, other), key=lambda date: (date.earliest is not None, date.earliest))
    if first.latest is None or second.earliest is None:
        return timedelta(0)
    return max(second.earliest - first.latest, timedelta(0))
