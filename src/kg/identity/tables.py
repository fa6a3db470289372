"""The tables of identity decisions, data/identity/*.sssom.tsv (SSSOM/TSV): read with every mistake located, appended to safely.

Whoever writes holds the journal beside the tables, so that two reviewers take turns. A row is one write and on disk before
anybody is told that it is done. What a crash left of a row, which nobody was told of, is moved to the journal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import DecisionError, Problem
from kg.identity.decisions import PREDICATES, Decision, Verdict, holding
from kg.records.journal import Journal, Writer
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
    "see_also",
)
"""`see_also` may be missing from a table; what a row needs of it then stands in its comment."""

HEADER = """\
#curie_map: {pn: https://w3id.org/persecution-networks/ontology#,
#  id: https://w3id.org/persecution-networks/id/,
#  owl: http://www.w3.org/2002/07/owl#,
#  semapv: https://w3id.org/semapv/vocab/}
#license: https://creativecommons.org/licenses/by/4.0/
"""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_VERDICTS = {compress(predicate): verdict for verdict, predicate in PREDICATES.items()}
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"\\([\\tnrp])")
_UNESCAPED = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "p": "|"}


def table_path(data: Path, table: str) -> Path:
    """Where the table `table` (people, bodies, cases, events) of the corpus `data` stands."""
    return data / "identity" / f"{table}.sssom.tsv"


def journal_of(data: Path) -> Journal:
    """The journal of who decided what and when; also the lock that all writers of the tables take."""
    return Journal(data / "identity" / "journal.ndjson")


def read_decisions(data: Path) -> tuple[list[Decision], list[Problem]]:
    """Every decision below `data`/identity in file and line order, and the problems of rows that cannot be read."""
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for path in sorted((data / "identity").glob("*.sssom.tsv")):
        for row in _read(path, f"{data.name}/identity/{path.name}"):
            if isinstance(row, Decision):
                decisions.append(row)
            else:
                problems.append(row)
    return decisions, problems


def write_decisions(path: Path, decisions: Iterable[Decision], labels: Mapping[str, str] | None = None) -> None:
    """Write a new decision table at `path`; `labels` gives a readable name per IRI."""
    rows = "".join(_line(decision, labels or {}, len(COLUMNS)) for decision in decisions)
    path.write_bytes((HEADER + "\t".join(COLUMNS) + "\n" + rows).encode("utf-8", "replace"))


def append_decisions(data: Path, table: str, decisions: Iterable[Decision], labels: Mapping[str, str] | None = None) -> int:
    """Append to the table `table` of `data` every decision that does not hold already; how many were written.

    Raises DecisionError when the log cannot be read.
    """
    with writing(data) as log:
        held = holding(log.standing)
        new = [one for one in decisions if (earlier := held.get(one.pair)) is None or earlier.verdict is not one.verdict]
        for decision in new:
            log.append(table, decision, labels or {})
    return len(new)


@dataclass
class Log:
    """All tables of a corpus, held against other writers; `standing` is everything decided so far, by whomever."""

    data: Path
    standing: list[Decision]
    journal: Writer | None

    def append(self, table: str, decision: Decision, labels: Mapping[str, str], **journalled: object) -> Decision:
        """Append `decision` to `table`; it is on disk when this returns, with the file and line where it stands."""
        if self.journal is None:
            raise ValueError("this log was only read: write within `writing`")
        path = table_path(self.data, table)
        line = _append(path, decision, labels)
        written = replace(decision, file=f"{self.data.name}/identity/{path.name}", line=line)
        self.standing.append(written)
        sides = {"subject": compress(decision.subject), "object": compress(decision.object)}
        self.journal.append(decision.author, decision.verdict.value, **sides, table=table, line=line, **journalled)
        return written


@contextmanager
def writing(data: Path) -> Iterator[Log]:
    """Hold the tables of `data` for writing, repaired where a crash cut a row off.

    Raises DecisionError when a table cannot be read.
    """
    with journal_of(data).locked() as journal:
        for path in sorted((data / "identity").glob("*.sssom.tsv")):
            _repair(path, journal)
        decisions, problems = read_decisions(data)
        if problems:
            raise DecisionError(problems)
        yield Log(data, decisions, journal)


def _repair(path: Path, journal: Writer) -> None:
    """End the last line when it is a whole row; else move it to the journal: a crash cut it off, nobody was told that it stood."""
    content = path.read_bytes()
    if not content or content.endswith(b"\n"):
        return
    start = content.rfind(b"\n") + 1
    last = content[start:].decode("utf-8", "replace")
    if last.startswith("#") or _is_columns(last) or isinstance(_row("", 0, last, len(last.split("\t"))), Decision):
        with path.open("ab") as file:
            file.write(b"\n")
        return
    journal.append("kg", "repair", table=path.name, cut_off=last)
    with path.open("r+b") as file:
        file.truncate(start)
        os.fsync(file.fileno())


def _append(path: Path, decision: Decision, labels: Mapping[str, str]) -> int:
    """Append one row in one write, on disk when this returns; the number of its line."""
    content = path.read_bytes() if path.exists() else b""
    start = content or (HEADER + "\t".join(COLUMNS) + "\n").encode()
    width = next((len(line.split("\t")) for line in start.decode("utf-8").split("\n") if _is_columns(line)), len(COLUMNS))
    row = _line(decision, labels, width).encode("utf-8", "replace")
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        wanted = row if content else start + row
        if os.write(handle, wanted) != len(wanted):
            os.ftruncate(handle, len(content))
            raise DecisionError([Problem(str(path), 1, 1, "", "the disk is full: the decision was not written")])
        os.fsync(handle)
    finally:
        os.close(handle)
    return start.count(b"\n") + 1


def _line(decision: Decision, labels: Mapping[str, str], width: int) -> str:
    comment = decision.comment
    if decision.evidence and width < len(COLUMNS):
        comment += f" [evidence: {' '.join(decision.evidence)}]"
    cells = (
        compress(decision.subject),
        _one_line(labels.get(decision.subject, "")),
        compress(PREDICATES[decision.verdict]),
        compress(decision.object),
        _one_line(labels.get(decision.object, "")),
        decision.justification,
        _one_line(decision.author),
        decision.date,
        escape(comment),
        "|".join(escape(compress(address)).replace("|", "\\p") for address in decision.evidence),
    )
    return "\t".join(cells[:width]) + "\n"


def escape(text: str) -> str:
    """`text` in one cell: white space at its ends gone, and backslash, tab and line breaks written with a backslash."""
    return "".join(_ESCAPES.get(letter, letter) for letter in text.strip())


def unescape(cell: str) -> str:
    """The text of a cell, as `escape` was given it."""
    return _ESCAPED.sub(lambda found: _UNESCAPED[found[1]], cell)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_columns(line: str) -> bool:
    return tuple(line.rstrip("\r").split("\t")) in (COLUMNS, COLUMNS[:-1])


def _read(path: Path, name: str) -> Iterator[Decision | Problem]:
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        yield Problem(name, path.read_bytes()[: error.start].count(b"\n") + 1, 1, "", "not UTF-8", "save the table as UTF-8")
        return
    # Not splitlines: a comment may hold characters that Python also takes for line ends, such as U+2028.
    lines = [(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1)]
    rows = [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]
    if not rows:
        return
    if not _is_columns(rows[0][1]):
        yield Problem(name, rows[0][0], 1, "", "the columns are not the expected ones", "\t".join(COLUMNS))
        return
    width = len(rows[0][1].split("\t"))
    for number, line in rows[1:]:
        found = _row(name, number, line, width)
        if isinstance(found, Problem) and number == len(lines):
            hint = "an interrupted write; kg review identity sets it aside in the journal"
            found = Problem(name, number, 1, "", "the last line is cut off", hint)
        yield found


def _row(name: str, number: int, line: str, width: int) -> Decision | Problem:
    cells = line.split("\t")
    if len(cells) != width or width < len(COLUMNS) - 1:
        return Problem(name, number, 1, "", f"{len(cells)} cells instead of {width}", "cells are separated by one tab each")
    row = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=False))
    for column, message, hint in _mistakes(row):
        return Problem(name, number, 1, column, message, hint)
    verdict = _VERDICTS[row["predicate_id"]]
    return Decision(
        name,
        number,
        expand(row["subject_id"]),
        verdict is Verdict.same,
        expand(row["object_id"]),
        row["author_label"],
        row["mapping_date"],
        row["mapping_justification"],
        unescape(row["comment"]),
        tuple(expand(unescape(part)) for part in row.get("see_also", "").split("|") if part),
        verdict if verdict in (Verdict.unsure, Verdict.taken_back) else None,
    )


def _mistakes(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Column, message and hint of everything that keeps a row from being a decision."""
    for column in ("subject_id", "object_id"):
        if not row[column].startswith("id:"):
            yield column, f"'{row[column]}' is not an address of this corpus", "write id:<source id>/<key>"
    if row["predicate_id"] not in _VERDICTS:
        yield "predicate_id", f"'{row['predicate_id']}' is not a decision", f"write {' or '.join(_VERDICTS)}"
    if row["subject_id"] == row["object_id"]:
        yield "object_id", "both sides are the same address", ""
    for column in ("author_label", "mapping_date", "comment"):
        if not row[column]:
            yield column, "empty: every decision says who made it, when and why", ""
    if not _DAY.fullmatch(row["mapping_date"]):
        yield "mapping_date", f"'{row['mapping_date']}' is not a day", "write 2026-11-23"
