"""The whole network at a glance: communities first, their members when one comes closer; all positions computed here.

A community is a part that holds together by its links (Leiden, see kg.network.measures), one partition among several nearly
as good; it is a way to read the record, not a group that calls itself one.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import dist, hypot, sqrt
from typing import Any

import igraph

from kg.network import communities
from kg.present.layout import Point
from kg.present.map_data import words
from kg.present.whole_map import WholeMap
from kg.vocabulary import compress

ROOM = 10.0
"""Radius that a member takes up, in the drawing's units."""

SEED = 11


@dataclass
class Community:
    """A community: its members, the best linked first, and where it is drawn as a disc of radius `radius`."""

    members: list[str]
    radius: float
    x: float = 0.0
    y: float = 0.0


def overview(whole: WholeMap) -> dict[str, Any]:
    """Everything that the overview draws, ready for JSON.

    `communities` with place, radius, best known members and kinds; `ties` between them [one, other, links]; `nodes` as
    [address, name, kind, community, x, y, links]; `links` as pairs of positions in `nodes`. Deterministic.
    """
    found = _communities(whole)
    number = {member: index for index, community in enumerate(found) for member in community.members}
    ties: Counter[tuple[int, int]] = Counter()
    for edge in whole.model.edges:
        one, other = sorted((number[edge.source], number[edge.target]))
        if one != other:
            ties[one, other] += 1
    _place(found, ties)
    points = {member: point for community in found for member, point in _inside(whole, community).items()}
    order = {iri: index for index, iri in enumerate(points)}
    return {
        "communities": [_told(whole, community) for community in found],
        "ties": [[one, other, links] for (one, other), links in sorted(ties.items())],
        "nodes": [
            [compress(iri), whole.node(iri).label, whole.node(iri).kind, number[iri], *points[iri], len(whole.others(iri))]
            for iri in order
        ],
        "links": sorted({(order[edge.source], order[edge.target]) for edge in whole.model.edges}),
        **words(),
    }


def _communities(whole: WholeMap) -> list[Community]:
    members: dict[int, list[str]] = defaultdict(list)
    for iri, group in communities(whole.network).items():
        members[group].append(iri)
    ranked = (sorted(group, key=lambda iri: (-len(whole.others(iri)), iri)) for _, group in sorted(members.items()))
    return [Community(group, ROOM * (1 + 1.5 * sqrt(len(group)))) for group in ranked]


def _told(whole: WholeMap, community: Community) -> dict[str, Any]:
    """A community is called after its best linked members, a case first because it says what it is about."""
    best = sorted(community.members[:6], key=lambda iri: whole.node(iri).kind != "case")
    called = [best[0], *(iri for iri in community.members[:6] if iri != best[0])][:2]
    kinds = Counter(whole.node(iri).kind for iri in community.members)
    return {
        "name": " · ".join(whole.node(iri).label for iri in called),
        "members": len(community.members),
        "kinds": dict(sorted(kinds.items())),
        "x": round(community.x, 1),
        "y": round(community.y, 1),
        "radius": round(community.radius, 1),
    }


def _place(found: list[Community], ties: Counter[tuple[int, int]]) -> None:
    """Communities with ties by a force layout, pushed apart until no two discs overlap; the others in rows beneath."""
    tied = sorted({end for pair in ties for end in pair})
    if tied:
        position = {group: index for index, group in enumerate(tied)}
        graph = igraph.Graph(len(tied), [(position[one], position[other]) for one, other in sorted(ties)])
        weights = [sqrt(ties[pair]) for pair in sorted(ties)]
        layout = _seeded(lambda: graph.layout_fruchterman_reingold(niter=800, weights=weights))
        reach = sqrt(sum(found[group].radius ** 2 for group in tied)) * 1.4 / max(max(hypot(*point) for point in layout), 1e-6)
        places = _apart([(x * reach, y * reach) for x, y in layout], [found[group].radius for group in tied])
        for group, (x, y) in zip(tied, places, strict=True):
            found[group].x, found[group].y = x, y
    _rows([community for index, community in enumerate(found) if index not in set(tied)], [found[group] for group in tied])


def _seeded(layout: Any) -> list[Point]:
    state = random.getstate()
    random.seed(SEED)
    igraph.set_random_number_generator(random)  # igraph keeps one for each thread, and seeds others by the clock
    try:
        return [(x, y) for x, y in layout()]
    finally:
        random.setstate(state)


def _apart(points: list[Point], radii: list[float], rounds: int = 200) -> list[Point]:
    """`points` moved until discs of those `radii` around them no longer overlap, as far as `rounds` of pushing reach."""
    moved = [list(point) for point in points]
    for _ in range(rounds):
        pushed = False
        for one in range(len(moved)):
            for other in range(one + 1, len(moved)):
                need = (radii[one] + radii[other]) * 1.15
                dx, dy = moved[other][0] - moved[one][0], moved[other][1] - moved[one][1]
                if dx * dx + dy * dy < need * need * 0.999:
                    length = hypot(dx, dy) or 1e-3
                    shift = (need - length) / 2 / length
                    moved[one] = [moved[one][0] - dx * shift, moved[one][1] - dy * shift]
                    moved[other] = [moved[other][0] + (dx or 1e-3) * shift, moved[other][1] + dy * shift]
                    pushed = True
        if not pushed:
            break
    return [(x, y) for x, y in moved]


def _rows(alone: list[Community], above: list[Community]) -> None:
    """Lay the communities that nothing ties to others in rows under those `above`, largest first."""
    left = min((community.x - community.radius for community in above), default=0.0)
    right = max((community.x + community.radius for community in above), default=0.0)
    y = max((community.y + community.radius for community in above), default=0.0) + 6 * ROOM
    width = max(right - left, sqrt(1.6 * sum((2.4 * community.radius) ** 2 for community in alone)))
    x, height = left, 0.0
    for community in alone:
        if x > left and x + 2 * community.radius > left + width:
            x, y, height = left, y + height, 0.0
        community.x, community.y = x + community.radius, y + community.radius
        x += 2.4 * community.radius
        height = max(height, 2.6 * community.radius)


def _inside(whole: WholeMap, community: Community) -> dict[str, Point]:
    """Positions of the members within the disc of their community."""
    position = {member: index for index, member in enumerate(community.members)}
    links = sorted(
        {
            (position[iri], position[other])
            for iri in community.members
            for other in whole.others(iri)
            if other in position and iri < other
        }
    )
    graph = igraph.Graph(len(position), links)
    layout = _seeded(lambda: graph.layout_fruchterman_reingold(niter=300))
    middle = (sum(x for x, _ in layout) / len(layout), sum(y for _, y in layout) / len(layout))
    reach = 0.82 * community.radius / max(max(dist(point, middle) for point in layout), 1e-6)
    return {
        member: (round(community.x + (x - middle[0]) * reach, 1), round(community.y + (y - middle[1]) * reach, 1))
        for member, (x, y) in zip(community.members, layout, strict=True)
    }
