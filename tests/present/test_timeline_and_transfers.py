"""What happened when, as every source dates it, and who was taken where: precision, doubt and Crimea stay what they are."""

from __future__ import annotations

import pytest

import kg
from kg.present.timeline import read_timeline, timeline_data
from kg.present.transfers import read_transfers, transfers_data
from tests.conftest import ROOT, DataFolder

STORY = """
source: {id: story, publisher: example-news, url: "https://news.example/story", title: A story, language: en}
passages:
- id: p1
  summary: Koval of Alushta was detained in June 2019 and taken to Rostov-on-Don in August; he was freed on 3 May 2022.
  facts:
  - {person: koval, name: Petro Koval, home: alushta}
  - {case: trial, name: Case of Koval, defendants: [koval]}
  - {event: detained, kind: detention, date: 2019-06, case: trial, people: {detainee: [koval]}}
  - {event: moved, kind: transfer, date: 2019-08, from: alushta, to: rostov-on-don, people: {prisoner: [koval]}}
  - {event: freed, kind: release, date: 2022-05-03, case: trial, people: {prisoner: [koval]}}
- id: p2
  summary: A guard is said to have beaten him.
  facts:
  - {event: beaten, kind: ill-treatment, modality: alleged, people: {victim: [koval]}}
"""
OTHER = """
source: {id: other, publisher: other-news, url: "https://other.example/story", title: Another story, language: en}
passages:
- id: p1
  summary: Koval was freed on 9 May 2022.
  facts:
  - {person: koval, name: Petro Koval}
  - {case: trial, name: Case of Koval, defendants: [koval]}
  - {event: freed, kind: release, date: 2022-05-09, case: trial, people: {prisoner: [koval]}}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    folder.record("story.yaml", STORY)
    folder.record("other.yaml", OTHER)
    folder.same("people", ("other/koval", "story/koval"))
    folder.same("cases", ("other/trial", "story/trial"))
    folder.same("events", ("other/freed", "story/freed"))
    kg.build(folder.path, folder.path.parent / "build", strict=True)
    return kg.open(folder.path.parent / "build")


def test_events_stand_in_order_and_keep_the_precision_of_their_source(graph: kg.KnowledgeGraph) -> None:
    timeline = read_timeline(graph.graph, "Petro Koval")
    assert [event.kind for event in timeline.events] == ["detention", "transfer", "release", "ill-treatment"]
    detained = timeline.events[0].dates[0]
    assert (detained.text, str(detained.earliest), str(detained.latest)) == ("2019-06", "2019-06-01", "2019-06-30")
    assert timeline.events[-1].dates == ()


def test_two_days_that_cannot_both_be_right_stand_side_by_side(graph: kg.KnowledgeGraph) -> None:
    told = timeline_data(read_timeline(graph.graph, "Case of Koval"))
    release = next(event for event in told["events"] if event["kind"] == "release")
    assert [dated["text"] for dated in release["dates"]] == ["2022-05-03", "2022-05-09"]
    assert release["conflicts"] == ["date"]
    assert release["publishers"] == 2
    said = {told["passages"][dated["passages"][0]]["publisher"] for dated in release["dates"]}
    assert said == {"Example News", "Other News"}


def test_what_is_only_alleged_is_marked(graph: kg.KnowledgeGraph) -> None:
    beaten = next(event for event in read_timeline(graph.graph, "Petro Koval").events if event.kind == "ill-treatment")
    assert beaten.modalities == ("alleged",)


def test_a_transfer_has_its_ends_and_the_distance_from_home(graph: kg.KnowledgeGraph) -> None:
    transfers = read_transfers(graph.graph, "Petro Koval")
    (move,) = transfers.moves
    places = {iri: place.label for iri, place in transfers.places.items()}
    assert (places[move.origin], places[move.destination]) == ("Alushta", "Rostov-on-Don")
    assert move.km is not None
    assert 480 < move.km < 520, "about 500 km by any map"
    assert transfers_data(transfers)["moves"][0]["passages"] == [0]


def test_places_of_crimea_are_told_as_ukraine(tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("shipped") / "build"
    kg.build(ROOT / "data", target)
    transfers = read_transfers(kg.open(target).graph)
    crimean = [place for place in transfers.places.values() if 44.3 < place.lat < 46.2 and 32.4 < place.lon < 36.7]
    assert len(crimean) >= 3
    assert all(place.part_of.endswith("Ukraine") for place in crimean)
    region = next(region for region in transfers.regions if region.label == "Crimea")
    assert region.part_of == "Ukraine"
