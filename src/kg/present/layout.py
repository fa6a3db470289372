"""Fixed positions for a map, computed before the page is written, so that the browser only draws."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Sequence
from math import dist, sqrt

import igraph

Point = tuple[float, float]
SPACING = 90.0
"""Distance that linked nodes are meant to have, in the drawing's units (pixels at zoom 1)."""

LEAST = 58.0
"""Distance below which two nodes of one part are pushed apart."""


def layout(nodes: Sequence[str], edges: Sequence[tuple[str, str]], seed: int = 7) -> dict[str, Point]:
    """A position per node: each connected part is laid out by itself (Fruchterman-Reingold), the parts are packed in rows,
    largest first.

    The same input gives the same picture. Coordinates grow to the right and downwards, centred on the largest part's rows.
    """
    position = {node: index for index, node in enumerate(nodes)}
    graph = igraph.Graph(len(nodes), sorted({(position[a], position[b]) for a, b in edges}))
    state = random.getstate()
    random.seed(seed)
    igraph.set_random_number_generator(random)  # igraph keeps one for each thread, and seeds others by the clock
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
    lengths = sorted(dist(points[a], points[b]) for a, b in part.get_edgelist())
    scale = SPACING / max(lengths[len(lengths) // 2], 1e-6)
    apart = _apart([(x * scale, y * scale) for x, y in points])
    left, top = min(x for x, _ in apart), min(y for _, y in apart)
    return [(x - left, y - top) for x, y in apart]


def _apart(points: list[Point], rounds: int = 80) -> list[Point]:
    """`points` moved as little as keeps every two at least LEAST apart, as far as `rounds` of pushing reach."""
    moved = [list(point) for point in points]
    for _ in range(rounds):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, (x, y) in enumerate(moved):
            cells[int(x // LEAST), int(y // LEAST)].append(index)
        pushed = False
        for (column, row), members in list(cells.items()):
            near = [i for dx, dy in itertools.product((-1, 0, 1), repeat=2) for i in cells.get((column + dx, row + dy), ())]
            for one in members:
                for other in near:
                    if one < other:
                        pushed |= _push(moved[one], moved[other], one)
        if not pushed:
            break
    return [(x, y) for x, y in moved]


def _push(one: list[float], other: list[float], turn: int) -> bool:
    """Move two points apart along their line if they are too close; coinciding ones in a direction that depends on `turn`."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = sqrt(dx * dx + dy * dy)
    if length >= LEAST:
        return False
    if length < 1e-6:
        dx, dy, length = (1.0, 0.0, 1.0) if turn % 2 else (0.0, 1.0, 1.0)
    shift = (LEAST - length) / 2 / length
    one[0] -= dx * shift
    one[1] -= dy * shift
    other[0] += dx * shift
    other[1] += dy * shift
    return True


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
