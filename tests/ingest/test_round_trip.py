"""Out into a spreadsheet and back: nothing is lost, and an edited cell is exactly that change."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.ingest import changes, read_spreadsheet, write_records
from kg.ingest.rows import join, split
from kg.present.spreadsheet import neutral, write_spreadsheet
from kg.records import Record, read_corpus, try_record
from kg.records.model import AnyFact, CaseFact, EventFact, Passage, PenaltyTerm, PersonFact, RelationFact, Source, TenureFact
from tests.conftest import ROOT, SMALL, DataFolder
from tests.ingest.sheets import case, facts, text_files, workbook


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--data", str(data)])


def cell(path: Path, sheet: str, row: int, header: str, text: str | None) -> None:
    """Edit one cell of a workbook, as an editor would."""
    book = openpyxl.load_workbook(path)
    headers = [str(one.value).rstrip("*") for one in book[sheet][1]]
    book[sheet].cell(row, headers.index(header) + 1).value = text
    book.save(path)


def files(data: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted((data / "records").rglob("*.*"))}


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return [found.record for found in read_corpus(ROOT / "data").files]


def test_the_shipped_corpus_survives_a_workbook(shipped: list[Record], tmp_path: Path) -> None:
    exported = write_spreadsheet(shipped, tmp_path / "all.xlsx")
    assert exported.left_out == []
    back = {record.source.id: record for record in read_spreadsheet(tmp_path / "all.xlsx")}
    assert len(back) == len(shipped)
    assert [str(change) for record in shipped for change in changes(back[record.source.id], record)] == []


def test_an_edited_cell_is_exactly_that_change(tmp_path: Path) -> None:
    data = Path(shutil.copytree(SMALL, tmp_path / "data"))
    table = tmp_path / "cases.xlsx"
    assert run(data, "export", str(table)).exit_code == 0
    before = files(data)
    unchanged = run(data, "ingest", str(table))
    assert unchanged.exit_code == 0
    assert files(data) == before
    rows = [[str(one or "") for one in row] for row in openpyxl.load_workbook(table)["events"].iter_rows(values_only=True)]
    number = next(at for at, row in enumerate(rows, 1) if "2021" in row[rows[0].index("date")])
    old = rows[number - 1][rows[0].index("date")]
    cell(table, "events", number, "date", "2020-02-29")
    dry = run(data, "ingest", str(table), "--dry-run")
    assert dry.exit_code == 0
    (told,) = [line for line in dry.stdout.splitlines() if " -> " in line]
    assert told.endswith(f"date: {old} -> 2020-02-29")
    assert files(data) == before


def test_a_number_in_a_register_is_added_and_changed_in_a_cell(folder: DataFolder, tmp_path: Path) -> None:
    sheets = case()
    sheets["people"][0]["identifiers"] = "eu-list=EU.1.2; us-list=18147"
    assert run(folder.path, "ingest", str(workbook(tmp_path / "first.xlsx", sheets))).exit_code == 0
    assert run(folder.path, "export", str(tmp_path / "second.xlsx")).exit_code == 0
    cell(tmp_path / "second.xlsx", "people", 2, "identifiers", "eu-list=EU.1.2; us-list=18148")
    result = run(folder.path, "ingest", str(tmp_path / "second.xlsx"))
    assert "18148" in result.stdout, result.output
    (path,) = (folder.path / "records").rglob("*.yaml")
    record, problems = try_record(path)
    assert problems == []
    assert record is not None
    assert [fact.identifiers for fact in facts(record, PersonFact) if fact.identifiers] == [
        {"eu-list": "EU.1.2", "us-list": "18148"}
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [("EU.1.2", "write name=value"), ("eu-list=1; eu-list=2", "stands twice"), ("eu-lst=EU.1.2", "eu-lst")],
)
def test_a_register_written_wrongly_is_told_with_its_cell(folder: DataFolder, tmp_path: Path, written: str, told: str) -> None:
    sheets = case()
    sheets["people"][0]["identifiers"] = written
    result = run(folder.path, "ingest", str(workbook(tmp_path / "first.xlsx", sheets)))
    assert result.exit_code == 1
    assert "[people]:2:" in str(result.exception)
    assert told in str(result.exception)


def test_ingest_export_edit_ingest(folder: DataFolder, tmp_path: Path) -> None:
    first = workbook(tmp_path / "first.xlsx", case())
    assert run(folder.path, "ingest", str(first)).exit_code == 0
    assert run(folder.path, "export", str(tmp_path / "second.xlsx")).exit_code == 0
    cell(tmp_path / "second.xlsx", "penalties", 2, "years", "17.5")
    result = run(folder.path, "ingest", str(tmp_path / "second.xlsx"))
    assert result.exit_code == 0, result.exception
    told = [line for line in result.stdout.splitlines() if " -> " in line]
    # The row is also the passage that says so, which therefore says it differently.
    assert len(told) == 2
    assert "years 18" in told[1]
    assert "years 17.5" in told[1]
    (path,) = (folder.path / "records").rglob("*.yaml")
    record, problems = try_record(path)
    assert record is not None
    assert problems == []
    years = [term.years for fact in facts(record, EventFact) for term in fact.penalties]
    assert years == ["17.5", "12"]


def test_a_second_ingest_changes_nothing(folder: DataFolder, tmp_path: Path) -> None:
    table = workbook(tmp_path / "cases.xlsx", case())
    run(folder.path, "ingest", str(table))
    before = files(folder.path)
    result = run(folder.path, "ingest", str(table))
    assert "1 unchanged" in result.stderr
    assert files(folder.path) == before


def test_text_files_and_workbooks_say_the_same(tmp_path: Path) -> None:
    (one,) = read_spreadsheet(workbook(tmp_path / "cases.xlsx", case()))
    (other,) = read_spreadsheet(text_files(tmp_path / "cases.csv", case()))
    assert changes(one, other) == []


def test_what_somebody_edited_by_hand_is_not_written_over(folder: DataFolder, tmp_path: Path) -> None:
    sheets = case()
    run(folder.path, "ingest", str(workbook(tmp_path / "cases.xlsx", sheets)))
    (path,) = (folder.path / "records").rglob("*.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("O. Ivanova", "Olha Ivanova"), encoding="utf-8")
    before = path.read_bytes()
    refused = run(folder.path, "ingest", str(tmp_path / "cases.xlsx"))
    assert refused.exit_code == 1
    assert "edited by hand" in str(refused.exception)
    assert path.read_bytes() == before
    assert run(folder.path, "ingest", str(tmp_path / "cases.xlsx"), "--replace").exit_code == 0
    assert "Olha" not in path.read_text(encoding="utf-8")


def test_an_interrupted_ingest_is_completed_by_the_next(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = case()
    sheets["sources"].append({**sheets["sources"][0], "id": "second-source", "title": "Another"})
    for name in ("people", "officials", "bodies", "cases", "events", "penalties"):
        sheets[name] = [{**row, "source": id} for id in ("example-verdict", "second-source") for row in sheets[name]]
    records = read_spreadsheet(workbook(tmp_path / "cases.xlsx", sheets))

    replace = os.replace
    done: list[str] = []

    def killed(old: str, new: str) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(new)
        replace(old, new)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_records(records, folder.path, "cases.xlsx")
    monkeypatch.setattr(os, "replace", replace)
    assert len(read_corpus(folder.path).files) == 1
    assert read_corpus(folder.path).problems == []
    states = [outcome.state for outcome in write_records(records, folder.path, "cases.xlsx")]
    assert states == ["unchanged", "new"]
    assert len(read_corpus(folder.path).files) == 2


def test_one_publisher_can_be_exported_alone(tmp_path: Path) -> None:
    publisher = read_corpus(SMALL).files[0].record.source.publisher
    result = run(SMALL, "export", str(tmp_path / "one.xlsx"), "--publisher", publisher)
    assert result.exit_code == 0
    assert {record.source.publisher for record in read_spreadsheet(tmp_path / "one.xlsx")} == {publisher}
    wrong = run(SMALL, "export", str(tmp_path / "two.xlsx"), "--publisher", publisher + "x")
    assert f"did you mean '{publisher}'?" in str(wrong.exception)


# What people write: any script, quotation marks, line ends, formulas, semicolons, backslashes.
_letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from(list("=+-@';\\\",\n|#"))
text = st.text(_letters, min_size=1, max_size=20).map(str.strip).filter(bool)
texts = st.lists(text, max_size=3)
key = st.sampled_from(["petrenko", "koval", "ivanova"])
date = st.sampled_from(["2019", "2019-06", "2019-06-10", "2019-06/..", "2019-06~", "2019-06-10/2019-06-14"])

people = st.builds(
    PersonFact,
    person=key,
    name=st.none() | text,
    other_names=texts,
    born=st.none() | date,
    note=st.none() | text,
    described_as=texts,
    sex=st.sampled_from([None, "female", "male"]),
    identifiers=st.dictionaries(st.sampled_from(["eu-list", "us-list", "ru-ogrn"]), text),
)
cases = st.builds(CaseFact, case=st.just("trial"), name=st.none() | text, defendants=st.lists(key, unique=True))
tenures = st.builds(
    TenureFact, tenure=key, role=st.sampled_from(["judge", "expert"]), since=st.none() | date, title=st.none() | text
)
relations = st.builds(RelationFact, relation=st.just("relative"), subject=key, object=key, text=st.none() | text)
penalties = st.builds(
    PenaltyTerm,
    person=key,
    years=st.sampled_from(["18", "3.5"]),
    suspended=st.sampled_from([None, True, False]),
    found_as=st.none() | text,
)
events = st.builds(
    EventFact,
    event=st.sampled_from(["verdict", "arrest"]),
    kind=st.just("sentence"),
    date=st.none() | date,
    text=text,
    people=st.dictionaries(st.sampled_from(["judge", "defendant", "witness"]), st.lists(key, min_size=1, unique=True)),
    penalties=st.lists(penalties, max_size=2),
    diagnoses=texts,
)
DECLARED = [PersonFact(person=name, name=name.title()) for name in ("petrenko", "koval", "ivanova")]


def _event(fact: AnyFact) -> object:
    return fact.event if isinstance(fact, EventFact) else id(fact)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record about three people, with anything in its texts."""
    source = Source(
        id="any", publisher="example-news", title=draw(text), language="en", locator=draw(text), note=draw(st.none() | text)
    )
    # One event once in a passage: what is said of it in two facts of one passage comes back as one.
    any_fact: st.SearchStrategy[AnyFact] = st.one_of(people, cases, tenures, relations, events)
    facts = draw(st.lists(any_fact, max_size=4, unique_by=_event))
    first = Passage(id="p1", summary=draw(text), quote=draw(st.none() | text), facts=[*DECLARED])
    return Record(
        source=source, passages=[first, Passage(id="p2", summary=draw(text), locator=draw(st.none() | text), facts=facts)]
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_any_record_survives_text_files(record: Record) -> None:
    survives(record, "any.csv")


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
@given(records())
def test_any_record_survives_a_workbook(record: Record) -> None:
    survives(record, "any.xlsx")


def survives(record: Record, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        exported = write_spreadsheet([record], path)
        assert exported.left_out == []
        (back,) = read_spreadsheet(path)
        assert [str(change) for change in changes(back, record)] == []
        data = DataFolder(Path(folder) / "data")
        (outcome,) = write_records([back], data.path, "any")
        written, problems = try_record(outcome.path)
        assert problems == []
        assert written is not None
        assert changes(written, record) == []


@given(st.lists(text, min_size=1))
def test_a_list_in_a_cell_comes_back(items: list[str]) -> None:
    assert split(join(items)) == items


@given(text)
def test_no_exported_cell_opens_a_formula(said: str) -> None:
    assert neutral(said)[0] not in "=+-@\t\r"
