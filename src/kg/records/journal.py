"""The journal of a review: one JSON object a line, only ever appended to, on disk before anybody is told that it is done.

A lock on the file orders several reviewers. A line that a crash cut off was never acknowledged: it is dropped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from kg.errors import Problem, RecordError
from kg.records.file_lock import locked


@dataclass(frozen=True)
class Entry:
    """One line: its number from 1, when (UTC, ISO 8601), who, what (`accept`, `edit`, `finish` ...), and its further fields."""

    number: int
    at: str
    by: str
    do: str
    fields: dict[str, Any]

    def get(self, name: str) -> Any:
        """A further field; None where it is not given."""
        return self.fields.get(name)


class Journal:
    """The journal at `path`; `entries` as far as it has been read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[Entry] = []
        self._read_to = 0

    def read(self) -> list[Entry]:
        """Read what was written since the last time; raises RecordError where a whole line is no entry."""
        if self.path.exists():
            with self.path.open("rb") as file:
                self._read(file)
        return self.entries

    @contextmanager
    def locked(self) -> Iterator[Writer]:
        """Hold the journal against other reviewers; everything they wrote before has been read when the block begins."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file, locked(file):
            file.seek(0)
            self._read(file)
            file.truncate(self._read_to)
            yield Writer(self, file)

    def _read(self, file: IO[bytes]) -> None:
        file.seek(self._read_to)
        for line in file:
            if not line.endswith(b"\n"):
                return
            self.entries.append(self._entry(line, len(self.entries) + 1))
            self._read_to += len(line)

    def _entry(self, line: bytes, number: int) -> Entry:
        try:
            fields = json.loads(line)
            return Entry(number, str(fields.pop("at")), str(fields.pop("by")), str(fields.pop("do")), fields)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            hint = "the journal is only written by kg review: restore the line from a copy, or delete it"
            raise RecordError([Problem(str(self.path), number, 1, "", "this line is no decision", hint)]) from None

    def _append(self, file: IO[bytes], by: str, do: str, fields: dict[str, Any]) -> Entry:
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        line = json.dumps({"at": at, "by": by, "do": do, **fields}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
        entry = Entry(len(self.entries) + 1, at, by, do, fields)
        self.entries.append(entry)
        self._read_to += len(line)
        return entry


@dataclass
class Writer:
    """Appends to a journal that is locked."""

    journal: Journal
    file: IO[bytes]

    def append(self, by: str, do: str, **fields: Any) -> Entry:
        """Append one entry; it is on disk when this returns."""
        return self.journal._append(self.file, by, do, {name: value for name, value in fields.items() if value is not None})
