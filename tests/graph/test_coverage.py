"""What is sourced of a case, what to look for next, and what a ranking rests on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from tests.conftest import SMALL, DataFolder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("small")
    kg.build(SMALL, target)
    return target


def test_a_gap_before_a_sourced_stage_comes_first(small: Path) -> None:
    """There was a sentence, so there were charges and hearings, whatever the sources leave out."""
    (case,) = kg.open(small).coverage("Harbour case")
    assert {stage.name: stage.publishers for stage in case.stages if stage.publishers} == {
        "search": 1, "detention": 1, "sentence": 2, "appeal": 1, "transfer and imprisonment": 1, "release": 1,
    }  # fmt: skip
    assert str(case.next[0]).startswith("charge: no source, though sentence presupposes it.")
    assert str(case.next[1]).startswith("hearing: no source")
    assert not any(hint.stage.name == "sentence" for hint in case.next), "two independent publishers are enough"


def test_what_a_source_denies_is_not_sourced(folder: DataFolder) -> None:
    path = folder.verdict("a")
    path.write_text(path.read_text("utf-8").replace("kind: sentence", "kind: sentence\n    modality: denied"), "utf-8")
    kg.build(folder.path, folder.path.parent / "build")
    (case,) = kg.open(folder.path.parent / "build").coverage()
    assert case.sourced == 0


def test_a_ranking_says_what_it_rests_on(small: Path) -> None:
    graph = kg.open(small)
    found = graph.base("officials-by-people")
    assert found is not None
    assert (found.counted, found.of) == (8, 13)
    assert graph.base("sources") is None
    result = CliRunner().invoke(app, ["query", "officials-by-people", "--store", str(small)])
    assert "rests on: 8 of 13 adverse events name an official" in result.output


def test_the_command_gives_text_and_files(small: Path) -> None:
    text = CliRunner().invoke(app, ["coverage", "Harbour case", "--store", str(small)]).stdout
    assert "Harbour case: 6 of 10 stages sourced" in text
    (case,) = json.loads(CliRunner().invoke(app, ["coverage", "Harbour case", "--store", str(small), "-f", "json"]).stdout)
    assert len(case["stages"]) == 10
    rows = CliRunner().invoke(app, ["coverage", "--store", str(small), "-f", "csv"]).stdout.splitlines()
    assert len(rows) == 1 + 3 * 10
