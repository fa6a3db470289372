"""Merging by rule: things that have one identifier of a register that gives each to one thing only (Wikidata, tax, list numbers).

The rule writes decisions like any other, named as the rule's in author and justification: they stand in the table with file and
line, never change an address that exists, and are taken back like any other. What somebody decided about the two goes before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg.errors import ContradictionError
from kg.identity.candidates import Thing, Things, read_things
from kg.identity.candidates.clues import person_clues
from kg.identity.canonical import Canonical, resolve
from kg.identity.decisions import BY_IDENTIFIER, Decision, holding
from kg.identity.review import TABLES, contradictions
from kg.identity.tables import Log, read_decisions, writing
from kg.records import read_corpus

AUTHOR = "rule: shared identifier"
"""Who made such a decision, before the name of who ran the rule."""
GRAVE = -0.35
"""Weight of a clue against one person (other birth, other sex) from which a person has to look at it."""


@dataclass(frozen=True)
class SharedIdentifier:
    """Two things with one identifier; `held_back` says why the rule does not merge them, if so."""

    identifier: str
    kind: str
    one: Thing
    other: Thing
    held_back: str = ""


def shared_identifiers(things: Things, standing: Iterable[Decision], canonical: Canonical) -> list[SharedIdentifier]:
    """Every two different things that have one identifier, the one of which more is known as `other`."""
    decided = {frozenset((canonical(one.subject), canonical(one.object))): one for one in holding(standing).values()}
    having: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things.by_iri.values():
        for identifier in thing.identifiers:
            having[thing.kind, identifier].append(thing)
    found = []
    for (kind, identifier), group in sorted(having.items()):
        first, *rest = sorted(group, key=lambda thing: (-len(thing.mentions), thing.iri))
        for thing in rest:
            earlier = decided.get(frozenset((thing.iri, first.iri)))
            why = next(_against(thing, first, earlier, things), "")
            found.append(SharedIdentifier(identifier, kind, thing, first, why))
    return found


def merge_by_identifier(data: Path, reviewer: str, *, write: bool) -> list[SharedIdentifier]:
    """What shares an identifier in the corpus `data`; with `write`, what nothing speaks against is decided to be the same.

    Raises DecisionError when a table cannot be read.
    """
    standing, _ = read_decisions(data)
    canonical = resolve(standing)
    found = shared_identifiers(read_things(read_corpus(data), canonical), standing, canonical)
    if not write:
        return found
    with writing(data) as log:
        return [_merged(shared, reviewer, log) if not shared.held_back else shared for shared in found]


def _merged(shared: SharedIdentifier, reviewer: str, log: Log) -> SharedIdentifier:
    author, day = f"{AUTHOR}, run by {reviewer}", date.today().isoformat()
    comment = f"both have the identifier {shared.identifier}"
    passages = tuple(next(iter(thing.passages)) for thing in (shared.one, shared.other) if thing.passages)
    decision = Decision("", 0, shared.one.iri, True, shared.other.iri, author, day, BY_IDENTIFIER, comment, passages)
    if clash := contradictions(log.standing, decision):
        return replace(shared, held_back=str(ContradictionError(clash)))
    log.append(TABLES[shared.kind], decision, {thing.iri: thing.name for thing in (shared.one, shared.other)}, reason=comment)
    return shared


def _against(one: Thing, other: Thing, earlier: Decision | None, things: Things) -> Iterator[str]:
    """Why a person has to decide."""
    if earlier is not None:
        yield f"decided before: {earlier} by {earlier.author}: {earlier.comment}"
    if things.kept_apart(one, other):
        yield "one record names them apart"
    if one.kind == "person":
        yield from (clue.text for clue in person_clues(one, other, things) if clue.weight <= GRAVE)
