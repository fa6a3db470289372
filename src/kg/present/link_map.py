"""The link map as a model: officials, cases, people and bodies, what links them, and the passages behind each link.

The model knows nothing of how it is drawn; `page` and `pyvis_network` draw it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.errors import NotFoundError
from kg.graph import Graph
from kg.network import Link, Links, read_links
from kg.present.evidence import Evidence, read_evidence
from kg.vocabulary import PN, load_vocabulary

KINDS = ("judge", "prosecutor", "officer", "body", "case", "person", "lawyer")
"""What a node can be; an official who acted in several functions is drawn as the first of them that fits."""

EDGE_KINDS = ("acted", "acted-against", "body", "defendant", "defended")
"""official - case, official - person (when no case is known), body - case, case - person, lawyer - person."""

_FUNCTIONS = {"judge": "judge", "presiding-judge": "judge", "prosecutor": "prosecutor"}


@dataclass(frozen=True)
class Node:
    """A dot of the map: `bodies` are the bodies that an official served in or acted with, for the filter."""

    iri: str
    label: str
    kind: str
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One passage's part in a link: the event (empty when the passage only names the defendant), the role it gives, and the
    passage."""

    event: str
    role: str
    passage: str


@dataclass
class Edge:
    """A line of the map, of a `kind` of EDGE_KINDS.

    `stated` is whether one single passage says all of it; otherwise it joins what several passages say and is an inference.
    `first` and `last` are ISO 8601 days, empty when no passage dates it. `publishers` counts independent ones (voices),
    `modalities` says how the passages put it: reported, alleged, charged, found, denied.
    """

    source: str
    target: str
    kind: str
    roles: set[str] = field(default_factory=set)
    statements: list[Statement] = field(default_factory=list)
    stated: bool = False
    first: str = ""
    last: str = ""
    publishers: int = 0
    modalities: tuple[str, ...] = ()


@dataclass
class LinkMap:
    """Nodes by IRI, edges, the evidence they cite, and what the map is about."""

    title: str
    nodes: dict[str, Node]
    edges: list[Edge]
    evidence: Evidence
    focus: str | None = None


Key = tuple[str, str, str]


def build_link_map(
    graph: Graph, *, official: str | None = None, case: str | None = None, person: str | None = None, court: str | None = None
) -> LinkMap:
    """The map around one official, case, person or court (names or addresses), or of everything when none is given.

    Around a focus stand its cases with everybody in them. Raises NotFoundError when a name is unknown or ambiguous, or
    when nothing links to it.
    """
    links = read_links(graph)
    edges = _edges(links, _case_defendants(graph), _clients(graph))
    name, title = next(
        ((value, kind) for kind, value in (("official", official), ("case", case), ("person", person), ("court", court)) if value),
        (None, ""),
    )
    focus = None
    if name is not None:
        wanted = {"official": "Person", "person": "Person", "case": "Case", "court": "Organization"}[title]
        match = graph.resolve(name, wanted)
        focus, title = match.iri, match.label
        edges = _around(focus, edges)
        if not edges:
            raise NotFoundError(
                f'{match.label} is in the graph, but nothing links them to a case: kg query everything-about -p entity="{name}"'
            )
    kept = sorted(edges.values(), key=lambda edge: (edge.source, edge.target, edge.kind))
    nodes = _nodes(kept, links, _tenures(graph))
    passages = {statement.passage for edge in kept for statement in edge.statements}
    events = {statement.event for edge in kept for statement in edge.statements}
    evidence = read_evidence(graph, passages, events)
    for edge in kept:
        _weigh(edge, evidence)
    return LinkMap(title or "All links", nodes, kept, evidence, focus)


def _weigh(edge: Edge, evidence: Evidence) -> None:
    """Count the independent publishers of an edge, and say how they put it."""
    found = [evidence.passages[s.passage] for s in edge.statements if s.passage in evidence.passages]
    edge.publishers = len({passage.voice for passage in found})
    told = {
        evidence.events[s.event].modality.get(s.passage, "reported") if s.event in evidence.events else "reported"
        for s in edge.statements
    }
    edge.modalities = tuple(sorted(told))


_DEFENDANTS = f"SELECT DISTINCT ?case ?person ?passage WHERE {{ GRAPH ?passage {{ ?case <{PN}caseDefendant> ?person }} }}"
_TENURES = f"""PREFIX pn: <{PN}>
SELECT DISTINCT ?person ?body WHERE {{ ?person pn:hasTenure/pn:inPost/pn:postIn ?body . ?body a pn:StateBody }}"""


_CLIENTS = f"SELECT DISTINCT ?lawyer ?person ?passage WHERE {{ GRAPH ?passage {{ ?lawyer <{PN}represents> ?person }} }}"


def _case_defendants(graph: Graph) -> list[tuple[str, str, str]]:
    return [(str(r["case"]), str(r["person"]), str(r["passage"])) for r in graph.select(_DEFENDANTS)]


def _clients(graph: Graph) -> list[tuple[str, str, str]]:
    return [(str(r["lawyer"]), str(r["person"]), str(r["passage"])) for r in graph.select(_CLIENTS)]


def _tenures(graph: Graph) -> dict[str, set[str]]:
    bodies: dict[str, set[str]] = defaultdict(set)
    for row in graph.select(_TENURES):
        bodies[str(row["person"])].add(str(row["body"]))
    return bodies


def _edges(links: Links, defendants: Iterable[tuple[str, str, str]], clients: Iterable[tuple[str, str, str]]) -> dict[Key, Edge]:
    edges: dict[Key, Edge] = {}
    roles = load_vocabulary().roles
    for kind, key, pairs in (("defendant", "defendant", defendants), ("defended", "lawyer", clients)):
        for source, target, passage in pairs:
            edge = edges.setdefault((source, target, kind), Edge(source, target, kind))
            edge.roles.add(key)
            edge.stated = True
            edge.statements.append(Statement("", key, passage))
    for event, rows in links.by_event().items():
        affected = [row for row in rows if row.role in roles and roles[row.role].affected]
        cases = links.cases.get(event, frozenset())
        for row in rows:
            role = roles.get(row.role)
            for case in cases:
                if role is not None and role.official:
                    _join(edges, row, row.who, case, "acted")
                elif role is not None and role.affected:
                    _join(edges, row, case, row.who, "defendant")
                elif row.role == "body":
                    _join(edges, row, row.who, case, "body")
            # With several people in an event a source may name the lawyer of only one of them.
            if row.role == "lawyer" and len({other.who for other in affected}) == 1:
                for other in affected:
                    _join(edges, row, row.who, other.who, "defended", stated=other.passage == row.passage)
            elif role is not None and role.official and not cases and row.adverse:
                for other in affected:
                    _join(edges, row, row.who, other.who, "acted-against", stated=other.passage == row.passage)
    _mark_stated(edges, links)
    return edges


def _join(edges: dict[Key, Edge], row: Link, source: str, target: str, kind: str, stated: bool = False) -> None:
    if source == target:
        return
    edge = edges.setdefault((source, target, kind), Edge(source, target, kind))
    edge.roles.add(row.role)
    edge.stated = edge.stated or stated
    statement = Statement(row.event, row.role, row.passage)
    if statement not in edge.statements:
        edge.statements.append(statement)
    edge.first = min(filter(None, (edge.first, row.earliest)), default="")
    edge.last = max(filter(None, (edge.last, row.latest)), default="")


def _mark_stated(edges: dict[Key, Edge], links: Links) -> None:
    """A link to a case is stated when the passage that gives the role also puts the event into that case."""
    for edge in edges.values():
        case = edge.target if edge.kind in ("acted", "body") else edge.source
        if any((s.event, case, s.passage) in links.case_statements for s in edge.statements):
            edge.stated = True


def _around(focus: str, edges: dict[Key, Edge]) -> dict[Key, Edge]:
    """The edges of the focus and, for every case next to it, all edges of that case; lawyers of the people shown stay."""
    near = {edge.target if edge.source == focus else edge.source for edge in edges.values() if focus in (edge.source, edge.target)}
    cases = {
        end for key, edge in edges.items() if edge.kind != "defended" for end in _case_ends(edge) if end in near or end == focus
    }
    kept = {key: edge for key, edge in edges.items() if focus in (edge.source, edge.target) or set(_case_ends(edge)) & cases}
    people = {edge.target for edge in kept.values() if edge.kind == "defendant"}
    return kept | {key: edge for key, edge in edges.items() if edge.kind == "defended" and edge.target in people}


def _case_ends(edge: Edge) -> tuple[str, ...]:
    if edge.kind == "defendant":
        return (edge.source,)
    return (edge.target,) if edge.kind in ("acted", "body") else ()


def _nodes(edges: list[Edge], links: Links, tenures: dict[str, set[str]]) -> dict[str, Node]:
    body_of = {link.event: link.who for link in links.rows if link.role == "body"}
    kinds: dict[str, set[str]] = defaultdict(set)
    bodies: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        acting = {edge.source} if edge.kind == "body" else {body_of[s.event] for s in edge.statements if s.event in body_of}
        for iri, kind in _end_kinds(edge):
            kinds[iri].add(kind)
            bodies[iri] |= acting | tenures.get(iri, set())
    return {
        iri: Node(iri, links.labels.get(iri, iri), min(found, key=KINDS.index), tuple(sorted(bodies[iri])))
        for iri, found in sorted(kinds.items())
    }


def _end_kinds(edge: Edge) -> tuple[tuple[str, str], tuple[str, str]]:
    match edge.kind:
        case "defendant":
            return (edge.source, "case"), (edge.target, "person")
        case "body":
            return (edge.source, "body"), (edge.target, "case")
        case "defended":
            return (edge.source, "lawyer"), (edge.target, "person")
        case _:
            functions = {_FUNCTIONS.get(role, "officer") for role in edge.roles}
            target = "case" if edge.kind == "acted" else "person"
            return (edge.source, min(functions, key=KINDS.index)), (edge.target, target)
