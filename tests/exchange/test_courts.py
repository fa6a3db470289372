"""Names of courts across languages, a register of them, and the rule that Crimea is Ukraine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import ContradictionError
from kg.graph import Graph
from kg.graph.screening.courts import screen_courts
from kg.identity.courts import compare_courts
from kg.ingest.courts import read_courts
from kg.records import read_record, read_registries
from kg.records.model import BodyFact
from tests.conftest import ROOT, DataFolder
from tests.screening.list_files import shared

KYIV = "Киевский районный суд г. Симферополя (Республика Крым)"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kyiv District Court of Simferopol", KYIV),
        ("Kievskiy District Court", KYIV),
        ("Київський районний суд Сімферополя", KYIV),
        ("municipal court in Feodosia", "Феодосийский городской суд (Республика Крым)"),
        ("Ялтинський міський суд", "Ялтинский городской суд (Республика Крым)"),
        ("Southern District Military Court", "Южный окружной военный суд (Ростовская область)"),
        ("235th Garrison Military Court", "235 гарнизонный военный суд (Город Москва)"),
        ("Third Court of Appeal", "Третий апелляционный суд общей юрисдикции (Краснодарский край)"),
        ("Saint Petersburg City Court", "Санкт-Петербургский городской суд (Город Санкт-Петербург)"),
        ("Supreme Court of the Republic of Karelia", "Верховный Суд Республики Карелия (Республика Карелия)"),
    ],
)
def test_one_court_in_two_languages(one: str, other: str) -> None:
    match = compare_courts(one, other)
    assert match.score >= 0.85
    assert match.reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Simferopol District Court", KYIV),
        ("Kyiv District Court of Kharkiv", KYIV),
        ("Київський апеляційний суд", KYIV),
        ("Supreme Court of the Russian Federation", "Верховный Суд Республики Карелия (Республика Карелия)"),
        ("Third Court of Appeal", "Первый апелляционный суд общей юрисдикции (Город Москва)"),
        ("Leninsky District Court of Kirov", "Ленинский районный суд г. Томска (Томская область)"),
        ("Sevastopol City Court", "Севастопольский гарнизонный военный суд (Город Севастополь)"),
        ("Gagarinsky District Court", "Хабаровский районный суд (Хабаровский край)"),
    ],
)
def test_two_courts_with_like_names(one: str, other: str) -> None:
    assert compare_courts(one, other).score < 0.85


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_compared_alike_from_both_sides(one: str, other: str) -> None:
    assert 0 <= compare_courts(one, other).score <= 1
    assert compare_courts(one, other).score == compare_courts(other, one).score


def test_a_name_that_many_courts_bear_is_not_proposed(folder: DataFolder, tmp_path: Path) -> None:
    path = folder.verdict("a")
    path.write_text(path.read_text(encoding="utf-8").replace("name: District Court", "name: Leninsky District Court"))
    kg.build(folder.path, tmp_path / "build", strict=True)
    names = ["Ленинский районный суд г. Томска (Томская область)", "Ленинский районный суд г. Омска (Омская область)"]
    register = tmp_path / "r.json"
    register.write_text(json.dumps({"70": [{"court_id": f"70RS000{i}", "court_name": name} for i, name in enumerate(names)]}))
    (hit,) = screen_courts(Graph.open(tmp_path / "build"), read_courts(register)).hits
    assert hit.rivals == 1
    result = CliRunner().invoke(app, ["courts", str(register), "-f", "json", "--store", str(tmp_path / "build")])
    assert json.loads(result.stdout) == []


def with_all_places(folder: DataFolder) -> None:
    places = ROOT / "data" / "places.yaml"
    (folder.path / "places.yaml").write_text(places.read_text(encoding="utf-8"), encoding="utf-8")


def test_a_proposal_is_decided_with_name_and_reason(folder: DataFolder, tmp_path: Path) -> None:
    with_all_places(folder)
    path = folder.verdict("a")
    path.write_text(path.read_text(encoding="utf-8").replace("name: District Court", "name: Yalta City Court"))
    register = tmp_path / "r.json"
    register.write_text(json.dumps({"91": [{"court_id": "91RS0024", "court_name": "Ялтинский городской суд (Республика Крым)"}]}))
    where = ["--data", str(folder.path), "--store", str(tmp_path / "build")]
    decide = ["courts", str(register), "--same", "91rs0024", "Yalta City Court", "--author", "Olena", *where]
    kg.build(folder.path, tmp_path / "build", strict=True)
    early = CliRunner().invoke(app, [*decide, "--reason", "one city"])
    assert "kg ingest takes a register in" in str(early.exception)
    taken_in = ["ingest", str(register), "--publisher", "example-news", "--id", "courts", "--data", str(folder.path)]
    assert CliRunner().invoke(app, taken_in).exit_code == 0
    kg.build(folder.path, tmp_path / "build", strict=True)
    assert len(screen_courts(Graph.open(tmp_path / "build"), read_courts(register)).hits) == 1, "not its own entry as well"
    assert "says who made it and why" in str(CliRunner().invoke(app, decide).exception)
    made = CliRunner().invoke(app, [*decide, "--reason", "one city"])
    assert made.exit_code == 0, made.output
    kg.build(folder.path, tmp_path / "build", strict=True)
    graph = Graph.open(tmp_path / "build")
    assert graph.resolve("Ялтинский городской суд").iri == graph.resolve("Yalta City Court").iri
    assert "Olena" in (folder.path / "identity" / "journal.ndjson").read_text(encoding="utf-8")
    against = [word.replace("--same", "--different") for word in decide]
    assert CliRunner().invoke(app, [*against, "--reason", "two buildings"]).exit_code == 0
    kg.build(folder.path, tmp_path / "build", strict=True)
    assert Graph.open(tmp_path / "build").resolve("Ялтинский городской суд").iri.endswith("/court-91rs0024")


def test_a_court_cannot_be_two_entries_that_are_different(folder: DataFolder, tmp_path: Path) -> None:
    with_all_places(folder)
    folder.verdict("a")
    register = tmp_path / "r.json"
    names = {"91RS0024": "Ялтинский городской суд", "91RS0025": "Алуштинский городской суд"}
    register.write_text(json.dumps({"91": [{"court_id": id, "court_name": name} for id, name in names.items()]}))
    taken_in = ["ingest", str(register), "--publisher", "example-news", "--id", "courts", "--data", str(folder.path)]
    assert CliRunner().invoke(app, taken_in).exit_code == 0
    kg.build(folder.path, tmp_path / "build", strict=True)
    where = ["--data", str(folder.path), "--store", str(tmp_path / "build"), "--author", "Olena", "--reason", "as both say"]
    decide = ["courts", str(register), *where]
    assert CliRunner().invoke(app, [*decide, "--different", "91RS0024", "id:courts/court-91rs0025"]).exit_code == 0
    assert CliRunner().invoke(app, [*decide, "--same", "91RS0024", "id:a/court"]).exit_code == 0
    before = (folder.path / "identity" / "bodies.sssom.tsv").read_bytes()
    refused = CliRunner().invoke(app, [*decide, "--same", "91RS0025", "id:a/court"])
    assert isinstance(refused.exception, ContradictionError)
    again = CliRunner().invoke(app, [*decide, "--same", "91RS0024", "id:a/court"])
    assert again.exit_code == 0
    assert (folder.path / "identity" / "bodies.sssom.tsv").read_bytes() == before, "said again, it is not written again"


def test_the_whole_register_goes_in_and_crimea_stays_in_ukraine(folder: DataFolder) -> None:
    with_all_places(folder)
    register = shared("ru-court-registry/sudrf_websites.json")
    arguments = ["ingest", str(register), "--publisher", "example-news", "--id", "courts", "--data", str(folder.path)]
    for state in ("new", "unchanged"):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
        assert state in result.output
    registries = read_registries(folder.path)
    record = read_record(folder.path / "records" / "example-news" / "courts.jsonl", None, registries)
    bodies = {fact.body: fact for passage in record.passages for fact in passage.facts if isinstance(fact, BodyFact)}
    assert len(bodies) == 2311
    occupied = {key: body for key, body in bodies.items() if body.note}
    assert len(occupied) == 32  # the two garrison courts with numbers of Rostov among them
    for body in occupied.values():
        place = registries.places.entries[str(body.place)]
        while place.within:
            place = registries.places.entries[place.within]
        assert place.name["en"] == "Ukraine"
    assert bodies["court-91rs0002"].place == "simferopol"
    assert bodies["court-61gv0019"].place == "sevastopol"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"91": [{"court_id": "91RS0001", "court_name": "Суд"}', "r.json:1:"),
        ('{"91": [{"court_id": "91RS0001"}]}', "region 91, entry 1: no court_id and court_name"),
        (
            '{"1": [{"court_id": "a", "court_name": "A"}], "2": [{"court_id": "a", "court_name": "B"}]}',
            "the court a stands twice",
        ),
    ],
)
def test_a_broken_register_is_refused_with_its_place(folder: DataFolder, tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "r.json").write_text(content, encoding="utf-8")
    arguments = ["ingest", str(tmp_path / "r.json"), "--publisher", "example-news", "--data", str(folder.path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert told in str(result.exception)
    assert list((folder.path / "records").rglob("*")) == []
