"""Measures of a network: who stands where in what the sources tell.

Every measure describes the record, not the world: an official named in many sources stands higher than one whom no source names.
"""

from __future__ import annotations

import random
from collections import Counter

import igraph
import networkx

MEASURES = (
    "degree",
    "weighted degree",
    "betweenness",
    "pagerank",
    "k-core",
    "component",
    "community",
)
"""Names of the measures, in the order of the tables."""

SEED = 20190610
"""Seed of everything drawn at random, so that two runs agree."""

EXACT_UP_TO, PIVOTS = 5_000, 100
"""Nodes up to which betweenness is exact, and starting points of its estimate above that."""


def measures(network: networkx.Graph[str]) -> dict[str, dict[str, float | int]]:
    """All measures of every node: node -> measure -> value.

    - *degree*: number of neighbours; *weighted degree*: number of events over all links (edge attribute `weight`).
    - *betweenness*: share of shortest paths through the node, unweighted, normalised by the number of pairs (Freeman 1977);
      above EXACT_UP_TO nodes estimated from the paths that start at PIVOTS nodes drawn at random (Brandes & Pich 2007).
    - *pagerank*: damping 0.85, weighted (Brin & Page 1998); sums to 1.
    - *k-core*: largest k such that the node lies in a subgraph of minimum degree k (Seidman 1983).
    - *component*: 0 for the largest connected part, 1 for the next, ...
    - *community*: Leiden communities of weighted modularity (Traag et al. 2019), 0 for the largest; one partition among
      several nearly as good.

    Computed by igraph, from 12 to 240 times faster than networkx on large networks. An empty network gives an empty dict.
    """
    nodes = sorted(network.nodes)
    if not nodes:
        return {}
    graph = _to_igraph(network, nodes)
    pairs = max((len(nodes) - 1) * (len(nodes) - 2) / 2, 1)
    columns = {
        "degree": graph.degree(),
        "weighted degree": [round(value) for value in graph.strength(weights="weight")],
        "betweenness": [value / pairs for value in _betweenness(graph)],
        "pagerank": graph.pagerank(weights="weight"),
        "k-core": graph.coreness(),
        "component": _by_size(graph.connected_components().membership),
        "community": _by_size(_communities(graph)),
    }
    return {node: {name: columns[name][position] for name in MEASURES} for position, node in enumerate(nodes)}


def communities(network: networkx.Graph[str]) -> dict[str, int]:
    """The community of every node, 0 for the largest (see `measures`); the same input gives the same partition."""
    nodes = sorted(network.nodes)
    return dict(zip(nodes, _by_size(_communities(_to_igraph(network, nodes))), strict=True)) if nodes else {}


def _to_igraph(network: networkx.Graph[str], nodes: list[str]) -> igraph.Graph:
    position = {node: index for index, node in enumerate(nodes)}
    edges = sorted((position[one], position[other], data.get("weight", 1)) for one, other, data in network.edges(data=True))
    graph = igraph.Graph(len(nodes), [(one, other) for one, other, _ in edges])
    graph.es["weight"] = [weight for _, _, weight in edges]
    return graph


def _betweenness(graph: igraph.Graph) -> list[float]:
    count = graph.vcount()
    if count <= EXACT_UP_TO:
        exact: list[float] = graph.betweenness()
        return exact
    pivots = random.Random(SEED).sample(range(count), PIVOTS)
    return [value * count / PIVOTS for value in graph.betweenness(sources=pivots)]


def _communities(graph: igraph.Graph) -> list[int]:
    state = random.getstate()
    random.seed(SEED)
    igraph.set_random_number_generator(random)  # igraph keeps one for each thread, and seeds others by the clock
    try:
        membership: list[int] = graph.community_leiden("modularity", weights="weight", n_iterations=10).membership
    finally:
        random.setstate(state)
    return membership


def _by_size(membership: list[int]) -> list[int]:
    """Renumber groups so that 0 is the largest; equal sizes keep the order of their first member."""
    sizes = Counter(membership)
    order = {group: rank for rank, (group, _) in enumerate(sizes.most_common())}
    return [order[group] for group in membership]
