"""One key for all spellings of a word: Cyrillic of four languages and its many romanisations folded into the same few letters.

The key is lossy on purpose: г and х, и and і, ж, з and their romanisations each fall together, because romanisations mix them up
(Nagayev, Nahaiev; Khalilov, Halilov). What two different names lose in this way is told apart by the person who decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгґдежзийклмнопрстуфхцчшыэ", "abvhhdezziiklmnoprstufhccsie", strict=True)),
        **dict(zip("іїєёюяўң", "iieeuavn", strict=True)),
        **{"щ": "s", "ъ": "", "ь": "", "қ": "k", "ӯ": "u"},
        **dict(zip("љњћђјџ", "lnccic", strict=True)),
    }
)
"""One folded letter for each letter of the Russian, Ukrainian, Belarusian, Serbian and Cyrillic Crimean Tatar alphabets."""

_LOOKALIKES = str.maketrans("abceghikmnoptxyĸ", "авседнікмнортхук")
"""Latin letters, and the letter kra, that documents have in Cyrillic words, where they stand for the letter they look like."""

_LETTERS_OF_LATIN = str.maketrans(dict(zip("şšșçčćžźżğŭ", "sssccczzzhv", strict=True)))
_SPECIAL = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "s", "æ": "e", "œ": "e", "ð": "d", "þ": "t", "ə": "a"})
_LATIN = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"shch|šč|sch|tsch|szcz", "s"),
        (r"ck", "k"),
        (r"dzh|dsch|dj(?=[aeou])", "c"),  # Crimean Tatar and Turkish c is dzh: Celâl, Cemil
        (r"tch|ch", "c"),
        (r"kh|gh", "h"),
        (r"zh", "z"),
        (r"dz", "d"),  # Belarusian: Dzmitry, Davydzka
        (r"sh|sz", "s"),
        (r"ts|tz|cz", "c"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"q", "k"),
        (r"w", "v"),
        (r"g", "h"),
        (r"(?<=[aeiou])j", "i"),  # Sergej, Andrij, Issajev
        (r"(?<=[bdfklmnprstvz])j(?=[aeou])", ""),  # Tatjana, Natalja
        (r"^j(?=u)", ""),  # Jurij
        (r"j", "c"),
    )
]
_BELARUSIAN = re.compile(r"(?<=[ae])u(?=[^aeiou]|$)|(?<=o)u$")
"""Where u stands for ў, which other languages have as v: Lukashenkau, Urubleuski, Paulavich, Tkachou."""

_SOFT = re.compile(r"i+(?=[aeou])")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")
_OTHER = re.compile(r"[^a-z]")


@lru_cache(200_000)
def key(word: str) -> str:
    """The folded spelling of one word: lower-case letters a-z; for a script it does not know the word itself, case-folded."""
    text = unicodedata.normalize("NFKC", word).casefold()
    if _is_latin(word):
        text = text.translate(_LETTERS_OF_LATIN).translate(_SPECIAL)
        if not word.isascii():
            text = _without_marks(text)
        for pattern, letters in _LATIN:
            text = pattern.sub(letters, text)
    else:
        text = text.translate(_LOOKALIKES).replace("дж", "ч").replace("дз", "д").replace("шч", "щ")
        text = _without_marks(text.translate(CYRILLIC))
    folded = _BELARUSIAN.sub("v", _OTHER.sub("", text))
    if not folded:
        return "".join(letter for letter in text if letter.isalnum())
    return _smooth(folded.replace("y", "i"))


def tables() -> dict[str, object]:
    """What `key` is made of, as plain data for programs in other languages: letters to letters, and patterns (in the syntax that
    Python and ECMAScript share) with what stands in their place, in order."""
    return {
        "cyrillic": {chr(letter): to for letter, to in CYRILLIC.items()},
        "lookalikes": {chr(letter): chr(to) for letter, to in _LOOKALIKES.items()},
        "latin": {chr(letter): to for table in (_LETTERS_OF_LATIN, _SPECIAL) for letter, to in table.items()},
        "spellings": [[pattern.pattern, letters] for pattern, letters in _LATIN],
        "belarusian": _BELARUSIAN.pattern,
        "soft": _SOFT.pattern,
    }


def consonants(folded: str) -> str:
    """The consonants of a key: what survives most romanisations. The key itself if it has none."""
    return folded.translate(_VOWELS) or folded


def plain(word: str) -> str:
    """The word in lower case and one alphabet: lookalikes from another one replaced, Latin letters without marks."""
    text = unicodedata.normalize("NFKC", word).casefold()
    return text if word.isascii() else _without_marks(text) if _is_latin(word) else text.translate(_LOOKALIKES)


def _smooth(text: str) -> str:
    """Without soft vowels before vowels (ya, ia, ja are all a), doubled letters and the ending -iy."""
    text = _TWICE.sub(r"\1", _SOFT.sub("", text) or text)
    return text[:-1] if len(text) > 4 and text.endswith("i") else text


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _is_latin(word: str) -> bool:
    """Whether no letter is Cyrillic: papers write a Latin i in a Cyrillic word, hardly ever the other way round."""
    return not any("Ѐ" <= letter <= "ӿ" for letter in word)
