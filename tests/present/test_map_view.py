"""Opening, expanding, collapsing and joining: what the explorer's link map shows after each click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import NotFoundError, QueryError
from kg.present.connections import as_json, connections
from kg.present.map_view import MapViews, View
from kg.present.overview import overview
from kg.present.whole_map import WholeMap
from tests.conftest import DataFolder

TWO_TRIALS = """
source: {id: trials, publisher: example-news, url: "https://news.example/trials", title: Two trials, language: en}
passages:
- id: p1
  summary: Judge A and prosecutor P sent Koval to prison; lawyer L defended him.
  facts:
  - {person: judge-a, name: Judge A}
  - {person: prosecutor, name: Prosecutor P}
  - {person: koval, name: Petro Koval}
  - {person: lawyer, name: Lawyer L}
  - {case: first, name: First case, defendants: [koval]}
  - event: v1
    kind: sentence
    date: 2021-08-16
    case: first
    people: {judge: [judge-a], prosecutor: [prosecutor], defendant: [koval], lawyer: [lawyer]}
- id: p2
  summary: Prosecutor P and judge B sent Shevchuk to prison; lawyer L defended him too.
  facts:
  - {person: judge-b, name: Judge B}
  - {person: shevchuk, name: Ivan Shevchuk}
  - {case: second, name: Second case, defendants: [shevchuk]}
  - event: v2
    kind: sentence
    date: 2022-03-01
    case: second
    people: {judge: [judge-b], prosecutor: [prosecutor], defendant: [shevchuk], lawyer: [lawyer]}
- id: p3
  summary: Judge C is said to have led the hearing in the third case, of Marko.
  facts:
  - {person: judge-c, name: Judge C}
  - {person: marko, name: Marko Lysenko}
  - {case: third, name: Third case, defendants: [marko]}
  - {event: h3, kind: hearing, case: third, modality: alleged, people: {judge: [judge-c], defendant: [marko]}}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    folder.record("trials.yaml", TWO_TRIALS)
    target: Path = folder.path.parent / "build"
    kg.build(folder.path, target, strict=True)
    return kg.open(target)


@pytest.fixture(scope="module")
def views(graph: kg.KnowledgeGraph) -> MapViews:
    return MapViews(WholeMap.read(graph.graph), lambda name: graph.graph.resolve(name).iri)


def names(data: dict[str, Any]) -> set[str]:
    return {node["name"] for node in data["nodes"]}


def node(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(node for node in data["nodes"] if node["name"] == name)


def ways(data: dict[str, Any]) -> list[list[str]]:
    named = {node["id"]: node["name"] for node in data["nodes"]}
    return [[named[iri] for iri in path["nodes"]] for path in data["paths"]]


def test_a_map_says_how_many_neighbours_it_does_not_show_and_a_click_brings_them(views: MapViews) -> None:
    before = views.answer(View(about=("Judge A",)))
    assert names(before) == {"Judge A", "First case", "Petro Koval", "Prosecutor P", "Lawyer L"}
    assert node(before, "Prosecutor P")["around"] == {"case": 2}
    after = views.answer(View(about=("Judge A",), expanded=("Prosecutor P",)))
    assert names(after) - names(before) == {"Second case"}
    assert node(after, "Second case")["near"] == node(after, "Prosecutor P")["id"]
    assert node(after, "Second case")["x"] is None
    assert node(after, "First case")["x"] == node(before, "First case")["x"], "what was there does not move"


def test_every_link_between_what_is_shown_is_shown_whichever_click_brought_it(views: MapViews) -> None:
    data = views.answer(View(about=("Judge A",), expanded=("Prosecutor P", "Second case")))
    ends = {frozenset((edge["from"], edge["to"])) for edge in data["edges"]}
    assert frozenset((node(data, "Lawyer L")["id"], node(data, "Ivan Shevchuk")["id"])) in ends


def test_collapsing_takes_away_what_hangs_on_that_node_alone(views: MapViews) -> None:
    data = views.answer(View(about=("Judge A",), collapsed=("First case",)))
    assert names(data) == {"Judge A", "First case", "Petro Koval", "Lawyer L"}


def test_two_maps_can_be_joined_subtracted_and_overlapped(views: MapViews) -> None:
    union = views.answer(View(about=("Judge A", "Judge B"), mode="union"))
    assert {"First case", "Second case"} <= names(union)
    difference = views.answer(View(about=("Judge A", "Judge B"), mode="difference"))
    assert "First case" in names(difference)
    assert "Second case" not in names(difference)
    common = views.answer(View(about=("Prosecutor P", "Judge B"), mode="common"))
    assert "Judge B" in names(common)
    assert "Judge A" not in names(common)


def test_two_judges_are_joined_through_the_prosecutor_of_both_and_not_through_a_lawyer(views: MapViews) -> None:
    data = views.answer(View(path=("Judge A", "Judge B")))
    assert ways(data) == [["Judge A", "First case", "Prosecutor P", "Second case", "Judge B"]]
    assert data["paths"][0]["stated"] is True
    edges = {edge["id"]: edge for edge in data["edges"]}
    assert all(edges[edge]["evidence"] for step in data["paths"][0]["edges"] for edge in step)


def test_a_path_through_lawyers_has_to_be_asked_for(views: MapViews, graph: kg.KnowledgeGraph) -> None:
    ends = [graph.find(name)[0].iri for name in ("Judge A", "Judge B")]
    found = connections(views.whole, ends[0], ends[1], 5, through_lawyers=True)
    through = {step.source.label for connection in found for step in connection.steps}
    assert "Lawyer L" in through
    told = as_json(views.whole, found)
    assert told[0]["steps"][0]["passages"][0]["url"] == "https://news.example/trials"


def test_what_nothing_joins_has_no_path(views: MapViews) -> None:
    data = views.answer(View(path=("Judge A", "Judge C")))
    assert data["sought"] is True
    assert data["paths"] == []


def test_an_allegation_stays_one_on_the_map(views: MapViews) -> None:
    data = views.answer(View(about=("Judge C",)))
    acted = next(edge for edge in data["edges"] if edge["kind"] == "acted")
    assert acted["modalities"] == ["alleged"]


def test_views_that_make_no_sense_say_what_would(views: MapViews) -> None:
    with pytest.raises(QueryError, match="about=<address>"):
        views.answer(View())
    with pytest.raises(QueryError, match="union, difference, common"):
        views.answer(View(about=("Judge A", "Judge B"), mode="sum"))
    with pytest.raises(QueryError, match="two ends"):
        views.answer(View(path=("Judge A",)))
    with pytest.raises(QueryError, match="at most"):
        views.answer(View(about=("Judge A",), expanded=("Judge A",) * 61))
    with pytest.raises(NotFoundError, match="answers to 'Nobody'"):
        views.answer(View(about=("Nobody",)))


def test_the_overview_holds_everybody_once_inside_the_disc_of_their_community(views: MapViews) -> None:
    data = overview(views.whole)
    assert len(data["nodes"]) == len(views.whole.model.nodes)
    for _, name, _, community, x, y, _ in data["nodes"]:
        disc = data["communities"][community]
        assert (x - disc["x"]) ** 2 + (y - disc["y"]) ** 2 <= disc["radius"] ** 2, name
    discs = data["communities"]
    for index, one in enumerate(discs):
        for other in discs[index + 1 :]:
            apart = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
            assert apart >= one["radius"] + other["radius"], "two communities overlap"
    assert data == overview(views.whole), "the same network gives the same picture"
