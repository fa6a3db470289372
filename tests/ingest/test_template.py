"""An editor starts from the template: it helps, offers words to choose from, and what is filled in goes into the graph."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

import kg
from kg.cli import app
from kg.errors import KgError
from kg.ingest import read_spreadsheet, write_template
from kg.ingest.layout import sheets
from kg.ingest.tabular import column_letters
from kg.records import read_registries
from kg.records.model import EventFact
from kg.vocabulary import load_vocabulary
from tests.conftest import DataFolder
from tests.ingest.sheets import CASE, facts


def run(folder: DataFolder, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--data", str(folder.path)])


@pytest.fixture
def template(folder: DataFolder, tmp_path: Path) -> Path:
    (path,) = write_template(tmp_path / "cases.xlsx", read_registries(folder.path))
    return path


def drop_down(book: openpyxl.Workbook, sheet: str, header: str) -> set[object]:
    """The words offered in the column `header`."""
    page = book[sheet]
    letters = next(column_letters(cell.column or 0) for cell in page[1] if str(cell.value).rstrip("*") == header)
    rule = next(rule for rule in page.data_validations.dataValidation if str(rule.sqref).startswith(f"{letters}2:"))
    name, _, cells = str(rule.formula1).lstrip("=").partition("!")
    return {cell.value for row in book[name][cells.replace("$", "")] for cell in row}


def test_drop_downs_offer_exactly_the_words_that_records_know(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    vocabulary = load_vocabulary()
    assert drop_down(book, "events", "kind") == set(vocabulary.event_kinds)
    assert drop_down(book, "penalties", "regime") == set(vocabulary.concepts["regime"])
    assert drop_down(book, "events", "place") == {"alushta", "rostov-on-don"}
    assert drop_down(book, "sources", "publisher") == {"project", "example-news", "other-news"}


def test_every_column_is_explained_and_nothing_can_be_taken_for_a_formula(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for sheet in sheets().values():
        for cell, column in zip(book[sheet.name][1], sheet.columns, strict=True):
            assert cell.comment is not None, (sheet.name, column.header)
            assert not column.help or column.help in cell.comment.text
    assert {cell.data_type for page in book.worksheets for row in page.iter_rows() for cell in row} <= {"s", "n"}


def test_the_examples_are_not_read(template: Path) -> None:
    with pytest.raises(KgError, match=r"cases\.xlsx\[sources\].*no source is given"):
        read_spreadsheet(template)


def test_the_examples_are_one_correct_case(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for page in book.worksheets:
        for row in page.iter_rows(min_row=2) if page.title in sheets() else ():
            if str(row[0].value).removeprefix("#") != "":
                row[0].value = str(row[0].value).removeprefix("#")
    book.save(template)
    (record,) = read_spreadsheet(template)
    assert {fact.event for fact in facts(record, EventFact)} == {"verdict"}


def test_what_is_filled_in_goes_into_the_graph(folder: DataFolder, template: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(template)
    for name, rows in CASE.items():
        headers = [str(cell.value).rstrip("*") for cell in book[name][1]]
        for number, row in enumerate(rows, 3):
            for header, text in row.items():
                book[name].cell(number, headers.index(header) + 1, text)
    book.save(template)
    assert run(folder, "ingest", str(template)).exit_code == 0
    assert run(folder, "check").exit_code == 0
    kg.build(folder.path, tmp_path / "build")
    answer = kg.open(tmp_path / "build").query(
        """SELECT ?judge ?name ?locator WHERE {
             GRAPH ?passage { ?event pn:presidingJudge ?judge ; pn:defendant ?man } ?man pn:name ?name .
             ?passage pn:locator ?locator } ORDER BY ?name"""
    )
    found = [(str(row["name"]), str(row["locator"])) for row in answer]
    assert ("Petro Sydorenko", "sheet events, row 4") in found
    assert any("Петренко" in name for name, _ in found)


def row(sheet: str, cells: str) -> str:
    """A row of a sheet: the first cells as given, the others empty."""
    return cells + "," * (len(sheets()[sheet].columns) - 1 - cells.count(",")) + "\n"


def test_a_template_of_text_files(folder: DataFolder, tmp_path: Path) -> None:
    result = run(folder, "template", str(tmp_path / "cases.csv"))
    assert result.exit_code == 0
    assert {Path(line).name for line in result.stdout.split()} == {f"cases-{name}.csv" for name in sheets()}
    with (tmp_path / "cases-sources.csv").open("a", encoding="utf-8") as file:
        file.write(row("sources", "one,example-news,A title,en,https://news.example/1"))
    with (tmp_path / "cases-people.csv").open("a", encoding="utf-8") as file:
        file.write(row("people", "petrenko,Іван Петренко"))
    (record,) = read_spreadsheet(tmp_path / "cases.csv", read_registries(folder.path))
    assert record.passages[0].locator == "sheet people, row 3"


def test_nothing_that_stands_is_written_over(folder: DataFolder, template: Path) -> None:
    before = template.read_bytes()
    assert run(folder, "template", str(template)).exit_code == 1
    assert template.read_bytes() == before
    assert run(folder, "template", str(template.with_suffix(".ods"))).exit_code == 1
