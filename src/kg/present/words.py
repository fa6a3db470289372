"""The own words of what is sent, in its language (texts/<language>.yaml of its package), and dates written out in it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kg.errors import KgError

LANGUAGES = ("en", "uk")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~)?")


class Words:
    """Texts by dotted key, e.g. `words("section.acts")`."""

    def __init__(self, language: str, package: str) -> None:
        """The texts of `package`; raises KgError for a language that it is not written in."""
        self.language = language
        self.texts = _texts(language, package)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with `values` filled in; raises KeyError when there is none."""
        found: Any = self.texts
        for part in key.split("."):
            found = found[part]
        return str(found).format(**values) if values else str(found)

    def has(self, key: str) -> bool:
        """Whether there is a text of that key."""
        try:
            return bool(self(key))
        except KeyError:
            return False

    def count(self, key: str, number: int) -> str:
        """A number with its noun, in the form the language wants (Unicode CLDR plural rules)."""
        return f"{number} {self(f'{key}.{self._plural(number)}')}"

    def _plural(self, number: int) -> str:
        if self.language == "uk":
            if number % 10 == 1 and number % 100 != 11:
                return "one"
            return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"
        return "one" if number == 1 else "many"

    def date(self, text: str) -> str:
        """A date of kg.records.dates written out; anything else as it stands."""
        if "/" in text:
            start, _, end = text.partition("/")
            if end == "..":
                return self("date.from", start=self.date(start))
            return self("date.until", end=self.date(end)) if start == ".." else f"{self.date(start)} – {self.date(end)}"
        match = _DATE.fullmatch(text)
        if not match or not 0 < int(match[2] or 1) < 13:
            return text
        year, month, day, around = match.groups()
        written = year
        if month:
            form = "of" if day else "in"
            written = f"{int(day)} " if day else ""
            written += f"{self.texts['date']['months'][form][int(month) - 1]} {year}"
        return self("date.around", date=written) if around else written

    def duration(self, text: str) -> str:
        """An xsd:duration such as P3Y6M written out."""
        found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?", text)
        if not found:
            return text
        units = zip(("years", "months", "days"), found.groups(), strict=True)
        return " ".join(self.count(f"duration.{unit}", int(number)) for unit, number in units if number)

    def rule(self, axiom: str, labels: dict[str, str]) -> str:
        """An axiom of the ontology in words; `labels` has the labels of its terms by their English ones."""
        text = axiom.rstrip(".")
        for pattern, replacement in self.texts.get("rules", ()):
            changed = re.sub(pattern, replacement, text, count=1)
            if changed != text:
                text = changed
                break
        return re.sub("[“«]([^”»]+)[”»]", lambda found: f"“{labels.get(found[1], found[1])}”", text) if labels else text


@cache
def _texts(language: str, package: str) -> dict[str, Any]:
    if language not in LANGUAGES:
        raise KgError(f"what is sent is written in {' or '.join(LANGUAGES)}, not '{language}'")
    text = files(package).joinpath("texts", f"{language}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
