"""Identity decisions: who, which body, which event is the same across sources, and who is not.

A decision is a row of an SSSOM table (Simple Standard for Sharing Ontological Mappings) in data/identity/: subject,
predicate (owl:sameAs or owl:differentFrom), object, justification, author, date and the reason in words. The log is only
ever appended to; the latest decision on a pair holds, so taking a merge back is a decision too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Problem
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
    labels = labels or {}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(COLUMNS)
        for d in decisions:
            writer.writerow(
                (
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
            )


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
