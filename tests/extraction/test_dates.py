"""Dates: at the precision the text gives, completed from the day of publication and never beyond it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import DateMention, find_dates
from kg.extract.lexicon import load_lexicon
from kg.extract.tokens import read_text
from kg.records import parse_date


def found(text: str, language: str = "en", published: str | None = "2024-10-09") -> list[DateMention]:
    return find_dates(read_text(text, load_lexicon(language)), published)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "He was detained on June 10, 2019.", "2019-06-10"),
        ("en", "He was detained on 10 June 2019.", "2019-06-10"),
        ("en", "He was detained on 10th of June.", "2024-06-10"),
        ("en", "He was detained on 24 November.", "2023-11-24"),
        ("en", "He was freed in early September.", "2024-09"),
        ("en", "The court sat in June 2019.", "2019-06"),
        ("en", "It was banned in 2003.", "2003"),
        ("en", "The court ruled on Wednesday.", "2024-10-09"),
        ("en", "The court ruled on Thursday.", "2024-10-03"),
        ("en", "The court ruled yesterday.", "2024-10-08"),
        ("en", "He was tried two months ago.", "2024-08"),
        ("en", "Searches on 27-28 March 2019 followed.", "2019-03-27/2019-03-28"),
        ("ru", "Его задержали 11 августа 2022 года.", "2022-08-11"),
        ("ru", "Суд прошёл в начале сентября 2020 года.", "2020-09"),
        ("ru", "Организация запрещена с 2003 года.", "2003"),
        ("ru", "Приговор вынесли вчера.", "2024-10-08"),
        ("uk", "Його затримали 10 березня 2021 року.", "2021-03-10"),
        ("uk", "Вирок оголосили 16.02.2022.", "2022-02-16"),
        ("uk", "Це сталося у вересні 2020 року.", "2020-09"),
    ],
)
def test_a_date_keeps_its_precision(language: str, text: str, value: str) -> None:
    assert [mention.value for mention in found(text, language)] == [value]


def test_without_a_day_of_publication_nothing_is_completed() -> None:
    assert found("He was detained on 16 August and again on Friday.", published=None) == []


def test_the_year_of_the_date_before_it_is_a_guess_that_says_so() -> None:
    mentions = found("In March 2019 he was detained. On 5 May he was tried.")
    assert [mention.value for mention in mentions] == ["2019-03", "2019-05-05"]
    assert mentions[1].doubt


def test_what_a_date_is_for() -> None:
    text = "He stays in custody until 10 December 2024. As of August 2024 there were 98. He was born on 5 May 1980."
    assert [(mention.value, mention.use) for mention in found(text)] == [
        ("2024-12-10", "until"),
        ("2024-08", "as-of"),
        ("1980-05-05", "born"),
    ]


@pytest.mark.parametrize(
    "text", ["On 31 February 2020 nothing.", "Article 2019 says", "He may come.", "They march on.", "It cost 2020 roubles."]
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


def test_the_same_day_and_the_next_are_counted() -> None:
    mentions = found("He was detained on 6 March 2024. The next day he was tried.")
    assert mentions[-1].value == "2024-03-07"
    assert mentions[-1].doubt


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_any_day_written_in_words_comes_back(day: date) -> None:
    english = f"It happened on {day.day} {day:%B} {day.year} in court."
    assert [mention.value for mention in found(english)] == [day.isoformat()]
    numeric = f"Це сталося {day.day:02}.{day.month:02}.{day.year} у суді."
    assert [mention.value for mention in found(numeric, "uk")] == [day.isoformat()]


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "uk"]), st.sampled_from([None, "2024", "2024-02", "2024-02-29"]))
def test_whatever_is_found_is_a_date_of_the_record_format(text: str, language: str, published: str | None) -> None:
    for mention in found(text, language, published):
        parse_date(mention.value)
