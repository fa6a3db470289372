"""A personal name taken apart: patronymic, initials and the other words (which is the surname is rarely said)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from kg.identity.names.spelling import consonants, key, plain

HONORIFICS = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lady", "judge", "г-н", "г-жа", "гр", "пан", "пані"]
)
"""Words before a name that are no part of it."""

PARTICLES = frozenset(
    (
        *("aga", "ağa", "ага", "bey", "бей", "al", "el", "ul", "bin", "ibn", "бин", "ибн", "von", "van", "de", "da"),
        *("оглы", "огли", "oglu", "ogly", "кызы", "кизи", "kyzy", "qizi"),
    )
)
"""Parts that one spelling of a name has and another leaves out."""

_PATRONYMIC = re.compile(
    r"(?:(?:о|е|є|ьо|йо|а|я)в[иі]ч|[иі]ч|[оеєії]вна|[иі]чна|[аоея]ўна"
    r"|(?:o|e|ye|ie|yo|io|a|ia|ya)v[iy](?:ch|č|c)|yich|[iy]ch|[oeiy]vna|[iy]chna|[aeo]una)$"
)
_OWN_ENDING = re.compile(r"(?:[oea]vic|ic|[oeia]vna|[aeo]una|icna)$")
_BRACKETS = re.compile(r"[(\[].*?[)\]]|[\"«»“”„]")
_SEPARATOR = re.compile(r"[\s,;/]+|(?<=\w)\.(?=\w)|(?<=[^\W\d_A-ZА-ЯІЇЄҐЎ]{3})(?=[A-ZА-ЯІЇЄҐЎ][^\W\d_A-ZА-ЯІЇЄҐЎ]{2})")
"""White space, commas, dots between initials, and where two words were run together (VladimirPutin)."""
_APOSTROPHES = str.maketrans("", "", "'’ʼ`ʹʻ′")


@dataclass(frozen=True, slots=True)
class Word:
    """One part of a name as printed, with its folded key, consonants and the group of equivalent given names it belongs to."""

    text: str
    key: str
    consonants: str
    group: int
    particle: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: full words, the patronymic, and folded initials of given name and patronymic ("" where there is none)."""

    words: tuple[Word, ...]
    patronymic: Word | None
    given_initial: str
    patronymic_initial: str


@lru_cache(200_000)
def parse(name: str) -> Name:
    """Take a name in any supported script apart; titles and what stands in brackets are left out."""
    parts = [part for part in _SEPARATOR.split(_BRACKETS.sub(" ", name).translate(_APOSTROPHES)) if part.strip(".-")]
    parts = [part for part in parts if part.strip(".").casefold() not in HONORIFICS] or parts
    full = [part for part in parts if not _is_initial(part)]
    position = _patronymic(full)
    patronymic = _word(full[position]) if position >= 0 else None
    rest = [part for at, part in enumerate(full) if at != position]
    initials = [key(part.strip(".")) or part[0].casefold() for part in parts if _is_initial(part)]
    if len(initials) == 1 and len(rest) > 1 and patronymic is None:
        initials = ["", *initials]  # Anatoly V. Solin
    given_initial, patronymic_initial, *_ = *initials, "", ""
    words = tuple(_word(piece) for part in rest for piece in part.split("-") if piece.strip("."))
    return Name(words, patronymic, given_initial, patronymic_initial or (patronymic.key[:1] if patronymic else ""))


@lru_cache(200_000)
def is_patronymic(word: str) -> bool:
    """Whether a word has the form of a patronymic; some surnames have it too (Abramovich)."""
    return bool(_PATRONYMIC.search(plain(word)))


def patronymic_stem(word: Word) -> str:
    """The father's name in a patronymic, folded."""
    return _OWN_ENDING.sub("", word.key)


def given_name_group(folded: str) -> int:
    """The number of the group of equivalent given names that a key belongs to, or -1."""
    return _groups().get(folded, -1)


@lru_cache(1)
def _groups() -> dict[str, int]:
    lines = yaml.safe_load((Path(__file__).parent / "given_names.yaml").read_text(encoding="utf-8"))
    return {key(name): number for number, line in enumerate(lines) for name in line}


@lru_cache(1)
def initials_of_groups() -> dict[int, frozenset[str]]:
    """The first letters that the spellings of one given name begin with, by group."""
    letters: dict[int, set[str]] = {}
    for folded, number in _groups().items():
        letters.setdefault(number, set()).add(folded[:1])
    return {number: frozenset(found) for number, found in letters.items()}


@lru_cache(200_000)
def _word(text: str) -> Word:
    folded = key(text)
    return Word(text, folded, consonants(folded), given_name_group(folded), text.casefold() in PARTICLES)


def _is_initial(part: str) -> bool:
    letters = part.strip(".")
    return len(letters) == 1 or (part.endswith(".") and len(letters) <= 3)


def _patronymic(parts: list[str]) -> int:
    """Where the patronymic stands: second of three (given, patronymic, surname) or third (surname, given, patronymic); else -1."""
    if len(parts) < 3:
        return -1
    return next((at for at in (1, 2) if is_patronymic(parts[at])), -1)
