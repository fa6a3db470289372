"""Counting what a store holds, for the closing summary and the manifest."""

from __future__ import annotations

from pyoxigraph import QuerySolutions, Store

from kg.graph.iris import INFERRED, publisher
from kg.graph.rows import Rows
from kg.vocabulary import PN

# Registries, decisions and the ontology are sources too, but not what a reader asks for.
_NOT_OURS = f"FILTER NOT EXISTS {{ ?x pn:publisher <{publisher('project')}> }}"
_COUNTS = {
    "sources": f"?x a pn:Source {_NOT_OURS}",
    "passages": "?x a pn:Passage ; pn:ordinal ?n FILTER(?n > 0) ?x pn:inSource ?s . ?s a pn:Source "
    + _NOT_OURS.replace("?x", "?s"),
    "publishers": f"?s pn:publisher ?x {_NOT_OURS.replace('?x', '?s')}",
    "people": "?x a pn:Person",
    "persecuted people": "?x a pn:PersecutedPerson",
    "acting officials": "?e pn:actingOfficial ?x",
    "lawyers": "?x a pn:DefenceLawyer",
    "courts": "?x a pn:Court",
    "cases": "?x a pn:Case",
    "events": "?x a pn:Event",
    "decisions": "?x a pn:Decision",
}


def count_quads(store: Store, conflicts: Rows) -> dict[str, int]:
    """How many of each kind `store` holds, and its quads: all, stated (in passage graphs) and derived.

    `conflicts` is the answer to the library query of that name.
    """
    counts = {name: _count(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {where} }}") for name, where in _COUNTS.items()}
    counts["conflicts"] = len(set(zip(conflicts.column("thing"), conflicts.column("property"), strict=True)))
    named = len(store) - _count(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    derived = _count(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} }}")
    counts["stated quads"], counts["derived quads"] = named - derived, derived
    counts["quads"] = len(store)
    return counts


def _count(store: Store, query: str) -> int:
    answer = store.query(f"PREFIX pn: <{PN}> {query}")
    assert isinstance(answer, QuerySolutions)
    value = next(iter(answer))["n"]
    return int(value.value) if value is not None else 0
