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
