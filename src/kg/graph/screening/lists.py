"""People of the graph against a sanctions list, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.graph.screening.known import KnownPerson, NameIndex
from kg.identity.names import compare_names, score_names
from kg.ingest.lists import ListEntry, ListVersion
from kg.ingest.lists.passages import iso_day

ENOUGH = 0.85
"""Lowest score proposed; docs/screening.md has the precision measured at it."""
OTHER_BIRTH = 0.5
"""Factor on the score when the years of birth differ by more than one: namesakes are common, printing errors are not."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Hit:
    """An entry that may be a person of the graph: the two names that are most alike, score from 0 to 1, and reasons."""

    person: KnownPerson
    name: str
    entry: ListEntry
    listed_as: str
    score: float
    reasons: tuple[str, ...]


@dataclass
class Screening:
    """What a version of a list gave for some people: `hits`, the likeliest first, and `without` those it gave nothing for."""

    version: ListVersion
    threshold: float
    entries: int = 0
    hits: list[Hit] = field(default_factory=list)
    without: list[KnownPerson] = field(default_factory=list)


def screen_list(known: Sequence[KnownPerson], version: ListVersion, threshold: float = ENOUGH) -> Screening:
    """Compare everybody in `known` with every person on the list; memory does not grow with the list.

    A hit is a question, not an answer: names alike, and dates of birth that do not speak against it. Raises RecordError when
    the list cannot be read to its end; then nothing is found.
    """
    screening = Screening(version, threshold)
    index = NameIndex(known)
    for entry in version.entries():
        screening.entries += 1
        if entry.kind == "person":
            screening.hits += _hits(index, entry, threshold)
    screening.hits.sort(key=lambda hit: (-hit.score, hit.person.label, hit.entry.file, hit.entry.line))
    met = {hit.person.iri for hit in screening.hits}
    screening.without = [person for person in known if person.iri not in met]
    return screening


def _hits(index: NameIndex, entry: ListEntry, threshold: float) -> Iterable[Hit]:
    best: dict[str, tuple[float, str, str, KnownPerson]] = {}
    for listed in (name for name in entry.names if len(name.split()) > 1):
        for person, name in index.near(listed):
            score = score_names(name, listed)
            if score >= threshold and score > best.get(person.iri, (0.0,))[0]:
                best[person.iri] = (score, name, listed, person)
    for score, name, listed, person in best.values():
        factor, born = _births(person.born, entry.born)
        if score * factor >= threshold:
            reasons = (*compare_names(name, listed).reasons, *born)
            yield Hit(person, name, entry, listed, round(score * factor, 3), reasons)


def _births(ours: Sequence[str], listed: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """The factor on the score, and the reason in words; silence on either side says nothing."""
    if not ours or not listed:
        return 1.0, (f"the list says born {'; '.join(listed)}, the graph nothing",) if listed else ()
    days = {iso_day(text) for text in ours} & {iso_day(text) for text in listed} - {None}
    if days:
        return 1.0, (f"born on the same day, {', '.join(sorted(str(day) for day in days))}",)
    years = {int(year) for text in ours for year in _YEAR.findall(text)}
    others = {int(year) for text in listed for year in _YEAR.findall(text)}
    told = f"born {'; '.join(ours)} in the graph, {'; '.join(listed)} on the list"
    if years and others and min(abs(one - other) for one in years for other in others) > 1:
        return OTHER_BIRTH, (told,)
    return 1.0, (told,)
