"""FollowTheMoney in and out: provenance to the line, deltas, a round trip, and entities that the library itself accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph import Graph
from kg.present.ftm import write_ftm
from kg.records import read_record, read_registries
from kg.records.model import BodyFact, PersonFact
from tests.conftest import SMALL, DataFolder
from tests.screening.list_files import entities, shared

PERSON: dict[str, Any] = {
    "id": "p1",
    "schema": "Person",
    "properties": {"name": ["Petro Probny", "Пётр Пробный"], "birthDate": ["1970-02"]},
}
COURT: dict[str, Any] = {
    "id": "b1",
    "schema": "PublicBody",
    "properties": {"name": ["Alushta court"], "classification": ["city-court"]},
}
POST: dict[str, Any] = {
    "id": "j1",
    "schema": "Employment",
    "properties": {"employee": ["p1"], "employer": ["b1"], "role": ["judge", "acting"]},
}


def ingest(folder: DataFolder, *files: Path, id: str = "x") -> tuple[int, str]:
    arguments = ["ingest", *map(str, files), "--publisher", "example-news", "--id", id, "--data", str(folder.path)]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output + str(result.exception or "")


def record_of(folder: DataFolder, id: str = "x") -> Any:
    return read_record(folder.path / "records" / "example-news" / f"{id}.jsonl", None, read_registries(folder.path))


def facts(folder: DataFolder) -> list[str]:
    return sorted(f"{p.id}: {fact.model_dump(exclude_defaults=True)}" for p in record_of(folder).passages for fact in p.facts)


def test_entities_become_facts_under_their_lines(folder: DataFolder, tmp_path: Path) -> None:
    code, output = ingest(folder, entities(tmp_path / "x.ftm.json", POST, PERSON, COURT))
    assert code == 0, output
    passages = {passage.id: passage for passage in record_of(folder).passages}
    assert passages["p1"].locator == "x.ftm.json, line 2, entity p1"
    (person,), (body,), (tenure,) = (passages[name].facts for name in ("p1", "b1", "j1"))
    assert (person.name, person.other_names, str(person.born)) == ("Petro Probny", ["Пётр Пробный"], "1970-02")
    assert (body.kind, tenure.role, tenure.title, tenure.body) == ("city-court", "judge", "acting", "b1")


def test_what_has_no_place_is_told_by_kind_and_count(folder: DataFolder, tmp_path: Path) -> None:
    vessel = {"id": "v", "schema": "Vessel", "properties": {"name": ["Boat"]}}
    unknown = {"id": "l", "schema": "LegalEntity", "properties": {"name": ["Somebody or something"]}}
    dangling = {"id": "d", "schema": "Employment", "properties": {"employee": ["nobody"], "employer": ["b1"]}}
    passport = {**PERSON, "properties": {**PERSON["properties"], "passportNumber": ["1", "2"], "address": ["Secret street 1"]}}
    code, output = ingest(folder, entities(tmp_path / "x.ftm.json", passport, COURT, vessel, unknown, dangling))
    assert code == 0, output
    for line in (
        "2 x Person: property passportNumber",
        "1 x Vessel: records have no such thing",
        "1 x LegalEntity: may be a person or a body",
        "1 x Employment: its employee is not among the person entities",
    ):
        assert line in output
    written = (folder.path / "records" / "example-news" / "x.jsonl").read_text(encoding="utf-8")
    assert "Secret street" not in written


def test_a_second_ingest_changes_nothing(folder: DataFolder, tmp_path: Path) -> None:
    path = entities(tmp_path / "x.ftm.json", PERSON, COURT, POST)
    assert ingest(folder, path)[0] == 0
    written = folder.path / "records" / "example-news" / "x.jsonl"
    before = (written.read_bytes(), written.stat().st_mtime_ns)
    code, output = ingest(folder, path)
    assert (code, (written.read_bytes(), written.stat().st_mtime_ns)) == (0, before)
    assert "unchanged" in output


def test_deltas_one_by_one_and_all_at_once_end_alike(folder: DataFolder, tmp_path: Path) -> None:
    base = entities(tmp_path / "x.ftm.json", PERSON, COURT, POST)
    moved = {**PERSON, "properties": {"name": ["Petro Probny"], "birthDate": ["1971"]}}
    added = {"id": "p2", "schema": "Person", "properties": {"name": ["Olena Probna"]}}
    one = entities(tmp_path / "1.delta.jsonl", {"op": "MOD", "entity": moved}, {"op": "ADD", "entity": added})
    two = entities(tmp_path / "2.delta.jsonl", {"op": "DEL", "entity": {"id": "b1"}})
    for file in (base, one, two):
        code, output = ingest(folder, file)
        assert code == 0, output
    assert "1 x record: facts about what a delta deleted" in output  # the post in the court that is gone
    step_by_step = facts(folder)
    assert len(step_by_step) == 2
    assert "1971" in str(record_of(folder))
    (folder.path / "records" / "example-news" / "x.jsonl").unlink()
    assert ingest(folder, base, one, two)[0] == 0
    assert facts(folder) == step_by_step


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([json.dumps(PERSON), '{"id": "b", "schema": "Person", "prop'], "x.ftm.json:2:"),
        ([json.dumps(PERSON), json.dumps(PERSON)], "the entity 'p1' stands twice"),
        ([json.dumps(PERSON), '{"schema": "Person"}'], "x.ftm.json:2:1: an entity without an id"),
        ([json.dumps(PERSON), '["a list"]'], "x.ftm.json:2:1: each line holds one JSON object"),
        (["[" * 100_000], "x.ftm.json:1:1: not a line of JSON"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_leaves_nothing(
    folder: DataFolder, tmp_path: Path, lines: list[str], told: str
) -> None:
    path = tmp_path / "x.ftm.json"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, output = ingest(folder, path)
    assert code == 1
    assert told in output
    assert list((folder.path / "records").rglob("*")) == []


def test_every_exported_entity_is_one_that_the_library_accepts(tmp_path: Path) -> None:
    kg.build(SMALL, tmp_path / "build", strict=True)
    exported = write_ftm(Graph.open(tmp_path / "build"), tmp_path / "g.ftm.json")
    lines = (tmp_path / "g.ftm.json").read_text(encoding="utf-8").splitlines()
    known = {json.loads(line)["id"]: json.loads(line) for line in lines}
    assert len(known) == len(lines) == sum(exported.entities.values())
    for entity in known.values():
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        for prop, value in proxy.itervalues():
            assert prop.type.clean(value), (entity["id"], prop.name, value)
            if prop.type.name == "entity":
                assert prop.range is not None
                assert model[known[value]["schema"]].is_a(prop.range), (entity["id"], prop.name, value)
    assert exported.left_out["Passage", "FollowTheMoney has no such thing"] > 0
    first = (tmp_path / "g.ftm.json").read_bytes()
    write_ftm(Graph.open(tmp_path / "build"), tmp_path / "g.ftm.json", force=True)
    assert (tmp_path / "g.ftm.json").read_bytes() == first


SAID = {
    "names": "SELECT ?name ?other WHERE { ?x a pn:Person ; rdfs:label ?name ; pn:name|pn:otherName ?other }",
    "births": "SELECT ?name ?born WHERE { ?x a pn:Person ; rdfs:label ?name ; pn:bornOn ?born }",
    "bodies": "SELECT ?name ?kind WHERE { ?x a pn:Organization ; pn:name|pn:otherName ?name ; pn:bodyKind ?kind }",
    "posts": "SELECT ?name ?role ?body WHERE { ?x rdfs:label ?name ; pn:hasTenure ?t . ?t pn:tenureRole ?role "
    "OPTIONAL { ?t pn:inPost/pn:postIn ?b . ?b pn:name|pn:otherName ?body } }",
    "roles": "SELECT ?kind ?role ?name WHERE { ?e a ?kind ; ?role ?x . ?x a pn:Person ; rdfs:label ?name . "
    "?role rdfs:subPropertyOf+ pn:participant . ?kind pn:recordKey ?key }",
    "cases": "SELECT ?name ?label WHERE { ?e pn:inCase/pn:name ?name ; a ?kind . ?kind pn:recordKey ?label }",
    "against": "SELECT ?one ?other WHERE { ?x pn:actedAgainst ?y . ?x rdfs:label ?one . ?y rdfs:label ?other }",
    "dates": "SELECT ?kind ?date WHERE { ?e a ?kind ; pn:date ?date . ?kind pn:recordKey ?key }",
    "relations": "SELECT ?p ?one ?other WHERE { VALUES ?p { pn:represents pn:relativeOf } ?x ?p ?y . "
    "?x rdfs:label ?one . ?y rdfs:label ?other }",
    "modality": "SELECT ?kind ?how WHERE { ?e a ?kind ; pn:modality ?how . ?kind pn:recordKey ?key }",
}


@pytest.mark.parametrize("what", SAID)
def test_the_round_trip_keeps_what_followthemoney_can_say(what: str, round_trip: tuple[Graph, Graph]) -> None:
    def answers(graph: Graph) -> set[str]:
        return {str([str(row[name]) for name in row]) for row in graph.select(f"SELECT DISTINCT * WHERE {{ {{ {SAID[what]} }} }}")}

    before, after = round_trip
    lost = answers(before) - answers(after)
    assert answers(before)
    assert lost == set()


@pytest.fixture(scope="module")
def round_trip(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    path = tmp_path_factory.mktemp("round")
    kg.build(SMALL, path / "build", strict=True)
    before = Graph.open(path / "build")
    write_ftm(before, path / "g.ftm.json")
    folder = DataFolder(path / "data")
    for name in ("publishers", "places", "codes"):
        (folder.path / f"{name}.yaml").write_text((SMALL / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    publisher = next(iter(read_registries(SMALL).publishers.entries))
    arguments = ["ingest", str(path / "g.ftm.json"), "--publisher", publisher, "--data", str(folder.path)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    kg.build(folder.path, path / "again", strict=True)
    return before, Graph.open(path / "again")


def test_shared_entities_go_in_whole(folder: DataFolder) -> None:
    code, output = ingest(folder, shared("ftm-entities/zala.entities.ftm.json"))
    assert code == 0, output
    record = record_of(folder)
    facts_ = [fact for passage in record.passages for fact in passage.facts]
    people = {fact.person for fact in facts_ if isinstance(fact, PersonFact)}
    assert (len(people), len({fact.body for fact in facts_ if isinstance(fact, BodyFact)})) == (6, 11)
    deltas = sorted(shared("ftm-entities").glob("t2.*.delta.jsonl"))
    code, output = ingest(folder, *deltas, id="t2")
    assert code == 0, output
    assert len(record_of(folder, "t2").passages) == 3
