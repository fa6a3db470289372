"""Whom an event happened to, where its own words tell only how many they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.extract.lexicon import Lexicon, cached_pattern, phrase_source
from kg.extract.name_rows import rows
from kg.extract.persons import Person, PersonMention
from kg.extract.tokens import Stretch, Text

MOST = 12
"""A larger group is not told apart by its number."""


_CROWD = re.compile(
    r"(?<!\w)(?:дво(?:их|х)|тро(?:их|ьох)|четверых|чотирьох|пятерых|п[’'ʼ]ятьох|шестерых|сотни|сотні|десятки|dozens|hundreds)(?!\w)"
)
"""People told by number without a noun."""


class CountedPeople:
    """`The court sentenced five Crimean Tatars.` and, further on, one row of five names: those five."""

    def __init__(self, text: Text, people: Sequence[PersonMention], eligible: Callable[[Person], bool]) -> None:
        self.text = text
        named = rows(text, [m for m in people if eligible(m.person)])
        self.rows = {tuple(dict.fromkeys(m.person for m in row)) for row in named}

    def follows(self, position: int, end: int) -> bool:
        """Whether a number of people, such as `1266 человек`, stands right behind `position`, or one word on."""
        ahead = re.compile(r"\s+(?:[^\W\d_]+\s+)?").match(self.text.text, position, end)
        counted = cached_pattern(rf"{_people_counted(self.text.lexicon).pattern}|{_CROWD.pattern}")
        return ahead is not None and any(counted.match(self.text.text, at, end) for at in {position + 1, ahead.end()})

    def homes_follow(self, position: int, end: int) -> bool:
        """`raided nine homes`: whose they are is not told by whom the sentence named before."""
        numbers = "|".join(phrase_source(words) for words in self.text.lexicon["numbers"].values())
        homes = phrase_source(self.text.lexicon["homes"])
        pattern = cached_pattern(rf"(?:\s+[^\W\d_]+){{0,2}}?\s+(?:\d+|{numbers})\s+(?:[^\W\d_]+\s+)?{homes}")
        return pattern.match(self.text.text, position, end) is not None

    def meant(self, clause: Stretch) -> tuple[str, list[Person]] | None:
        """The words of `clause` for a number of people, and whom they mean; None unless one row of the article has so many."""
        pattern = _people_counted(self.text.lexicon)
        for match in pattern.finditer(self.text.text, clause.start, clause.end):
            count = _value(self.text.lexicon, match["number"])
            fitting = [row for row in self.rows if len(row) == count]
            if 1 < count <= MOST and len({frozenset(row) for row in fitting}) == 1:
                return match[0], list(fitting[0])
        return None


def _people_counted(lexicon: Lexicon) -> re.Pattern[str]:
    numbers = "|".join(phrase_source(words) for number, words in lexicon["numbers"].items() if number <= MOST)
    nouns = phrase_source(lexicon["people-counted"])
    return cached_pattern(rf"(?P<number>(?<![\w.,-])\d{{1,4}}|{numbers})\s+(?:[\w’'-]+\s+){{0,3}}?{nouns}")


def _value(lexicon: Lexicon, word: str) -> int:
    if word.isdigit():
        return int(word)
    numbers = lexicon["numbers"].items()
    return next((int(number) for number, forms in numbers if re.fullmatch(phrase_source(forms), word)), 0)
