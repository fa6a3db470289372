"""Local keys of a draft: lower-case Latin letters, digits and hyphens, from names in any script."""

from __future__ import annotations

import re
import unicodedata

_LATIN = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "ie",
            "zh",
            "z",
            "y",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "iu",
            "ia",
            "y",
            "e",
            "e",
            "_",
        ],
        strict=True,
    )
)


def slug(name: str) -> str:
    """A local key: lower-case Latin letters, digits and hyphens."""
    lower = name.lower()
    table = _LATIN if re.search("[іїєґ]", lower) else {**_LATIN, "г": "g", "и": "i", "э": "e", "е": "e"}
    latin = "".join(table.get(char, char) for char in lower).replace("_", "")
    plain = (
        unicodedata.normalize("NFKD", latin.replace("ı", "i").replace("ł", "l").replace("đ", "d"))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
