"""How alike the names of two bodies are, across the languages that sources write them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz.distance import Levenshtein

from kg.identity.names import NameMatch
from kg.identity.names.spelling import key

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
_COMMON = 0.4
"""What a word counts that says what a body is, beside one that says which (1)."""
_ALIKE = 0.75
"""Likeness of two words from which they can be spellings of one name."""
_NAMED_APART = 0.7
"""What is left of the likeness of two courts when each name has a word of its own that says which court it is: those of two
districts of one city share every other word. Names of other bodies are translated too freely to tell."""


@dataclass(frozen=True)
class Word:
    """A word of a body's name: as printed, folded or the number of its meaning, and how much it counts."""

    text: str
    folded: str
    weight: float


@lru_cache(100_000)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a body's name that count; what is often abbreviated stands as its abbreviation."""
    for abbreviation, phrase in _meanings().phrases:
        name = phrase.sub(abbreviation, name)
    found = (_word(text) for text in _WORD.findall(_POSSESSIVE.sub("", name)))
    return tuple({word.folded: word for word in found if word}.values())


def compare_bodies(one: str, other: str) -> NameMatch:
    """Compare the names of two bodies: the weight of the words they share in all words of both, 0 to 1, and which those are."""
    left, right = list(words_of(one)), list(words_of(other))
    total = sum(word.weight for word in (*left, *right))
    pairs = []
    for word in left:
        found = max(right, key=lambda candidate: _likeness(word, candidate), default=None)
        if found and (likeness := _likeness(word, found)):
            pairs.append((word, found, likeness))
            right.remove(found)
    paired = {word.text for word, _, _ in pairs}
    alone = [word for word in left if word.text not in paired]
    lone = [word.text for word in (*alone, *right)]
    score = sum(likeness * (word.weight + found.weight) for word, found, likeness in pairs) / total if total else 0.0
    if _are_courts(pairs) and _has_proper(alone) and _has_proper(right):
        score *= _NAMED_APART
    said = [word.text if word.text == found.text else f"{word.text} = {found.text}" for word, found, _ in pairs]
    reasons = ([f"both names have {', '.join(said)}"] if said else []) + ([f"only one has {', '.join(lone)}"] if lone else [])
    return NameMatch(score, tuple(reasons))


def _are_courts(pairs: list[tuple[Word, Word, float]]) -> bool:
    return any(word.folded == _court() for word, _, _ in pairs)


def _has_proper(words: list[Word]) -> bool:
    return any(word.weight == 1 for word in words)


def _likeness(one: Word, other: Word) -> float:
    if one.folded == other.folded:
        return 1.0
    if one.folded[0].isdecimal() or other.folded[0].isdecimal() or "#" in (one.folded[0], other.folded[0]):
        return 0.0
    likeness = Levenshtein.normalized_similarity(_stem(one.folded), _stem(other.folded))
    return likeness if likeness >= _ALIKE else 0.0


def _stem(folded: str) -> str:
    """Without the endings of adjectives made of the names of places: Kirovsky, Kirovskyi, Кировский, Кировского."""
    return re.sub(r"(?:sk(?:oho|oi|om|aa|a|i|y|ii|yi|ei|e)?|h?oho)$", "", folded) or folded


@lru_cache(50_000)
def _word(text: str) -> Word | None:
    lower = text.casefold()
    known = _meanings()
    if lower in known.ignored:
        return None
    for beginning, number, common in known.beginnings:
        if lower == beginning.rstrip("*") or (beginning.endswith("*") and lower.startswith(beginning[:-1])):
            return Word(text, f"#{number}", _COMMON if common else 1.0)
    folded = key(text) or lower
    return Word(text, folded, 1.0)


@lru_cache(1)
def _court() -> str:
    """What every language's word for a court is folded to."""
    word = _word("court")
    assert word is not None
    return word.folded


@dataclass(frozen=True)
class _Meanings:
    beginnings: tuple[tuple[str, int, bool], ...]
    ignored: frozenset[str]
    phrases: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(1)
def _meanings() -> _Meanings:
    content = yaml.safe_load((Path(__file__).parent / "body_words.yaml").read_text(encoding="utf-8"))
    lines = [(line, True) for line in content["common"]] + [(line, False) for line in content["proper"]]
    beginnings = [(str(word).casefold(), number, common) for number, (line, common) in enumerate(lines) for word in line]
    phrases = [
        (short, re.compile("|".join(map(re.escape, written_out)), re.IGNORECASE))
        for short, written_out in content["phrases"].items()
    ]
    return _Meanings(tuple(beginnings), frozenset(map(str, content["ignored"])), tuple(phrases))
