"""Labelled pairs of names from third-party data, for measuring only: whether two names belong to one person."""

from __future__ import annotations

import csv
import gzip
import itertools
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATASETS = Path("../shared/datasets")
LISTS = ("32014R0269", "32024R1485", "32006R0765")
_LABEL = re.compile(r"^\s*(?:a\.k\.a\.?|aka|(?:in )?(?:Russian|Ukrainian|Belarusian)(?: spelling)?\s*:|or)\s*", re.IGNORECASE)
"""What some cells print before a name."""
_NO_NAME = re.compile(r"[‘“\"][^‘’“”\"]{3,}[’”\"]|^born\b|^Stage name|^Text of image|Belarusian:", re.IGNORECASE)
"""Parts of a cell that are no personal name: nicknames in quotation marks, birth names without a given name, remarks."""
_CYRILLIC = re.compile("[а-яіїєґўА-ЯІЇЄҐЎ]")


@dataclass(frozen=True)
class Pair:
    """Two names; `same`: whether they are names of one person; `half`: 0 to develop on, 1 to report on."""

    one: str
    other: str
    same: bool
    half: int


def labelled_cases() -> list[Pair]:
    """The hand-made and generated pairs of people of nomenklatura's name benchmark."""
    with (DATASETS / "name-match-cases" / "cases.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] == "Person"]
    chance = random.Random(1)
    return [Pair(row["name1"], row["name2"], row["is_match"] == "true", chance.randrange(2)) for row in rows]


def listed_aliases() -> list[Pair]:
    """Pairs from the European Union's lists, of which one name is in Latin and the other in Cyrillic letters.

    Same: two names of one entry. Different, as many: names of two people with the same surname (the word in capitals, a final -a
    aside, so that brothers and sisters are among them), and where these do not suffice, of any two people. All names of an entry
    are in one half.
    """
    entries = list(_entries())
    chance = random.Random(2)
    half = [chance.randrange(2) for _ in entries]
    pairs = [
        Pair(a, b, True, half[number])
        for number, names in enumerate(entries)
        for a, b in _crossing(names, names)
        if names.index(a) < names.index(b)
    ]
    for side in (0, 1):
        members = [number for number in range(len(entries)) if half[number] == side]
        wanted = sum(pair.half == side for pair in pairs)
        apart = list(_namesakes(entries, members))
        chosen = chance.sample(apart, min(len(apart), wanted))
        while len(chosen) < wanted:
            one, other = chance.sample(members, 2)
            crossing = list(_crossing(entries[one], entries[other]))
            chosen += [chance.choice(crossing)] if crossing else []
        pairs += [Pair(a, b, False, side) for a, b in chosen]
    return pairs


def historical_figures() -> tuple[list[str], list[str]]:
    """50,578 names with errors, and the true person behind each."""
    with gzip.open(DATASETS / "historical-figures-50k" / "historical_50k.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["full_name"] for row in rows], [row["cluster"] for row in rows]


def _entries() -> Iterator[list[str]]:
    for name in LISTS:
        with (DATASETS / "eu-sanctions" / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["schema"] == "Person":
                    cells = (row[field] for field in ("name", "alias", "weakAlias", "previousName"))
                    names = [_LABEL.sub("", part).strip(' "') for cell in cells for part in re.split(r"[;()/]", cell)]
                    whole = (name for name in names if " " in name and len(name) < 80 and not _NO_NAME.search(name))
                    found = list(dict.fromkeys(whole))
                    if found:
                        yield found


def _namesakes(entries: list[list[str]], members: list[int]) -> Iterator[tuple[str, str]]:
    by_surname: dict[str, set[int]] = defaultdict(set)
    for number in members:
        for surname in _surnames(entries[number][0]):
            by_surname[surname].add(number)
    couples = {couple for group in by_surname.values() for couple in itertools.combinations(sorted(group), 2)}
    for one, other in sorted(couples):
        yield from _crossing(entries[one], entries[other])


def _crossing(names: list[str], others: list[str]) -> Iterator[tuple[str, str]]:
    return ((a, b) for a in names for b in others if _crosses(a, b))


def _surnames(name: str) -> set[str]:
    return {word.rstrip("A") for word in re.findall(r"[A-Z'’-]{3,}", name)}


def _crosses(one: str, other: str) -> bool:
    return bool(_CYRILLIC.search(one)) != bool(_CYRILLIC.search(other))
