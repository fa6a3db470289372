"""How two people, cases or bodies are linked: the shortest ways over the link map, with the evidence of every step."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from kg.network import shortest_paths
from kg.present.link_map import Edge, Node
from kg.present.whole_map import WholeMap
from kg.vocabulary import compress


@dataclass(frozen=True)
class Step:
    """From one node to the next over `edges`, the links between the two."""

    source: Node
    target: Node
    edges: tuple[Edge, ...]

    @property
    def stated(self) -> bool:
        """Whether some single passage says it."""
        return any(edge.stated for edge in self.edges)

    @property
    def publishers(self) -> int:
        """Independent publishers of the best supported of its links."""
        return max(edge.publishers for edge in self.edges)


@dataclass(frozen=True)
class Connection:
    """One way from the first to the last: as strong as its weakest step."""

    steps: tuple[Step, ...]

    @property
    def weakest(self) -> Step:
        """The step that a doubter would ask about first."""
        return min(self.steps, key=lambda step: (step.stated, step.publishers))


def connections(whole: WholeMap, start: str, end: str, k: int = 3, through_lawyers: bool = False) -> list[Connection]:
    """The `k` shortest connections of two nodes, shortest first, among equal ones those whose steps are stated.

    Defence lawyers stand on the other side and join nobody to an official: no connection leads through one unless
    `through_lawyers`. A chain of links says that records meet, not that people acted together. Raises NotFoundError when
    one of the two is not on the map, ValueError when `k` is out of range.
    """
    for iri in (start, end):
        whole.node(iri)
    lawyers = () if through_lawyers else {iri for iri, node in whole.model.nodes.items() if node.kind == "lawyer"}
    network = whole.network

    def doubt(one: str, other: str) -> float:
        edges: list[Edge] = network.edges[one, other]["edges"]
        return (0 if any(edge.stated for edge in edges) else 1) + 1 / (1 + max(edge.publishers for edge in edges))

    paths = shortest_paths(network, start, end, k, lawyers, doubt)
    return [Connection(tuple(_step(whole, one, other) for one, other in itertools.pairwise(path))) for path in paths]


def _step(whole: WholeMap, one: str, other: str) -> Step:
    nodes = whole.model.nodes
    return Step(nodes[one], nodes[other], tuple(whole.network.edges[one, other]["edges"]))


def as_json(whole: WholeMap, found: list[Connection]) -> list[dict[str, Any]]:
    """The connections for other programs: each step with its roles, dates, and passages with publisher and address."""
    return [
        {
            "steps": [_step_json(whole, step) for step in connection.steps],
            "stated": connection.weakest.stated,
            "publishers": connection.weakest.publishers,
        }
        for connection in found
    ]


def _step_json(whole: WholeMap, step: Step) -> dict[str, Any]:
    known = whole.model.evidence.passages
    passages = {s.passage: known[s.passage] for edge in step.edges for s in edge.statements if s.passage in known}
    return {
        "from": {"address": compress(step.source.iri), "name": step.source.label, "kind": step.source.kind},
        "to": {"address": compress(step.target.iri), "name": step.target.label, "kind": step.target.kind},
        "roles": sorted({role for edge in step.edges for role in edge.roles}),
        "stated": step.stated,
        "first": min((edge.first for edge in step.edges if edge.first), default=""),
        "last": max((edge.last for edge in step.edges if edge.last), default=""),
        "passages": [vars(passage) for passage in passages.values()],
    }
