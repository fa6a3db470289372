"""Records -> a spreadsheet that `kg ingest` reads back to the same records.

What a record says stands in cells as text; nothing in them can be taken for a formula. A fact that cells cannot hold is
counted and told.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.ingest.changes import plain_record
from kg.ingest.layout import Column, Sheet, sheets
from kg.ingest.located import Place
from kg.ingest.rows import Entry, join, joined, pairs, split
from kg.ingest.spreadsheet import row_passage
from kg.ingest.tabular import MAX_CELL
from kg.ingest.template import new_workbook, put, title
from kg.records import Record, Registries

MAX_ROWS = 1_048_575
"""Rows below the header that an .xlsx sheet can hold."""

_SHEETS = {
    "event": "events",
    "tenure": "officials",
    "relation": "relations",
    "qualification": "qualifications",
    "figure": "figures",
    "case": "cases",
    "person": "people",
    "body": "bodies",
}
_ROW = re.compile(r"sheet ([a-z]+), row (\d+)")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass
class Export:
    """Rows by sheet (header -> text), the files written, and what could not be put into cells."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    files: list[Path] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Rows in all."""
        return sum(map(len, self.rows.values()))


def write_spreadsheet(
    records: Iterable[Record], path: Path, registries: Registries | None = None, *, force: bool = False
) -> Export:
    """Write `records` to `path`: an .xlsx workbook, or .csv, one file per sheet.

    Returns what was written. Raises KgError for another kind of file, when something stands there already and not `force`,
    and when a sheet would have more rows than the format holds.
    """
    export = export_rows(records)
    if path.suffix not in (".xlsx", ".csv"):
        raise KgError(f"{path}: a spreadsheet is an .xlsx or .csv file")
    single = path.suffix == ".xlsx"
    names = [name for name in sheets() if export.rows[name]]
    files = {path: ""} if single else {path.with_name(f"{path.stem}-{name}.csv"): name for name in names}
    standing = [file for file in files if file.exists()]
    if standing and not force:
        raise KgError(f"{standing[0]} exists already: give another name, or --force to replace it")
    if single and any(len(rows) > MAX_ROWS for rows in export.rows.values()):
        raise KgError(f"a sheet would have more than {MAX_ROWS:,} rows, which .xlsx cannot hold: export to .csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    if single:
        _write_workbook(export, path, registries)
    else:
        for file, name in files.items():
            file.write_text(_csv(sheets()[name], export.rows[name]), encoding="utf-8-sig", newline="")
    export.files = list(files)
    return export


def export_rows(records: Iterable[Record]) -> Export:
    """The rows of `records` by sheet, those that came out of a spreadsheet in the order they had there."""
    export = Export()
    numbers: dict[int, int] = {}
    for record in records:
        _Rows(record, export, numbers).run()
    for name, rows in export.rows.items():
        order = [(numbers.get(id(row), 1 << 62), at) for at, row in enumerate(rows)]
        export.rows[name] = [rows[at] for _, at in sorted(order)]
    return export


class _Rows:
    def __init__(self, record: Record, export: Export, numbers: dict[int, int]) -> None:
        self.content = plain_record(record)
        self.source = record.source.id
        self.export, self.numbers = export, numbers

    def run(self) -> None:
        source = {**self.content["source"], **({"status": "draft"} if self.content.get("status") == "draft" else {})}
        self.export.rows["sources"].append(self.cells(sheets()["sources"], source))
        for passage in self.content["passages"]:
            self.passage(passage)

    def passage(self, passage: dict[str, Any]) -> None:
        rows = [(name, self.cells(sheets()[name], values)) for name, values in self.facts(passage.get("facts", []))]
        match = _ROW.fullmatch(passage.get("locator", ""))
        if len(rows) == 1 and match and _is_row(passage, *rows[0], int(match[2])):
            self.numbers[id(rows[0][1])] = int(match[2])
        else:
            for _, row in rows:
                row["passage"] = passage["id"]
            values = {
                **{field: value for field, value in passage.items() if field not in ("id", "facts")},
                "passage": passage["id"],
            }
            self.export.rows["passages"].append({**self.cells(sheets()["passages"], values), "source": self.source})
        for name, row in rows:
            row["source"] = self.source
            self.export.rows[name].append(row)

    def facts(self, facts: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each fact as (sheet, values); a person of whom only the name is said stands in the row of their post."""
        names = _names_with_posts(facts)
        folded = {id(name) for name in names.values()}
        for fact in facts:
            kind = next(kind for kind in _SHEETS if kind in fact)
            if id(fact) in folded:
                continue
            if kind == "event":
                yield from self.event(fact)
            else:
                name = names.get(id(fact))
                yield _SHEETS[kind], {**fact, "name": name["name"]} if name else fact

    def event(self, fact: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        parts = {name: fact[name] for name in ("penalties", "requested", "charges") if name in fact}
        own = {field: value for field, value in fact.items() if field not in parts}
        if set(own) != {"event"} or not parts:
            yield "events", own
        for name, terms in parts.items():
            for term in terms:
                given = {"list": name} if name == "requested" else {}
                yield "charges" if name == "charges" else "penalties", {"event": fact["event"], **given, **term}

    def cells(self, sheet: Sheet, values: dict[str, Any]) -> dict[str, str]:
        """`values` as the texts of a row."""
        row, left = {}, dict(values)
        people = left.pop("people", {})
        for column in sheet.columns:
            if column.role and column.field in people:
                row[column.header] = join(people.pop(column.field))
            elif not column.role and column.field in left:
                row[column.header] = _text(column, left.pop(column.field))
        others = [f"{role}={key}" for role, keys in people.items() for key in keys]
        if others:
            row["other-people"] = join(others)
        self.export.left_out += [f"{self.source}: {sheet.name}: {name} has no column" for name in left]
        for header, text in row.items():
            if len(text) > MAX_CELL:
                self.export.left_out.append(f"{self.source}: {sheet.name}: {header}: longer than a cell")
                row[header] = ""
        return row


def _names_with_posts(facts: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """For tenures (by id()) the fact that gives the holder's name and nothing else, each such fact once."""
    waiting = [fact for fact in facts if set(fact) == {"person", "name"}]
    found = {}
    for fact in facts:
        name = next((one for one in waiting if "tenure" in fact and one["person"] == fact["tenure"]), None)
        if name is not None:
            found[id(fact)] = name
            waiting = [one for one in waiting if one is not name]
    return found


def _text(column: Column, value: Any) -> str:
    if isinstance(value, dict):
        return joined(value)
    if isinstance(value, list):
        return join([str(item) for item in value])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return join([str(value)]) if column.many else str(value)


def _read(column: Column, text: str) -> Any:
    if column.pairs:
        return pairs(text)
    return split(text) if column.many else text


def _is_row(passage: dict[str, Any], name: str, row: dict[str, str], number: int) -> bool:
    """Whether a passage is what a row makes that names no passage."""
    sheet = sheets()[name]
    columns = {column.header: column for column in sheet.columns}
    values = {header: _read(columns[header], text) for header, text in row.items()}
    made = row_passage(Entry(sheet, Place("", number, 1), values, {}))
    given = {field: value for field, value in passage.items() if field != "facts"}
    return bool(re.sub(r"-\d+$", "", given.pop("id")) in (made["id"], re.sub(r"-\d+$", "", made.pop("id")))) and given == made


def _write_workbook(export: Export, path: Path, registries: Registries | None) -> None:
    book = new_workbook(registries, examples=False)
    for name, rows in export.rows.items():
        page = book[name]
        columns = {column.header: at for at, column in enumerate(sheets()[name].columns, 1)}
        for number, row in enumerate(rows, 2):
            for header, text in row.items():
                put(page, number, columns[header], neutral(text) if text.startswith("'") else text)
    book.save(path)


def _csv(sheet: Sheet, rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([title(column) for column in sheet.columns])
    writer.writerows([[neutral(row.get(column.header, "")) for column in sheet.columns] for row in rows])
    return text.getvalue()


def neutral(text: str) -> str:
    """`text` such that no spreadsheet program evaluates it: an apostrophe before what would open a formula (CWE-1236).

    Ingest takes one apostrophe away again; a workbook needs it only where the text has one of its own, its cells are text anyway.
    """
    return "'" + text if _FORMULA.match(text) else text
