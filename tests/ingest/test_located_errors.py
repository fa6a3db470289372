"""A mistake is told with its sheet, row and column and a hint, all of them at once, and nothing is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.ingest import DateOrder, read_spreadsheet
from kg.records import read_registries
from kg.records.model import EventFact
from tests.conftest import DataFolder
from tests.ingest.sheets import Sheets, case, facts, problems_of, text_files, workbook


def put(sheet: str, row: int, header: str, text: str) -> Callable[[Sheets], None]:
    """The mistake of writing `text` into row `row` (the header is row 1)."""

    def spoil(sheets: Sheets) -> None:
        sheets[sheet][row - 2][header] = text

    return spoil


def rename(sheet: str, old: str, new: str) -> Callable[[Sheets], None]:
    def spoil(sheets: Sheets) -> None:
        sheets[sheet] = [{new if name == old else name: text for name, text in row.items()} for row in sheets[sheet]]

    return spoil


def rename_sheet(old: str, new: str) -> Callable[[Sheets], None]:
    return lambda sheets: sheets.__setitem__(new, sheets.pop(old))


MISTAKES = [
    # what the editor did, how, sheet, row, column, words of the message and its hint
    ("a day that is not in the calendar", put("events", 3, "date", "31.02.2019"), "events", 3, "C", "no such day", "31.02.2019"),
    (
        "a date that can be two days",
        put("events", 3, "date", "05/06/2019"),
        "events",
        3,
        "C",
        "2019-06-05 or 2019-05-06",
        "--dates",
    ),
    ("a date in words nobody knows", put("events", 2, "date", "last week"), "events", 2, "C", "not a date", "last week"),
    ("a year of two digits", put("people", 2, "born", "1.2.80"), "people", 2, "D", "two digits", "all four"),
    ("a kind that does not exist", put("events", 3, "kind", "sentense"), "events", 3, "B", "sentense", "sentence"),
    ("a person nobody names", put("events", 2, "detainee", "petrenko; kowal"), "events", 2, "E", "kowal", ""),
    ("a place that is not registered", put("bodies", 2, "place", "alusta"), "bodies", 2, "D", "alusta", "alushta"),
    (
        "a publisher that is not registered",
        put("sources", 2, "publisher", "exampel-news"),
        "sources",
        2,
        "B",
        "exampel-news",
        "example-news",
    ),
    ("years in words", put("penalties", 3, "years", "twelve"), "penalties", 3, "C", "number of years", ""),
    ("an event nobody describes", put("penalties", 3, "event", "verdikt"), "penalties", 3, "A", "no event 'verdikt'", "'verdict'"),
    ("a key with capital letters", put("people", 3, "person", "Sydorenko"), "people", 3, "A", "lower-case", ""),
    ("a column that does not exist", rename("people", "born", "bron"), "people", 1, "D", "unknown column 'bron'", "'born'"),
    ("a required column is gone", rename("officials", "role", "#role"), "officials", 1, "role", "'role' is missing", "kg template"),
    ("a sheet that does not exist", rename_sheet("people", "peopel"), "peopel", 1, "", "no sheet 'peopel'", "'people'"),
    (
        "a source that has no row",
        put("people", 2, "source", "exmaple-verdict"),
        "people",
        2,
        "E",
        "exmaple-verdict",
        "example-verdict",
    ),
    ("a passage that has no row", put("people", 2, "passage", "p9"), "people", 2, "E", "no passage 'p9'", "sheet passages"),
]


@pytest.mark.parametrize(
    ("spoil", "sheet", "row", "column", "words", "hint"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_every_mistake_has_its_cell(
    folder: DataFolder, tmp_path: Path, spoil: Callable[[Sheets], None], sheet: str, row: int, column: str, words: str, hint: str
) -> None:
    sheets = case()
    spoil(sheets)
    problems = problems_of(workbook(tmp_path / "cases.xlsx", sheets), read_registries(folder.path))
    told = [str(problem) for problem in problems]
    wanted = [p for p in problems if (p.file, p.line) == (f"cases.xlsx[{sheet}]", row) and words in p.message]
    assert wanted, told
    assert any(f"(column {column})" in p.field or column == p.field for p in wanted), told
    assert any(hint in f"{p.message} {p.hint}" for p in wanted), told


def test_the_small_spreadsheet_itself_is_right(folder: DataFolder, tmp_path: Path) -> None:
    assert problems_of(workbook(tmp_path / "cases.xlsx", case()), read_registries(folder.path)) == []


def test_text_files_are_told_by_name_and_line(tmp_path: Path) -> None:
    sheets = case()
    sheets["people"][1]["born"] = "30.02.1980"
    (problem,) = problems_of(text_files(tmp_path / "cases.csv", sheets))
    assert str(problem).startswith("cases-people.csv:3:4: born (column D): no such day")


def test_all_mistakes_are_told_at_once_and_nothing_is_written(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.cli import main

    sheets = case()
    put("events", 3, "date", "31.02.2019")(sheets)
    put("penalties", 3, "years", "twelve")(sheets)
    table = workbook(tmp_path / "cases.xlsx", sheets)
    monkeypatch.setattr("sys.argv", ["kg", "ingest", str(table), "--data", str(folder.path)])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "cases.xlsx[events]:3:3: date (column C)" in told
    assert "cases.xlsx[penalties]:3:3: years (column C)" in told
    assert "Traceback" not in told
    assert list((folder.path / "records").iterdir()) == []


def test_an_ambiguous_date_is_read_as_the_editor_says(tmp_path: Path) -> None:
    sheets = case()
    sheets["events"][1]["date"] = "05/06/2019"
    table = workbook(tmp_path / "cases.xlsx", sheets)

    def date(order: DateOrder) -> tuple[str, str | None]:
        (record,) = read_spreadsheet(table, order=order)
        verdict = facts(record, EventFact)[1]
        return str(verdict.date), verdict.note

    assert date(DateOrder.day_first) == ("2019-06-05", None)
    assert date(DateOrder.month_first) == ("2019-05-06", None)
    assert date(DateOrder.keep) == ("None", "date as written: 05/06/2019")


def test_cells_that_a_spreadsheet_program_has_turned_into_dates_and_numbers(tmp_path: Path) -> None:
    import datetime

    path = workbook(tmp_path / "cases.xlsx", case())
    book = openpyxl.load_workbook(path)
    book["events"]["C3"].value = datetime.datetime(2021, 8, 16)
    book["people"]["D2"].value = 1980
    book["penalties"]["C2"].value = 18.0
    book.save(path)
    (expected,) = read_spreadsheet(workbook(tmp_path / "text.xlsx", case()))
    (record,) = read_spreadsheet(path)
    assert record == expected


def test_remarks_of_the_editor_are_left_alone(tmp_path: Path) -> None:
    sheets = case()
    sheets["people"].insert(1, {"person": "# ask Maria about him", "name": "?"})
    sheets["people"][0]["#my remark"] = "checked"
    sheets["# to do"] = [{"what": "call the lawyer"}]
    assert problems_of(workbook(tmp_path / "cases.xlsx", sheets)) == []


def test_a_wrong_name_for_a_file(folder: DataFolder) -> None:
    result = CliRunner().invoke(app, ["ingest", "nothing.xlsx", "--data", str(folder.path)])
    assert result.exit_code == 1
    assert "nothing.xlsx:1:1: cannot be read" in str(result.exception)
