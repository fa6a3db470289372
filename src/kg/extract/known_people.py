"""People of a draft who may be in the graph already: proposals with a score and reasons, which decide nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.draft import Draft
from kg.identity.names import blocking_keys, compare_names
from kg.records import Record
from kg.records.model import PersonFact

ENOUGH = 0.8
"""Lowest score proposed: P .999 and R .928 on aliases across scripts, P .96 and R .53 on pairs labelled by hand (docs/names.md)."""
MOST = 3
"""Most proposals for one person."""


@dataclass(frozen=True)
class Likeness:
    """A person of the draft (`key`, `name`) and a name in the corpus that may be a spelling of theirs, with where it stands."""

    key: str
    name: str
    known_as: str
    places: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]


def likenesses(draft: Draft, corpus: Iterable[Record]) -> list[Likeness]:
    """Names in `corpus` that may be spellings of names in `draft`, the likeliest first; `places` are `<source id>/<person key>`.

    Only names of two words and more are compared: a surname alone is borne by too many.
    """
    known: dict[str, list[str]] = defaultdict(list)
    for record in corpus:
        for person, name in _names(record):
            known[name].append(f"{record.source.id}/{person}")
    by_key: dict[str, set[str]] = defaultdict(set)
    for name in known:
        for key in blocking_keys(name):
            by_key[key].add(name)
    found = []
    for person, name in _names(draft.record):
        near = sorted({other for key in blocking_keys(name) for other in by_key.get(key, ())})
        matches = [(compare_names(name, other), other) for other in near]
        best = sorted((m for m in matches if m[0].score >= ENOUGH), key=lambda m: (-m[0].score, m[1]))[:MOST]
        found += [Likeness(person, name, other, tuple(sorted(known[other])), match.score, match.reasons) for match, other in best]
    return found


def _names(record: Record) -> Iterable[tuple[str, str]]:
    for passage in record.passages:
        for fact in passage.facts:
            if isinstance(fact, PersonFact) and fact.name and len(fact.name.split()) > 1:
                yield fact.person, fact.name
