"""What the graph knows of single facts: which hold, which are stated, by which passages, and how the things in them are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.graph import Graph
from kg.graph.iris import INFERRED

Term = NamedNode | Literal | BlankNode
Item = TypeVar("Item")
Row = dict[str, Term]
BATCH = 200
"""Facts or things asked about in one query."""

_STATED = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{INFERRED}>)"
_PASSAGES = f"""{_STATED}
  ?g pn:inSource ?source ; pn:summary ?summary . ?source dcterms:title ?title ; pn:publisher/rdfs:label ?publisher .
  OPTIONAL {{ ?g pn:locator ?locator }} OPTIONAL {{ ?source pn:url ?url }}
  OPTIONAL {{ ?g pn:originPublisher/pn:voice ?voice }}
  OPTIONAL {{ GRAPH ?g {{ ?s pn:modality ?m }} ?m skos:prefLabel ?modality FILTER(LANG(?modality) = "en") }}"""
_LABELS = """?s rdfs:label|skos:prefLabel ?label FILTER(LANG(?label) IN ("", "en"))"""


@dataclass(frozen=True)
class Statement:
    """A passage that states a fact, with its source; `modality` is empty unless the passage calls it alleged, charged, found
    by a court or denied, `voice` the publisher it counts for (empty for what no publisher states, such as a decision)."""

    passage: str
    publisher: str
    title: str
    url: str = ""
    locator: str = ""
    summary: str = ""
    modality: str = ""
    voice: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.publisher, f"“{self.title}”", self.locator) if part)
        return where + (f" ({self.url})" if self.url else "") + (f" [{self.modality}]" if self.modality else "")


def rows(graph: Graph, query: str) -> Iterator[Row]:
    """The solutions of a SELECT query, terms as they are; unbound variables are missing."""
    answer = graph.select(query)
    for row in answer.terms:
        yield {name: term for name, term in zip(answer.variables, row, strict=True) if term is not None}


def rows_about(graph: Graph, query: str, things: Iterable[str]) -> Iterator[Row]:
    """The solutions of `query`, in which $VALUES stands for `things` (addresses), BATCH of them at a time, in their order."""
    for batch in _batches(list(dict.fromkeys(things))):
        yield from rows(graph, query.replace("$VALUES", " ".join(f"<{thing}>" for thing in batch)))


def holding(graph: Graph, facts: Iterable[Triple]) -> set[Triple]:
    """Those of `facts` that stand in the graph."""
    return {_fact(row) for row in _about(graph, facts, "?s ?p ?o")}


def stated(graph: Graph, facts: Iterable[Triple]) -> set[Triple]:
    """Those of `facts` that a passage states."""
    return {_fact(row) for row in _about(graph, facts, _STATED)}


def passages(graph: Graph, facts: Iterable[Triple]) -> dict[Triple, tuple[Statement, ...]]:
    """The passages that state each of `facts`, by publisher and title."""
    found: dict[Triple, dict[str, Statement]] = defaultdict(dict)
    for row in _about(graph, facts, _PASSAGES):
        fields = {name: row[name].value for name in Statement.__dataclass_fields__ if name in row}
        found[_fact(row)][row["g"].value] = Statement(row["g"].value, **fields)
    order = {fact: sorted(items.values(), key=lambda s: (s.publisher, s.title, s.passage)) for fact, items in found.items()}
    return {fact: tuple(items) for fact, items in order.items()}


def labels(graph: Graph, terms: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """The label of each of `terms` that has one."""
    found: dict[NamedNode, str] = {}
    for batch in _batches(sorted(set(terms), key=str)):
        values = " ".join(str(term) for term in batch)
        for row in rows(graph, f"SELECT ?s ?label WHERE {{ VALUES ?s {{ {values} }} {_LABELS} }}"):
            node, label = cast(NamedNode, row["s"]), row["label"].value
            found[node] = min(label, found.get(node, label))
    return found


def _about(graph: Graph, facts: Iterable[Triple], pattern: str) -> Iterator[Row]:
    for batch in _batches(sorted(set(facts), key=str)):
        values = " ".join(f"({fact.subject} {fact.predicate} {fact.object})" for fact in batch)
        yield from rows(graph, f"SELECT * WHERE {{ VALUES (?s ?p ?o) {{ {values} }} {pattern} }}")


def _batches(items: list[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _fact(row: Row) -> Triple:
    return Triple(cast(NamedNode, row["s"]), cast(NamedNode, row["p"]), row["o"])
