"""An empty spreadsheet to fill in: sheets with drop-downs, help and an example in each."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.ingest.layout import Column, Sheet, sheets, words_of
from kg.ingest.tabular import COMMENT, column_letters
from kg.records import Registries

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

INTRODUCTION = (
    "One row, one statement of one source. Write what the source says; where it says nothing, leave the cell empty.",
    "Keys (person, body, case, event) are short names of your own: a-z, 0-9, hyphens. The same key means the same in all sheets.",
    "Columns with * must be filled. Rows that begin with # are examples or remarks and are not read.",
    "kg ingest FILE reads it. Every mistake is shown with its sheet, row and column; nothing is taken in until all is right.",
)
LAST_ROW = 10_000
"""Down to which row drop-downs reach."""


def write_template(path: Path, registries: Registries | None = None) -> list[Path]:
    """Write an empty spreadsheet to `path` (.xlsx, or .csv for one file per sheet) and return the files written.

    Places and publishers of `registries` are offered in the drop-downs. Raises KgError for another kind of file, and when
    something stands there already.
    """
    if path.suffix == ".csv":
        wanted = {path.with_name(f"{path.stem}-{name}.csv"): sheet for name, sheet in sheets().items()}
    elif path.suffix == ".xlsx":
        wanted = {path: next(iter(sheets().values()))}
    else:
        raise KgError(f"{path}: a template is an .xlsx or .csv file")
    for file in wanted:
        if file.exists():
            raise KgError(f"{file} exists already: give another name")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        new_workbook(registries, examples=True).save(path)
    else:
        for file, sheet in wanted.items():
            file.write_text(_csv(sheet), encoding="utf-8-sig", newline="")
    return list(wanted)


def _csv(sheet: Sheet) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([title(column) for column in sheet.columns])
    writer.writerow(example(sheet))
    return text.getvalue()


def title(column: Column) -> str:
    """The header as it is written: with * where the column must be filled."""
    return column.header + ("*" if column.required else "")


def example(sheet: Sheet) -> list[str]:
    """The example of a sheet, as a row that is not read."""
    cells = [column.example for column in sheet.columns]
    return [COMMENT + cells[0], *cells[1:]]


def new_workbook(registries: Registries | None, *, examples: bool) -> Workbook:
    """A workbook with every sheet, its header, help and drop-downs, and with `examples` one example a sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    _help(book)
    lists = _lists(book, registries)
    for sheet in sheets().values():
        page = book.create_sheet(sheet.name)
        for number, column in enumerate(sheet.columns, 1):
            _header(page, number, column, lists)
        page.freeze_panes = "B2"
        if examples:
            for number, text in enumerate(example(sheet), 1):
                put(page, 2, number, text).font = Font(italic=True, color="888888")
    book.move_sheet("lists", len(book.sheetnames))
    book["lists"].sheet_state = "hidden"
    book.active = book.sheetnames.index("sources")
    return book


def put(page: Worksheet, row: int, column: int, text: str):  # type: ignore[no-untyped-def]
    """Write `text` into a cell as text, so that no program ever takes it for a formula; returns the cell."""
    cell = page.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = text[0] in "=+-@\t"
    return cell


def _help(book: Workbook) -> None:
    from openpyxl.styles import Alignment, Font

    page = book.active
    assert page is not None
    page.title = "help"
    rows: list[tuple[str, ...]] = [(line,) for line in INTRODUCTION]
    for sheet in sheets().values():
        rows += [(), (sheet.name, "", sheet.about), ("column", "must", "what to write", "for example")]
        rows += [(column.header, "yes" if column.required else "", column.help, column.example) for column in sheet.columns]
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row, 1):
            cell = put(page, number, at, text)
            cell.alignment = Alignment(vertical="top", wrap_text=at == 3)
            if row[0] in sheets() or row[0] == "column":
                cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (20, 7, 90, 40), strict=True):
        page.column_dimensions[letter].width = width


def _lists(book: Workbook, registries: Registries | None) -> dict[str, str]:
    """A hidden sheet with the words of every drop-down; says in which cells each list stands."""
    page = book.create_sheet("lists")
    found = {}
    schemes = sorted({column.words for sheet in sheets().values() for column in sheet.columns if column.words})
    for number, scheme in enumerate(schemes, 1):
        words = words_of(scheme, registries)
        put(page, 1, number, scheme)
        for row, word in enumerate(words, 2):
            put(page, row, number, word)
        if words:
            letters = column_letters(number)
            found[scheme] = f"=lists!${letters}$2:${letters}${len(words) + 1}"
    return found


def _header(page: Worksheet, number: int, column: Column, lists: dict[str, str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    cell = put(page, 1, number, title(column))
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FFE9B3" if column.required else "E8EEF4")
    said = column.help + (f"\nFor example: {column.example}" if column.example else "")
    cell.comment = Comment(said, "template", height=90, width=320)
    letters = column_letters(number)
    page.column_dimensions[letters].width = max(12, len(column.header) + 4)
    # Text everywhere: a spreadsheet program would turn 2019-06 into the first of June, and 1-2 into a date.
    page.column_dimensions[letters].number_format = "@"
    if column.words in lists:
        choice = DataValidation(type="list", formula1=lists[column.words], allow_blank=True, showErrorMessage=True)
        choice.error, choice.errorTitle = "Choose from the list, or leave it empty.", column.header
    else:
        choice = DataValidation(allow_blank=True)
    choice.promptTitle, choice.prompt, choice.showInputMessage = column.header[:32], said[:255], True
    choice.add(f"{letters}2:{letters}{LAST_ROW}")
    page.add_data_validation(choice)
