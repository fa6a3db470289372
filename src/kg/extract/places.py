"""Places named in an article that the registry of places knows, in whatever case form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.morphology import stem
from kg.extract.tokens import Stretch, Text
from kg.records import Registries


@dataclass(frozen=True, order=True)
class PlaceMention:
    """A place of the registry, by `key`, named at `stretch`."""

    stretch: Stretch
    key: str


def find_places(text: Text, registries: Registries | None) -> list[PlaceMention]:
    """Every place the registry knows, the longest name first; none without a registry."""
    if registries is None:
        return []
    found: list[PlaceMention] = []
    names = {name: place.key for place in registries.places.entries.values() for name in [*place.name.values(), *place.other_names]}
    for name in sorted(names, key=len, reverse=True):
        for match in _pattern(name).finditer(text.text):
            part = Stretch(*match.span())
            if not any(part.touches(other.stretch) for other in found):
                found.append(PlaceMention(part, names[name]))
    return sorted(found)


def seat(text: Text, body: Stretch, places: list[PlaceMention]) -> str | None:
    """Key of the place that the body named at `body` is in.

    `Kyiv District Court of Simferopol` is in Simferopol: what stands before the noun is the name of a
    district when a place follows, in the name or right after it.
    """
    inside = [place for place in places if body.holds(place.stretch)]
    noun = max((match.end() for match in text.lexicon.pattern("court-words").finditer(text.text, body.start, body.end)), default=0)
    after = [place for place in inside if place.stretch.start >= noun > 0]
    beside = [place for place in places if _follows(text, body, place.stretch)]
    return next((place.key for place in [*after, *beside, *inside]), None)


def _follows(text: Text, body: Stretch, place: Stretch) -> bool:
    """`the Southern District Military Court in Rostov-on-Don`: the place right after the name."""
    gap = text.text[body.end : place.start] if place.start >= body.end else "x" * 99
    return len(gap) < 16 and gap.strip() in _IN


_IN = (
    "in",
    "in the",
    "of",
    "в",
    "у",
    "(",
    "in occupied",
    "of occupied",
    "в городе",
    "у місті",
    "в г.",
    "м.",
    "г.",
    "города",
    "міста",
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = []
    for word in name.split():
        base = re.escape(stem(word).capitalize() if word[:1].isupper() else stem(word))
        if re.search("[А-Яа-яІіЇїЄєҐґЁё]", word):
            base = base if len(base) > 2 else re.escape(word)
            words.append(
                rf"(?i:{base})[а-яіїєґь']{{0,4}}"
                if word[:1].islower()
                else rf"{base}(?:[аеиоуыэюяіїєьйм]|ом|ем|ою|ой|ами|єм|ого|ому|ої|ій|ові|ого|ым|им)?"
            )
        else:
            words.append(re.escape(word))
    return re.compile(r"(?<![\w-])" + r"[\s-]+".join(words) + r"(?![\w-])")
