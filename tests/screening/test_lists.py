"""Sanctions lists are read as their keepers publish them, entry by entry, and two versions are told apart."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import KgError, RecordError
from kg.ingest.lists import difference, open_list
from kg.records import read_record
from kg.records.model import EventFact
from tests.conftest import DataFolder
from tests.screening.list_files import entities, eu_list, sdn_list, shared


def test_an_annex_gives_names_in_both_scripts_and_the_form_in_brackets(tmp_path: Path) -> None:
    row = {"name": "Olena PROBNA (Elena Ivanovna PROBNAYA)", "alias": "Олена ПРОБНА; Елена ПРОБНАЯ", "birthDate": "1.2.1970"}
    (entry,) = open_list(eu_list(tmp_path / "a.csv", row)).entries()
    assert entry.names == (
        "Olena PROBNA (Elena Ivanovna PROBNAYA)",
        "Olena PROBNA",
        "Elena Ivanovna PROBNAYA",
        "Олена ПРОБНА",
        "Елена ПРОБНАЯ",
    )
    assert (entry.id, entry.line, entry.kind) == ("IV.A.1", 2, "person")


def test_sdn_remarks_say_when_where_and_in_what_office(tmp_path: Path) -> None:
    path = sdn_list(tmp_path / "2021-07-sdn.csv", ("7", "PROBNY, Petro", "DOB 18 Mar 1980; POB Alushta, Ukraine; Prosecutor."))
    version = open_list(path)
    (entry,) = version.entries()
    assert version.date == "2021-07"
    assert (entry.born, entry.birth_places, entry.positions) == (("18 Mar 1980",), ("Alushta, Ukraine",), ("Prosecutor",))


def test_the_end_mark_of_dos_is_no_entry(tmp_path: Path) -> None:
    rows = (("7", "PROBNY, Petro", ""), ("8", "PROBNA, Olena", ""))
    without, with_mark = sdn_list(tmp_path / "sdn.csv", *rows), sdn_list(tmp_path / "b-sdn.csv", *rows, end=b"\x1a")
    assert [e.names for e in open_list(without).entries()] == [e.names for e in open_list(with_mark).entries()]


def test_aliases_beside_the_list_belong_to_their_entries(tmp_path: Path) -> None:
    path = sdn_list(tmp_path / "sdn.csv", ("7", "PROBNY, Petro", ""))
    (tmp_path / "alt.csv").write_text('7,1,"aka","PROBNYI, Piotr",-0- \r\n', encoding="utf-8")
    (entry,) = open_list(path).entries()
    assert entry.names == ("PROBNY, Petro", "PROBNYI, Piotr")
    (tmp_path / "alt.csv").write_text('9,1,"aka","SOMEBODY, Else",-0- \r\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"alt\.csv.*entry 9"):
        list(open_list(path).entries())


def test_followthemoney_entities_are_listed_by_topic_or_by_a_sanction(tmp_path: Path) -> None:
    path = entities(
        tmp_path / "x.ftm.json",
        {"id": "a", "schema": "Person", "properties": {"name": ["Petro Probny"], "topics": ["sanction"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["Olena Probna"]}},
        {"id": "c", "schema": "Person", "properties": {"name": ["Not Listed"]}},
        {"id": "s", "schema": "Sanction", "properties": {"entity": ["b"], "programId": ["X-1"], "listingDate": ["2024-05-01"]}},
    )
    found = {entry.id: entry for entry in open_list(path).entries()}
    assert set(found) == {"a", "b"}
    assert (found["b"].programmes, found["b"].listed) == (("X-1",), "2024-05-01")


@pytest.mark.parametrize(
    ("name", "content", "where", "what"),
    [
        ("sdn.csv", b'7,"PROBNY, Petro","individual","MAGNIT"\r\n', "sdn.csv:1", "no sanctions list"),
        ("a.csv", b"celex,recordId,name\n32024R1485,1,X\n", "a.csv:1:1: programKey", "this column is missing"),
        ("x.json", b'{"id": "a", "schema": "Person", "properties": {}}\n{"id": "b", "sch', "x.json:2", "not a line of JSON"),
        ("x.json", b'{"op": "PUT", "entity": {"id": "a"}}\n', "x.json:1", "no operation of a delta"),
        ("x.json", b'{"id": "a", "schema": "Person", "properties": {"name": {"en": "X"}}}\n', "x.json:1", "not lists of text"),
    ],
)
def test_a_bad_list_is_refused_with_its_place(tmp_path: Path, name: str, content: bytes, where: str, what: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RecordError) as told:
        list(open_list(tmp_path / name).entries())
    assert where in str(told.value)
    assert what in str(told.value)


def test_a_truncated_gzip_list_gives_nothing(tmp_path: Path) -> None:
    plain = eu_list(tmp_path / "a.csv", *({"name": f"Person {number:04d}"} for number in range(3000)))
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes())[:-200])
    with pytest.raises(RecordError, match="damaged or cut off"):
        list(open_list(packed).entries())


def test_a_difference_names_what_was_added_removed_and_changed(tmp_path: Path) -> None:
    old = sdn_list(tmp_path / "2019-sdn.csv", ("1", "GONE, Ivan", ""), ("2", "SAME, Ivan", ""), ("3", "OTHER, Ivan", "DOB 1970."))
    new = sdn_list(tmp_path / "2021-sdn.csv", ("2", "SAME, Ivan", ""), ("3", "OTHER, Ivan", "DOB 1971."), ("4", "NEW, Ivan", ""))
    result = CliRunner().invoke(app, ["lists", "diff", str(old), str(new), "--format", "csv"])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[1:] == [
        'added,4,"NEW, Ivan",MAGNIT,',
        'removed,1,"GONE, Ivan",MAGNIT,',
        'changed,3,"OTHER, Ivan",,born: 1970 -> 1971; reason: DOB 1970. -> DOB 1971.',
    ]
    with pytest.raises(KgError, match="two lists, not two versions"):
        difference(open_list(old), open_list(eu_list(tmp_path / "eu.csv", {"name": "X Y"})))


def test_two_versions_of_the_sdn_list() -> None:
    found = difference(open_list(shared("ofac-sdn/2019-01-sdn.csv")), open_list(shared("ofac-sdn/2021-07-sdn.csv")))
    assert (len(found.added), len(found.removed)) == (1858, 261)


@pytest.mark.parametrize(
    ("name", "entries", "people"), [("32014R0269", 2802, 1984), ("32024R1485", 105, 98), ("32006R0765", 408, 312)]
)
def test_the_annexes_are_read_whole(name: str, entries: int, people: int) -> None:
    found = list(open_list(shared(f"eu-sanctions/{name}.csv")).entries())
    assert (len(found), sum(entry.kind == "person" for entry in found)) == (entries, people)
    assert len({entry.id for entry in found}) == entries


def test_reasons_become_drafts_that_a_build_leaves_out(folder: DataFolder, tmp_path: Path) -> None:
    reason = (
        "Olena Probna is a judge of the Alushta City Court. In 2020, she sentenced Petro Koval to 5 years in prison on "
        "charges that his lawyer called invented. Therefore she is responsible for serious violations."
    )
    row = {
        "name": "Olena Ivanivna PROBNA",
        "position": "Judge of the Alushta City Court",
        "startDate": "27.5.2024",
        "reason": reason,
    }
    listing = eu_list(tmp_path / "2026-07-13.csv", row, {"name": "Somebody ELSE", "reason": "Owns a bank. " * 9})
    arguments = ["lists", "extract", str(listing), "--into", str(folder.path / "records"), "--data", str(folder.path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    (path,) = (folder.path / "records").glob("*.yaml")
    record = read_record(path)
    assert (record.status, record.source.id, str(record.source.published)) == ("draft", "eu-2024-1485-iv-a-1", "2024-05-27")
    assert "entry IV.A.1" in str(record.source.locator)
    events = [fact for passage in record.passages for fact in passage.facts if isinstance(fact, EventFact)]
    (sentence,) = [event for event in events if event.kind == "sentence"]
    assert (sentence.people["defendant"], [term.years for term in sentence.penalties]) == (["koval"], ["5"])
    before = path.read_bytes()
    assert "1 stood already" in CliRunner().invoke(app, arguments).output.replace("\n", " ")
    assert path.read_bytes() == before


def test_a_list_goes_in_whole_an_entry_a_passage(folder: DataFolder, tmp_path: Path) -> None:
    people = (
        {"name": "Olena PROBNA", "startDate": "27.5.2024", "birthDate": "1.2.1970"},
        {"name": "A bank", "schema": "Organization"},
    )
    listing = eu_list(tmp_path / "2026-07-13-32024R1485.csv", *people)
    arguments = ["ingest", str(listing), "--publisher", "example-news", "--data", str(folder.path)]
    for state in ("new", "unchanged"):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
        assert state in result.output
        assert "1 x entry: no person" in result.output
    record = read_record(folder.path / "records" / "example-news" / "eu-2024-1485-2026-07-13.jsonl")
    (passage,) = record.passages[1:]
    assert passage.locator == "2026-07-13-32024R1485.csv, line 2, entry IV.A.1"
    person, designation = passage.facts
    assert (str(person.born), str(designation.date)) == ("1970-02-01", "2024-05-27")  # type: ignore[union-attr]
    undated = CliRunner().invoke(app, ["ingest", str(eu_list(tmp_path / "a.csv", *people)), "--data", str(folder.path)])
    assert "which version of the list is this?" in str(undated.exception)
