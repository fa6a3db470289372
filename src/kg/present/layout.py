"""Fixed positions for a map, computed before the page is written, so that the browser only draws."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt

import igraph

Point = tuple[float, float]
SPACING = 90.0
"""Distance that neighbouring nodes are meant to have, in the drawing's units (pixels at zoom 1)."""


def layout(nodes: Sequence[str], edges: Sequence[tuple[str, str]], seed: int = 7) -> dict[str, Point]:
    """A position per node: each connected part is laid out by itself (Fruchterman-Reingold), the parts are packed in rows,
    largest first.

    The same input gives the same picture. Coordinates grow to the right and downwards, centred on the largest part's rows.
    """
    position = {node: index for index, node in enumerate(nodes)}
    graph = igraph.Graph(len(nodes), sorted({(position[a], position[b]) for a, b in edges}))
    state = random.getstate()
    random.seed(seed)
    try:
        parts = [(members, _part(graph, members)) for members in graph.connected_components()]
    finally:
        random.setstate(state)
    parts.sort(key=lambda part: (-len(part[0]), part[0]))
    return {nodes[member]: point for member, point in _packed(parts)}


def _part(graph: igraph.Graph, members: list[int]) -> list[Point]:
    """Positions of one connected part, its top left corner at the origin."""
    if len(members) == 1:
        return [(0.0, 0.0)]
    part = graph.induced_subgraph(members)
    points = part.layout_fruchterman_reingold(niter=1500) if len(members) > 12 else part.layout_kamada_kawai()
    lengths = [sqrt((points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2) for a, b in part.get_edgelist()]
    scale = SPACING / max(sorted(lengths)[len(lengths) // 2], 1e-6)
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return [((x - left) * scale, (y - top) * scale) for x, y in points]


def _packed(parts: list[tuple[list[int], list[Point]]]) -> list[tuple[int, Point]]:
    """Parts in rows, in the order given, as wide as makes the whole picture about 1.5 times as wide as high."""
    boxes = [(max(x for x, _ in points) + 2 * SPACING, max(y for _, y in points) + 2 * SPACING) for _, points in parts]
    width = max(sqrt(1.5 * sum(w * h for w, h in boxes)), max((w for w, _ in boxes), default=0.0))
    placed, left, top, height = [], 0.0, 0.0, 0.0
    for (members, points), (w, h) in zip(parts, boxes, strict=True):
        if left and left + w > width:
            left, top, height = 0.0, top + height, 0.0
        placed += [(member, (round(x + left, 1), round(y + top, 1))) for member, (x, y) in zip(members, points, strict=True)]
        left, height = left + w, max(height, h)
    return placed
