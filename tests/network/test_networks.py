"""Networks: an edge says which events join two nodes, in which roles, who says so and how many independent voices they are."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import networkx
import pytest

import kg
from kg.errors import KgError, QueryError
from kg.network import MEASURES, measures, write_network
from kg.vocabulary import ID
from tests.conftest import DataFolder

COURTROOM = """
source: {{id: {id}, publisher: {publisher}, url: "https://news.example/{id}", title: Trial, language: en{extra}}}
passages:
- id: p1
  summary: A trial.
  facts:
  - {{person: judge-a, name: Judge A}}
  - {{person: judge-b, name: Judge B}}
  - {{person: prosecutor, name: Prosecutor P}}
  - {{person: lawyer, name: Lawyer L}}
  - {{person: koval, name: Petro Koval}}
  - {{body: court, name: District Court, kind: district-court}}
  - {{body: fsb, name: Security Service, kind: security-service}}
  - {{case: trial, defendants: [koval]}}
  - {{event: search, kind: search, date: 2019-06-10, body: fsb, case: trial, people: {{searched-person: [koval]}}}}
  - event: verdict
    kind: sentence
    date: 2021-08
    body: court
    case: trial
    people: {{judge: [judge-a, judge-b], prosecutor: [prosecutor], lawyer: [lawyer], defendant: [koval]}}
    penalties: [{{person: koval, years: 5}}]
  - event: freed
    kind: release
    date: 2022-01-05
    body: court
    case: trial
    people: {{judge: [judge-b], prisoner: [koval]}}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """One trial told by a newspaper, by its own reprint and by another newspaper."""
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    folder.record("a.yaml", COURTROOM.format(id="a", publisher="example-news", extra=""))
    folder.record("b.yaml", COURTROOM.format(id="b", publisher="other-news", extra=", reprint-of: example-news"))
    folder.record("c.yaml", COURTROOM.format(id="c", publisher="other-news", extra=""))
    from kg.identity import Decision, write_decisions

    keys = ["judge-a", "judge-b", "prosecutor", "lawyer", "koval", "court", "fsb", "trial", "search", "verdict", "freed"]
    write_decisions(
        folder.path / "identity" / "all.sssom.tsv",
        [
            Decision("", 0, f"{ID}{source}/{key}", True, f"{ID}a/{key}", "an editor", "2026-11-23", "", "same trial")
            for source in ("b", "c")
            for key in keys
        ],
    )
    kg.build(folder.path, folder.path.parent / "build")
    return kg.open(folder.path.parent / "build")


def edges(network: networkx.Graph[str]) -> set[frozenset[str]]:
    """Edges as pairs of labels."""
    return {frozenset((network.nodes[one]["label"], network.nodes[other]["label"])) for one, other in network.edges}


def test_officials_are_linked_to_the_case_they_acted_in_and_the_lawyer_is_not(graph: kg.KnowledgeGraph) -> None:
    network = graph.network("official-case")
    assert {label for pair in edges(network) for label in pair if not label.startswith("Case")} == {
        "Judge A",
        "Judge B",
        "Prosecutor P",
    }


def test_officials_of_one_bench_are_linked(graph: kg.KnowledgeGraph) -> None:
    assert edges(graph.network("official-official")) == {
        frozenset(pair) for pair in (("Judge A", "Judge B"), ("Judge A", "Prosecutor P"), ("Judge B", "Prosecutor P"))
    }


def test_only_acts_that_went_against_a_person_link_an_official_to_them(graph: kg.KnowledgeGraph) -> None:
    network = graph.network("official-person")
    assert edges(network) == {frozenset((name, "Petro Koval")) for name in ("Judge A", "Judge B", "Prosecutor P")}
    judge_b = network.edges[f"{ID}a/judge-b", f"{ID}a/koval"]
    assert judge_b["events"] == [f"{ID}a/verdict"], "the release is not an act against him"


def test_an_edge_carries_roles_dates_passages_and_independent_publishers(graph: kg.KnowledgeGraph) -> None:
    case = f"{ID}a/trial"
    edge = graph.network("official-case").edges[f"{ID}a/judge-b", case]
    assert edge["roles"] == ["judge"]
    assert edge["weight"] == 2
    assert (edge["first"], edge["last"]) == ("2021-08-01", "2022-01-05")
    assert edge["passages"] == [f"{ID}source/{source}/p1" for source in "abc"]
    assert edge["publishers"] == 2, "a reprint is no second voice"


def test_bodies_of_one_case_are_linked(graph: kg.KnowledgeGraph) -> None:
    assert edges(graph.network("body-body")) == {frozenset(("District Court", "Security Service"))}


def test_measures_agree_with_networkx() -> None:
    network = networkx.les_miserables_graph()
    ours = measures(network)
    assert {name: row["degree"] for name, row in ours.items()} == dict(network.degree)
    assert {name: row["weighted degree"] for name, row in ours.items()} == dict(network.degree(weight="weight"))
    for theirs, name in (
        (networkx.betweenness_centrality(network), "betweenness"),
        (networkx.pagerank(network, weight="weight", tol=1e-12), "pagerank"),
        (networkx.core_number(network), "k-core"),
    ):
        assert {node: row[name] for node, row in ours.items()} == pytest.approx(theirs, abs=1e-6)
    assert {row["component"] for row in ours.values()} == {0}


def test_communities_are_as_good_as_those_of_networkx_and_the_same_twice() -> None:
    network = networkx.les_miserables_graph()
    ours = measures(network)
    groups: dict[float, set[str]] = {}
    for node, row in ours.items():
        groups.setdefault(row["community"], set()).add(node)
    reached = networkx.community.modularity(network, groups.values())
    peer = networkx.community.modularity(network, networkx.community.louvain_communities(network, seed=1))
    assert reached >= peer - 0.01
    assert measures(network) == ours


def test_betweenness_of_large_networks_is_estimated_close_to_the_exact_values(monkeypatch: pytest.MonkeyPatch) -> None:
    network = networkx.relabel_nodes(networkx.barabasi_albert_graph(800, 2, seed=3), str)
    exact = {node: row["betweenness"] for node, row in measures(network).items()}
    monkeypatch.setattr(sys.modules[measures.__module__], "EXACT_UP_TO", 100)
    estimated = {node: row["betweenness"] for node, row in measures(network).items()}
    assert estimated != exact
    assert max(estimated, key=estimated.__getitem__) == max(exact, key=exact.__getitem__)
    assert sum(estimated.values()) == pytest.approx(sum(exact.values()), rel=0.05)


def test_an_empty_network_has_no_measures() -> None:
    assert measures(networkx.Graph()) == {}
    assert len(MEASURES) == 7


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".csv", ".json"])
def test_an_exported_network_comes_back_with_its_labels_and_roles(graph: kg.KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    network = graph.network("official-official")
    path = tmp_path / f"network{suffix}"
    write_network(network, path)
    if suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            found = [(row["source label"], row["target label"], row["roles"]) for row in csv.DictReader(file)]
        assert ("Judge A", "Judge B", "judge") in found
        return
    if suffix == ".json":
        read = networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    else:
        read = networkx.read_graphml(path) if suffix == ".graphml" else networkx.read_gexf(path)
    assert edges(read) == edges(network)


def test_unknown_networks_and_formats_are_refused_with_what_there_is(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="official-case"):
        graph.network("friends")
    with pytest.raises(KgError, match=r"\.graphml"):
        write_network(networkx.Graph(), tmp_path / "network.xyz")


THREAT = """
source: {id: d, publisher: other-news, url: "https://news.example/d", title: An interview, language: en}
passages:
- id: p1
  summary: Petro Koval says that an officer threatened him; the security service denies it.
  facts:
  - {person: officer, name: Officer O}
  - {person: koval, name: Petro Koval}
  - {case: trial, defendants: [koval]}
  - {event: threat, kind: ill-treatment, modality: alleged, case: trial, people: {victim: [koval], officer: [officer]}}
"""


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".csv", ".json"])
def test_an_edge_that_is_only_alleged_says_so_in_every_format(folder: DataFolder, tmp_path: Path, suffix: str) -> None:
    """An allegation must not look like a verdict once it has left for Gephi or a spreadsheet."""
    folder.record("d.yaml", THREAT)
    folder.record("a.yaml", COURTROOM.format(id="a", publisher="example-news", extra=""))
    kg.build(folder.path, tmp_path / "build")
    network = kg.open(tmp_path / "build").network("official-person")
    path = tmp_path / f"network{suffix}"
    write_network(network, path)
    if suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            found = {row["source label"]: (row["modalities"], int(row["vouched"])) for row in csv.DictReader(file)}
    else:
        if suffix == ".json":
            read = networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
        else:
            read = networkx.read_graphml(path) if suffix == ".graphml" else networkx.read_gexf(path)
        found = {}
        for one, other, data in read.edges(data=True):
            told = data["modalities"]
            name = next(read.nodes[end]["label"] for end in (one, other) if read.nodes[end]["kind"] == "official")
            found[name] = ("; ".join(told) if isinstance(told, list) else told, int(data["vouched"]))
    assert found["Officer O"] == ("alleged", 0)
    assert found["Judge A"] == ("reported", 1)
