"""Names found in other spellings and scripts: Demenok finds Деменок, and Халилов those whose sources write Khalilov.

Words are folded to one spelling (kg.identity.names). That a name is found this way says that it may be meant, not that two things
are one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kg.identity.names.spelling import key

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_BEGINNING = 4
"""Letters of a folded word from which its beginning is enough."""
_ENDING = 2
"""Letters that a family name may have more or fewer at its end: Khalilov, Khalilova."""


class Spellings:
    """An index of names by their folded words."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._words: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for number, (thing, name) in enumerate(names):
            for word in folded(name):
                self._words[word].add((thing, number))

    def find(self, text: str) -> list[str]:
        """The things that have a name with all words of `text`, in whatever spelling, in the order of their addresses."""
        hits = [self._having(word) for word in folded(text)]
        return sorted({thing for thing, _ in set.intersection(*hits)}) if hits else []

    def _having(self, word: str) -> set[tuple[str, int]]:
        alike = [other for other in self._words if other == word or _begins(other, word)]
        return {entry for other in alike for entry in self._words[other]}


def folded(text: str) -> list[str]:
    """The words of a text in one spelling."""
    return [key(word) for word in _WORD.findall(text)]


def _begins(name: str, word: str) -> bool:
    return len(word) >= _BEGINNING and (name.startswith(word) or (word.startswith(name) and len(word) - len(name) < _ENDING))
