"""The shortest ways from one node of a network to another: through whom or what two officials are linked."""

from __future__ import annotations

from collections.abc import Callable, Collection

import igraph
import networkx

from kg.errors import NotFoundError

MOST = 50
"""Largest number of paths that may be asked for."""


def shortest_paths(
    network: networkx.Graph[str],
    start: str,
    end: str,
    k: int = 3,
    avoid: Collection[str] = (),
    worse: Callable[[str, str], float] = lambda one, other: 0.0,
) -> list[list[str]]:
    """The `k` shortest paths without loops from `start` to `end`, each as the list of its nodes, shortest first.

    Length is the number of links. `avoid` names nodes that no path may pass through (they may be its ends). Among paths of
    the same length those come first whose links add up to the least of `worse`, then those first in the alphabet, so that
    the answer does not depend on chance; ties are looked for among four times as many paths as are wanted. Yen's algorithm
    (1971) in igraph. No path gives an empty list. Raises NotFoundError when an end is not in the network, ValueError when
    `k` is not between 1 and MOST.
    """
    if not 1 <= k <= MOST:
        raise ValueError(f"k is the number of paths, from 1 to {MOST}, not {k}")
    for name in (start, end):
        if name not in network:
            raise NotFoundError(f"{name} is not in this network")
    if start == end:
        return [[start]]
    nodes = sorted(node for node in network if node not in avoid or node in (start, end))
    position = {node: index for index, node in enumerate(nodes)}
    links = sorted((position[one], position[other]) for one, other in network.edges if one in position and other in position)
    graph = igraph.Graph(len(nodes), links)
    if graph.distances([position[start]], [position[end]])[0][0] == float("inf"):
        return []
    found = [
        [nodes[index] for index in path]
        for path in graph.get_k_shortest_paths(position[start], position[end], k=4 * k, output="vpath")
    ]
    return sorted(found, key=lambda path: (len(path), sum(map(worse, path, path[1:])), path))[:k]
