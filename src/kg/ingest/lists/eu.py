"""Annexes of EU regulations as CSV, one row per listed target, cells as printed; several values in a cell are split by `;`."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from kg.extract.keys import slug
from kg.ingest.lists.entry import ListEntry, ListVersion
from kg.ingest.lists.words import digest_of, words
from kg.ingest.safety import fail
from kg.ingest.tabular import Problems, open_tables, where

Say = Callable[[str], None]
_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_REMARK = re.compile(r"born|n[eé]e|a\.?k\.?a|f\.?k\.?a|formerly|also", re.IGNORECASE)


def eu_list(path: Path, date: str | None, say: Say | None = None) -> ListVersion:
    """The version of an EU list in the file at `path`; raises RecordError when it is none, or of an act that lists.yaml lacks."""
    about = words()["eu"]
    act = next(_rows(path, None))[1]["celex"]
    if act not in about["acts"]:
        raise fail(path.name, f"the act '{act}' is not known here", f"known: {', '.join(about['acts'])}", 2)
    own = about["acts"][act]
    return ListVersion(
        own["key"],
        own["title"],
        about["authority"],
        about["publisher"],
        "en",
        date,
        own["url"],
        (path,),
        digest_of((path,)),
        lambda: (_entry(path.name, line, row) for line, row in _rows(path, say)),
    )


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell: split by `;`, of which those inside quotation marks belong to a value."""
    if not cell:
        return ()
    row = next(csv.reader([cell.replace("\n", " ")], delimiter=";", skipinitialspace=True))
    return tuple(value.strip() for value in row if value.strip())


def _rows(path: Path, say: Say | None) -> Iterator[tuple[int, dict[str, str]]]:
    problems = Problems()
    wanted = words()["eu"]["columns"]
    with open_tables(path, problems, say=say) as tables:
        for table in tables:
            for column in wanted:
                if column not in table.header:
                    problems.add(path.name, table.header_row, 1, column, "this column is missing", f"an EU list has {wanted}")
            problems.stop_if_any()
            for row in table.rows:
                cells = dict(zip(table.header, row.cells, strict=True))
                if not cells["name"]:
                    at = table.column("name")
                    problems.add(path.name, row.number, at, where("name", at), "an entry without one", "is a row cut in two?")
                problems.stop_if_any()
                yield row.number, cells
            problems.stop_if_any()


def _entry(file: str, line: int, row: dict[str, str]) -> ListEntry:
    printed = [name for column in ("name", "alias", "previousName") for name in several(row.get(column, ""))]
    return ListEntry(
        # Annexes of bodies without numbers are told apart by name.
        f"{row['annex']}.{row['recordId'] or slug(row['name'])}",
        file,
        line,
        "person" if row["schema"] == "Person" else "other",
        tuple(dict.fromkeys(name for cell in printed for name in _forms(cell))),
        several(row.get("weakAlias", "")),
        several(row["birthDate"]),
        several(row["birthPlace"]),
        several(row["position"]),
        several(row["programKey"]),
        row["startDate"],
        row["reason"],
        blake2b(repr(sorted(row.items())).encode(), digest_size=8).digest(),
    )


def _forms(name: str) -> Iterator[str]:
    """The name as printed and, where another whole name stands in brackets behind it, that one too."""
    yield name
    bracketed = _BRACKETS.search(name)
    if bracketed:
        yield name[: bracketed.start()].strip()
        yield from (part.strip() for part in bracketed[1].split(",") if len(part.split()) > 1 and not _REMARK.match(part.strip()))
