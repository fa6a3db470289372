"""The article that the project started from, alone, answers what a reader of it would ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from tests.conftest import ROOT
from tests.queries.expectations import built, table

RECORD = "zmina/2025-10-14-khalilov-rearrest.yaml"
SEED = "id:zmina-2025-10-14-khalilov-rearrest/"
FOUR = {"Lenur Khalilov": "18", "Ruslan Mesutov": "18", "Ruslan Nagayev": "13", "Eldar Kantimirov": "12"}


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """A graph of this one record."""
    data: Path = tmp_path_factory.mktemp("seed") / "data"
    (data / "records" / "zmina").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "records" / RECORD, data / "records" / RECORD)
    for name in ("publishers", "places", "codes"):
        shutil.copy(ROOT / "data" / f"{name}.yaml", data)
    return built(data, data.parent / "build")


def test_the_four_people_detained_in_alushta_and_their_sentences(seed: kg.KnowledgeGraph) -> None:
    rows = list(seed.query("detained-on", date="2019-06-10"))
    assert {str(row["name"]): str(row["years"]) for row in rows} == FOUR
    assert {(str(row["place"]), str(row["sentencedOn"])) for row in rows} == {("Alushta", "2021-08-16")}


def test_the_regional_court_and_the_prosecutor_behind_the_new_detention(seed: kg.KnowledgeGraph) -> None:
    acted = {(row["name"], row["role"]) for row in seed.query("who-acted-in-case", case=SEED + "alushta-case")}
    assert ("Arkhangelsk Regional Court", "body") in acted
    assert ("Ryazanov", "prosecutor") in acted
    (appeal,) = {(row["name"], row["prosecutorName"]) for row in seed.query("release-appeals")}
    assert appeal == ("Lenur Khalilov", "Ryazanov")


def test_who_represented_the_prisoner(seed: kg.KnowledgeGraph) -> None:
    assert ("Emil Kurbedinov", "Lenur Khalilov") in {(row["name"], row["clientName"]) for row in seed.query("lawyers-and-clients")}


def test_the_two_release_dates_stand_side_by_side_with_their_passages(seed: kg.KnowledgeGraph) -> None:
    rows = [row for row in seed.query("conflicts") if row["property"] == "date"]
    assert {(str(row["value"]), str(row["otherValue"])) for row in rows} == {("2025-08-21", "2025-09")}
    passages = {str(row[name]).rsplit("/", 1)[1] for row in rows for name in ("passage", "otherPassage")}
    assert {"p19", "p1"} <= passages


def test_the_diagnoses(seed: kg.KnowledgeGraph) -> None:
    told = " ".join(str(row["diagnosis"]) for row in seed.query("ill-in-custody")).lower()
    for word in ("hepatitis", "liver", "cancer"):
        assert word in told


def test_released_and_taken_again(seed: kg.KnowledgeGraph) -> None:
    assert "Lenur Khalilov" in {row["name"] for row in seed.query("detained-again")}


def test_the_lawyer_is_no_official_and_the_prisoner_acted_against_nobody(seed: kg.KnowledgeGraph) -> None:
    officials = {row[0] for row in table(seed.query("officials-by-people"))}
    assert "Emil Kurbedinov" not in officials
    assert not officials & set(FOUR)
