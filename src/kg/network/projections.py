"""Projections: which two things are linked, through which events, as stated by whom.

| projection        | an edge means                                                             |
| ----------------- | ------------------------------------------------------------------------- |
| official-case     | the official acted in an event of the case                                |
| official-official | both acted in the same event                                              |
| official-person   | the official acted in an event that went against the person               |
| body-body         | both bodies acted in events of the same case                              |

Lawyers, witnesses and relatives are in none of them. Edges carry `roles`, `events`, `passages` (lists of keys or IRIs),
`first` and `last` (ISO 8601 days, empty when no source dates the events), `publishers` (how many independent ones),
`weight` (how many events), `modalities` (how passages put it forward: reported, alleged, charged, found, denied) and
`vouched` (how many of the independent publishers report it or tell of a court's finding): 0 for a mere allegation.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import networkx

from kg.errors import QueryError
from kg.graph import Graph
from kg.network.links import Link, Links, read_links
from kg.vocabulary import load_vocabulary

Pair = tuple[str, str]
Evidence = tuple[str, str, str, str, list[Link]]


@dataclass
class _Edge:
    links: list[Link] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)


def projection(graph: Graph, kind: str) -> networkx.Graph[str]:
    """The network called `kind` (see the table above) as a networkx.Graph.

    Nodes are IRIs with `label` and `kind` (official, case, person or body); isolated nodes are left out. Raises QueryError
    for an unknown kind.
    """
    return project(read_links(graph), kind)


def project(links: Links, kind: str) -> networkx.Graph[str]:
    """Like `projection`, from links already read."""
    if kind not in _PROJECTIONS:
        raise QueryError(f"there is no network '{kind}': choose one of {', '.join(_PROJECTIONS)}")
    pairs, kinds = _PROJECTIONS[kind]
    edges: dict[Pair, _Edge] = defaultdict(_Edge)
    for one, other, roles, evidence in pairs(links):
        edge = edges[one, other]
        edge.links += evidence
        edge.roles |= set(roles)
    network: networkx.Graph[str] = networkx.Graph(name=kind)
    for (one, other), edge in sorted(edges.items()):
        for node, node_kind in zip((one, other), kinds, strict=True):
            network.add_node(node, label=links.labels.get(node, node), kind=node_kind)
        network.add_edge(one, other, **edge_attributes(edge.links, edge.roles))
    return network


def edge_attributes(links: Iterable[Link], roles: Iterable[str]) -> dict[str, object]:
    """What an edge carries, from the links behind it."""
    links = list(links)
    events = sorted({link.event for link in links})
    modalities = load_vocabulary().concepts["modality"]
    return {
        "roles": sorted(roles),
        "events": events,
        "passages": sorted({link.passage for link in links}),
        "publishers": len({link.voice for link in links}),
        "first": min((link.earliest for link in links if link.earliest), default=""),
        "last": max((link.latest for link in links if link.latest), default=""),
        "weight": len(events),
        "modalities": sorted({link.modality for link in links}),
        "vouched": len({link.voice for link in links if not modalities[link.modality].hedged}),
    }


Found = Iterator[tuple[str, str, Iterable[str], list[Link]]]


def _official(links: Iterable[Link]) -> list[Link]:
    roles = load_vocabulary().roles
    return [link for link in links if link.role in roles and roles[link.role].official]


def _affected(links: Iterable[Link]) -> list[Link]:
    roles = load_vocabulary().roles
    return [link for link in links if link.role in roles and roles[link.role].affected]


def _official_case(links: Links) -> Found:
    for event, rows in links.by_event().items():
        for link in _official(rows):
            for case in links.cases.get(event, ()):
                yield link.who, case, [link.role], [link]


def _official_official(links: Links) -> Found:
    for rows in links.by_event().values():
        for one, other in itertools.product(_official(rows), repeat=2):
            if one.who < other.who:
                yield one.who, other.who, [one.role, other.role], [one, other]


def _official_person(links: Links) -> Found:
    for rows in links.by_event().values():
        for official, person in itertools.product(_official(rows), _affected(rows)):
            if official.adverse and official.who != person.who:
                yield official.who, person.who, [official.role], [official, person]


def _body_body(links: Links) -> Found:
    by_case: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for event, rows in links.by_event().items():
        for link in rows:
            if link.role == "body":
                for case in links.cases.get(event, ()):
                    by_case[case][link.who].append(link)
    for bodies in by_case.values():
        for one, other in itertools.combinations(sorted(bodies), 2):
            yield one, other, ["body"], [*bodies[one], *bodies[other]]


_PROJECTIONS: dict[str, tuple[Callable[[Links], Found], tuple[str, str]]] = {
    "official-case": (_official_case, ("official", "case")),
    "official-official": (_official_official, ("official", "official")),
    "official-person": (_official_person, ("official", "person")),
    "body-body": (_body_body, ("body", "body")),
}
PROJECTIONS = tuple(_PROJECTIONS)
