"""A mapping file: which facts the columns of somebody else's table stand for. docs/spreadsheets.md is the guide."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from kg.errors import Problem, RecordError
from kg.ingest.dates import DateOrder
from kg.records.document import Document, Path_, read_document
from kg.records.model import FACT_MODELS, Source
from kg.records.validation import fields, nearest, validate

COLUMN = re.compile(r"\{([^{}]+)\}")
"""A placeholder: the cell of the column with this header."""
ROW_NUMBER = "#"
"""`{#}`: the number of the row in its file."""
_TABLE = ("file", "sheet", "name", "row", "facts")
CONDITIONS = ("when", "needs")
"""What a fact may depend on: `when`, that one of these cells says something; `needs`, that all of them do."""


class Cell(BaseModel):
    """What to take out of cells, where `{column}` alone would not do."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_alias=True, validate_by_name=True)

    from_: str = Field(alias="from")
    pattern: re.Pattern[str] | None = None
    words: dict[str, str | list[str]] = {}
    otherwise: str | None = None
    split: str | None = None


@dataclass(frozen=True)
class TableMapping:
    """The facts that every row of one table states; `row` names the row's passage, `file` the files that this is for.

    `sheet`: which sheets of a workbook; None for any.
    """

    file: str
    name: str
    row: str
    facts: list[dict[str, Any]]
    path: Path_ = ()
    sheet: str | None = None

    def columns(self) -> set[str]:
        """Every column that is used."""
        return set(COLUMN.findall(self.row)) | {name for fact in self.facts for name in _columns(fact)}


@dataclass
class Mapping:
    """A mapping file as read."""

    document: Document
    source: Source
    missing: frozenset[str] = frozenset()
    dates: DateOrder = DateOrder.ask
    keep_dates: bool = False
    encoding: str | None = None
    tables: list[TableMapping] = field(default_factory=list)

    def table_for(self, path: Path, sheet: str = "") -> TableMapping | None:
        """The mapping of the sheet (or only table) at `path`; None for a sheet that is left out because others are named.

        Raises RecordError where the mapping does not know the file.
        """
        ours = [table for table in self.tables if fnmatch(path.name, table.file)]
        for table in ours:
            if table.sheet is None or fnmatch(sheet, table.sheet):
                return table
        if ours:
            return None
        known = ", ".join(table.file for table in self.tables)
        message = f"no table of this mapping is for the file {path.name}"
        raise RecordError([Problem(self.document.file, 1, 1, "tables", message, f"the mapping knows {known}")])

    def check_header(self, table: TableMapping, header: tuple[str, ...]) -> None:
        """Raise RecordError when the mapping speaks of columns that the table does not have."""
        for at, fact in enumerate(table.facts):
            self._check_columns(fact, (*table.path, "facts", at), header)
        self._check_columns(table.row, (*table.path, "row"), header)
        if self.document.problems:
            raise RecordError(self.document.problems)

    def _check_columns(self, value: Any, path: Path_, header: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                self._check_columns(part, (*path, name), header)
        elif isinstance(value, list):
            for at, part in enumerate(value):
                self._check_columns(part, (*path, at), header)
        elif isinstance(value, Cell):
            self._check_columns(value.from_, (*path, "from"), header)
        elif isinstance(value, str):
            for name in COLUMN.findall(value):
                if name not in header and name != ROW_NUMBER:
                    self.document.report(path, f"the table has no column '{name}'", nearest([name], header))


def read_mapping(path: Path) -> Mapping:
    """The mapping file at `path`; raises RecordError carrying every problem with its line."""
    document = read_document(path, path.name)
    root = document.value
    if not isinstance(root, dict):
        if not document.problems:
            document.report((), "a mapping starts with 'source:' and 'tables:'", "docs/spreadsheets.md shows one")
        raise RecordError(document.problems)
    known = ["source", "missing", "dates", "unreadable-dates", "encoding", "tables"]
    for name in root:
        if name not in known:
            document.report((name,), f"unknown field '{name}'", nearest([name], known))
    source = validate(Source, root.get("source"), document, ("source",))
    tables = root.get("tables")
    if not isinstance(tables, list) or not tables:
        document.report(("tables",), "tables is a list: file, row and facts of each", "see docs/spreadsheets.md")
        tables = []
    read = [_table(value, ("tables", at), document, len(tables) == 1) for at, value in enumerate(tables)]
    dates = str(root.get("dates", "ask"))
    if dates not in set(DateOrder):
        document.report(("dates",), f"'{dates}' is no way to read dates", f"one of: {', '.join(DateOrder)}")
    unreadable = root.get("unreadable-dates", "refuse")
    if unreadable not in ("refuse", "keep"):
        document.report(("unreadable-dates",), f"'{unreadable}' is not known here", "refuse, or keep: as a note, as written")
    if document.problems or source is None:
        raise RecordError(document.problems)
    missing = root.get("missing") or []
    words = frozenset(str(word).casefold() for word in (missing if isinstance(missing, list) else [missing]))
    keep = unreadable == "keep" or dates == "keep"
    return Mapping(document, source, words, DateOrder(dates), keep, root.get("encoding"), [table for table in read if table])


def _table(value: Any, path: Path_, document: Document, alone: bool) -> TableMapping | None:
    if not isinstance(value, dict) or not isinstance(value.get("facts"), list) or not value["facts"]:
        document.report(path, "a table is a mapping with file, row and facts", "see docs/spreadsheets.md")
        return None
    for name in value:
        if name not in _TABLE:
            document.report((*path, name), f"unknown field '{name}'", nearest([name], _TABLE))
    if not alone and not value.get("name"):
        document.report(path, "each of several tables needs a name", "name: aliases; it opens the ids of its passages")
    facts = [_fact(fact, (*path, "facts", at), document) for at, fact in enumerate(value["facts"])]
    row = str(value.get("row") or "")
    sheet = str(value["sheet"]) if value.get("sheet") else None
    return TableMapping(str(value.get("file") or "*"), str(value.get("name") or "row"), row, facts, path, sheet)


def _fact(value: Any, path: Path_, document: Document) -> dict[str, Any]:
    kind = next((kind for kind in FACT_MODELS if isinstance(value, dict) and kind in value), None)
    if kind is None:
        document.report(path, "cannot tell what kind of fact this is", f"begin with one of: {', '.join(FACT_MODELS)}")
        return {}
    known = fields(FACT_MODELS[kind])
    for name in value:
        if name not in (*known, *CONDITIONS):
            document.report((*path, name), f"unknown field '{name}'", nearest([name], known))
    return {name: _value(part, (*path, name), document) for name, part in value.items()}


def _value(value: Any, path: Path_, document: Document) -> Any:
    if isinstance(value, dict) and "from" in value:
        return validate(Cell, value, document, path)
    if isinstance(value, dict):
        return {name: _value(part, (*path, name), document) for name, part in value.items()}
    if isinstance(value, list):
        return [_value(part, (*path, at), document) for at, part in enumerate(value)]
    return value


def _columns(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {name for part in value.values() for name in _columns(part)}
    if isinstance(value, list):
        return {name for part in value for name in _columns(part)}
    text = value.from_ if isinstance(value, Cell) else value
    return set(COLUMN.findall(text)) if isinstance(text, str) else set()
