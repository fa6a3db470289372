"""A small spreadsheet, as an editor would fill it in, and ways to spoil it."""

from __future__ import annotations

import copy
import csv
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook

from kg.errors import Problem, RecordError
from kg.ingest import DateOrder, read_spreadsheet
from kg.records import Record, Registries
from kg.records.model import Fact

Kind = TypeVar("Kind", bound=Fact)
Sheets = dict[str, list[dict[str, str]]]

CASE: Sheets = {
    "sources": [
        {"id": "example-verdict", "publisher": "example-news", "title": "A verdict", "language": "en", "url": "https://news.example/1"}
    ],
    "people": [
        {"person": "petrenko", "name": "Іван Петренко", "other-names": "Ivan Petrenko; I. Petrenko", "born": "1980"},
        {"person": "sydorenko", "name": "Petro Sydorenko"},
    ],
    "officials": [{"person": "ivanova", "name": "O. Ivanova", "role": "judge", "body": "court"}],
    "bodies": [{"body": "court", "name": "District Court", "kind": "district-court", "place": "alushta"}],
    "cases": [{"case": "neighbours", "defendants": "petrenko; sydorenko"}],
    "events": [
        {"event": "arrest", "kind": "detention", "date": "2019-06", "case": "neighbours", "detainee": "petrenko; sydorenko"},
        {"event": "verdict", "kind": "sentence", "date": "2021-08-16", "body": "court", "presiding-judge": "ivanova",
         "defendant": "petrenko; sydorenko"},
    ],
    "penalties": [
        {"event": "verdict", "person": "petrenko", "years": "18", "regime": "strict"},
        {"event": "verdict", "person": "sydorenko", "years": "12"},
    ],
}  # fmt: skip


def case() -> Sheets:
    """A copy of the small spreadsheet, to be changed."""
    return copy.deepcopy(CASE)


def table(rows: list[dict[str, str]]) -> list[list[str]]:
    """Rows as cells under one header."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    return [header, *([row.get(name, "") for name in header] for row in rows)]


def workbook(path: Path, sheets: Sheets) -> Path:
    """Write `sheets` as a workbook, row 1 of each its header."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for cells in table(rows):
            page.append(cells)
    book.save(path)
    return path


def text_files(path: Path, sheets: Sheets) -> Path:
    """Write `sheets` as a family of .csv files beside `path`."""
    for name, rows in sheets.items():
        with path.with_name(f"{path.stem}-{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table(rows))
    return path


def problems_of(path: Path, registries: Registries | None = None, order: DateOrder = DateOrder.ask) -> list[Problem]:
    """What reading the spreadsheet at `path` finds wrong; empty when nothing."""
    try:
        read_spreadsheet(path, registries, order=order)
    except RecordError as error:
        return list(error.problems)
    return []


def facts(record: Record, kind: type[Kind]) -> list[Kind]:
    """The facts of one kind, in their order."""
    return [fact for passage in record.passages for fact in passage.facts if isinstance(fact, kind)]
