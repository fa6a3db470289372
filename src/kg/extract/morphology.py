"""Cyrillic endings: which inflected forms belong together, and the nominative that a record should carry.

Russian and Ukrainian surnames and given names follow few patterns, and an article usually prints the nominative somewhere. Where it
does not and the pattern leaves a choice, the caller is told (`None`), so that the draft can say that the form needs a look.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.lexicon import Lexicon

_ENDINGS = (
    "ого",
    "его",
    "ому",
    "ему",
    "ової",
    "ую",
    "юю",
    "ая",
    "яя",
    "ої",
    "ою",
    "ею",
    "єю",
    "ией",
    "ією",
    "ієм",
    "ием",
    "ові",
    "еві",
    "єві",
    "ій",
    "ий",
    "ый",
    "ой",
    "ей",
    "ых",
    "их",
    "им",
    "ым",
    "ом",
    "ем",
    "єм",
    "ью",
    "а",
    "я",
    "у",
    "ю",
    "е",
    "є",
    "и",
    "ы",
    "і",
    "ї",
    "о",
    "й",
    "ь",
)
_VOWEL = "аеёиоуыэюяіїє"
_FLEETING = re.compile(r"(.{2,})[еє]ць?")
_CYRILLIC = re.compile("[А-Яа-яЁёІіЇїЄєҐґ]")


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """The keys under which a word can stand: without each ending it may have, and whole. A word in Latin letters has itself.

    Several, because `Рустем` looks like a case form of `Руст` and is the nominative of `Рустема`.
    """
    plain = word.lower().replace("i\u0307", "i").replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    if not _CYRILLIC.search(plain):
        return frozenset({plain})
    first, hyphen, rest = plain.partition("-")
    if hyphen and len(first) > 3 and len(rest) > 3:  # "Эмира-Усеина": both halves are declined
        return frozenset(f"{one}-{other}" for one in stems(first) for other in stems(rest))
    found = {plain} if plain[-1] not in _VOWEL else set()
    shortest = 2 if len(plain) < 4 else 3  # "Яну", a form of "Яна"
    endings = [ending for ending in _ENDINGS if plain.endswith(ending) and len(plain) - len(ending) >= shortest]
    found |= {plain[: -len(ending)] for ending in endings} or {plain}
    fleeting = _FLEETING.fullmatch(plain)
    if fleeting:  # Кравець, Кравця; Коломиец, Коломийца
        found |= {fleeting[1] + ("йц" if fleeting[1][-1] in _VOWEL else "ц"), fleeting[1] + "ьц"}
    return frozenset(key.rstrip("ьй") if len(key) > 3 else key for key in found)


def stem(word: str) -> str:
    """The shortest key of a word: for looking at its ending and for places."""
    return min(stems(word), key=len)


def same_name(one: str, other: str) -> bool:
    """Whether two words can be forms of one name."""
    return bool(stems(one) & stems(other))


def feminine(given: str, masculine: frozenset[str] | set[str], known: frozenset[str] | set[str]) -> bool | None:
    """Whether a given name, in whatever case, is a woman's; None when nothing tells."""
    plain = given.lower()
    if plain in masculine and plain[-1] not in _VOWEL:
        return False
    if plain in known - masculine and plain[-1] in "еє":
        return True
    men = any(same_name(name, given) for name in masculine)
    women = any(same_name(name, given) for name in known - masculine)
    if men != women:
        return women
    if men and women:  # Александр / Александра: the nominative decides only when it is one
        return None
    return None if plain[-1:] in _VOWEL else False


_RUSSIAN = {"Павло": "Павел"}
"""A Ukrainian nominative whose other cases are also those of a Russian name."""


def nominative_given(form: str, known: frozenset[str] | set[str], language: str) -> str | None:
    """The nominative of a given name by the list of given names; None if the list does not have it or leaves a choice."""
    plain = form.lower().replace("’", "'").replace("ʼ", "'")
    if re.fullmatch(r"льв(?:а|у|ом|ові|е|і)", plain):
        return "Лев"
    fits = {name for name in known if same_name(name, form)}
    if plain in fits:
        return form
    foreign = re.compile("[ыэёъ]|ей$|ий$(?<!ій)" if language == "uk" else "[іїєґ]")
    own = {name for name in fits if not foreign.search(name)} or fits
    # "Петра" is a form of "Петр" and of "Петро": each language has its own.
    own = (
        {name for name in own if name + "о" not in own}
        if language == "uk"
        else {n for n in own if n[-1] != "о" or n[:-1] not in own}
    )
    prefix = {name for name in own if plain.startswith(name)} or own
    one = next(iter(prefix)).capitalize() if len(prefix) == 1 else None
    return _RUSSIAN.get(one, one) if one and language == "ru" else one


def nominative_surname(form: str, female: bool | None) -> str | None:
    """The nominative of a surname whose bearer's sex is known; None where the form leaves a choice."""
    if not _CYRILLIC.search(form):
        return form
    if female is None:
        return None
    if re.search(r"огл[ыиу]$", form):
        return form
    rules = _FEMALE if female else _MALE
    for pattern, replacement in rules:
        changed, count = pattern.subn(replacement, form)
        if count:
            return changed
    return form if female and form[-1] not in _VOWEL else form if not female and form[-1] not in _VOWEL else None


_MALE = [
    (re.compile(r"(?<=[оеєёиі]в)(?:а|у|ым|им|е|і|ові|ы)$|(?<=ин)(?:а|у|ым|им|е|і|ові)$|(?<=[ыіїє]в)(?:а|у|им|і)$"), ""),
    (re.compile(r"ськ(?:ого|ому|им|ім)$"), "ський"),
    (re.compile(r"цьк(?:ого|ому|им|ім)$"), "цький"),
    (re.compile(r"ск(?:ого|ому|им|ом)$"), "ский"),
    (re.compile(r"цк(?:ого|ому|им|ом)$"), "цкий"),
    (re.compile(r"(?<=[нвршщжтч])(?:ого|ому|ым)$"), "ый"),
    (re.compile(r"енк(?:а|у|ом|ові|о|у)$"), "енко"),
    (re.compile(r"(?<=[йц]к)(?:а|у|ом|ові)$"), "о"),
    (
        re.compile(
            r"(?<=[уюаяиі][кх])(?:а|у|ом|ові|е|ові)$|(?<=ич)(?:а|у|ем|е|еві)$|(?<=[бвгджзклмнпрстфхцчшщ])(?:а|у|ом|ем|ові)$"
        ),
        "",
    ),
    (re.compile(r"ко$"), "ко"),
    (re.compile(r"([бвгджзклмнпрстфхцчшщйь])$"), r"\1"),
]
_FEMALE = [
    (re.compile(r"(?<=[оеєёі]в)(?:ой|у|ою|ої|ій)$|(?<=ин)(?:ой|у|ою|ої|ій)$"), "а"),
    (re.compile(r"(?<![оеё]в)(?<!ин)(?<!ск)(?:ой|ую|ою)$"), "ая"),
    (re.compile(r"(?<![оеєё]в)(?<![иії]н)(?<!ськ)(?:ої|ій)$"), "а"),
    (re.compile(r"(?<![оеєё]в)(?<![иії]н)(?<!ськ)у$"), "а"),
    (re.compile(r"ськ(?:ої|ій|у|ою)$"), "ська"),
    (re.compile(r"ск(?:ой|ую|ою)$"), "ская"),
    (re.compile(r"(ова|ева|єва|їна|іна|ина|ська|ская|цька|цкая|енко|ко)$"), r"\1"),
    (re.compile(r"([бвгджзклмнпрстфхцчшщйь])$"), r"\1"),
]


def nominative_adjectives(name: str, lexicon: Lexicon) -> str:
    """`Южного окружного военного суда` -> `Южный окружной военный суд`; what follows the court is in the genitive and stays."""
    forms = lexicon.get("court-nominative")
    if not forms:
        return name
    words = name.split()
    at = next((i for i, word in enumerate(words) if re.match(lexicon["court-stem"], word, re.IGNORECASE)), None)
    if at is None:
        return name
    head = [_adjective(word, lexicon.language, lexicon.get("adjective-exceptions", {})) for word in words[:at]]
    joined = re.match(r"(?:рай|обл|гор|міськ|міськрай|край|окр|військ)(?=суд)", words[at], re.IGNORECASE)  # "райсуд"
    return " ".join([*head, (joined[0] if joined else "") + forms, *words[at + 1 :]])


def _adjective(word: str, language: str, exceptions: dict[str, str]) -> str:
    match = re.match(r"(.+?)(?:ого|его|ому|ему|ым|им|ом|ем|ий|ый|ой|ій|ім)$", word)
    if not match:
        return word
    base = match[1]
    if base.lower() in exceptions:
        ending = exceptions[base.lower()]
    elif language == "uk":
        ending = "ий"
    else:
        ending = "ий" if base[-1] in "кгхжшчщ" else "ый"
    return base + ending
