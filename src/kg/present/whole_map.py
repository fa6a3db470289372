"""The map of everything, read once, and the smaller maps cut out of it: around something, one step further, two together.

The explorer keeps one for each build; every answer to a click is a cut.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property

import networkx

from kg.errors import NotFoundError
from kg.graph import Graph
from kg.present.evidence import Evidence
from kg.present.link_map import Edge, LinkMap, Node, build_link_map

MOST_NODES = 500
"""Nodes of a map around something; the rest is told as hidden and comes with a click."""

MODES = ("union", "difference", "common")
"""How the maps around two things are put together: links of either, of the first only, of both."""


class WholeMap:
    """Everything that is linked: `model` holds all nodes, edges and passages."""

    def __init__(self, model: LinkMap) -> None:
        self.model = model
        self._edges_of: dict[str, list[Edge]] = defaultdict(list)
        for edge in model.edges:
            self._edges_of[edge.source].append(edge)
            self._edges_of[edge.target].append(edge)

    @classmethod
    def read(cls, graph: Graph) -> WholeMap:
        """Read all links of `graph`."""
        return cls(build_link_map(graph))

    def node(self, iri: str) -> Node:
        """The node with that address; raises NotFoundError when nothing links to it."""
        try:
            return self.model.nodes[iri]
        except KeyError:
            raise NotFoundError(f"{iri} is not on the link map: nothing in the graph links it to a case") from None

    def others(self, iri: str) -> set[str]:
        """Everything that a link joins to `iri`."""
        return {edge.target if edge.source == iri else edge.source for edge in self._edges_of[iri]}

    def neighbours(self, iri: str) -> Counter[str]:
        """How many things are linked to `iri`, by kind."""
        return Counter(self.model.nodes[other].kind for other in self.others(iri))

    def cases(self, iri: str) -> int:
        """In how many cases `iri` stands."""
        return self.neighbours(iri)["case"]

    def around(self, iri: str, most: int = MOST_NODES) -> LinkMap:
        """The map around `iri`: what it is linked to, and for each case next to it everybody in that case.

        Of more than `most` nodes the nearest stay, among equally near ones those with most passages. Raises NotFoundError.
        """
        kept = self._near(iri, most)
        return self.between(kept, self.node(iri).label, iri)

    def among(self, chosen: Iterable[str], title: str, most: int = MOST_NODES) -> LinkMap:
        """The map of many: those of `chosen` that anything links to, the cases next to them, then what most of them are linked to.

        At most `most` nodes; raises NotFoundError when nothing links to any of them.
        """
        ours = [iri for iri in dict.fromkeys(chosen) if iri in self.model.nodes]
        if not ours:
            raise NotFoundError("nothing that is selected is on the link map: no source links it to a case")
        around = Counter(other for iri in ours[:most] for other in self.others(iri))
        near = sorted(around, key=lambda other: (self.model.nodes[other].kind != "case", -around[other], other))
        return self.between(list(dict.fromkeys([*ours, *near]))[:most], title)

    def _near(self, iri: str, most: int) -> set[str]:
        """`iri`, its neighbours, and the neighbours of its cases (itself one, or next to it), at most `most`."""
        first = self._by_evidence(iri)
        cases = [iri] if self.node(iri).kind == "case" else [other for other in first if self.model.nodes[other].kind == "case"]
        order = dict.fromkeys([iri, *first, *(other for case in cases for other in self._by_evidence(case))])
        clients = [other for other in order if self.model.nodes[other].kind == "person"]
        order |= dict.fromkeys(
            other for person in clients for other in self.others(person) if self.model.nodes[other].kind == "lawyer"
        )
        return set(list(order)[:most])

    def _by_evidence(self, iri: str) -> list[str]:
        weight: Counter[str] = Counter()
        for edge in self._edges_of[iri]:
            weight[edge.target if edge.source == iri else edge.source] += len(edge.statements)
        return sorted(weight, key=lambda other: (-weight[other], other))

    def expanded(self, shown: Collection[str], iri: str, most: int = MOST_NODES) -> list[str]:
        """What a link joins to `iri` and is not yet `shown`, at most `most` of them, those with most passages first."""
        return [other for other in self._by_evidence(iri) if other not in shown][:most]

    def collapsed(self, shown: Collection[str], iri: str) -> set[str]:
        """Those of `shown` that are linked to `iri` and to nothing else that is shown."""
        return {other for other in self.others(iri) & set(shown) if len(self.others(other) & set(shown)) == 1}

    def together(self, one: str, other: str, mode: str) -> LinkMap:
        """The maps around two things as one, put together as `mode` of MODES says; raises NotFoundError or ValueError."""
        if mode not in MODES:
            raise ValueError(f"two maps go together as {', '.join(MODES)}, not as '{mode}'")
        first, second = self.around(one), self.around(other)
        ours, theirs = {id(edge) for edge in first.edges}, {id(edge) for edge in second.edges}
        match mode:
            case "union":
                edges = [*first.edges, *(edge for edge in second.edges if id(edge) not in ours)]
            case "difference":
                edges = [edge for edge in first.edges if id(edge) not in theirs]
            case _:
                edges = [edge for edge in first.edges if id(edge) in theirs]
        sign = {"union": "+", "difference": "−", "common": "∩"}[mode]
        ends = {one, other} if mode == "union" else {one}
        kept = ends | {end for edge in edges for end in (edge.source, edge.target)}
        return self._cut(kept, edges, f"{self.node(one).label} {sign} {self.node(other).label}", one)

    def between(self, nodes: Collection[str], title: str, focus: str | None = None) -> LinkMap:
        """All links among `nodes`."""
        kept = set(nodes)
        edges = [edge for iri in sorted(kept) for edge in self._edges_of[iri] if edge.source == iri and edge.target in kept]
        return self._cut(kept, edges, title, focus)

    def _cut(self, nodes: Collection[str], edges: list[Edge], title: str, focus: str | None) -> LinkMap:
        chosen = {iri: self.model.nodes[iri] for iri in sorted(nodes)}
        return LinkMap(title, chosen, edges, self._evidence(edges), focus)

    def _evidence(self, edges: Iterable[Edge]) -> Evidence:
        statements = [statement for edge in edges for statement in edge.statements]
        whole = self.model.evidence
        passages = {s.passage: whole.passages[s.passage] for s in statements if s.passage in whole.passages}
        return Evidence(passages, {s.event: whole.events[s.event] for s in statements if s.event in whole.events})

    @cached_property
    def network(self) -> networkx.Graph[str]:
        """The same as a networkx graph; an edge carries `edges`, the links between the two."""
        network: networkx.Graph[str] = networkx.Graph()
        network.add_nodes_from(self.model.nodes)
        for edge in self.model.edges:
            known = network.get_edge_data(edge.source, edge.target, {"edges": []})["edges"]
            network.add_edge(edge.source, edge.target, edges=[*known, edge], weight=len(known) + 1)
        return network
