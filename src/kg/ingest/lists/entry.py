"""An entry of a sanctions list, and the version of the list that it stands in, whatever format they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry, in the wording of the list.

    `id` is the list's own number for it, `kind` person or other; `names` are names and aliases, the first the one listed,
    `weak` aliases that the list itself calls weak; `born` and `listed` are dates as printed; `digest` changes with any cell.
    """

    id: str
    file: str
    line: int
    kind: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    listed: str = ""
    reason: str = ""
    digest: bytes = field(default=b"", repr=False)

    @property
    def locator(self) -> str:
        """Where the entry stands: file, line and the list's own number."""
        return f"{self.file}, line {self.line}, entry {self.id}"


@dataclass(frozen=True)
class ListVersion:
    """One version of one list: `key` names the list (eu-2024-1485, ofac-sdn), `date` the version (ISO 8601, None if nothing says).

    `entries` reads the file anew each time it is called, entry by entry; it raises RecordError where the file cannot be read.
    """

    key: str
    title: str
    authority: str
    publisher: str
    language: str
    date: str | None
    url: str | None
    files: tuple[Path, ...]
    sha256: str
    entries: Callable[[], Iterator[ListEntry]] = field(repr=False, compare=False)

    @property
    def named(self) -> str:
        """The list and its version in words."""
        return f"{self.title}, {f'version of {self.date}' if self.date else 'version without a date'}"
