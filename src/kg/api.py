"""The public face: open a graph, ask it, take its networks and link maps.

import kg
graph = kg.open()                                    # the current build, or a folder, or https://… of a SPARQL endpoint
graph.query("officials-by-people").to_pandas()
graph.network("official-case")                       # networkx
kg.link_map(graph, official="Kolpikov").show("map.html")
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import networkx
from pyvis.network import Network as PyvisNetwork

from kg.graph import Graph, Match, Rows
from kg.graph.conflicts import Conflict, conflicts
from kg.graph.coverage import Base, CaseCoverage, base, coverage
from kg.graph.explanation.explain import explain
from kg.graph.explanation.proof import Proof
from kg.graph.history.of_thing import History, history
from kg.network import projection
from kg.present import LinkMap, build_link_map, to_pyvis

DEFAULT_BUILD = Path("build")


class KnowledgeGraph:
    """A graph opened with `kg.open`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def query(self, query: str, **parameters: Any) -> Rows:
        """Rows of a library query or of SPARQL text.

        `query` is the name of a library query (`kg query` lists them) or a SELECT query. `parameters` are those of the
        library query; where an address is wanted a name will do if only one thing answers to it. The result iterates as
        dicts, one per row, and has `.to_pandas()`, `.to_csv()`, `.to_json()`. Raises kg.errors.QueryError, NotFoundError,
        StoreError.
        """
        return self.graph.select(query, **parameters)

    def ask(self, query: str) -> bool:
        """The answer to an ASK query; raises kg.errors.QueryError for any other."""
        return self.graph.ask(query)

    def find(self, name: str) -> list[Match]:
        """Everything that answers to (part of) a name: `.iri`, `.label` and `.type` each; empty when nothing does."""
        return self.graph.find(name)

    def explain(self, subject: str, predicate: str, object: str, all: bool = False) -> list[Proof]:
        """Why a fact stands in the graph: proofs down to the passages, the shortest first, only that one unless `all`.

        Subject and object are names or addresses, the predicate a property's label, local name or address ("a" for a class).
        `print(proof)` gives sentences. Raises kg.errors.NotFoundError when the graph does not hold the fact.
        """
        return explain(self.graph, subject, predicate, object, all)

    def conflicts(self, about: str | None = None, every: bool = False) -> list[Conflict]:
        """Where passages give different values for what has one: `.thing`, `.property`, `.readings` with their passages.

        `about` (a name or an address) narrows it; `every` adds values of which one is only more precise. `print(conflict)`
        shows both sides. Raises kg.errors.NotFoundError for a name.
        """
        return conflicts(self.graph, about, every)

    def history(self, entity: str) -> History:
        """What was added, changed and withdrawn about a thing (a name or an address), by record and build: `.steps`, `.standing`,
        `.decisions`. Raises kg.errors.NotFoundError for a name, StoreError for an endpoint.
        """
        return history(self.graph, entity)

    def coverage(self, case: str | None = None) -> list[CaseCoverage]:
        """Which stages of a prosecution are sourced, by how many independent publishers, and what to look for `.next`.

        Of one case (a name or an address) or of all. Raises kg.errors.NotFoundError for a name.
        """
        return coverage(self.graph, case)

    def base(self, query: str) -> Base | None:
        """What the ranking of a library query rests on: `.counted` of `.of` things of the record; None when it ranks nothing."""
        return base(self.graph, query)

    def network(self, kind: str = "official-case") -> networkx.Graph[str]:
        """A projection as a networkx graph: official-case, official-official, official-person or body-body.

        Edges carry roles, first and last date (ISO 8601), passages (IRIs) and the number of independent publishers. Raises
        kg.errors.QueryError for an unknown kind.
        """
        return projection(self.graph, kind)


def open(where: str | Path | None = None) -> KnowledgeGraph:
    """Open a graph.

    `where` is a build folder, or the address of a SPARQL endpoint (https://…); by default the environment variable
    KG_STORE, else ./build. Raises kg.errors.StoreError when there is none.
    """
    return KnowledgeGraph(Graph.open(where or os.environ.get("KG_STORE") or DEFAULT_BUILD))


def link_map(graph: KnowledgeGraph, **focus: str | None) -> PyvisNetwork:
    """The link map around one official, case, person or court, as a pyvis Network with fixed positions.

    `focus` is one of official=, case=, person=, court= (a name or an address), or nothing for the whole network.
    `kg.write_link_map` writes the full page with search, filters and evidence. Raises NotFoundError for a name.
    """
    return to_pyvis(build_link_map(graph.graph, **focus))


def write_link_map(graph: KnowledgeGraph, path: str | Path, **focus: str | None) -> LinkMap:
    """Write the link map as one HTML file that works offline; returns its model of nodes, edges and evidence."""
    from kg.present import write_page

    model = build_link_map(graph.graph, **focus)
    write_page(model, Path(path))
    return model
