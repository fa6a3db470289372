"""The shortest ways between two nodes: the same as networkx finds, in an order that does not depend on chance."""

from __future__ import annotations

import itertools

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.network import shortest_paths

NODES = "abcdefgh"
pairs = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=150, deadline=None)
@given(st.sets(pairs, max_size=20), st.integers(1, 6))
def test_paths_are_as_long_as_those_that_networkx_finds(links: set[tuple[str, str]], k: int) -> None:
    network: networkx.Graph[str] = networkx.Graph(sorted(links))
    network.add_nodes_from("ah")
    found = shortest_paths(network, "a", "h", k)
    try:
        expected = list(itertools.islice(networkx.shortest_simple_paths(network, "a", "h"), k))
    except networkx.NetworkXNoPath:
        expected = []
    assert [len(path) for path in found] == [len(path) for path in expected]
    assert len({tuple(path) for path in found}) == len(found)
    for path in found:
        assert (path[0], path[-1]) == ("a", "h")
        assert len(set(path)) == len(path)
        assert all(network.has_edge(one, other) for one, other in itertools.pairwise(path))


def square() -> networkx.Graph[str]:
    """Two ways of the same length from a to d, and a longer one."""
    return networkx.Graph([("a", "b"), ("b", "d"), ("a", "c"), ("c", "d"), ("a", "x"), ("x", "y"), ("y", "d")])


def test_among_equally_short_ways_the_less_doubtful_comes_first() -> None:
    assert shortest_paths(square(), "a", "d", 3)[0] == ["a", "b", "d"]
    doubted = {("a", "b"), ("b", "a")}
    found = shortest_paths(square(), "a", "d", 3, worse=lambda one, other: float((one, other) in doubted))
    assert found == [["a", "c", "d"], ["a", "b", "d"], ["a", "x", "y", "d"]]


def test_no_way_leads_through_what_is_to_be_avoided_but_it_may_be_an_end() -> None:
    assert shortest_paths(square(), "a", "d", 5, avoid={"b", "c"}) == [["a", "x", "y", "d"]]
    assert shortest_paths(square(), "a", "b", 1, avoid={"b"}) == [["a", "b"]]


def test_what_is_not_joined_has_no_path_and_what_is_not_there_is_told() -> None:
    network = square()
    network.add_node("alone")
    assert shortest_paths(network, "a", "alone") == []
    assert shortest_paths(network, "a", "a") == [["a"]]
    with pytest.raises(NotFoundError, match="nobody"):
        shortest_paths(network, "a", "nobody")
    with pytest.raises(ValueError, match="1 to 50"):
        shortest_paths(network, "a", "d", 0)
