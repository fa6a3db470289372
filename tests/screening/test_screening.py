"""Screening asks, a person decides: hits with reasons, a finding where there is none, and nothing merged by a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph import Graph
from kg.graph.screening import officials, people, screen_list, screen_text
from kg.ingest.lists import open_list
from tests.conftest import DataFolder
from tests.screening.list_files import eu_list

OFFICE = "    - {key: eu-council, name: Council of the European Union, kind: international-organization}\n"


@pytest.fixture
def corpus(folder: DataFolder, tmp_path: Path) -> tuple[DataFolder, Path]:
    folder.verdict("a", judge="Olena Probna", defendant="Petro Koval")
    folder.verdict("b", judge="Ivan Inshyi", defendant="Maria Koval")
    publishers = folder.path / "publishers.yaml"
    publishers.write_text(publishers.read_text(encoding="utf-8") + OFFICE.lstrip(" ").replace("    ", ""), encoding="utf-8")
    kg.build(folder.path, tmp_path / "build", strict=True)
    return folder, tmp_path / "build"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_official_is_found_in_another_script_with_reasons(corpus: tuple[DataFolder, Path], tmp_path: Path) -> None:
    listing = eu_list(tmp_path / "a.csv", {"name": "Елена ПРОБНАЯ", "alias": "Олена ПРОБНА"}, {"name": "Petro KOVAL"})
    screening = screen_list(officials(Graph.open(corpus[1])), open_list(listing))
    assert [(hit.person.label, hit.listed_as) for hit in screening.hits] == [("Olena Probna", "Олена ПРОБНА")]
    assert "once spelled in one alphabet" in screening.hits[0].reasons[0]
    assert [person.label for person in screening.without] == ["Ivan Inshyi"]


def test_another_year_of_birth_speaks_against_a_hit(folder: DataFolder, tmp_path: Path) -> None:
    path = folder.verdict("a", judge="Olena Probna")
    path.write_text(path.read_text(encoding="utf-8").replace("name: Olena Probna}", "name: Olena Probna, born: 1970-02-01}"))
    kg.build(folder.path, tmp_path / "build", strict=True)
    known = officials(Graph.open(tmp_path / "build"))

    def found(born: str) -> list[str]:
        listing = eu_list(tmp_path / "a.csv", {"name": "Olena PROBNA", "birthDate": born})
        return [hit.reasons[-1] for hit in screen_list(known, open_list(listing)).hits]

    assert found("1.2.1970") == ["born on the same day, 1970-02-01"]
    assert found("3.4.1970") == ["born 1970-02-01 in the graph, 3.4.1970 on the list"]
    assert found("1.2.1955") == []


def test_a_text_in_two_languages_names_people_at_exact_offsets(corpus: tuple[DataFolder, Path]) -> None:
    text = "Judge Olena Probna gave him five years.\nПетро Коваль вийшов на волю, повідомили його рідні.\n"
    hits = screen_text(text, people(Graph.open(corpus[1])))
    assert {(text[hit.start : hit.end], hit.person.label, hit.person.known_as) for hit in hits} == {
        ("Olena Probna", "Olena Probna", "official"),
        ("Петро Коваль", "Petro Koval", "persecuted person"),
    }


def test_no_hit_is_kept_as_a_dated_finding_and_a_hit_stays_a_question(corpus: tuple[DataFolder, Path], tmp_path: Path) -> None:
    folder, build = corpus
    listing = eu_list(tmp_path / "2026-07-13.csv", {"name": "Olena PROBNA", "startDate": "1.2.2024"})
    where = ["--data", str(folder.path), "--store", str(build)]
    run("screen", "--list", str(listing), "--keep", "--on", "2026-11-25", *where)
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    run("build", "--data", str(folder.path), "--target", str(build), "--strict")
    run("screen", "--list", str(listing), "--keep", "--on", "2026-11-25", *where)
    assert {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()} == before

    gap = {row["name"]: row for row in json.loads(run("officials", "--not-on", "eu", "-f", "json", "--store", str(build)))}
    assert set(gap) == {"Olena Probna", "Ivan Inshyi"}  # the hit is not decided, so nobody is listed yet
    assert gap["Ivan Inshyi"]["searched"].startswith("no hit on 2026-11-25: Council Regulation (EU) 2024/1485")
    assert gap["Olena Probna"]["searched"].startswith("possible hit, undecided on 2026-11-25")
    finding = (
        "SELECT ?p WHERE { GRAPH ?p { ?s a pn:SanctionsScreening ; pn:screenedPerson ?x } ?x rdfs:label 'Ivan Inshyi' . "
        "?p pn:inSource/pn:url ?url }"
    )
    assert len(Graph.open(build).select(finding)) == 1

    decide = ["lists", "confirm", "Olena Probna", "IV.A.1", "--list", str(listing), "--on", "2026-11-25", *where]
    missing = CliRunner().invoke(app, [*decide, "--author", "An editor", "--reason", " "])
    assert missing.exit_code == 1
    run(*decide, "--author", "An editor", "--reason", "same court")
    run("build", "--data", str(folder.path), "--target", str(build), "--strict")
    (left,) = json.loads(run("officials", "--not-on", "eu", "-f", "json", "--store", str(build)))
    assert left["name"] == "Ivan Inshyi"
    (listed,) = json.loads(run("officials", "--on", "eu", "-f", "json", "--store", str(build)))
    assert listed["listed"].startswith("2024-02-01: Council Regulation (EU) 2024/1485")


def test_a_finding_without_the_date_of_the_version_is_not_kept(corpus: tuple[DataFolder, Path], tmp_path: Path) -> None:
    listing = eu_list(tmp_path / "a.csv", {"name": "Somebody ELSE"})
    result = CliRunner().invoke(
        app, ["screen", "--list", str(listing), "--keep", "--data", str(corpus[0].path), "--store", str(corpus[1])]
    )
    assert "give --list-date" in str(result.exception)
    assert not (corpus[0].path / "records" / "eu-council").exists()


def test_what_a_restricted_graph_gave_is_kept_restricted(corpus: tuple[DataFolder, Path], tmp_path: Path) -> None:
    folder, _ = corpus
    kg.build(folder.path, tmp_path / "desk", audience="restricted", strict=True)
    listing = eu_list(tmp_path / "a.csv", {"name": "Somebody ELSE"})
    where = ["--data", str(folder.path), "--store", str(tmp_path / "desk")]
    run("screen", "--list", str(listing), "--keep", "--list-date", "2026", "--on", "2026-11-25", *where)
    (record,) = (folder.path / "records" / "eu-council").glob("*.jsonl")
    assert json.loads(record.read_text(encoding="utf-8").splitlines()[0])["source"]["visibility"] == "restricted"
