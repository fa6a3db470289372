"""`kg validate` as an editor and a CI service meet it: grouped, with file and line, and an exit code."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from kg.cli import app
from tests.conftest import DataFolder

DEATH = """
    source: {id: obituary, publisher: example-news, url: "https://news.example/o", title: An obituary, language: en}
    passages:
    - id: p1
      summary: Nothing else of note.
      facts:
      - {person: other, name: Somebody Else}
    - id: p2
      summary: Petro Koval, born in 1991, died in 1990.
      facts:
      - {person: koval, name: Petro Koval, born: "1991"}
      - {event: death, kind: death, date: 1990-05-01, people: {deceased: [koval]}}
    """


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    folder.verdict("a")
    path = folder.verdict("b", judge="Judge B")
    path.write_text(path.read_text(encoding="utf-8").replace("kind: district-court", "kind: penal-colony"), "utf-8")
    folder.record("obituary.yaml", DEATH)
    folder.same("bodies", ("b/court", "a/court"))
    result = CliRunner().invoke(app, ["build", "--data", str(folder.path), "--target", str(folder.path.parent / "build")])
    assert result.exit_code == 0, result.output
    return folder.path.parent


def validate(place: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["validate", "--store", str(place / "build"), "--data", str(place / "data"), *options])
    return result.exit_code, result.stdout


def line_of(path: Path, text: str) -> int:
    return next(number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if text in line)


def test_an_impossible_life_is_told_with_the_line_that_states_it(place: Path) -> None:
    code, text = validate(place)
    assert code == 1
    assert "VIOLATION: death before birth (DiesBeforeBirth): 1" in text
    path = place / "data" / "records" / "obituary.yaml"
    assert f"{path}:{line_of(path, 'id: p2')}" in text
    assert "Petro Koval, born in 1991, died in 1990." in text


def test_a_court_merged_with_a_prison_is_a_contradiction_with_both_records(place: Path) -> None:
    code, text = validate(place, "--shape", "Contradiction", "--format", "json")
    (clash,) = json.loads(text)
    assert code == 1
    assert "nothing is both a court and a penal facility" in clash["message"]
    assert {Path(passage["file"]).name for passage in clash["passages"]} == {"a.yaml", "b.yaml"}


def test_gaps_are_shown_on_request_and_are_no_failure(place: Path) -> None:
    code, text = validate(place, "--shape", "AffectsSomebody", "--severity", "info")
    assert code == 0
    assert "VIOLATION" not in text


def test_sarif_points_ci_at_the_line(place: Path) -> None:
    code, text = validate(place, "--format", "sarif")
    log = json.loads(text)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert code == 1
    assert log["version"] == "2.1.0"
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]
        assert Path(location["artifactLocation"]["uri"]).is_file()
        assert location["region"]["startLine"] >= 1
    assert {"error"} <= {result["level"] for result in run["results"]}


def test_junit_counts_a_shape_as_a_test(place: Path) -> None:
    _, text = validate(place, "--format", "junit")
    (suite,) = ElementTree.fromstring(text)
    failed = [case.get("classname") for case in suite if case.find("failure") is not None]
    assert {"shapes.DiesBeforeBirth", "shapes.Contradiction"} <= set(failed)
    assert suite.get("failures") == str(len(failed))


def test_a_misspelt_shape_is_told_with_a_suggestion(place: Path) -> None:
    result = CliRunner().invoke(app, ["validate", "--store", str(place / "build"), "--shape", "DiesBeforBirth"])
    assert "did you mean DiesBeforeBirth" in str(result.exception)
