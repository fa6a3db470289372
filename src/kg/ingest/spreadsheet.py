"""A spreadsheet in the layout of sheets.yaml -> records, one per source.

A row that names a passage states its facts there; a row that names none is a passage of its own, with its sheet and row as
locator. A workbook with any problem gives no record at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import Problem, RecordError
from kg.ingest.dates import DateOrder
from kg.ingest.layout import Sheet, sheets
from kg.ingest.located import TableDocument, checked_record
from kg.ingest.rows import Entry, people_of, read_entry, summary
from kg.ingest.tabular import COMMENT, Problems, Table, open_tables, where
from kg.records import Record, Registries
from kg.records.model import KEY

HELP_SHEETS = ("help", "lists")
MAX_ROWS = 300_000
"""Rows of a workbook in all: its sheets refer to each other, so that it is held in memory. Longer tables take a mapping."""

_ORDER = ("people", "bodies", "officials", "cases", "events", "penalties", "charges", "relations", "figures", "qualifications")
"""In which order facts stand in a record: what is named first, what refers to it after."""
_NAMING = {
    "officials": ("person", "role", "body"),
    "penalties": ("event", "list", "person"),
    "charges": ("event", "person"),
    "relations": ("subject", "relation", "object"),
}
"""The columns that a row's passage is named after, where the key alone would not tell rows apart."""


def csv_family(path: Path) -> dict[str, Path]:
    """The files cases-people.csv, cases-events.csv ... that are the sheets of cases.csv, by sheet; empty when there are none."""
    stem = re.sub(r"-(" + "|".join(sheets()) + r")$", "", path.stem)
    found = {name: member for name in sheets() if (member := path.with_name(f"{stem}-{name}.csv")).exists()}
    return found if "sources" in found else {}


def read_spreadsheet(
    path: Path,
    registries: Registries | None = None,
    *,
    order: DateOrder = DateOrder.ask,
    encoding: str | None = None,
    say: Callable[[str], None] | None = None,
) -> list[Record]:
    """The records of the workbook, or family of .csv files, at `path`.

    With `registries` keys of publishers, places and codes are checked too; `order` says how ambiguous dates are read. Raises
    RecordError carrying every problem with its row and column.
    """
    problems = Problems()
    entries: dict[str, list[Entry]] = defaultdict(list)
    known = False
    for table in _tables(path, problems, encoding, say):
        sheet = _sheet_of(table, problems)
        known = known or sheet is not None or table.name.strip().casefold() in HELP_SHEETS
        if sheet is not None:
            entries[sheet.name] += _entries(sheet, table, order, problems)
        if sum(map(len, entries.values())) > MAX_ROWS:
            raise RecordError([Problem(path.name, 1, 1, "", f"more than {MAX_ROWS:,} rows", "write a mapping: it streams")])
    if not known:
        hint = f"for a table of another kind, draft a mapping first: kg ingest {path.name} --guess-mapping -o map.yaml"
        raise RecordError(
            [Problem(path.name, 1, 1, "", "this is no spreadsheet from kg template: none of its sheets is known", hint)]
        )
    documents = _Gathering(path.name, entries, problems).documents()
    records = [checked_record(document, registries) for document in documents]
    # A row with a cell that could not be read is told once: what it therefore lacks is no second mistake.
    told = {(problem.file, problem.line) for problem in problems.found}
    problems.found += [p for document in documents for p in document.problems if (p.file, p.line) not in told]
    problems.stop_if_any()
    return [record for record in records if record is not None]


def _tables(path: Path, problems: Problems, encoding: str | None, say: Callable[[str], None] | None) -> Iterator[Table]:
    family = {} if path.exists() and path.suffix != ".csv" else csv_family(path)
    for name, member in (family or {"": path}).items():
        with open_tables(member, problems, encoding=encoding, say=say) as tables:
            for table in tables:
                table.name = table.name or name
                yield table


def _sheet_of(table: Table, problems: Problems) -> Sheet | None:
    name = table.name.strip().casefold()
    if name in HELP_SHEETS or name.startswith(COMMENT):
        return None
    sheet = sheets().get(name)
    if sheet is None:
        hint = _near(name, sheets()) or f"sheets are: {', '.join(sheets())}; begin the name of a sheet of your own with #"
        problems.add(table.file, 1, 1, "", f"there is no sheet '{table.name}' in this layout", hint)
        return None
    headers = [column.header for column in sheet.columns]
    for number, header in enumerate(table.header, 1):
        if header and header not in headers and not header.startswith(COMMENT):
            hint = _near(header, headers) or f"columns are: {', '.join(headers)}; begin the header of a column of your own with #"
            problems.add(table.file, table.header_row, number, where(header, number), f"unknown column '{header}'", hint)
        if not header:
            problems.add(
                table.file, table.header_row, number, where("", number), "a column without a header", "name it or delete it"
            )
    for column in sheet.columns:
        if column.required and column.header not in table.header:
            hint = "kg template writes a spreadsheet with every column"
            problems.add(table.file, table.header_row, 1, column.header, f"the column '{column.header}' is missing", hint)
    return sheet


def _near(word: str, known: object) -> str:
    close = get_close_matches(word, list(known), 1, 0.6)  # type: ignore[call-overload]
    return f"did you mean '{close[0]}'?" if close else ""


def _entries(sheet: Sheet, table: Table, order: DateOrder, problems: Problems) -> Iterator[Entry]:
    for row in table.rows:
        yield read_entry(sheet, table, row, order, problems)


class _Gathering:
    """Puts the rows of all sheets under their sources."""

    def __init__(self, file: str, entries: dict[str, list[Entry]], problems: Problems) -> None:
        self.file, self.entries, self.problems = file, entries, problems
        self.by_id: dict[str, TableDocument] = {}
        self.passages: dict[tuple[int, str], int] = {}

    def documents(self) -> list[TableDocument]:
        for entry in self.entries["sources"]:
            self._source(entry)
        if not self.by_id:
            self.problems.add(
                f"{self.file}[sources]", 1, 1, "", "no source is given", "say in the sheet sources who published this"
            )
            return []
        for entry in self.entries["passages"]:
            self._passage(entry)
        for name in _ORDER:
            for entry in self.entries[name]:
                self._row(entry)
        return [document for document in self.by_id.values() if self._says_something(document)]

    def _says_something(self, document: TableDocument) -> bool:
        if not document.value["passages"]:
            document.report(("source",), "no row of any sheet names this source", "give its facts, or delete it")
        return True

    def _source(self, entry: Entry) -> None:
        if entry.key in self.by_id:
            self._problem(entry, entry.sheet.key.header, f"the source '{entry.key}' stands twice", "an id names one source")
            return
        fields = entry.fields()
        status = fields.pop("status", "final")
        document = TableDocument(self.file, {"status": status, "source": fields, "passages": []})
        document.places[()] = document.places[("source",)] = entry.place
        for header, place in entry.places.items():
            document.places[("status",) if header == "status" else ("source", header)] = place
        self.by_id[entry.key] = document

    def _document(self, entry: Entry) -> TableDocument | None:
        wanted = entry.values.get("source")
        if wanted is None and len(self.by_id) == 1:
            return next(iter(self.by_id.values()))
        if wanted is None:
            self._problem(entry, "source", "the row does not say which source states it", f"one of: {', '.join(self.by_id)}"[:300])
            return None
        if wanted not in self.by_id:
            hint = _near(wanted, self.by_id) or "give it a row in the sheet sources"
            self._problem(entry, "source", f"there is no source '{wanted}' in the sheet sources", hint)
        return self.by_id.get(wanted)

    def _problem(self, entry: Entry, header: str, message: str, hint: str) -> None:
        place = entry.places.get(header, entry.place)
        name = where(header, place.column) if header in entry.places else header
        self.problems.add(place.file, place.row, place.column, name, message, hint)

    def _passage(self, entry: Entry) -> None:
        document = self._document(entry)
        if document is None:
            return
        own = ("summary", "locator", "quote", "citing", "visibility")
        fields: dict[str, Any] = {header: entry.values[header] for header in own if header in entry.values}
        self._new_passage(document, entry, {"id": entry.key, **fields})

    def _new_passage(self, document: TableDocument, entry: Entry, fields: dict[str, Any]) -> int:
        at = len(document.value["passages"])
        document.value["passages"].append({**fields, "facts": []})
        document.places[("passages", at)] = entry.place
        for header, place in entry.places.items():
            document.places[("passages", at, "id" if header == "passage" else header)] = place
        self.passages.setdefault((id(document), fields["id"]), at)
        return at

    def _passage_of(self, document: TableDocument, entry: Entry) -> int | None:
        wanted = entry.values.get("passage")
        if wanted is not None:
            at = self.passages.get((id(document), wanted))
            if at is None:
                hint = "give it a row in the sheet passages, or leave the cell empty: then the row itself is the passage"
                self._problem(entry, "passage", f"there is no passage '{wanted}' of this source in the sheet passages", hint)
            return at
        own = row_passage(entry)
        name, number = own["id"], 1
        while (id(document), own["id"]) in self.passages:
            number += 1
            own["id"] = f"{name}-{number}"
        return self._new_passage(document, entry, own)

    def _row(self, entry: Entry) -> None:
        document = self._document(entry)
        at = self._passage_of(document, entry) if document else None
        if document is None or at is None:
            return
        facts = document.value["passages"][at]["facts"]
        if entry.sheet.part:
            self._part(document, ("passages", at, "facts"), facts, entry)
        else:
            if entry.sheet.name == "officials" and "name" in entry.values:
                self._add(document, ("passages", at, "facts"), facts, {"person": entry.key, "name": entry.values["name"]}, entry)
            fields = self._event(entry) if entry.sheet.name == "events" else entry.fields()
            if entry.sheet.name == "officials":
                fields.pop("name", None)
            self._add(document, ("passages", at, "facts"), facts, fields, entry)

    def _event(self, entry: Entry) -> dict[str, Any]:
        fields = entry.fields()
        try:
            people = people_of(entry)
        except ValueError as error:
            self._problem(entry, "other-people", str(error), "")
            return fields
        return {**fields, "people": people} if people else fields

    def _add(
        self, document: TableDocument, path: tuple[str | int, ...], facts: list[Any], fact: dict[str, Any], entry: Entry
    ) -> None:
        here = (*path, len(facts))
        facts.append(fact)
        document.places[here] = entry.place
        for header, place in entry.places.items():
            column = entry.sheet.column(header)
            if column is not None:
                document.places[(*here, *(("people",) if column.role else ()), column.field)] = place
                document.places[(*here, header)] = place
        if "other-people" in entry.places:
            for role in fact.get("people", {}):
                document.places.setdefault((*here, "people", role), entry.places["other-people"])

    def _part(self, document: TableDocument, path: tuple[str | int, ...], facts: list[Any], entry: Entry) -> None:
        """A penalty or charge goes into its event, which is declared anew in a passage that does not mention it yet."""
        fields = entry.fields()
        event = fields.pop("event", "")
        events = [row.key for row in self.entries["events"]]
        if event and event not in events:
            self._problem(
                entry, "event", f"there is no event '{event}' in the sheet events", _near(event, events) or "give it a row"
            )
            return
        field = fields.pop("list", "penalties") if entry.sheet.name == "penalties" else "charges"
        if field not in ("penalties", "requested", "charges"):
            self._problem(entry, "list", f"there is no list '{field}'", "penalties or requested")
            return
        at = next((at for at, fact in enumerate(facts) if fact.get("event") == event), None)
        if at is None:
            at = len(facts)
            self._add(document, path, facts, {"event": event}, entry)
        terms = facts[at].setdefault(field, [])
        here = (*path, at, field, len(terms))
        terms.append(fields)
        document.places[here] = entry.place
        for header, place in entry.places.items():
            document.places[(*here, header)] = place


def row_passage(entry: Entry) -> dict[str, Any]:
    """The passage that a row is when it names none: id, locator and summary."""
    columns = _NAMING.get(entry.sheet.name, (entry.sheet.key.header,))
    parts = [str(entry.values[column]) for column in columns if column in entry.values]
    key = "-".join([entry.sheet.name, *parts])
    if not parts or not KEY.fullmatch(key):
        key = f"{entry.sheet.name}-row-{entry.place.row}"
    return {"id": key, "locator": f"sheet {entry.sheet.name}, row {entry.place.row}", "summary": summary(entry)}
