"""Rows of a mapped table -> passages, one at a time.

A cell that says something, one that says that it is not known ("sin datos"), and one that says nothing stay three things: the
first is a fact, the second a note on the fact that it would have belonged to, the third nothing. The summary of the passage
shows all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import RecordError
from kg.extract.keys import slug
from kg.ingest.dates import read_date
from kg.ingest.layout import sheets
from kg.ingest.located import Place, TableDocument, checked_passage
from kg.ingest.mapping import COLUMN, CONDITIONS, ROW_NUMBER, Cell, Mapping, TableMapping
from kg.ingest.tabular import Problems, Row, Table, open_tables, where
from kg.records import Record, Registries
from kg.records.checks import check_record
from kg.records.model import FACT_MODELS, Passage

NOT_KNOWN = "said to be unknown"
"""How a note opens that names what the table says is not known."""
_EMPTY = "without entry"
_REFERENCES = ("body", "case", "of", "by", "from", "to", "about", "part-of", "defendants", "subject", "object")
"""Fields that hold keys of other facts: what cells put into them is made a key as it is where the fact itself stands."""


def mapped_passages(
    path: Path, mapping: Mapping, problems: Problems, registries: Registries | None = None, say: Callable[[str], None] | None = None
) -> Iterator[Passage]:
    """The passages that the rows of the table at `path` make, in their order, checked row by row.

    Problems of single rows go to `problems`, and such a row gives no passage; raises RecordError when the file cannot be read
    on, or lacks a column of the mapping.
    """
    mapping.table_for(path)
    with open_tables(path, problems, encoding=mapping.encoding, say=say) as tables:
        for table in tables:
            table_mapping = mapping.table_for(path, table.name)
            if table_mapping is None:
                continue
            mapping.check_header(table_mapping, table.header)
            reader = _Reader(table, table_mapping, mapping, problems, registries)
            for row in table.rows:
                passage = reader.passage(row)
                if passage is not None:
                    yield passage


class _UnknownError(Exception):
    """A cell by which the table says that it does not know."""


class _Reader:
    def __init__(
        self, table: Table, table_mapping: TableMapping, mapping: Mapping, problems: Problems, registries: Registries | None
    ) -> None:
        self.table, self.mapping, self.problems, self.registries = table, mapping, problems, registries
        self.facts, self.row_name, self.name = table_mapping.facts, table_mapping.row, table_mapping.name
        self.at = {header: number for number, header in enumerate(table.header)}
        self.dates = {kind: _date_fields(kind) for kind in FACT_MODELS}
        self.cells: tuple[str, ...] = ()
        self.row = Row(0, ())

    def passage(self, row: Row) -> Passage | None:
        self.row, self.cells = row, row.cells
        before = len(self.problems.found)
        document = TableDocument(self.table.file, {"passages": []})
        document.places[()] = Place(self.table.file, row.number, 1)
        facts: list[dict[str, Any]] = []
        for fact in self.facts:
            made, places = self.fact(fact)
            if made is not None:
                for name, place in places.items():
                    document.places[("passages", 0, "facts", len(facts), name)] = place
                facts.append(made)
        value = {"id": self.id(), "locator": f"{self.table.file}, row {row.number}", "summary": self.summary(), "facts": facts}
        passage = checked_passage(value, document, ("passages", 0))
        check_record(Record.model_construct(source=self.mapping.source, passages=[passage]), document, self.registries)
        if len(self.problems.found) == before:
            for problem in document.problems:
                self.problems.add(problem.file, problem.line, problem.column, problem.field, problem.message, problem.hint)
        return passage if len(self.problems.found) == before else None

    def id(self) -> str:
        try:
            key = slug(self.text(self.row_name)) if self.row_name else ""
        except _UnknownError:
            key = ""
        return f"{self.name}-{key or f'at-{self.row.number}'}"

    def summary(self) -> str:
        said = [f"{header}: {text}" for header, text in zip(self.table.header, self.cells, strict=True) if text]
        silent = [header for header, text in zip(self.table.header, self.cells, strict=True) if not text]
        return " | ".join([*said, *([f"{_EMPTY}: {', '.join(silent)}"] if silent else [])])

    def text(self, template: str) -> str:
        """`template` with its cells; empty when one of them is; raises _UnknownError when the table says it does not know."""
        texts = [self.text_of(name) for name in COLUMN.findall(template)]
        unknown = next((text for text in texts if text.casefold() in self.mapping.missing), None)
        if unknown is not None:
            raise _UnknownError(unknown)
        return "" if "" in texts else COLUMN.sub(lambda match: self.text_of(match[1]), template)

    def text_of(self, name: str) -> str:
        return str(self.row.number) if name == ROW_NUMBER else self.cells[self.at[name]]

    def says(self, template: str) -> bool:
        try:
            return bool(self.text(template))
        except _UnknownError:
            return False

    def holds(self, value: dict[str, Any]) -> bool:
        """Whether the conditions of a fact, or of a part of one, are met."""
        when, needs = ([one] if isinstance(one := value.get(name, []), str) else one for name in CONDITIONS)
        return (not when or any(map(self.says, when))) and all(map(self.says, needs))

    def fact(self, fact: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Place]]:
        if not self.holds(fact):
            return None, {}
        kind = next(kind for kind in FACT_MODELS if kind in fact)
        made: dict[str, Any] = {}
        places: dict[str, Place] = {}
        unknown: list[str] = []
        kept: list[str] = []
        for name, value in fact.items():
            if name in CONDITIONS:
                continue
            places[name] = self.place(value)
            try:
                said = self.value(value, key=name == kind or name in _REFERENCES)
                if said and name in self.dates[kind]:
                    said = self.date(said, places[name], name, kept)
            except _UnknownError as word:
                unknown.append(f"{name} ({word})")
                continue
            except ValueError as error:
                self.wrong(places[name], str(error))
                continue
            if said not in ("", None, [], {}):
                made[name] = said
        if kind not in made:
            return None, {}
        notes = [made["note"]] if "note" in made else []
        if unknown:
            notes.append(f"{NOT_KNOWN}: {', '.join(unknown)}")
        if notes + kept:
            made["note"] = "; ".join(notes + kept)
        return made, places

    def date(self, said: str, place: Place, name: str, kept: list[str]) -> str | None:
        try:
            return read_date(said, self.mapping.dates)
        except ValueError as error:
            if not self.mapping.keep_dates:
                raise ValueError(f"{error} (found '{said[:60]}')") from None
            kept.append(f"{name} as written: {said}")
            return None

    def value(self, value: Any, key: bool = False) -> Any:
        if isinstance(value, Cell):
            return self.cell(value)
        if isinstance(value, dict):
            if not self.holds(value):
                return {}
            made = {name: self.value(part, key=True) for name, part in value.items() if name not in CONDITIONS}
            return {name: part for name, part in made.items() if part not in ("", None, [], {})}
        if isinstance(value, list):
            return [made for part in value if (made := self.value(part, key)) not in ("", None, [], {})]
        if not isinstance(value, str):
            return value
        text = self.text(value)
        return slug(text) if key and COLUMN.search(value) else text

    def cell(self, cell: Cell) -> Any:
        text = self.text(cell.from_)
        if not text:
            return ""
        if cell.pattern is not None:
            match = cell.pattern.search(text)
            if match is None:
                return self.other(cell, text, f"'{text[:60]}' does not fit the pattern {cell.pattern.pattern}")
            text = match[1] if match.groups() else match[0]
        parts = [part.strip() for part in text.split(cell.split)] if cell.split else [text]
        found = [self.word(cell, part) for part in parts if part]
        return found if cell.split else found[0]

    def word(self, cell: Cell, text: str) -> Any:
        if not cell.words:
            return text
        return cell.words[text] if text in cell.words else self.other(cell, text, f"no word for '{text[:60]}' in the mapping")

    @staticmethod
    def other(cell: Cell, text: str, message: str) -> str:
        if cell.otherwise is None:
            raise ValueError(f"{message}: add it, or otherwise: keep, leave-out or a word of your own")
        return {"keep": text, "leave-out": ""}.get(cell.otherwise, cell.otherwise)

    def place(self, value: Any) -> Place:
        text = value.from_ if isinstance(value, Cell) else str(value)
        header = next((name for name in re.findall(COLUMN, text)), "")
        return Place(self.table.file, self.row.number, self.at.get(header, 0) + 1, header)

    def wrong(self, place: Place, message: str) -> None:
        self.problems.add(place.file, place.row, place.column, where(place.header, place.column), message)


def _date_fields(kind: str) -> set[str]:
    field = "person" if kind == "person" else kind
    return {
        column.field
        for sheet in sheets().values()
        if sheet.key.field == field and not sheet.part
        for column in sheet.columns
        if column.date
    }


def read_all(
    paths: list[Path], mapping: Mapping, registries: Registries | None = None, say: Callable[[str], None] | None = None
) -> Iterator[Passage]:
    """The passages of every table at `paths`; raises RecordError with all problems after the last row."""
    problems = Problems()
    for path in paths:
        yield from mapped_passages(path, mapping, problems, registries, say)
    if problems.found:
        raise RecordError(problems.found)
