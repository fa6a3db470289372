"""A table that somebody else made goes in by a mapping, row by row; what it says not to know is not what it does not say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kg
from kg.cli import app
from kg.errors import RecordError
from kg.ingest import read_mapping
from kg.records import Record, read_corpus, try_record
from kg.records.model import EventFact, PersonFact
from tests.conftest import ROOT, DataFolder
from tests.ingest.sheets import facts

MAPPING = """\
source: {id: register, publisher: example-news, title: A register, language: es, locator: register of 2019}
missing: [sin datos]
dates: day-first
tables:
- file: "people*.csv"
  name: entry
  row: "{id}"
  facts:
  - person: "p-{id}"
    name: "{nombre}"
    born: "{nacido}"
    age: {from: "{edad}", pattern: '(\\d+) años'}
    sex: {from: "{sexo}", words: {F: female, M: male}}
  - event: "arrest-{id}"
    when: "{fecha}"
    kind: detention
    date: "{fecha}"
    people: {detainee: "p-{id}"}
- file: aliases.csv
  name: alias
  facts:
  - person: "p-{id}"
    name: "{nombre}"
    other-names: {from: "{apodos}", split: "/"}
"""
PEOPLE = """\
id,nombre,nacido,edad,sexo,fecha
1,ABAD ANA,1950,26 años,F,05/06/1976
2,ABAD JULIO,sin datos,sin datos,M,NOV/1976
3,ACUÑA HEBE,,,F,
"""
ALIASES = "id,nombre,apodos\n1,ABAD ANA,LA FLACA / ANITA\n"
REGISTRY = ROOT.parent / "shared" / "datasets" / "ar-victims-registry"


class Desk:
    """A data folder, a mapping and two tables."""

    def __init__(self, folder: DataFolder, path: Path) -> None:
        self.data, self.path = folder.path, path
        for name, text in {"map.yaml": MAPPING, "people.csv": PEOPLE, "aliases.csv": ALIASES}.items():
            (path / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        (self.path / name).write_text(text.replace(old, new), encoding="utf-8")

    def ingest(self, *options: str) -> Result:
        files = [str(self.path / name) for name in ("people.csv", "aliases.csv")]
        mapping = str(self.path / "map.yaml")
        return CliRunner().invoke(app, ["ingest", *files, "--mapping", mapping, "--data", str(self.data), *options])

    @property
    def file(self) -> Path:
        return self.data / "records" / "example-news" / "register.jsonl"

    def record(self) -> Record:
        record, problems = try_record(self.file)
        assert problems == []
        assert record is not None
        return record


@pytest.fixture
def desk(folder: DataFolder, tmp_path: Path) -> Desk:
    return Desk(folder, tmp_path)


def test_every_row_is_a_passage_with_its_place(desk: Desk, tmp_path: Path) -> None:
    assert desk.ingest().exit_code == 0
    passages = desk.record().passages
    assert [p.id for p in passages] == ["entry-1", "entry-2", "entry-3", "alias-at-2"]
    assert passages[1].locator == "people.csv, row 3"
    events = facts(desk.record(), EventFact)
    assert [(fact.event, str(fact.date)) for fact in events] == [("arrest-1", "1976-06-05"), ("arrest-2", "1976-11")]
    assert facts(desk.record(), PersonFact)[-1].other_names == ["LA FLACA", "ANITA"]
    kg.build(desk.data, tmp_path / "build")
    answer = kg.open(tmp_path / "build").query("SELECT ?l WHERE { GRAPH ?p { ?e pn:detainee ?x } ?p pn:locator ?l } ORDER BY ?l")
    assert [str(row["l"]) for row in answer] == ["people.csv, row 2", "people.csv, row 3"]


def test_unknown_empty_and_missing_stay_three_things(desk: Desk) -> None:
    desk.ingest()
    ana, julio, hebe, _ = facts(desk.record(), PersonFact)
    assert (ana.born is not None, ana.note) == (True, None)
    assert (julio.born, julio.age) == (None, None)
    assert julio.note == "said to be unknown: born (sin datos), age (sin datos)"
    assert (hebe.born, hebe.note) == (None, None)
    summaries = [passage.summary for passage in desk.record().passages]
    assert "nacido: sin datos" in summaries[1]
    assert summaries[2].endswith("without entry: nacido, edad, fecha")
    assert "nacido" not in summaries[3]


def test_again_it_changes_nothing_and_an_edit_is_one_change(desk: Desk) -> None:
    desk.ingest()
    before = (desk.file.read_bytes(), desk.file.stat().st_mtime_ns)
    assert "unchanged" in desk.ingest().stdout
    assert (desk.file.read_bytes(), desk.file.stat().st_mtime_ns) == before
    desk.edit("people.csv", "ABAD JULIO", "ABAD JULIO RICARDO")
    desk.edit("people.csv", "1,ABAD ANA,1950", "7,NEW ROW,1951,20 años,F,\n1,ABAD ANA,1950")
    for options in (["--dry-run"], []):
        cells = [cell.strip() for cell in desk.ingest(*options).stdout.splitlines()[3].split("│")]
        # Rows below the new one have moved, so their passages say another row.
        assert cells[2] == "changed"
        assert cells[5:8] == ["1", "3", "0"]
    assert desk.file.read_bytes() != before[0]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("people.csv", "05/06/1976", "31/02/1976", "people.csv:2:6: fecha (column F): no such day"),
        ("people.csv", "26 años", "veintiseis", "people.csv:2:4: edad (column D): 'veintiseis' does not fit the pattern"),
        ("people.csv", "26 años", "260 años", "people.csv:2:4: edad (column D)"),
        ("people.csv", ",F,05", ",X,05", "people.csv:2:5: sexo (column E): no word for 'X' in the mapping"),
        ("people.csv", "3,ACUÑA", "2,ACUÑA", "people.csv:4:1: row: another row makes the passage 'entry-2' too"),
        ("people.csv", "ABAD ANA", "", "people.csv:2:1"),
        ("people.csv", "nacido", "nacida", "map.yaml:11:5: tables[0].facts[0].born: the table has no column 'nacido'"),
        ("map.yaml", "born:", "bron:", "map.yaml:11:5: tables[0].facts[0].bron: unknown field 'bron'"),
        ("map.yaml", "kind: detention", "kind: detenshun", "detenshun"),
        ("map.yaml", "people*.csv", "persons.csv", "no table of this mapping is for the file people.csv"),
        ("map.yaml", "day-first", "european", "map.yaml:3:1: dates: 'european' is no way to read dates"),
        ("map.yaml", "(\\d+)", "(\\d+", "map.yaml:12"),
    ],
)
def test_mistakes_have_their_place_and_nothing_is_written(desk: Desk, name: str, old: str, new: str, told: str) -> None:
    desk.edit(name, old, new)
    result = desk.ingest()
    assert result.exit_code == 1
    assert isinstance(result.exception, RecordError)
    assert told in str(result.exception)
    assert list((desk.data / "records").rglob("*.*")) == []


def test_dates_that_cannot_be_read_are_kept_as_written_if_the_mapping_says_so(desk: Desk) -> None:
    desk.edit("people.csv", "05/06/1976", "med/06/1976")
    desk.edit("map.yaml", "dates: day-first", "dates: day-first\nunreadable-dates: keep")
    assert desk.ingest().exit_code == 0
    arrest = facts(desk.record(), EventFact)[0]
    assert (arrest.date, arrest.note) == (None, "date as written: med/06/1976")


def test_what_was_edited_by_hand_or_cut_off_is_noticed(desk: Desk) -> None:
    desk.ingest()
    text = desk.file.read_text(encoding="utf-8")
    desk.file.write_text(text.replace("ABAD JULIO", "ABAD J."), encoding="utf-8")
    refused = desk.ingest()
    assert "edited by hand" in str(refused.exception)
    assert desk.ingest("--replace").exit_code == 0
    desk.file.write_text("".join(text.splitlines(keepends=True)[:-1]), encoding="utf-8")
    _, problems = try_record(desk.file)
    assert "cut off" in problems[0].message
    assert read_corpus(desk.data).refused == ["data/records/example-news/register.jsonl"]
    desk.file.write_text(text.replace('"id": "entry-2"', '"id": 7}{', 1), encoding="utf-8")
    _, problems = try_record(desk.file)
    assert (problems[0].line, "not a line of JSON" in problems[0].message) == (3, True)


def test_the_argentine_register(folder: DataFolder, tmp_path: Path) -> None:
    if not REGISTRY.is_dir():
        pytest.skip("../shared/datasets/ar-victims-registry is not here")
    (tmp_path / "map.yaml").write_text(
        """\
source: {id: ruvte, publisher: example-news, title: Register of victims, language: es, locator: RUVTE 2019}
missing: [sin datos, dato resguardado]
dates: day-first
unreadable-dates: keep
tables:
- file: "victimas_*.csv"
  row: "{id_unico_ruvte}"
  facts:
  - person: "p-{id_unico_ruvte}"
    name: "{apellido_paterno_nombres}"
    born: "{anio_nacimiento}"
""",
        encoding="utf-8",
    )
    tables = [str(path) for path in sorted(REGISTRY.glob("victimas_*.csv"))]
    result = CliRunner().invoke(app, ["ingest", *tables, "--mapping", str(tmp_path / "map.yaml"), "--data", str(folder.path)])
    assert result.exit_code == 0, result.exception
    with (folder.path / "records" / "example-news" / "ruvte.jsonl").open(encoding="utf-8") as file:
        passages = [json.loads(line) for line in file][1:-1]
    people = [passage["facts"][0] for passage in passages]
    assert len(people) == 9_537
    assert all("sin datos" not in str(person.get("born")) for person in people)
    said = sum("born (sin datos)" in person.get("note", "") for person in people)
    silent = sum("anio_nacimiento" in passage["summary"].partition("without entry: ")[2] for passage in passages)
    assert said > 0
    assert said + silent + sum("born" in person or "dato resguardado" in str(person.get("note")) for person in people) == 9_537


def test_a_mapping_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("just words\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"map\.yaml:1:1: a mapping starts with"):
        read_mapping(tmp_path / "map.yaml")
