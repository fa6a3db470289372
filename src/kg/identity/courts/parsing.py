"""The name of a court taken apart: kind, number, own name, place."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from kg.identity.names.spelling import key

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NUMBER = re.compile(r"(\d{1,4})(?:st|nd|rd|th|-?й|-?і?й)?")
_ADJECTIVE = re.compile(r"(?:sk|ck)(?:oi|oho|oi|a|e|o|u|i|ii|om|omu|im)?$")
_INNER = re.compile(r"(?:in|en|ov|ev|n)$")


@dataclass(frozen=True)
class Word:
    """A word of a name: as printed, what it is known as in every language (or its folded spelling), and its stems."""

    text: str
    token: str
    stems: frozenset[str]


@dataclass(frozen=True)
class CourtName:
    """A court's name: its kinds, its number, the words of its own name, and those of the place behind it."""

    text: str
    kinds: frozenset[str]
    number: int | None
    own: tuple[Word, ...]
    places: tuple[Word, ...]


@functools.lru_cache(20_000)
def parse_court(name: str) -> CourtName:
    """Take the name of a court apart; what stands in brackets counts as place."""
    outside, _, inside = name.partition("(")
    kinds: set[str] = set()
    own: list[Word] = []
    places: list[Word] = []
    number: int | None = None
    behind = False
    for text in _WORD.findall(outside.replace("ё", "е").replace("Ё", "Е")):
        word = text.casefold().strip(".")
        kind = _lookup("kinds").get(word) or _pattern("kinds", word)
        if word in _words()["court"]:
            behind = True
        elif kind and not (behind and kind in ("city", "regional")):
            kinds.add(kind)
        elif (found := _number(word)) is not None:
            number = found
        elif word in _words()["place-marks"]:
            behind = behind or word not in ("of", "in", "at") or bool(own)
        elif word not in _words()["empty"]:
            (places if behind else own).append(_as_word(text))
    for text in _WORD.findall(inside):
        if text.casefold().strip(".") not in _words()["empty"]:
            places.append(_as_word(text))
    if "justice" in name.casefold() and "peace" not in name.casefold():
        kinds.discard("magistrate")
    return CourtName(name, frozenset(kinds), number, tuple(own), tuple(places))


@functools.cache
def _words() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    for name in ("court", "empty", "place-marks"):
        content[name] = frozenset(str(word) for word in content[name])
    return content


@functools.cache
def _lookup(part: str) -> dict[str, str]:
    return {str(word): str(name) for name, words in _words()[part].items() for word in words if "*" not in str(word)}


@functools.lru_cache(20_000)
def _pattern(part: str, word: str) -> str | None:
    patterns = ((str(name), str(pattern)) for name, words in _words()[part].items() for pattern in words if "*" in str(pattern))
    return next((name for name, pattern in patterns if fnmatchcase(word, pattern)), None)


def _number(word: str) -> int | None:
    known = _lookup("numbers").get(word)
    if known:
        return int(known)
    found = _NUMBER.fullmatch(word)
    return int(found[1]) if found else None


def _as_word(text: str) -> Word:
    word = text.casefold().strip(".")
    token = _lookup("names").get(word) or _pattern("names", word)
    if token:
        return Word(text, token, frozenset([token]))
    folded = key(text.replace("-", ""))
    base = _ADJECTIVE.sub("", folded)
    stems = {folded, base, _INNER.sub("", base)} | {stem.rstrip("aeiou") for stem in (folded, base)}
    return Word(text, folded, frozenset(stem for stem in stems if len(stem) > 2) or frozenset([folded]))
