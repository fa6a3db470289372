"""Counting what a store holds, for the closing summary and the manifest."""

from __future__ import annotations

from pyoxigraph import QuerySolutions, Store

from kg.graph.iris import INFERRED, publisher
from kg.graph.library import read_library
from kg.vocabulary import PN, locate

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


def count_quads(store: Store) -> dict[str, int]:
    """How many of each kind `store` holds, and its quads: all, stated (in passage graphs) and derived."""
    counts = {name: _count(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {where} }}") for name, where in _COUNTS.items()}
    counts["conflicts"] = _conflicts(store)
    counts["stated quads"] = _count(
        store, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{INFERRED}>) }}"
    )
    counts["derived quads"] = _count(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} }}")
    counts["quads"] = len(store)
    return counts


def _conflicts(store: Store) -> int:
    """How many values are given differently by different passages, as the library's own query finds them."""
    answer = store.query(read_library(locate("queries"))["conflicts"].text)
    assert isinstance(answer, QuerySolutions)
    return len({(str(row["thing"]), str(row["property"])) for row in answer})


def _count(store: Store, query: str) -> int:
    answer = store.query(f"PREFIX pn: <{PN}> {query}")
    assert isinstance(answer, QuerySolutions)
    value = next(iter(answer))["n"]
    return int(value.value) if value is not None else 0
