"""Finding by name as one types: an index over the folded words of every name, ready in memory.

A word of the question meets a word of a name when both fold to the same spelling, when one begins with the other (also an initial),
or when they differ by a typo. What is found may be meant; nobody is taken to be anybody by it.
"""

from __future__ import annotations

import bisect
import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.graph.spellings import folded

EXACT, BEGINS, INITIAL, TYPO = 1.0, 0.85, 0.6, 0.7
"""How well a word is met."""
_TYPO_FROM = 4
"""Letters of a folded word from which a typo is considered; from eight on, two."""
_CANDIDATES = 1000
"""Names scored for one question at most."""


@dataclass(frozen=True)
class Found:
    """A thing that may be meant, with the name that met the question and how well (0 to 1, and a little for its weight)."""

    iri: str
    name: str
    score: float


class SuggestionIndex:
    """Names by their folded words. `names` are (address, name), `weights` how often each thing is named in events."""

    def __init__(self, names: Iterable[tuple[str, str]], weights: Mapping[str, int]) -> None:
        entries = sorted(set(names), key=lambda entry: (-weights.get(entry[0], 0), entry))
        self._entries = [(iri, name, weights.get(iri, 0)) for iri, name in entries]
        self._words_of: list[tuple[str, ...]] = []
        posting: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, (_, name, _) in enumerate(self._entries):
            words = tuple(dict.fromkeys(folded(name[:200])))
            self._words_of.append(words)
            for word in words:
                posting[word].append(number)
        self._posting = dict(posting)
        self._sorted = sorted(self._posting)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, question: str, most: int = 10) -> list[Found]:
        """The things that may be meant, best first."""
        words = folded(question[:200])[:8]
        if not words:
            return []
        meetings = [self._meeting(word) for word in words]
        candidates = self._candidates(meetings)
        best: dict[str, Found] = {}
        for number in candidates:
            iri, name, weight = self._entries[number]
            score = self._score(self._words_of[number], words, meetings)
            if score and score + _heavier(weight) > (best[iri].score if iri in best else 0):
                best[iri] = Found(iri, name, score + _heavier(weight))
        return sorted(best.values(), key=lambda found: (-found.score, found.name, found.iri))[:most]

    def _meeting(self, word: str) -> dict[str, float]:
        """Every word of the index that `word` meets, and how well."""
        start = bisect.bisect_left(self._sorted, word)
        end = bisect.bisect_left(self._sorted, word + "\U0010ffff")
        met = {other: EXACT if other == word else BEGINS for other in self._sorted[start:end]}
        if len(word) >= _TYPO_FROM and word not in met:
            allowed = 2 if len(word) >= 8 else 1
            near = process.extract(word, self._sorted, scorer=OSA.distance, score_cutoff=allowed, limit=40)
            met |= {other: TYPO / distance for other, distance, _ in near if other not in met}
        if len(word) > 1 and word[0] in self._posting:
            met.setdefault(word[0], INITIAL)
        return met

    def _candidates(self, meetings: list[dict[str, float]]) -> list[int]:
        """The weightiest names in which every word of the question meets one; initials alone are no reason to look at a name."""
        if all(score == INITIAL for met in meetings for score in met.values()):
            return []
        if len(meetings) == 1:
            every = chain.from_iterable(self._posting[word] for word in meetings[0])
            return list(dict.fromkeys(heapq.nsmallest(_CANDIDATES, every)))
        sized = sorted((sum(len(self._posting[word]) for word in met), place) for place, met in enumerate(meetings))
        found: set[int] | None = None
        for _, place in sized:
            having = set(chain.from_iterable(self._posting[word] for word in meetings[place]))
            found = having if found is None else found & having
            if not found:
                return []
        return heapq.nsmallest(_CANDIDATES, found or ())

    def _score(self, having: tuple[str, ...], words: list[str], meetings: list[dict[str, float]]) -> float:
        """How well a name with the words `having` meets all words of the question; 0 when one is not met at all."""
        total = 0.0
        for met in meetings:
            best = max((met.get(other, 0.0) for other in having), default=0.0)
            if not best:
                return 0.0
            total += best
        return total / len(words) - 0.02 * max(len(having) - len(words), 0)


def _heavier(weight: int) -> float:
    """A little for what is named often: it decides between equals."""
    return min(weight.bit_length(), 10) * 0.01
