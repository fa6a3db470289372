"""One row of a sheet -> the fields it fills, and back: how lists, roles, dates and yes or no are written in cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.ingest.dates import DateOrder, read_date
from kg.ingest.layout import Column, Sheet
from kg.ingest.located import Place
from kg.ingest.tabular import Problems, Row, Table, where

_ITEM = re.compile(r"(?:\\.|[^;\n\\])+", re.DOTALL)
_ESCAPED = re.compile(r"\\([;\\\n])")
_BARE = ("source", "passage")
"""Columns that say where a row belongs, not what it states."""


@dataclass(frozen=True)
class Entry:
    """A row as read: `values` by header, empty cells left out, and the cell each stands in."""

    sheet: Sheet
    place: Place
    values: dict[str, Any]
    places: dict[str, Place]

    @property
    def key(self) -> str:
        """What stands in the first column."""
        return str(self.values.get(self.sheet.key.header, ""))

    def fields(self) -> dict[str, Any]:
        """The values by field of the record, without roles and without what says where the row belongs."""
        columns = (self.sheet.column(header) for header in self.values)
        return {c.field: self.values[c.header] for c in columns if c and not c.role and c.header not in (*_BARE, "other-people")}


def read_entry(sheet: Sheet, table: Table, row: Row, order: DateOrder, problems: Problems) -> Entry:
    """The entry that `row` of `table` makes; cells that cannot be read are problems."""
    values: dict[str, Any] = {}
    places = {}
    kept = []
    for number, (header, text) in enumerate(zip(table.header, row.cells, strict=True), 1):
        column = sheet.column(header)
        if not text or column is None:
            continue
        places[header] = Place(table.file, row.number, number, header)
        try:
            values[header] = _value(column, text, order)
        except ValueError as error:
            if order is DateOrder.keep and column.date:
                kept.append(f"{header} as written: {text}")
            else:
                problems.add(table.file, row.number, number, where(header, number), f"{error} (found '{text[:60]}')")
    if kept:
        values["note"] = "; ".join([*([values["note"]] if "note" in values else []), *kept])
    return Entry(sheet, Place(table.file, row.number, 1), values, places)


def _value(column: Column, text: str, order: DateOrder) -> Any:
    if column.many:
        return split(text)
    if column.pairs:
        return pairs(text)
    if column.date:
        return read_date(text, order)
    if column.words == "yes-no":
        if text.casefold() not in ("yes", "no", "true", "false"):
            raise ValueError("write yes or no")
        return text.casefold() in ("yes", "true")
    return text


def split(text: str) -> list[str]:
    r"""The items of a list in one cell: split by ; or line ends, of which a backslash before them makes text."""
    return [item for part in _ITEM.findall(text) if (item := _ESCAPED.sub(r"\1", part).strip())]


def join(items: list[str]) -> str:
    """A list as one cell; `split` gives it back."""
    return "; ".join(re.sub(r"([;\\\n])", r"\\\1", item) for item in items)


def pairs(text: str) -> dict[str, str]:
    """The name=value items of a cell; raises ValueError where an item is none, or a name stands twice."""
    found: dict[str, str] = {}
    for item in split(text):
        name, mark, value = (part.strip() for part in item.partition("="))
        if not (name and mark and value):
            raise ValueError(f"write name=value, such as eu-list=EU.1.2 (found '{item}')")
        if name in found:
            raise ValueError(f"'{name}' stands twice: it has one value here")
        found[name] = value
    return found


def joined(values: Mapping[str, str]) -> str:
    """Names with values as one cell; `pairs` gives them back."""
    return join([f"{name}={value}" for name, value in values.items()])


def people_of(entry: Entry) -> dict[str, list[str]]:
    """Who took part in an event, by role; raises ValueError where other-people is not role=key."""
    people = {c.field: list(entry.values[c.header]) for c in entry.sheet.columns if c.role and c.header in entry.values}
    for item in entry.values.get("other-people", []):
        role, mark, key = (part.strip() for part in item.partition("="))
        if not mark or not key:
            raise ValueError(f"write role=key, such as witness=koval (found '{item}')")
        people.setdefault(role, []).append(key)
    return people


def summary(entry: Entry) -> str:
    """What a row says, in one line: headers and values, in the order of the sheet."""
    said = []
    for column in entry.sheet.columns:
        value = entry.values.get(column.header)
        if value is not None and column.header not in _BARE:
            said.append(f"{column.header}: {_told(value)}")
    return " | ".join(said)


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name}={one}" for name, one in value.items())
    return "; ".join(value) if isinstance(value, list) else str(value)
