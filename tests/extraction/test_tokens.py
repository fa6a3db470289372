"""Sentences and quotations: where a text is cut, and where it must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.lexicon import compile_phrases, languages, load_lexicon, read_words
from kg.extract.tokens import balanced, read_text


def sentences(text: str, language: str = "en") -> list[str]:
    read = read_text(text, load_lexicon(language))
    return [read.of(sentence) for sentence in read.sentences]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mr. Ivanov was charged under Art. 205 on Feb. 6 by Judge O. V. Petrov."),
        ("ru", "Судья О. В. Петров приговорил его по ч. 1 ст. 205 УК РФ 6 февраля 2019 г. в Ростове."),
        ("uk", "Суддя О. В. Петров засудив його за ч. 1 ст. 110 у 2019 р. в м. Київ."),
    ],
)
def test_abbreviations_and_initials_end_no_sentence(language: str, text: str) -> None:
    assert sentences(text, language) == [text]


def test_a_full_stop_inside_closing_quotes_ends_a_sentence() -> None:
    assert sentences("“They took him.” Ivanov wept.") == ["“They took him.”", "Ivanov wept."]


def test_page_furniture_is_left_out() -> None:
    assert sentences("Ivanov was detained.\nRead also: Petrov was detained\nShare:\nHe is free.") == [
        "Ivanov was detained.",
        "He is free.",
    ]


def test_speech_is_told_from_a_word_set_apart() -> None:
    text = "The so-called “judge” said: “This man was detained by nobody at all.”"
    read = read_text(text, load_lexicon("en"))
    assert not read.in_speech(text.index("judge"))
    assert read.in_speech(text.index("detained"))


def test_speech_left_open_at_the_start_of_a_paragraph_runs_to_its_end() -> None:
    text = "“They detained my son and nobody told us why.\nThe trial began."
    read = read_text(text, load_lexicon("en"))
    assert read.in_speech(text.index("detained"))
    assert not read.in_speech(text.index("trial"))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("sentenc*", "He was sentenced.", "sentenced"),
        ("judge|justice", "a Justice spoke", "Justice"),
        ("FSB", "the fsb and the FSB", "FSB"),
        ("detained ... again", "detained her once again", "detained her once again"),
        ("the (two) men", "the men left", "the men"),
        ("п'ять", "п’ять років", "п’ять"),
    ],
)
def test_the_marks_of_a_phrase(phrase: str, text: str, found: str) -> None:
    match = compile_phrases([phrase]).search(text)
    assert match
    assert match[0] == found


def test_every_language_has_the_same_sections_of_grammar() -> None:
    needed = {
        "months",
        "units",
        "roles",
        "events",
        "regimes",
        "code-words",
        "court-words",
        "say-verbs",
        "negations",
        "hypotheticals",
    }
    kinds = {language: {event["kind"] for event in load_lexicon(language)["events"]} for language in languages()}
    for language in languages():
        assert needed <= set(load_lexicon(language).data), language
    assert kinds["en"] == kinds["ru"] == kinds["uk"]


def test_a_quotation_mark_whose_partner_was_cut_off_goes() -> None:
    assert balanced("President of “Radio Liberty") == "President of Radio Liberty"
    assert balanced("«Дело 26 февраля»") == "Дело 26 февраля"
    assert balanced("дело «Хизб ут-Тахрир»") == "дело «Хизб ут-Тахрир»"


def test_a_translator_who_writes_a_key_twice_is_told_where(tmp_path: Path) -> None:
    words = tmp_path / "xx.yaml"
    words.write_text("language: xx\nevents:\n- {kind: release, self: [walked free], active: [freed], self: [left prison]}\n")
    with pytest.raises(KgError, match=r"xx\.yaml:3: 'self' stands twice"):
        read_words(words)
