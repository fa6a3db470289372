"""Whether two printed names can be one person's: spellings, initials, the order of given name and surname."""

from __future__ import annotations

import re
import unicodedata

from kg.extract.morphology import same_name


def folded(name: str) -> str:
    """Latin spellings of one name as one: Yevgeniy, Evgenii, Evgeny; Izzet, Izet."""
    for pattern, one in _SPELLINGS:
        name = pattern.sub(one, name)
    return name


_SPELLINGS = [
    (re.compile(pattern), one)
    for pattern, one in (
        (r"^[yj]e", "e"),
        (r"kh", "h"),
        (r"(?:iy|ii|ij|yi|yy|ij|y)$", "i"),
        (r"[yj]([au])", r"i\1"),
        (r"ks", "x"),
        (r"(.)\1", r"\1"),
    )
]


def same_people(words: tuple[str, ...], more: tuple[str, ...]) -> bool:
    """Full names agree when their surnames do and their given names do, be it as an initial; also in the other order."""
    words, more = _surname_last(words), _surname_last(more)
    if len(words) == 1 or len(more) == 1:
        return same_name(words[-1], more[-1])
    if not same_name(words[-1], more[-1]):
        return len(words) == len(more) == 2 and same_name(words[0], more[1]) and same_name(words[1], more[0])
    first, second = words[0], more[0]
    if same_name(first, second):
        return True
    return (first.endswith(".") or second.endswith(".")) and first[0] == second[0]


def _surname_last(words: tuple[str, ...]) -> tuple[str, ...]:
    """`Aliev Muslim Nuriyevich` -> Muslim Nuriyevich Aliev."""
    return (*words[1:], words[0]) if len(words) == 3 and _PATRONYMIC.search(words[2].lower()) else words


_PATRONYMIC = re.compile(r"(?:[oei]v[iy]ch|[oei]vna|yivna|[оеі]вич(?:а|у|ем|ом|і|у)?|[оеёі]вн(?:а|ы|е|у|ой|ою|и|і)|ївн\w+)$")


def plain(word: str) -> str:
    """Without accents, in small letters: `José`, `jose`."""
    return "".join(char for char in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(char))
