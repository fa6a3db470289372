"""The interface says everything in both languages."""

from __future__ import annotations

import re

import pytest

from kg.web.assets import HERE
from kg.web.texts import Texts, plural

TEXTS = Texts.load().by_language


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    assert set(TEXTS["en"]) == set(TEXTS["uk"])
    for key, text in TEXTS["en"].items():
        assert _values(text) == _values(TEXTS["uk"][key]), key


def test_plurals_are_complete() -> None:
    for language, categories in {"en": {"one", "other"}, "uk": {"one", "few", "many"}}.items():
        assert all(set(text) == categories for text in TEXTS[language].values() if isinstance(text, dict))


@pytest.mark.parametrize(("number", "category"), [(1, "one"), (2, "few"), (5, "many"), (11, "many"), (21, "one"), (112, "many")])
def test_ukrainian_counts_in_three_ways(number: int, category: str) -> None:
    assert plural("uk", number) == category


def test_templates_ask_for_texts_that_there_are() -> None:
    for path in (HERE / "templates").rglob("*.html"):
        for key in re.findall(r'\bt\("([\w.]+)"\s*[,)]', path.read_text(encoding="utf-8")):
            assert key in TEXTS["en"], f"{path.name}: {key}"


def _values(text: object) -> set[str]:
    texts = text.values() if isinstance(text, dict) else [text]
    return {name for one in texts for name in re.findall(r"\{(\w+)\}", str(one))}
