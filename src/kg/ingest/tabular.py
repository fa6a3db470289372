"""Tables of text, row by row, out of .csv, .csv.gz and .xlsx files: streamed, located, nothing evaluated.

A cell is text exactly as a person would read it; an empty cell is the empty text. A cell that cannot be taken as it is (a
formula, an error value) is a problem with its row and column; a file that cannot be read on raises RecordError.
"""

from __future__ import annotations

import csv
import datetime
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import Problem, RecordError
from kg.ingest.encodings import text_lines
from kg.ingest.safety import check_workbook, fail, first_bytes

MAX_CELL = 100_000
"""Longest cell, in characters; Excel itself allows 32,767."""
MAX_COLUMNS = 2_000
MAX_PROBLEMS = 1_000
"""Reading stops after so many problems."""
COMMENT = "#"
"""A row whose first cell starts with this is not data."""

_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_DELIMITERS = (",", ";", "\t", "|")
_WHITESPACE = re.compile(r"[^\S\n]+")


@dataclass
class Problems:
    """Collects problems; raises RecordError with all of them when there are too many to go on."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, column: int, field: str, message: str, hint: str = "") -> None:
        """Note one problem at a row (`line`) and column, both from 1."""
        self.found.append(Problem(file, line, column, field, message, hint))
        if len(self.found) >= MAX_PROBLEMS:
            raise RecordError(self.found)

    def stop_if_any(self) -> None:
        """Raise RecordError with the problems found so far, if any."""
        if self.found:
            raise RecordError(self.found)


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (from 1) and a cell for every column of the header."""

    number: int
    cells: tuple[str, ...]


@dataclass
class Table:
    """One table: `file` is how it is called in messages, `name` its sheet ('' in a text file), `header_row` where its header is.

    `rows` can be gone through once.
    """

    file: str
    name: str
    header: tuple[str, ...]
    header_row: int
    rows: Iterator[Row]

    def column(self, header: str) -> int:
        """Number of the column with this header, from 1; 1 when there is none."""
        return self.header.index(header) + 1 if header in self.header else 1


def column_letters(number: int) -> str:
    """The name spreadsheet programs give to column `number`: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def where(header: str, number: int) -> str:
    """A column as messages name it: `born (column C)`."""
    return f"{header} (column {column_letters(number)})" if header else f"column {column_letters(number)}"


NO_TABLES = (".md", ".yaml", ".yml", ".json", ".html", ".htm", ".pdf", ".docx", ".doc", ".ods", ".xls")
"""Endings of files that somebody might give by mistake; anything else is read as text."""


@contextmanager
def open_tables(
    path: Path, problems: Problems, *, encoding: str | None = None, say: Callable[[str], None] | None = None
) -> Iterator[Iterator[Table]]:
    """The tables of the file at `path`, one after the other: sheets of a workbook, or the one of a text file.

    `encoding` is that of a text file (UTF-8 unless said); `say` is told how far reading is. Raises RecordError when the file
    cannot be read on; problems of single cells go to `problems`.
    """
    name = path.name
    start = first_bytes(path, name)
    if start.startswith(b"PK\x03\x04"):
        check_workbook(path, name)
        with _workbook(path, name) as book:
            yield (table for sheet in book.worksheets if (table := _sheet(sheet, name, problems, say)) is not None)
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        raise fail(name, "this is not an .xlsx workbook", "save it as .xlsx or .csv")
    elif path.suffix.lower() in NO_TABLES:
        raise fail(name, f"a {path.suffix} file is no table", "give an .xlsx or .csv file; an article goes in with kg extract")
    else:
        yield iter([_text_table(path, name, encoding, problems, say)])


@contextmanager
def _workbook(path: Path, name: str) -> Iterator[Any]:
    import openpyxl

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of decorations that it does not know and data does not need
        try:
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        except Exception as error:  # whatever the parser meets in a damaged or hostile file
            raise fail(name, f"the workbook cannot be read: {_first_line(error)}", "save it again as .xlsx, or as .csv") from None
        try:
            yield book
        finally:
            book.close()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _sheet(sheet: Any, name: str, problems: Problems, say: Callable[[str], None] | None) -> Table | None:
    file = f"{name}[{sheet.title}]"
    rows = _sheet_rows(sheet, file, problems)
    for number, cells in rows:
        if any(cells) and not cells[0].startswith(COMMENT):
            return _table(file, sheet.title, number, cells, rows, problems, say, padded=True)
    return None


def _sheet_rows(sheet: Any, file: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what a file says about its own size is not to be trusted
    number = 0
    try:
        for number, row in enumerate(sheet.iter_rows(), 1):
            if len(row) > MAX_COLUMNS:
                raise fail(file, f"a row of {len(row):,} columns", f"tables of up to {MAX_COLUMNS:,} columns are read", number)
            yield number, [_cell(cell, file, number, at, problems) for at, cell in enumerate(row, 1)]
    except (RecordError, GeneratorExit):
        raise
    except Exception as error:  # whatever the parser meets in a damaged or hostile file
        raise fail(file, f"the sheet cannot be read on: {_first_line(error)}", "save the file again", number + 1) from None


def _cell(cell: Any, file: str, row: int, column: int, problems: Problems) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        hint = "formulas are never evaluated: copy, then paste as values; for text that starts with =, format the cell as text"
        problems.add(file, row, column, where("", column), "a formula", hint)
        return ""
    if cell.data_type == "e":
        problems.add(file, row, column, where("", column), f"the error value {value}", "write what is meant, or empty the cell")
        return ""
    return checked_cell(text_of(value), file, row, column, problems)


def text_of(value: object) -> str:
    """A cell's value as text: dates in ISO 8601 without a midnight nobody wrote, whole numbers without a decimal point."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def checked_cell(text: str, file: str, row: int, column: int, problems: Problems) -> str:
    """`text` without white space at its ends, and without the mark by which exports neutralise formulas."""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CELL:
        message = f"a cell of {len(text):,} characters"
        problems.add(file, row, column, where("", column), message, f"cells of up to {MAX_CELL:,} characters are read")
        return ""
    if not text.isprintable():
        bad = next((c for c in text if c < " " and c not in "\t\n"), None)
        if bad is not None:
            problems.add(file, row, column, where("", column), f"the control character U+{ord(bad):04X} in the text", "delete it")
            return ""
    return text[1:] if _FORMULA.match(text) else text


def _text_table(path: Path, file: str, encoding: str | None, problems: Problems, say: Callable[[str], None] | None) -> Table:
    size = path.stat().st_size or 1
    progress = (lambda done: say(f"{file}: {done * 100 // size} %")) if say else None
    lines = text_lines(path, file, encoding, progress)
    head: list[str] = []
    for line in lines:
        head.append(line)
        if line.strip() and not line.startswith(COMMENT):
            break
    else:
        raise fail(file, "the file is empty", "a table starts with a row of headers")
    rows = _text_rows(_chain(head, lines), _delimiter(head[-1]), file, problems)
    for number, cells in rows:
        if any(cells) and not cells[0].startswith(COMMENT):
            return _table(file, "", number, cells, rows, problems, None, padded=False)
    raise fail(file, "the file holds no header", "a table starts with a row of headers")


def _chain(head: list[str], lines: Iterator[str]) -> Iterator[str]:
    yield from head
    yield from lines


def _delimiter(header: str) -> str:
    """The delimiter most frequent in the header, quoted parts aside."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=bare.count)


def _text_rows(lines: Iterator[str], delimiter: str, file: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    last = ""

    def remembered() -> Iterator[str]:
        nonlocal last
        for line in lines:
            last = line
            yield line

    reader = csv.reader(remembered(), delimiter=delimiter, strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _csv_error(error, last, delimiter, file, start, reader.line_num) from None
        yield start, [checked_cell(cell, file, start, at, problems) for at, cell in enumerate(cells, 1)]
        start = reader.line_num + 1


def _csv_error(error: csv.Error, line: str, delimiter: str, file: str, start: int, end: int) -> RecordError:
    if "field larger" in str(error):
        cells = line.split(delimiter)
        column = max(range(len(cells)), key=lambda at: len(cells[at])) + 1
        hint = f"cells of up to {MAX_CELL:,} characters are read; is a quotation mark left open?"
        return RecordError([Problem(file, start, column, where("", column), "a cell too long to be one", hint)])
    if "unexpected end" in str(error):
        return fail(
            file, "a quotation mark is opened in this row and never closed", "double quotation marks inside a quoted cell", start
        )
    return fail(file, f"this row is not well-formed: {error}", "inside a quoted cell, write each quotation mark twice", end)


def _table(
    file: str,
    name: str,
    number: int,
    cells: list[str],
    rows: Iterator[tuple[int, list[str]]],
    problems: Problems,
    say: Callable[[str], None] | None,
    padded: bool,
) -> Table:
    while cells and not cells[-1]:
        cells = cells[:-1]
    header = tuple(_WHITESPACE.sub(" ", cell.rstrip("*").strip()) for cell in cells)
    for at, title in enumerate(header, 1):
        if not title and padded:
            continue
        if not title:
            problems.add(file, number, at, where("", at), "a column without a header", "name it, or delete it")
        elif header.index(title) != at - 1:
            problems.add(file, number, at, where(title, at), "this header stands twice", "name each column once")
    return Table(file, name, header, number, _data_rows(file, name, header, rows, problems, say, padded))


def _data_rows(
    file: str,
    name: str,
    header: tuple[str, ...],
    rows: Iterator[tuple[int, list[str]]],
    problems: Problems,
    say: Callable[[str], None] | None,
    padded: bool,
) -> Iterator[Row]:
    width = len(header)
    for count, (number, cells) in enumerate(rows):
        if say and count % 1000 == 0:
            say(f"{file}: row {number:,}")
        if not any(cells) or cells[0].startswith(COMMENT):
            continue
        if any(cells[width:]) or (len(cells) != width and not padded):
            at = min(len(cells), width + 1)
            message = f"the row has {len(cells)} cells and the header {width}"
            problems.add(file, number, at, where("", at), message, "is a delimiter or quotation mark missing, or one too many?")
            continue
        yield Row(number, tuple(cells[:width]) + ("",) * (width - len(cells)))
