"""The words of headers, as header-words.yaml lists them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml


@functools.cache
def word_lists() -> dict[str, Any]:
    """The content of header-words.yaml."""
    # The base loader takes everything for text: "no" and "null" are words of headers and cells here.
    content: dict[str, Any] = yaml.load((Path(__file__).parent / "header-words.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return content


def plain_words(text: str) -> list[str]:
    """The words of a header: lower case, without accents; `birthDate` is two."""
    spaced = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", text)
    return re.findall(r"[^\W_]+(?:['’ʼ][^\W_]+)?|№", plain_text(spaced))


def plain_text(text: str) -> str:
    """Lower case, without the accents of Latin letters; й and ї are letters of their own."""
    bare = "".join(_bare(character) for character in unicodedata.normalize("NFC", text.casefold()))
    return bare.replace("’", "'").replace("ʼ", "'").replace("_", " ")


def _bare(character: str) -> str:
    return character if "Ѐ" <= character <= "ӿ" else unicodedata.normalize("NFD", character)[0]


@functools.cache
def _index() -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, str, str]]]:
    """Whole words, and beginnings of words, with the notion and language of each."""
    whole: dict[str, list[tuple[str, str]]] = {}
    beginnings = []
    for part in ("notions", "events"):
        for notion, languages in word_lists()[part].items():
            for language, words in languages.items():
                for word in map(plain_text, words):
                    if word.endswith("*"):
                        beginnings.append((word[:-1], notion, language))
                    else:
                        whole.setdefault(word, []).append((notion, language))
    return whole, beginnings


def meanings(word: str) -> list[tuple[str, str]]:
    """Notion and language of everything that a word of a header may mean."""
    whole, beginnings = _index()
    return [*whole.get(word, []), *((notion, language) for start, notion, language in beginnings if word.startswith(start))]


def notions_of(header: str) -> set[str]:
    """What a header speaks of."""
    return {notion for word in plain_words(header) for notion, _ in meanings(word)}


def event_kinds() -> list[str]:
    """Kinds of event that headers are known to speak of, birth aside."""
    return [kind for kind in word_lists()["events"] if kind != "birth"]


def language_of(words: Iterable[str]) -> str | None:
    """The language that most words of the headers are of; None when none is known."""
    counts: Counter[str] = Counter()
    for word in words:
        counts.update({language for _, language in meanings(word)})
        if re.search("[ыэъё]", word):
            counts["ru"] += 1
        if re.search("[іїєґ]", word):
            counts["uk"] += 1
    return counts.most_common(1)[0][0] if counts else None


@functools.cache
def missing_words() -> frozenset[str]:
    """Cells by which tables say that something is not known."""
    return frozenset(word.casefold() for words in word_lists()["missing"] for word in words)
