"""Identity decisions: who, which body, which event is the same across sources, and who is not.

A decision is a row of an SSSOM table (Simple Standard for Sharing Ontological Mappings) in data/identity/: subject,
predicate (owl:sameAs or owl:differentFrom), object, justification, author, date and the reason in words. The log is only
ever appended to; the latest decision on a pair holds, so taking a merge back is a decision too.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.errors import DecisionError, Problem
from kg.vocabulary import compress, expand

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "comment",
)
SAME, DIFFERENT = "owl:sameAs", "owl:differentFrom"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Decision:
    """One row: `subject` and `object` are full IRIs of mentions, `same` says which way it was decided."""

    file: str
    line: int
    subject: str
    same: bool
    object: str
    author: str
    date: str
    justification: str
    comment: str

    @property
    def pair(self) -> frozenset[str]:
        """The two sides, whichever stands first."""
        return frozenset((self.subject, self.object))

    def __str__(self) -> str:
        relation = "is" if self.same else "is not"
        return f"{compress(self.subject)} {relation} {compress(self.object)} ({self.file}:{self.line})"


def read_decisions(data: Path) -> tuple[list[Decision], list[Problem]]:
    """Every decision below `data`/identity in file and line order, and the problems of rows that cannot be read."""
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for path in sorted((data / "identity").glob("*.sssom.tsv")):
        name = f"{data.name}/identity/{path.name}"
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
        if not rows:
            continue
        if tuple(rows[0][1].split("\t")) != COLUMNS:
            problems.append(Problem(name, rows[0][0], 1, "", "the columns are not the expected ones", "\t".join(COLUMNS)))
            continue
        for number, line in rows[1:]:
            row = _row(name, number, line)
            if isinstance(row, Decision):
                decisions.append(row)
            else:
                problems.append(row)
    return decisions, problems


def write_decisions(path: Path, decisions: Iterable[Decision], labels: dict[str, str] | None = None) -> None:
    """Write a new decision table at `path`; `labels` gives a readable name per IRI."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = _writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_cells(decision, labels or {}) for decision in decisions)


def append_decisions(data: Path, table: str, decisions: Iterable[Decision], labels: dict[str, str] | None = None) -> int:
    """Append to `data`/identity/`table`.sssom.tsv every decision that does not hold already; how many were written.

    What stands in the log stays as it is; the file is written anew beside it and swapped in. Raises DecisionError when the log
    cannot be read.
    """
    standing, problems = read_decisions(data)
    if problems:
        raise DecisionError(problems)
    holding = {decision.pair: decision.same for decision in standing}
    new = [decision for decision in decisions if holding.get(decision.pair) != decision.same]
    if not new:
        return 0
    path = data / "identity" / f"{table}.sssom.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    text.write(path.read_text(encoding="utf-8") if path.exists() else HEADER + "\t".join(COLUMNS) + "\n")
    _writer(text).writerows(_cells(decision, labels or {}) for decision in new)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text.getvalue(), encoding="utf-8")
    os.replace(part, path)
    return len(new)


def _writer(file: IO[str]) -> Any:
    return csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)


def _cells(d: Decision, labels: dict[str, str]) -> tuple[str, ...]:
    cells = (
        compress(d.subject),
        labels.get(d.subject, ""),
        SAME if d.same else DIFFERENT,
        compress(d.object),
        labels.get(d.object, ""),
        d.justification,
        d.author,
        d.date,
        d.comment,
    )
    return tuple(" ".join(cell.split()) for cell in cells)


HEADER = """\
#curie_map:
#  id: https://w3id.org/persecution-networks/id/
#  owl: http://www.w3.org/2002/07/owl#
#  semapv: https://w3id.org/semapv/vocab/
#license: https://creativecommons.org/licenses/by/4.0/
"""


def _row(name: str, number: int, line: str) -> Decision | Problem:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        return Problem(name, number, 1, "", f"{len(cells)} cells instead of {len(COLUMNS)}", "cells are separated by one tab each")
    row = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    for column in ("subject_id", "object_id"):
        if not row[column].startswith("id:"):
            return Problem(
                name, number, 1, column, f"'{row[column]}' is not an address of this corpus", "write id:<source id>/<key>"
            )
    if row["predicate_id"] not in (SAME, DIFFERENT):
        return Problem(
            name, number, 1, "predicate_id", f"'{row['predicate_id']}' is not a decision", f"write {SAME} or {DIFFERENT}"
        )
    if row["subject_id"] == row["object_id"]:
        return Problem(name, number, 1, "object_id", "both sides are the same address")
    for column in ("author_label", "mapping_date", "comment"):
        if not row[column]:
            return Problem(name, number, 1, column, "empty: every decision says who made it, when and why")
    if not _DAY.fullmatch(row["mapping_date"]):
        return Problem(name, number, 1, "mapping_date", f"'{row['mapping_date']}' is not a day", "write 2026-11-23")
    return Decision(
        name,
        number,
        expand(row["subject_id"]),
        row["predicate_id"] == SAME,
        expand(row["object_id"]),
        row["author_label"],
        row["mapping_date"],
        row["mapping_justification"],
        row["comment"],
    )
