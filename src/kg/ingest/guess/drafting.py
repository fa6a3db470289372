"""Purposes of columns -> a mapping file: facts, ways to read dates, and beside each line why, and what needs a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.extract.keys import slug
from kg.ingest.guess.columns import TableColumns, read_columns
from kg.ingest.guess.facts import Line, table_facts
from kg.ingest.guess.purposes import Purpose, purposes
from kg.ingest.guess.words import language_of
from kg.ingest.safety import fail

LOOK = "needs a look"
ENOUGH = 5
"""Dates that can be read one way only from which on the others are taken to be written alike."""


@dataclass
class DraftMapping:
    """A drafted mapping: the text of its file, and the purpose of every column by file (and sheet)."""

    text: str
    purposes: dict[str, list[Purpose]] = field(default_factory=dict)
    rows: int = 0


def guess_mapping(
    paths: Sequence[Path], *, publisher: str = "project", encoding: str | None = None, say: Callable[[str], None] | None = None
) -> DraftMapping:
    """Draft the mapping of the tables at `paths` into one record; raises RecordError when one cannot be read.

    `publisher`: key of who published them. At most `MOST_ROWS` rows of each are looked at.
    """
    tables = [table for path in paths for table in read_columns(path, encoding, say)]
    if not tables:
        raise fail(paths[0].name, "there is no table in it", "a table starts with a row of headers")
    found = [purposes(table) for table in tables]
    ids = [one.header for columns in found for one in columns if one.use == "id"]
    shared = {header for header in ids if ids.count(header) > 1}
    lines = [*_head(tables, publisher), *_readings(tables, found, encoding), "tables:"]
    for table, columns in zip(tables, found, strict=True):
        lines += _table(table, columns, shared, tables)
    read = {
        f"{table.path.name}{f'[{table.sheet}]' if table.sheet else ''}": each for table, each in zip(tables, found, strict=True)
    }
    return DraftMapping("\n".join(map(_one_line, lines)) + "\n", read, sum(table.rows for table in tables))


def _head(tables: list[TableColumns], publisher: str) -> list[str]:
    names = ", ".join(dict.fromkeys(table.path.name for table in tables))
    files = " ".join(dict.fromkeys(table.path.name for table in tables))
    language = language_of(word for table in tables for word in table.header_words())
    told = "the words of the headers" if language else f"{LOOK}: no word of the headers is known"
    title = " ".join(tables[0].path.name.partition(".")[0].replace("_", " ").replace("-", " ").split())
    return [
        f"# Drafted by kg ingest --guess-mapping from {names}: nobody has checked it.",
        f"# Look at every line that says '{LOOK}', then: kg ingest {files} --mapping <this file>",
        "# Guide: docs/spreadsheets.md",
        "source:",
        f"  id: {slug(title)[:60].strip('-') or 'table'}",
        f"  publisher: {publisher}  # {LOOK}: who published the table, a key of data/publishers.yaml",
        f"  title: {_yaml(title)}  # {LOOK}",
        f"  language: {language or 'en'}  # by {told}" if language else f"  language: en  # {told}",
        f"  locator: {_yaml(names)}",
    ]


def _readings(tables: list[TableColumns], found: list[list[Purpose]], encoding: str | None) -> list[str]:
    lines = [f"encoding: {encoding}"] if encoding else []
    unknown = sorted({word for table in tables for column in table.columns for word in column.unknown})
    if unknown:
        count = sum(column.unknown.total() for table in tables for column in table.columns)
        lines.append(f"missing: {_yaml(unknown)}  # {count:,} cells say that something is not known; an empty cell says nothing")
    columns = [one.column for one in (purpose for each in found for purpose in each) if one.use in ("date", "born")]
    day, month = (sum(column.kinds[f"only {order}"] for column in columns) for order in ("day-first", "month-first"))
    ambiguous = sum(column.kinds["ambiguous"] for column in columns)
    if day or month or ambiguous:
        lines.append(_order(day, month, ambiguous))
    broken = sum(column.kinds["unreadable date"] + column.kinds["other"] + column.kinds["name"] for column in columns)
    if broken:
        shown = next(
            (text for column in columns for kind, text in column.examples.items() if kind in ("unreadable date", "other", "name")),
            "",
        )
        lines.append(
            f"unreadable-dates: keep  # {LOOK}: {broken:,} cells, such as {shown!r}, are no dates: kept as written in a note"
        )
    return lines


def _order(day: int, month: int, ambiguous: int) -> str:
    few = f"{LOOK}: " if 0 < day + month < ENOUGH else ""
    if day and not month:
        return f"dates: day-first  # {few}{day:,} dates can only be read so, none only month first; {ambiguous:,} could be either"
    if month and not day:
        return f"dates: month-first  # {few}{month:,} dates can only be read so, none only day first; {ambiguous:,} could be either"
    if not day and not month:
        return f"dates: keep  # {LOOK}: {ambiguous:,} dates such as 05/06/2019 can be two days, and nothing in the table says which"
    told = f"{day:,} dates can only be day first, {month:,} only month first"
    return (
        f"dates: keep  # {LOOK}: two ways of writing are mixed ({told}): the {ambiguous:,} that could be either are kept as written"
    )


def _table(table: TableColumns, columns: list[Purpose], shared: set[str], tables: list[TableColumns]) -> list[str]:
    key = next((one for one in columns if one.use == "id"), None)
    rows = f"{table.rows:,} rows" if table.whole else f"the first {table.rows:,} rows"
    lines = [f"- file: {_yaml(table.path.name)}  # {rows} were looked at"]
    own_sheet = table.sheet and sum(other.path == table.path for other in tables) > 1
    if own_sheet:
        lines.append(f"  sheet: {_yaml(table.sheet)}")
    name = slug((table.sheet if own_sheet else table.path.name.partition(".")[0]).replace("_", "-"))[:40].strip("-") or "row"
    lines.append(f"  name: {name}")
    if key and key.column.unique:
        lines.append(f"  row: {_yaml(f'{{{key.header}}}')}  # {key.why}")
    joined = ["rows of several tables with the same value are one person"] if key and key.header in shared else []
    prefix = f"{name}-" if len(tables) > 1 and not (key and key.header in shared) else ""
    lines += ["  facts:", *(_line(line) for line in table_facts(table, columns, key, prefix, joined))]
    return [*lines, "  # the columns:", *(f"  #   {_told(one)}" for one in columns)]


def _told(one: Purpose) -> str:
    use = f"{one.use} of {one.event}" if one.event and one.use else one.use or "not used"
    return f"{one.header}: {use}; {one.why}" + "".join(f"; {LOOK}: {doubt}" for doubt in one.doubts)


def _line(line: Line) -> str:
    opening = "  - " if line.opens else "    "
    remark = f"  # {LOOK}: {'; '.join(line.doubts)}" if line.doubts else ""
    return f"{opening}{line.name}: {_yaml(line.value)}{remark}"


def _one_line(line: str) -> str:
    """A line of the mapping; what a header or cell holds cannot end it."""
    return "".join(character if character.isprintable() else " " for character in line)


def _yaml(value: Any) -> str:
    text = _dumped(value)
    # What holds line ends is written with escapes, so that it stays on its line.
    return text if text.isprintable() else _dumped(value, default_style='"', allow_unicode=False)


def _dumped(value: Any, **style: Any) -> str:
    options: dict[str, Any] = {"allow_unicode": True, "default_flow_style": True, "width": 1_000_000, "sort_keys": False} | style
    text: str = yaml.safe_dump(value, **options)
    return text.strip().removesuffix("...").strip()
