"""Network measures, beside networkx on the same graph."""

from __future__ import annotations

import random
from collections.abc import Iterator

import networkx

from benchmarks.measured import Measured, best
from kg.network import measures


def run() -> Iterator[Measured]:
    """All seven measures on official-case networks of two sizes; networkx only where it ends in reasonable time."""
    small = _network(400, 2_000, 10_000)
    ours, theirs = best(lambda: measures(small), lambda: _with_networkx(small), runs=1)
    yield Measured(f"all measures, {small.number_of_edges():,} edges", ours, "networkx", theirs)
    large = _network(20_000, 200_000, 1_000_000)
    (ours,) = best(lambda: measures(large), runs=1)
    yield Measured(f"all measures, {large.number_of_edges():,} edges (betweenness estimated)", ours, bar="60 s")


def _network(officials: int, cases: int, edges: int) -> networkx.Graph[str]:
    chance = random.Random(1)
    drawn: dict[tuple[str, str], int] = {}
    while len(drawn) < edges:
        official = int(officials * chance.random() ** 3)
        drawn[f"o{official}", f"c{chance.randrange(cases)}"] = chance.randint(1, 5)
    network: networkx.Graph[str] = networkx.Graph()
    network.add_edges_from((one, other, {"weight": weight}) for (one, other), weight in drawn.items())
    return network


def _with_networkx(network: networkx.Graph[str]) -> None:
    dict(network.degree)
    dict(network.degree(weight="weight"))
    networkx.betweenness_centrality(network)
    networkx.pagerank(network)
    networkx.core_number(network)
    list(networkx.connected_components(network))
    networkx.community.louvain_communities(network, seed=1)
