"""Whether a text has the words of a quote, and if not, what comes nearest.

Two spellings of the same words are the same: line breaks and widths of space, kinds of quotation mark and apostrophe, kinds of
dash, soft hyphens, and composed or decomposed letters (Unicode NFKC) do not count. Letters do, in their case. `…` or `[...]`
in a quote stands for words left out; its parts must follow each other.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import partial_ratio_alignment

_GAP = re.compile(r"\s*(?:\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\)|…|\.\.\.)\s*")
_MARKS = re.compile("[\"'`´‘’‚‛“”„‟‹›«»ʼʹ′″]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Nearest:
    """The words of a text that come nearest to a quote: how alike (0 to 100), the words, and their line, from 1."""

    likeness: float
    words: str
    line: int


@dataclass(frozen=True)
class _Folded:
    """A text without what does not count, and for each letter of it the place in the original."""

    text: str
    places: list[int]


def find_quote(text: str, quote: str) -> Nearest:
    """Where `quote` stands in `text`; likeness is 100 exactly when its words are there, otherwise what comes nearest."""
    folded, at, found = _folded(text), 0, -1
    parts = [part for part in (_folded(piece).text for piece in _GAP.split(quote)) if part]
    for part in parts:
        start = folded.text.find(part, at)
        if start < 0:
            return _nearest(text, folded, part)
        found = start if found < 0 else found
        at = start + len(part)
    return _told(text, folded, max(found, 0), at, 100.0)


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing that counts."""
    return _folded(one).text == _folded(other).text


def _nearest(text: str, folded: _Folded, part: str) -> Nearest:
    alignment = partial_ratio_alignment(part, folded.text) if folded.text else None
    if alignment is None:
        return Nearest(0.0, "", 1)
    # Whole words, so that the reader sees what differs.
    start = folded.text.rfind(" ", 0, alignment.dest_start) + 1
    end = folded.text.find(" ", alignment.dest_end)
    return _told(text, folded, start, end if end >= 0 else len(folded.text), min(alignment.score, 99.0))


def _told(text: str, folded: _Folded, start: int, end: int, likeness: float) -> Nearest:
    if not folded.places:
        return Nearest(likeness, "", 1)
    first, last = folded.places[start], folded.places[max(start, end - 1)] + 1
    breaks = [match.start() for match in re.finditer("\n", text)]
    return Nearest(round(likeness, 1), " ".join(text[first:last].split()), bisect_right(breaks, first - 1) + 1)


@lru_cache(8)
def _folded(text: str) -> _Folded:
    letters: list[str] = []
    places: list[int] = []
    for place, cluster in _clusters(text):
        for letter in _plain(cluster):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            places.append(place)
    while letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return _Folded("".join(letters), places)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Letters with the marks that combine with them, each with its place."""
    found: list[tuple[int, str]] = []
    for place, letter in enumerate(text):
        if found and unicodedata.combining(letter):
            found[-1] = (found[-1][0], found[-1][1] + letter)
        else:
            found.append((place, letter))
    return found


@lru_cache(10_000)
def _plain(cluster: str) -> str:
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", cluster))
    return re.sub(r"\s+", " ", _DASHES.sub("-", _MARKS.sub("'", plain)))
