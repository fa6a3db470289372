"""The link map as a model: who is on it as what, and what is stated by one passage or joined from several."""

from __future__ import annotations

import pytest

import kg
from kg.errors import NotFoundError
from kg.present import LinkMap, build_link_map
from tests.conftest import DataFolder

TRIAL = """
source: {id: trial, publisher: example-news, url: "https://news.example/trial", title: Trial, language: en}
passages:
- id: p1
  summary: Judge A gave Koval five years in the case of the neighbours; lawyer L defended him.
  facts:
  - {person: judge, name: Judge A}
  - {person: koval, name: Petro Koval}
  - {person: lawyer, name: Lawyer L}
  - {body: court, name: District Court, kind: district-court}
  - {case: neighbours, name: Case of the neighbours, defendants: [koval]}
  - event: verdict
    kind: sentence
    date: 2021-08-16
    body: court
    case: neighbours
    people: {judge: [judge], defendant: [koval], lawyer: [lawyer]}
- id: p2
  summary: Officer O led the search; it is not said in which case.
  facts:
  - {person: officer, name: Officer O}
  - {event: search, kind: search, people: {officer: [officer]}}
- id: p3
  summary: The search belonged to the case of the neighbours.
  facts:
  - {event: search, case: neighbours}
- id: p5
  summary: In another trial lawyer M, who represents the second accused, was in court.
  facts:
  - {person: first, name: First Accused}
  - {person: second, name: Second Accused}
  - {person: other-lawyer, name: Lawyer M}
  - {relation: represents, subject: other-lawyer, object: second}
  - {case: pair, defendants: [first, second]}
  - {event: hearing, kind: hearing, case: pair, people: {defendant: [first, second], lawyer: [other-lawyer]}}
- id: p4
  summary: Judge N is mentioned.
  facts:
  - {person: nobody, name: Judge N}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    folder.record("trial.yaml", TRIAL)
    folder.verdict("other", judge="Judge Z", defendant="Ivan Shevchuk")
    kg.build(folder.path, folder.path.parent / "build")
    return kg.open(folder.path.parent / "build")


def told(model: LinkMap) -> set[tuple[str, str, str, bool]]:
    """(from, to, kind, stated) by label."""
    label = {iri: node.label for iri, node in model.nodes.items()}
    return {(label[e.source], label[e.target], e.kind, e.stated) for e in model.edges}


def test_a_link_that_one_passage_makes_is_stated_and_one_joined_from_two_is_inferred(graph: kg.KnowledgeGraph) -> None:
    case = "Case of the neighbours"
    assert told(build_link_map(graph.graph, case="neighbours")) == {
        ("Judge A", case, "acted", True),
        ("Officer O", case, "acted", False),
        ("District Court", case, "body", True),
        (case, "Petro Koval", "defendant", True),
        ("Lawyer L", "Petro Koval", "defended", True),
    }


def test_lawyers_never_look_like_officials(graph: kg.KnowledgeGraph) -> None:
    kinds = {node.label: node.kind for node in build_link_map(graph.graph).nodes.values()}
    assert kinds["Lawyer L"] == "lawyer"
    assert kinds["Judge A"] == "judge"
    assert kinds["Officer O"] == "officer"
    assert kinds["Petro Koval"] == "person"


def test_a_lawyer_is_linked_to_the_client_that_a_source_names_and_not_to_everybody_in_the_dock(graph: kg.KnowledgeGraph) -> None:
    defended = {(one, other) for one, other, kind, _ in told(build_link_map(graph.graph)) if kind == "defended"}
    assert defended == {("Lawyer L", "Petro Koval"), ("Lawyer M", "Second Accused")}


def test_a_map_around_somebody_shows_their_cases_with_everybody_in_them_and_no_others(graph: kg.KnowledgeGraph) -> None:
    labels = {node.label for node in build_link_map(graph.graph, official="Judge A").nodes.values()}
    assert {"Petro Koval", "District Court", "Lawyer L"} <= labels
    assert "Judge Z" not in labels


def test_every_link_cites_a_passage_with_its_publisher(graph: kg.KnowledgeGraph) -> None:
    model = build_link_map(graph.graph)
    for edge in model.edges:
        for statement in edge.statements:
            passage = model.evidence.passages[statement.passage]
            assert passage.summary
            assert passage.publisher == "Example News"


def test_somebody_without_links_and_an_ambiguous_name_are_told_apart(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match="nothing links them"):
        build_link_map(graph.graph, official="Judge N")
    with pytest.raises(NotFoundError, match="can mean") as caught:
        build_link_map(graph.graph, official="Judge")
    assert "id:trial/judge" in str(caught.value)


def test_the_pyvis_network_has_fixed_positions_and_the_same_links(graph: kg.KnowledgeGraph) -> None:
    network = kg.link_map(graph, case="neighbours")
    assert len(network.nodes) == 6
    assert len(network.edges) == 5
    assert all(node["physics"] is False and "x" in node for node in network.nodes)
    again = kg.link_map(graph, case="neighbours")
    assert [(n["x"], n["y"]) for n in network.nodes] == [(n["x"], n["y"]) for n in again.nodes]
