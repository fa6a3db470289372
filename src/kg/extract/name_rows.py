"""Names in a row: joined by commas and "and", so that what is told of one is told of all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.persons import PersonMention
from kg.extract.tokens import Text

_ASIDE = r"(?:\s\([^)]*\))?(?:,\s(?:aged\s)?\d\d)?"
"""What may stand behind a name: ` (31)`, `, 31`."""
_AND = r"(?:and|и|та|і|й|а также|а також)"
_CLOSE = re.compile(rf",?\s+{_AND}\s+|,\s+")
_BARE = re.compile(rf"{_ASIDE}(?:,|,?\s+{_AND})\s+")
_TITLED = re.compile(
    rf"{_ASIDE}(?:,?\s+{_AND}\s+(?:(?!of\b|for\b|by\b)[\w’'-]+,?\s+){{0,4}}|,\s+(?:[^\W\dA-ZА-ЯІЇЄҐ][\w’'-]*\s+){{0,2}})"
)
"""A comma or "and", and what the second one is: ` and editor `, `, журналиста `."""


def joined_to_first(text: Text, mentions: Sequence[PersonMention]) -> list[PersonMention]:
    """The first person, with those joined to them, each perhaps after a post; nobody of nobody."""
    end = 1
    while end < len(mentions) and _TITLED.fullmatch(_gap(text, mentions, end)):
        end += 1
    return list(mentions[:end])


def joined_to_last(text: Text, mentions: Sequence[PersonMention]) -> list[PersonMention]:
    """The last person, with those joined to them by nothing but "and" or a comma."""
    first = len(mentions) - 1
    while first > 0 and _CLOSE.fullmatch(_gap(text, mentions, first)):
        first -= 1
    return list(mentions[max(first, 0) :])


def rows(text: Text, mentions: Sequence[PersonMention]) -> list[list[PersonMention]]:
    """All rows of an article, a name that stands alone being a row of one."""
    found: list[list[PersonMention]] = []
    for at, mention in enumerate(mentions):
        if at and _BARE.fullmatch(_gap(text, mentions, at)):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def _gap(text: Text, mentions: Sequence[PersonMention], at: int) -> str:
    """What stands before the mention at `at`, since the one before it."""
    return text.text[mentions[at - 1].stretch.end : mentions[at].stretch.start]
