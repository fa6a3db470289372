"""A Cyrillic name in Latin letters, for readers: by the official rules of Ukraine and of travel documents.

Not for comparing names: that is what `kg.identity.names.spelling` is for.
"""

from __future__ import annotations

import re

_SHARED = dict(zip("абвдезклмнопрстуф", "abvdezklmnoprstuf", strict=True)) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
}
_UKRAINIAN = _SHARED | dict(zip("гґиіїй", "hgyiii", strict=True)) | {"є": "ie", "ь": "", "ю": "iu", "я": "ia"}
_UKRAINIAN_FIRST = _UKRAINIAN | {"ї": "yi", "є": "ye", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = _SHARED | dict(zip("гёийыэ", "geiiye", strict=True)) | {"ъ": "ie", "ь": "", "ю": "iu", "я": "ia"}
_ONLY_UKRAINIAN, _ONLY_RUSSIAN = frozenset("ґіїє"), frozenset("ёыъэ")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_APOSTROPHE = re.compile("['’ʼ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def romanise(name: str, ukrainian: bool) -> str | None:
    """`name` in Latin letters; None where one of its Cyrillic letters is neither Ukrainian nor Russian.

    `ukrainian` says which language it is printed in where its letters do not tell. Ukrainian by resolution 55 of the Cabinet of
    Ministers of Ukraine of 27 January 2010, Russian by ICAO document 9303, part 3, section 6 B.
    """
    letters = set(name.lower())
    ukrainian = bool(letters & _ONLY_UKRAINIAN) or (ukrainian and not letters & _ONLY_RUSSIAN)
    done = _WORD.sub(lambda match: _word(match[0], ukrainian), name)
    return None if _CYRILLIC.search(done) else done


def _word(word: str, ukrainian: bool) -> str:
    if ukrainian:
        word = _APOSTROPHE.sub("", word)
        for letters, latin in (("зг", "zgh"), ("Зг", "Zgh"), ("ЗГ", "ZGH")):
            word = word.replace(letters, latin)
    first, table = (_UKRAINIAN_FIRST, _UKRAINIAN) if ukrainian else (_RUSSIAN, _RUSSIAN)
    capitals = len(word) > 1 and word == word.upper()
    return _letter(word[0], first, capitals) + "".join(_letter(letter, table, capitals) for letter in word[1:])


def _letter(letter: str, table: dict[str, str], capitals: bool) -> str:
    latin = table.get(letter.lower())
    if latin is None:
        return letter
    if letter == letter.lower():
        return latin
    return latin.upper() if capitals else latin.capitalize()
