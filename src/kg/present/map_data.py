"""A link map as the data that the browser draws: one form for the offline page, the explorer and the static site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.present.link_map import KINDS, Edge, LinkMap
from kg.present.pyvis_network import LOOKS, OPTIONS, drawn
from kg.present.whole_map import WholeMap
from kg.vocabulary import compress, load_vocabulary


def map_data(
    model: LinkMap, whole: WholeMap | None = None, points: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, Any]:
    """`model` with positions, looks, roles and evidence, ready for JSON.

    With `whole`, each node also carries `around`, how many things it is linked to by kind, so that the browser can say how
    many of them are not shown. Passages are a list; evidence gives [event, role, number of the passage]. `points` are
    positions already known; nodes without one get none.
    """
    nodes, edges = drawn(model, points)
    wider = whole or WholeMap(model)
    passages = {iri: number for number, iri in enumerate(model.evidence.passages)}
    for edge, told in zip(model.edges, edges, strict=True):
        told |= _edge(edge, passages)
    for node, drawn_node in zip(model.nodes.values(), nodes, strict=True):
        drawn_node |= {
            "kind": node.kind,
            "bodies": list(node.bodies),
            "name": node.label,
            "address": compress(node.iri),
            "cases": wider.cases(node.iri),
            "around": dict(sorted(wider.neighbours(node.iri).items())) if whole else {},
        }
    return {
        "title": model.title,
        "focus": model.focus,
        "options": OPTIONS,
        "nodes": nodes,
        "edges": edges,
        "passages": [vars(passage) for passage in model.evidence.passages.values()],
        "events": {iri: {"label": event.label, "modality": event.modality} for iri, event in model.evidence.events.items()},
        **words(),
    }


def words() -> dict[str, Any]:
    """How kinds of nodes look and roles are called."""
    roles = {role.key: role.label for role in load_vocabulary().roles.values()}
    return {"looks": {kind: vars(LOOKS[kind]) for kind in KINDS}, "roles": {**roles, "body": "acting body"}}


def edge_name(edge: Edge) -> str:
    """What a link is called wherever it is drawn."""
    return f"{compress(edge.source)} {edge.kind} {compress(edge.target)}"


def _edge(edge: Edge, passages: dict[str, int]) -> dict[str, Any]:
    return {
        # The same link has the same name in every cut, so that the browser can add one map to another.
        "id": edge_name(edge),
        "kind": edge.kind,
        "roles": sorted(edge.roles),
        "stated": edge.stated,
        "first": edge.first,
        "last": edge.last,
        "publishers": edge.publishers,
        "modalities": list(edge.modalities),
        "evidence": [[s.event, s.role, passages[s.passage]] for s in edge.statements if s.passage in passages],
    }


def embeddable(data: Any) -> str:
    """`data` as JSON that may stand in a script element: it cannot close it, whatever its texts say."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
