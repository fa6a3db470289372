"""The words of the interface, in English and Ukrainian: `<part>.<language>.yaml` and `<language>.yaml` beside this file."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from starlette.requests import Request

LANGUAGES = {"en": "English", "uk": "Українська"}
"""Languages of the interface, each by its own name."""

Translator = Callable[..., str]


@dataclass(frozen=True)
class Texts:
    """Texts by language and key; keys are dotted paths into the files."""

    by_language: Mapping[str, Mapping[str, Any]]

    @classmethod
    @functools.cache
    def load(cls) -> Texts:
        """Read the files beside this module."""
        found: dict[str, dict[str, Any]] = {code: {} for code in LANGUAGES}
        for code in LANGUAGES:
            for path in sorted(Path(__file__).parent.glob("*.yaml")):
                if path.name == f"{code}.yaml" or path.name.endswith(f".{code}.yaml"):
                    found[code] |= dict(_flat(yaml.safe_load(path.read_text(encoding="utf-8")) or {}))
        return cls(found)

    def translator(self, language: str) -> Translator:
        """`t(key, **values)` for one language: the text with its values; English where a language lacks it.

        A text that depends on a number is a mapping of plural categories (Unicode CLDR); the number is given as `n`.
        """

        def translate(key: str, **values: Any) -> str:
            text = self.by_language[language].get(key) or self.by_language["en"][key]
            if isinstance(text, dict):
                text = text.get(plural(language, int(values["n"]))) or text["other"]
            return str(text).format(**values) if values else str(text)

        return translate


def plural(language: str, number: int) -> str:
    """The plural category of a whole number (Unicode CLDR 46, cardinal rules of English and Ukrainian)."""
    if language == "en":
        return "one" if number == 1 else "other"
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


_PLURALS = {"one", "few", "many", "other"}


def _flat(tree: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in tree.items():
        if isinstance(value, dict) and not set(value) <= _PLURALS:
            found += _flat(value, f"{above}{key}.")
        else:
            found.append((f"{above}{key}", value))
    return found


def language_of(request: Request) -> str:
    """The language asked for: by the address (?lang=), the cookie, or what the browser prefers; else English."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wanted in LANGUAGES:
            return str(wanted)
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> str:
    """The first language of an Accept-Language header (RFC 9110, section 12.5.4) that there is."""
    wanted = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, parameter = part.strip().partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            continue
        wanted.append((-weight, place, tag.partition("-")[0].lower()))
    return next((tag for _, _, tag in sorted(wanted) if tag in LANGUAGES), "en")
