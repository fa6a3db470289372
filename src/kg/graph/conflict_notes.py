"""What reviewers note on conflicts: who looked into one, when, and what came of it. A note picks no value and changes none.

Notes are the editors' own: they stand in the journal data/notes/conflicts.ndjson, which is only appended to, and enter no build.
A conflict is done with while its latest note was written on the values that it still has; another value opens it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.graph.conflicts import Conflict
from kg.identity.canonical import resolve
from kg.identity.tables import read_decisions
from kg.records.journal import Journal
from kg.vocabulary import compress, expand


@dataclass(frozen=True)
class Note:
    """A note: its number in the journal, when (UTC) and by whom it was written, its text, and the values it was written on."""

    number: int
    at: str
    by: str
    text: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.by}, {self.at[:10]}: {self.text}"


class ConflictNotes:
    """The notes beside the corpus in the folder `data`, and `reviewer`, who writes more of them."""

    def __init__(self, data: Path, reviewer: str) -> None:
        self.data = data
        self.reviewer = " ".join(reviewer.split())
        self._journal = Journal(data / "notes" / "conflicts.ndjson")
        self._notes: dict[tuple[str, str], list[Note]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take in what others wrote since. Raises RecordError where a line of the journal is damaged."""
        self._journal.read()
        self._sort()

    def _sort(self) -> None:
        """Put the notes that stand under what they are about."""
        canonical = resolve(read_decisions(self.data)[0])
        withdrawn = {entry.get("note") for entry in self._journal.entries if entry.do == "withdraw"}
        self._notes = {}
        for entry in self._journal.entries:
            if entry.do == "note" and entry.number not in withdrawn:
                note = Note(entry.number, entry.at, entry.by, str(entry.get("text")), tuple(entry.get("values") or ()))
                about = (canonical(expand(str(entry.get("thing")))), expand(str(entry.get("property"))))
                self._notes.setdefault(about, []).append(note)

    def on(self, conflict: Conflict) -> list[Note]:
        """The notes on `conflict` that nobody took back, oldest first; also those written before its thing was merged."""
        return self._notes.get((conflict.thing, conflict.term), [])

    def waiting(self, found: Iterable[Conflict]) -> list[Conflict]:
        """Those of `found` on which nobody has noted anything since their values last changed."""
        return [conflict for conflict in found if not (notes := self.on(conflict)) or notes[-1].values != _values(conflict)]

    def write(self, conflict: Conflict, text: str) -> Note:
        """Note `text` on `conflict`; it is on disk when this returns. Raises KgError without a text or a reviewer."""
        self._need_reviewer()
        if not text.strip():
            raise KgError("a note says what was looked into and what came of it")
        about = {"thing": compress(conflict.thing), "property": compress(conflict.term)}
        values = _values(conflict)
        with self._journal.locked() as journal:
            entry = journal.append(self.reviewer, "note", **about, values=list(values), text=text.strip())
        self._sort()
        return Note(entry.number, entry.at, entry.by, text.strip(), values)

    def take_back(self, number: int, reason: str = "") -> None:
        """Take the note with that number back, which is written down too. Raises KgError when there is no such note."""
        self._need_reviewer()
        self.refresh()
        self._find(number)  # before the journal is opened for writing, which begins one
        with self._journal.locked() as journal:
            self._sort()
            self._find(number)
            journal.append(self.reviewer, "withdraw", note=number, reason=reason.strip() or None)
        self._sort()

    def _find(self, number: int) -> None:
        if not any(note.number == number for notes in self._notes.values() for note in notes):
            raise KgError(f"there is no note {number}, or somebody took it back meanwhile")

    def _need_reviewer(self) -> None:
        if not self.reviewer:
            raise KgError("every note carries the name of who wrote it")


def _values(conflict: Conflict) -> tuple[str, ...]:
    return tuple(sorted(reading.value.value for reading in conflict.readings))
