"""The journal of builds by address: what it tells of one thing, without reading all of it again for the next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.graph.history.journal import Entry
from kg.vocabulary import ID

_ADDRESS = re.compile(rf"<({re.escape(ID)}[^>]*)>")
_Place = tuple[int, bool, int]
"""Which entry, whether among what it added, which line."""


class JournalIndex:
    """The entries of a journal, and for each address the lines that have it as subject or value."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._places: dict[str, list[_Place]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for added, lines in ((False, entry.removed), (True, entry.added)):
                for at, line in enumerate(lines):
                    for address in _addresses(line):
                        self._places[address].append((number, added, at))

    def about(self, addresses: Iterable[str]) -> list[tuple[Entry, list[str], list[str]]]:
        """Each entry with the lines it removed and added that are about one of `addresses`, or about something within it."""
        places = sorted({place for address in addresses for place in self._places.get(address, ())})
        told: list[tuple[Entry, list[str], list[str]]] = [(entry, [], []) for entry in self.entries]
        for number, added, at in places:
            entry, gone, come = told[number]
            (come if added else gone).append((entry.added if added else entry.removed)[at])
        return told


def _addresses(line: str) -> set[str]:
    """Subject and value of a line of N-Quads, and the thing that each is within (id:record/key of id:record/key/penalty/…)."""
    found = set(_ADDRESS.findall(line.rpartition(" <")[0]))
    return found | {ID + "/".join(parts[:2]) for address in found if len(parts := address.removeprefix(ID).split("/")) > 2}
