"""Sources that disagree are shown side by side; what is only more precise, or said twice by one voice, is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.api import KnowledgeGraph
from kg.cli import app
from kg.graph.conflicts import INCOMPATIBLE, MORE_PRECISE
from tests.conftest import ROOT, DataFolder


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    target = tmp_path_factory.mktemp("shipped")
    kg.build(ROOT / "data", target)
    return kg.open(target)


def test_the_two_release_dates_of_the_first_article_stand_side_by_side(shipped: KnowledgeGraph) -> None:
    found = [one for one in shipped.conflicts("id:zmina-2025-10-14-khalilov-rearrest/khalilov") if one.property == "date"]
    (conflict,) = found
    values = {reading.shown: {witness.passage.rsplit("/", 1)[-1] for witness in reading.witnesses} for reading in conflict.readings}
    assert {"2025-08-21", "2025-09"} <= set(values)
    assert "p19" in values["2025-08-21"]
    assert "p1" in values["2025-09"]


def test_the_library_query_and_the_summary_of_the_build_agree_with_the_command(shipped: KnowledgeGraph, tmp_path: Path) -> None:
    """One comparison in two languages: researchers ask in SPARQL, editors by the command."""
    ours = {(conflict.thing, conflict.property) for conflict in shipped.conflicts()}
    queried = {(str(row["thing"]), str(row["property"])) for row in shipped.query("conflicts")}
    assert ours == queried
    assert kg.build(ROOT / "data", tmp_path).counts["conflicts"] == len(ours)


def event(source: str, fact: str, publisher: str = "example-news", citing: str = "") -> str:
    return f"""
        source: {{id: {source}, publisher: {publisher}, url: "https://news.example/{source}", title: News, language: en}}
        passages:
        - id: p1
          {citing and f"citing: {citing}"}
          summary: What {source} says.
          facts:
          - {{person: koval, name: Petro Koval}}
          - {{event: arrest, kind: detention, people: {{detainee: [koval]}}, {fact}}}
        """


def two(folder: DataFolder, one: str, other: str) -> KnowledgeGraph:
    """Two sources on one arrest."""
    folder.record("a.yaml", event("a", one))
    folder.record("b.yaml", event("b", other, "other-news"))
    folder.same("events", ("b/arrest", "a/arrest"))
    assert kg.build(folder.path, folder.path.parent / "build").problems == []
    return kg.open(folder.path.parent / "build")


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("date: 2019-06-10", "date: 2019-06", MORE_PRECISE),
        ("date: 2019-06-10", "date: 2019-06-11", INCOMPATIBLE),
        ("date: 2019-06-10", "date: 2019-06-09/2019-06-12", MORE_PRECISE),
        ("date: 2019-05", "date: 2019-06~", MORE_PRECISE),
        ("date: 2019-03", "date: 2019-06~", INCOMPATIBLE),
        ("date: 2019-06-10", "date: 2020/..", INCOMPATIBLE),
        ("place: alushta", "place: rostov-on-don", INCOMPATIBLE),
        ("place: alushta", "place: crimea", MORE_PRECISE),
        ("outcome: extended", "outcome: refused", INCOMPATIBLE),
        ("date: 2019-06-10", "date: 2019-06-10", None),
    ],
)
def test_values_are_compared_by_what_they_can_mean(folder: DataFolder, one: str, other: str, difference: str | None) -> None:
    places = folder.path / "places.yaml"
    text = places.read_text("utf-8").replace("kind: city, lat: 44.68", "kind: city, within: crimea, lat: 44.68")
    places.write_text(text + "- {key: crimea, name: {en: Crimea}, kind: region}\n", "utf-8")
    graph = two(folder, one, other)
    assert [conflict.difference for conflict in graph.conflicts(every=True)] == ([difference] if difference else [])
    assert bool(graph.conflicts()) == (difference == INCOMPATIBLE)
    assert bool(len(graph.query("conflicts"))) == (difference == INCOMPATIBLE)


def test_two_outlets_that_cite_a_third_are_one_witness(folder: DataFolder) -> None:
    folder.record("a.yaml", event("a", "date: 2019-06-10", "other-news", citing="example-news"))
    folder.record("b.yaml", event("b", "date: 2019-06-10"))
    folder.record("c.yaml", event("c", "date: 2019-06-11", "other-news"))
    folder.same("events", ("b/arrest", "a/arrest"), ("c/arrest", "a/arrest"))
    kg.build(folder.path, folder.path.parent / "build")
    (conflict,) = kg.open(folder.path.parent / "build").conflicts()
    assert {reading.shown: (len(reading.witnesses), reading.publishers) for reading in conflict.readings} == {
        "2019-06-10": (2, 1),
        "2019-06-11": (1, 1),
    }
    assert "Other News, counted for Example News" in str(conflict)


def test_a_publisher_who_is_also_somebody_that_records_speak_of_is_still_heard(folder: DataFolder) -> None:
    """An organisation reports, and another source tells of it: once an editor has said that the two are one, it stays a witness."""
    folder.record("a.yaml", event("a", "date: 2019-06-10"))
    folder.record(
        "b.yaml", event("b", "date: 2019-06-11", "other-news") + "  - {body: news, name: Example News, kind: media-outlet}\n"
    )
    folder.record(
        "c.yaml", event("c", "date: 2019-06-11", "other-news") + "  - {body: news, name: Example News Agency, kind: media-outlet}\n"
    )
    folder.same("events", ("b/arrest", "a/arrest"), ("c/arrest", "a/arrest"))
    folder.same("bodies", ("c/news", "b/news"), ("b/news", "publisher/example-news"))
    assert kg.build(folder.path, folder.path.parent / "build").problems == []
    (conflict,) = kg.open(folder.path.parent / "build").conflicts()
    assert {reading.shown for reading in conflict.readings} == {"2019-06-10", "2019-06-11"}
    assert len(kg.open(folder.path.parent / "build").query("sources")) >= 3


def test_a_publisher_cited_must_be_in_the_registry(folder: DataFolder) -> None:
    path = folder.record("a.yaml", event("a", "date: 2019-06-10", citing="exampel-news"))
    result = CliRunner().invoke(app, ["check", str(path), "--data", str(folder.path)])
    assert result.exit_code == 1
    assert "citing" in result.stdout
    assert "example-news" in result.stdout, "the nearest known publisher is suggested"


def test_the_command_gives_tables_and_files(folder: DataFolder) -> None:
    two(folder, "date: 2019-06-10", "date: 2019-06-11")
    store = str(folder.path.parent / "build")
    table = CliRunner().invoke(app, ["conflicts", "--store", store]).stdout
    assert "detention, 2019-06-10 or 2019-06-11: date (incompatible)" in table
    rows = CliRunner().invoke(app, ["conflicts", "--store", store, "-f", "csv"]).stdout.splitlines()
    assert len(rows) == 3
    (one,) = json.loads(CliRunner().invoke(app, ["conflicts", "id:a/koval", "--store", store, "-f", "json"]).stdout)
    assert [reading["value"] for reading in one["readings"]] == ["2019-06-10", "2019-06-11"]
