"""The words a grammar needs, per language, read from lexicon/<language>.yaml.

A phrase in those files is written as words with five marks: `stem*` (any ending), `a|b` (either word), `(word)` (may be absent),
`...` (up to three other words) and `....` (up to nine). A phrase in lower case matches in any case, one with a capital letter only
as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.errors import KgError
from kg.extract.declension import case_forms, feminine_form, plural_forms

FOLDER = Path(__file__).parent / "lexicon"
NOTHING = re.compile(r"(?!)")
"""A pattern that never matches: what an empty list of phrases becomes."""


def languages() -> list[str]:
    """ISO 639-1 codes of the languages that have a lexicon."""
    return sorted(path.stem for path in FOLDER.glob("??.yaml"))


class Lexicon:
    """The data of one language; `pattern` compiles lists of phrases."""

    def __init__(self, language: str, data: dict[str, Any]) -> None:
        self.language = language
        self.data = data
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, section: str) -> Any:
        return self.data[section]

    def get(self, section: str, default: Any = None) -> Any:
        """A section of the file, or `default` where the language has none."""
        return self.data.get(section, default)

    def pattern(self, section: str) -> re.Pattern[str]:
        """The phrases of a section (`a.b` goes down into a mapping) as one compiled pattern."""
        if section not in self._patterns:
            value: Any = self.data
            for part in section.split("."):
                value = (value or {}).get(int(part) if part.isdecimal() else part)
            self._patterns[section] = compile_phrases(value or [])
        return self._patterns[section]


class _Loader(yaml.SafeLoader):
    """YAML in which `on`, `no` and `yes` are the words they look like, and no key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """As YAML does, but a second key of one name, which would silently replace the first, is an error."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                place = f"{Path(key.start_mark.name).name}:{key.start_mark.line + 1}"
                raise KgError(f"{place}: '{key.value}' stands twice here, so that the first is lost; join the two")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_words(path: Path) -> dict[str, Any]:
    """A file of word lists; raises KgError, with file and line, where a key stands twice."""
    with path.open(encoding="utf-8") as lines:
        words: dict[str, Any] = yaml.load(lines, _Loader)
    return words


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of `language`; raises KgError for a language that has none."""
    path = FOLDER / f"{language}.yaml"
    if not re.fullmatch("[a-z]{2}", language) or not path.exists():
        raise KgError(f"articles in '{language}' cannot be read yet: there are word lists for {', '.join(languages())}")
    data, shared = read_words(path), read_words(FOLDER / "given-names.yaml")
    data["given"] = {_folded(name) for group in shared["names"].values() for name in group}
    data["given-masculine"] = {_folded(name) for group in shared["masculine"] for name in shared["names"][group]}
    if data.get("free-word-order"):
        _add_pointers(data, language)
        data["roles"] = [_inflected(entry, language) for entry in data["roles"]]
    return Lexicon(language, data)


_POINTING = ("lawyer", "journalist", "activist", "member-of-parliament", "clergy")
"""Roles whose nouns can mean somebody named before (`Журналиста задержали`); those of officials and lawyers mean too many."""


def _add_pointers(data: dict[str, Any], language: str) -> None:
    """Add `noun-pointers`, nouns that can stand for a person named before, and their forms to the pronouns of either sex."""
    rows = [row for row in data["roles"] if row.get("role") in _POINTING or (not row.get("relative") and "role" not in row)]
    words = [_nominatives(map(str, row["words"]), language) for row in rows]
    nouns = [noun for row in words for noun in row if noun.isalpha() or "'" in noun] + data["pointing-nouns"]
    forms = {form for noun in nouns for form in case_forms(noun, language)}
    hers = {form for noun in nouns for form in case_forms(noun, language) if feminine_form(noun, form)}
    data["noun-pointers"] = sorted(forms)
    data["kin-words"] = {str(word) for row in data["roles"] if row.get("relative") for word in row["words"]}
    everybody = [noun for row in data["roles"] for noun in _nominatives(map(str, row["words"]), language) if noun.isalpha()]
    data["noun-sexes"] = {
        form: feminine_form(noun, form)
        for noun in everybody
        for form in case_forms(noun, language)
        if form != noun or feminine_form(noun, form)  # "журналист" can be said of a woman
    }
    data["feminine-pronouns"] = [*data["feminine-pronouns"], *sorted(hers)]
    data["masculine-pronouns"] = [*data["masculine-pronouns"], *sorted(forms - hers)]


def _nominatives(words: Iterable[str], language: str) -> list[str]:
    """Those words of a row that are no case form of one before them."""
    found: list[str] = []
    formed: set[str] = set()
    for word in words:
        if word not in formed:
            found.append(word)
            formed |= {*case_forms(word, language), *plural_forms(word, language)}
    return found


def _inflected(entry: dict[str, Any], language: str) -> dict[str, Any]:
    """A row of roles with the case forms of its words, those of the file first."""
    words = [str(word) for word in entry["words"]]
    plural = [str(word) for word in entry.get("plural", [])]
    bases = _nominatives(words, language)
    single = dict.fromkeys([*words, *(form for word in bases for form in case_forms(word, language))])
    many = dict.fromkeys([*plural, *(form for word in bases for form in plural_forms(word, language))])
    return {
        **entry,
        "words": [form for form in single if form not in plural or form in words],
        "plural": [form for form in many if form not in single or form in plural],
    }


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches any of `phrases` as whole words, the longest first."""
    return re.compile(source) if (source := phrase_source(phrases)) else NOTHING


def phrase_source(phrases: Iterable[str]) -> str:
    """The regular expression behind `compile_phrases`; empty for no phrases."""
    return _source_of(tuple(map(str, phrases)))


@cache
def cached_pattern(source: str) -> re.Pattern[str]:
    """A regular expression compiled once for all articles: those with hundreds of words take longer to compile than to use."""
    return re.compile(source)


@cache
def _source_of(phrases: tuple[str, ...]) -> str:
    parts = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return rf"(?<!\w)(?:{'|'.join(map(_phrase, parts))})(?!\w)" if parts else ""


def _phrase(phrase: str) -> str:
    source, glue = "", ""
    for word in phrase.split():
        if word == "...":
            source += r"(?:\s+[\w’'ʼ-]+){0,3}?"
        elif word == "....":
            source += r"(?:,?\s+[\w«“\"’'ʼ-][\w’'ʼ».”\"-]*){0,9}?"
        elif word.startswith("(") and word.endswith(")"):
            inner = _word(word[1:-1])
            source += rf"(?:{glue}{inner})?" if glue else rf"(?:{inner}\s+)?"
            continue
        else:
            source += glue + _word(word)
        glue = r"[»”\"]?,?\s+[«“\"]?" if word == "...." else r"[»”\"]?\s+[«“\"]?"
    return source if any(char.isupper() for char in phrase) else f"(?i:{source})"


def _word(word: str) -> str:
    forms = [re.escape(form).replace("е", "[её]").replace("'", "['’ʼ]").replace(r"\*", r"[\w’ʼ'-]*") for form in word.split("|")]
    return forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})"


def _folded(name: str) -> str:
    return name.lower().replace("’", "'").replace("ʼ", "'")
