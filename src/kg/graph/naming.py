"""Whether a text names somebody: any spelling, any of the scripts that `kg.identity.names` folds together, any case form.

Used to keep people out of texts, so it errs towards finding a name: a text that is withheld without need can be reworded, a
name that slipped through cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.identity.names.spelling import key

_WORD = re.compile(r"[^\W\d_]+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`ʹʻ′](?!s\b)[^\W\d_]+)*")
_NO_NAME = re.compile(r"[!?;:]|\w{2,}\.|^\.|\b[^\W\d_A-ZА-ЯІЇЄҐЎ]\w")
"""What does not stand between two parts of one name: the end of a sentence, a word in lower case."""
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`ʹʻ′](?=\w)")
_PARTICLES = frozenset(("al", "ibn", "bin", "ben", "ogly", "oglu", "kyzy", "qizi", "van", "von", "der", "de", "la", "du"))
_DESCRIPTIONS = frozenset(
    (
        *("secret", "witness", "relative", "wife", "husband", "mother", "father", "son", "daughter", "brother", "sister", "parent"),
        *("таємний", "свідок", "тайный", "свидетель", "секретный", "дружина", "жена", "мати", "мать", "брат", "сестра"),
    )
)
"""Words that stand in the place of a name."""
_ENDINGS = re.compile(r"(?:oho|eho|omu|emu|ovi|evi|ami|oi|ei|om|em|im|ih|ah|am|ou|eu|iu|u|a|e|i|o)$")
"""Case endings of Russian and Ukrainian names as they look when folded to Latin letters, the longer ones first."""
_FLEETING = re.compile(r"[oe](?=[kc]$)")
"""A vowel that case forms drop: Demenok, of Demenka."""
_SHORTEST = 3
"""Letters that the stem of a part of a name must have to name somebody alone: shorter ones are stems of too many words."""
_APART = 4
"""How many words two parts of one name may span: given name, patronymic, family name and one more."""


@lru_cache(200_000)
def stem(word: str) -> str:
    """What the case forms of a word in every script have in common."""
    folded = key(word)
    bare = _ENDINGS.sub("", folded)
    return _FLEETING.sub("", bare if len(bare) >= 3 else folded)


def stems(text: str) -> list[str]:
    """The stems of the words of a text, an address or a key, in order."""
    plain = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    return [stem(word) for word in _WORD.findall(plain) if len(word) > 1]


class NamesInText:
    """Finds `names` in texts.

    A text names somebody when two parts of one name stand near each other in it, or when a part with a stem of three letters or
    more stands in it that none of the `others` (names that may be shown) has. What is written in lower case throughout in `names`
    is a description, not a name, and is not looked for.
    """

    def __init__(self, names: Iterable[str], others: Iterable[str] = ()) -> None:
        shown = {part for name in others for part in stems(name)}
        self._together: set[frozenset[str]] = set()
        self._alone: set[str] = set()
        for parts in {_parts(name) for name in names}:
            self._alone |= {part for part in parts if len(part) >= _SHORTEST and part not in shown}
            self._together |= {frozenset((one, other)) for one in parts for other in parts if one != other}
            if len(parts) == 1:
                self._alone |= set(parts)

    def __bool__(self) -> bool:
        return bool(self._alone or self._together)

    def found_in(self, text: str) -> bool:
        """Whether `text` names one of them."""
        words = stems(text)
        if self._alone.intersection(words):
            return True
        return any(
            frozenset((word, near)) in self._together for at, word in enumerate(words) for near in words[at + 1 : at + _APART]
        )

    def replace_in(self, text: str, instead: str) -> str:
        """`text` with each of them replaced; words of one name next to each other become one."""
        words = [(match.span(), found[0]) for match in _NAME_WORD.finditer(text) if (found := stems(match[0]))]
        named = {at for at, (_, word) in enumerate(words) if word in self._alone}
        for at, (_, word) in enumerate(words):
            for near in range(at + 1, min(at + _APART, len(words))):
                between = text[words[at][0][1] : words[near][0][0]]
                if frozenset((word, words[near][1])) in self._together and not _NO_NAME.search(between):
                    named |= {at, near}
        made, end, last = [], 0, -2
        for at in sorted(named):
            (start, stop), _ = words[at]
            if not (at == last + 1 and not text[end:start].strip()):
                made += [text[end:start], instead]
            end, last = stop, at
        return "".join([*made, text[end:]])

    def found_in_any(self, value: object) -> bool:
        """Whether any text inside `value` (texts, lists and mappings with their keys) names one of them."""
        if isinstance(value, str):
            return self.found_in(value)
        if isinstance(value, dict):
            return any(self.found_in_any(part) for pair in value.items() for part in pair)
        if isinstance(value, (list, tuple, set, frozenset)):
            return any(self.found_in_any(part) for part in value)
        return False


def _parts(name: str) -> frozenset[str]:
    plain = _APOSTROPHES.sub("", _POSSESSIVE.sub("", name))
    words = [word for word in _WORD.findall(plain) if len(word) > 1 and word.casefold() not in _PARTICLES | _DESCRIPTIONS]
    if all(word == word.lower() and word != word.upper() for word in words):
        return frozenset()
    return frozenset(stem(word) for word in words if word != word.lower() or word == word.upper())
