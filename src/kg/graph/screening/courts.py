"""Courts of the graph against a register of courts: which entry may be which court."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.graph import Graph
from kg.identity.courts import compare_courts
from kg.ingest.courts import Court

ENOUGH = 0.85
"""Lowest score proposed; docs/screening.md has the precision measured at it."""
NEAR = 0.04
"""Entries whose scores are this near to the best one cannot be told apart by it."""


@dataclass(frozen=True)
class CourtHit:
    """An entry that may be a court of the graph; `rivals` counts others that fit as well: with any, nothing is proposed."""

    iri: str
    label: str
    name: str
    court: Court
    score: float
    reasons: tuple[str, ...]
    rivals: int


@dataclass(frozen=True)
class CourtScreening:
    """Hits, one for each court of the graph that has any, and the labels of those without."""

    hits: list[CourtHit]
    without: list[str]
    entries: int


def screen_courts(graph: Graph, register: Sequence[Court], threshold: float = ENOUGH) -> CourtScreening:
    """The best entry of `register` for each court of `graph`, with reasons; a proposal, no identity."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    labels: dict[str, str] = {}
    own = {court.key for court in register}
    for row in graph.select(_COURTS):
        if str(row["court"]).rsplit("/", 1)[-1] in own:
            continue  # an entry of the register itself, which was ingested
        names[str(row["court"])][str(row["name"])] = None
        labels[str(row["court"])] = str(row["label"])
    hits: list[CourtHit] = []
    for iri in sorted(names, key=lambda one: (labels[one], one)):
        found = []
        for court in register:
            match, name = max(((compare_courts(name, court.name), name) for name in names[iri]), key=lambda pair: pair[0].score)
            if match.score >= threshold:
                found.append((match.score, court, match, name))
        found.sort(key=lambda one: (-one[0], one[1].id))
        if found:
            score, court, match, name = found[0]
            rivals = sum(1 for other in found[1:] if score - other[0] < NEAR)
            hits.append(CourtHit(iri, labels[iri], name, court, score, match.reasons, rivals))
    met = {hit.iri for hit in hits}
    return CourtScreening(hits, [labels[iri] for iri in names if iri not in met], len(register))


_COURTS = """
SELECT DISTINCT ?court ?name ?label WHERE {
  ?court a pn:Court ; pn:name|pn:otherName ?name ; rdfs:label ?label FILTER(LANG(?label) IN ("", "en"))
} ORDER BY ?court ?name"""
