"""The context beside a score: what two things have in common apart from their names, and what speaks against their being one.

Weights only order the pairs for the reviewer, best first. They are judgements, checked against the decisions of the shipped corpus
(benchmarks/identity.py); no sum of them decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.identity.candidates.things import Thing, Things
from kg.records import PartialDate
from kg.vocabulary import load_vocabulary

SHOWN = 4
"""Names listed in one clue."""


@dataclass(frozen=True)
class Clue:
    """Something beside the names, in words; `weight` above 0 speaks for one thing, below 0 for two, 0 only informs."""

    text: str
    weight: float


def person_clues(one: Thing, other: Thing, things: Things) -> Iterator[Clue]:
    """What people have in common: birth, sex, identifiers, roles, bodies, cases, co-named people, places, times."""
    yield from _births(one, other)
    if one.sexes and other.sexes and not one.sexes & other.sexes:
        yield Clue(f"one is called {_listed(one.sexes)}, the other {_listed(other.sexes)}", -0.4)
    yield from identifier_clues(one, other)
    yield from _roles(one, other)
    yield from shared("case", one.cases, other.cases, things, 0.15, 0.2)
    yield from shared("body", one.bodies, other.bodies, things, 0.08, 0.16)
    yield from shared("person named with them", one.people, other.people, things, 0.06, 0.18)
    yield from _places(one, other, things, 0.03)
    yield from _described(one, other)
    yield from _times(one, other)


def identifier_clues(one: Thing, other: Thing) -> Iterator[Clue]:
    """Identifiers of registers: one that both have, or two of one register."""
    for identifier in sorted(one.identifiers & other.identifiers):
        yield Clue(f"both have the identifier {identifier}", 0.5)
    schemes = {name.partition(":")[0] for name in one.identifiers} & {name.partition(":")[0] for name in other.identifiers}
    for scheme in sorted(schemes):
        mine, theirs = ({name for name in thing.identifiers if name.startswith(f"{scheme}:")} for thing in (one, other))
        if not mine & theirs:
            yield Clue(f"different {scheme} identifiers: {_listed(mine)}; {_listed(theirs)}", -0.5)


def shared(what: str, one: Iterable[str], other: Iterable[str], things: Things, weight: float, most: float) -> Iterator[Clue]:
    """Things that both are named with: decided to be one, or only of one name."""
    mine, theirs = set(one), set(other)
    common = mine & theirs
    if common:
        names = _listed(things.label(iri) for iri in common if iri in things.by_iri)
        yield Clue(f"same {what}: {names}", min(most, weight * len(common)))
    spelt = _of_one_name(mine - common, theirs - common, things)
    if spelt:
        text = f"{what} of one name, not decided to be the same: {_listed(map(things.label, spelt))}"
        yield Clue(text, min(most, weight * len(spelt)) / 2)


def alike(one: Iterable[str], other: Iterable[str], things: Things) -> int:
    """How many of both are the same, by decision or by name."""
    mine, theirs = set(one), set(other)
    common = mine & theirs
    return len(common) + len(_of_one_name(mine - common, theirs - common, things))


def _of_one_name(mine: Iterable[str], theirs: Iterable[str], things: Things) -> set[str]:
    """Those of `mine` that have a name, in whatever spelling, that one of `theirs` has."""
    spellings = {spelling for iri in theirs if iri in things.by_iri for spelling in things.by_iri[iri].spellings}
    return {iri for iri in mine if iri in things.by_iri and not spellings.isdisjoint(things.by_iri[iri].spellings)}


def _births(one: Thing, other: Thing) -> Iterator[Clue]:
    if one.born and other.born:
        pairs = [(a, b) for a in one.born for b in other.born]
        said = f"{_listed(map(str, one.born))}; {_listed(map(str, other.born))}"
        if any(a.text == b.text and len(a.text) == 10 for a, b in pairs):
            yield Clue(f"born on one day: {said}", 0.25)
        elif any(overlap(a, b) for a, b in pairs):
            yield Clue(f"dates of birth fit: {said}", 0.1)
        else:
            yield Clue(f"different dates of birth: {said}", -0.5)
        return
    years = [_years(one), _years(other)]
    if all(years):
        fits = any(low <= top and bottom <= high for low, high in years[0] for bottom, top in years[1])
        said = "; ".join(_listed(f"{low}-{high}" if low != high else str(low) for low, high in spans) for spans in years)
        yield Clue(f"years of birth {'fit' if fits else 'do not fit'}: {said}", 0.08 if fits else -0.35)


def _years(thing: Thing) -> set[tuple[int, int]]:
    return thing.birth_years | {(born.earliest.year, born.latest.year) for born in thing.born if born.earliest and born.latest}


def _roles(one: Thing, other: Thing) -> Iterator[Clue]:
    common = one.roles & other.roles
    if common:
        yield Clue(f"same role: {_listed(common)}", 0.05)
    elif one.roles and other.roles:
        opposed = {_side(one), _side(other)} == {"official", "persecuted"}
        said = f"{_listed(one.roles)}; {_listed(other.roles)}"
        yield Clue(f"roles: {said}" + (" (an official and a persecuted person)" if opposed else ""), -0.15 if opposed else 0.0)


def _side(thing: Thing) -> str:
    known = [load_vocabulary().roles[role] for role in thing.roles if role in load_vocabulary().roles]
    official, affected = any(role.official for role in known), any(role.affected for role in known)
    return "official" if official and not affected else "persecuted" if affected and not official else ""


def _places(one: Thing, other: Thing, things: Things, weight: float) -> Iterator[Clue]:
    common = one.places & other.places
    if common:
        yield Clue(f"same place: {_listed(common)}", weight)


def _described(one: Thing, other: Thing) -> Iterator[Clue]:
    if one.described and other.described:
        same = {text.casefold() for text in one.described} & {text.casefold() for text in other.described}
        yield Clue(f"described as {_listed(one.described)}; {_listed(other.described)}", 0.04 if same else 0.0)


def _times(one: Thing, other: Thing) -> Iterator[Clue]:
    spans = [_span(thing) for thing in (one, other)]
    if all(spans):
        yield Clue(f"named in {'; '.join(spans)}", 0.0)


def _span(thing: Thing) -> str:
    years = sorted(date.text[:4] for date in thing.dates if date.text[:4].isdecimal())
    return "" if not years else years[0] if years[0] == years[-1] else f"{years[0]}-{years[-1]}"


def overlap(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates have a day in common."""
    return not (
        (one.latest and other.earliest and one.latest < other.earliest)
        or (other.latest and one.earliest and other.latest < one.earliest)
    )


def _listed(items: Iterable[str]) -> str:
    found = sorted(set(items))
    return ", ".join(found[:SHOWN]) + (f" and {len(found) - SHOWN} more" if len(found) > SHOWN else "")
