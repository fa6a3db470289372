"""What a column holds: counts over its cells, gathered in one pass and in memory that does not grow with the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.ingest.dates import DateOrder, read_date, readings
from kg.ingest.guess.words import missing_words, notions_of, plain_words
from kg.ingest.tabular import Problems, Row, open_tables

MOST_ROWS = 200_000
"""Rows looked at; what stands below is read like the rest when the mapping is used."""
MOST_VALUES = 5_000
"""Different values of a column that are kept; a column with more is told apart from one without by its count alone."""

_NAME = re.compile(r"[^\W\d_][\w’'ʼ.‑-]*(?:[\s,]+[^\W\d_][\w’'ʼ.‑-]*){1,6}")
_YEAR = re.compile(r"(1[5-9]|20)\d\d(\.0)?")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_LONG = 120


@dataclass
class Column:
    """One column as read: how many cells say something, are empty, say "unknown"; and of what kind those are that do."""

    header: str
    number: int
    rows: int = 0
    empty: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    overflow: bool = False
    hashes: set[int] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> int:
        """Cells that say something."""
        return self.rows - self.empty - self.unknown.total()

    @property
    def different(self) -> int:
        """How many different values were seen."""
        return len(self.hashes)

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.rows > 0 and self.different == self.rows

    def share(self, kind: str) -> float:
        """Which share of the cells that say something is of a kind: date, year, number, name, url, q-number, long."""
        return self.kinds[kind] / self.said if self.said else 0.0

    def add(self, text: str) -> None:
        """Count one cell."""
        self.rows += 1
        if not text:
            self.empty += 1
        elif text.casefold() in missing_words():
            self.unknown[text] += 1
            self.hashes.add(hash(text))
        else:
            self.hashes.add(hash(text))
            known = text in self.values
            if known or len(self.values) < MOST_VALUES:
                self.values[text] += 1
            else:
                self.overflow = True
            for kind in _kinds(text):
                self.kinds[kind] += 1
                self.examples.setdefault(kind, text)


def _kinds(text: str) -> list[str]:
    if len(text) > _LONG:
        return ["long"]
    found = []
    if _YEAR.fullmatch(text):
        found.append("year")
    if _NUMBER.fullmatch(text):
        found.append("number")
    elif re.match(r"https?://", text, re.IGNORECASE):
        found.append("url")
    elif re.fullmatch(r"Q\d+", text):
        found.append("q-number")
    elif text[0].isdigit() or text[-1].isdigit():
        found += _dates(text)
    elif _NAME.fullmatch(text):
        found.append("name")
    return found or ["other"]


def _dates(text: str) -> list[str]:
    """date, with how it can be read: day-first or month-first only, or either."""
    try:
        read = read_date(text, DateOrder.day_first)
    except ValueError:
        try:
            read = read_date(text, DateOrder.month_first)
        except ValueError:
            return ["unreadable date"] if re.search(r"\d[./-]\d", text) else []
    ways = readings(text)
    told = ["date"] if len(ways) != 1 else ["date", f"only {next(iter(ways))}"]
    if len(ways) == 2:
        told.append("same" if len({read_date(text, way) for way in ways}) == 1 else "ambiguous")
    return [*told, *(["new year"] if read.endswith("-01-01") else [])]


@dataclass
class TableColumns:
    """A table as read: its file, its sheet if any, its columns and how many rows were looked at."""

    path: Path
    sheet: str
    columns: list[Column]
    rows: int = 0
    whole: bool = True

    @property
    def file_notions(self) -> set[str]:
        """What the name of the file speaks of."""
        return notions_of(self.path.name.partition(".")[0]) | notions_of(self.sheet)

    def header_words(self) -> list[str]:
        """Every word of the headers."""
        return [word for column in self.columns for word in plain_words(column.header)]


def read_columns(path: Path, encoding: str | None = None, say: Callable[[str], None] | None = None) -> list[TableColumns]:
    """Look at every table (sheet) with rows of the file at `path`; raises RecordError when it cannot be read."""
    problems = Problems()
    read = []
    with open_tables(path, problems, encoding=encoding, say=say) as tables:
        for table in tables:
            found = TableColumns(path, table.name, [Column(header, at) for at, header in enumerate(table.header, 1)])
            problems.stop_if_any()
            for row in table.rows:
                _count(found, row)
                if found.rows >= MOST_ROWS:
                    found.whole = False
                    break
            read.append(found)
    problems.stop_if_any()
    return [found for found in read if found.rows] or read[:1]


def _count(found: TableColumns, row: Row) -> None:
    found.rows += 1
    for column, cell in zip(found.columns, row.cells, strict=True):
        column.add(cell)
