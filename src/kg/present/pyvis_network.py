"""The link map as a pyvis Network: positions fixed, physics off, colours and shapes that differ for every kind of vision.

Colours are those of Okabe & Ito (2008), chosen to stay apart for colour-blind readers; every kind also has its own shape.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pyvis.network import Network

from kg.present.layout import layout
from kg.present.link_map import Edge, LinkMap


@dataclass(frozen=True)
class Look:
    """How one kind of node is drawn and named in the legend."""

    label: str
    shape: str
    colour: str
    size: int


LOOKS = {
    "judge": Look("judge", "triangle", "#D55E00", 15),
    "prosecutor": Look("prosecutor", "triangleDown", "#B8860B", 15),
    "officer": Look("investigator or officer", "diamond", "#A04C86", 14),
    "body": Look("court or other body", "square", "#4D4D4D", 13),
    "case": Look("case", "hexagon", "#56B4E9", 15),
    "person": Look("persecuted person", "dot", "#0072B2", 11),
    "lawyer": Look("defence lawyer", "star", "#009E73", 12),
}

EDGE_COLOURS = {"acted": "#8A5A3C", "acted-against": "#8A5A3C", "body": "#9A9A9A", "defendant": "#7FA8C9", "defended": "#5FB596"}

OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "hideEdgesOnDrag": True, "tooltipDelay": 150, "keyboard": False, "multiselect": False},
    "nodes": {
        "font": {"size": 15, "strokeWidth": 4, "strokeColor": "#ffffff"},
        "scaling": {"label": {"drawThreshold": 7}},
        "borderWidth": 1,
    },
    "edges": {"smooth": False, "width": 1.4, "selectionWidth": 2.5, "hoverWidth": 1.0},
}


def to_pyvis(model: LinkMap, height: str = "720px") -> Network:
    """`model` as a pyvis Network, for notebooks and further work; `page.write_page` makes the full page."""
    network = Network(height=height, width="100%", directed=False, cdn_resources="in_line")
    nodes, edges = drawn(model)
    for node in nodes:
        network.add_node(node.pop("id"), **node)
    # add_edge looks through all earlier edges for each new one; the list it fills is the same.
    network.edges.extend(edges)
    network.options.__dict__.update(OPTIONS)
    return network


def drawn(
    model: LinkMap, points: Mapping[str, tuple[float, float]] | None = None
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Nodes and edges as vis-network takes them, with positions: `points`, or a new layout when they are not given."""
    degrees = Counter(end for edge in model.edges for end in (edge.source, edge.target))
    if points is None:
        # A small map has room for its names.
        roomy = 1.5 if len(model.nodes) <= 80 else 1.0
        placed = layout(list(model.nodes), [(edge.source, edge.target) for edge in model.edges])
        points = {iri: (round(x * roomy, 1), round(y * roomy, 1)) for iri, (x, y) in placed.items()}
    nodes: list[dict[str, object]] = []
    for iri, node in model.nodes.items():
        look = LOOKS[node.kind]
        x, y = points.get(iri, (None, None))
        nodes.append(
            {
                "id": iri,
                "label": wrapped(node.label),
                "title": f"{textwrap.shorten(node.label, 200, placeholder=' …')} ({look.label})",
                "shape": look.shape,
                "color": look.colour,
                "size": look.size + (6 if iri == model.focus else 0),
                "x": x,
                "y": y,
                "physics": False,
                # Larger letters stay readable when a large map is in view: the best linked are named first.
                "font": {
                    "size": 12 + min(16 if len(model.nodes) > 80 else 3, degrees[iri]),
                    "strokeWidth": 4,
                    "strokeColor": "#ffffff",
                },
            }
        )
    return nodes, [_drawn_edge(number, edge, model) for number, edge in enumerate(model.edges)]


def _drawn_edge(number: int, edge: Edge, model: LinkMap) -> dict[str, object]:
    names = f"{model.nodes[edge.source].label} – {model.nodes[edge.target].label}"
    told = "" if edge.stated else " (inferred)"
    return {
        "id": number,
        "from": edge.source,
        "to": edge.target,
        "color": EDGE_COLOURS[edge.kind],
        "dashes": not edge.stated,
        "title": f"{names}: {', '.join(sorted(edge.roles))}{told}",
    }


def wrapped(label: str, width: int = 22) -> str:
    """`label` broken into lines of at most `width` characters, at most three."""
    lines = textwrap.wrap(label, width)
    return "\n".join(lines[:3]) + (" …" if len(lines) > 3 else "")
