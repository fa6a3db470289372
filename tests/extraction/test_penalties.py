"""Terms of punishment, and whose each is."""

from __future__ import annotations

import pytest

from tests.extraction.reading_drafts import draft, events, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ivan Petrenko and Oleg Sydorenko were sentenced to 13 and 12 years, respectively, while Pavel "
            "Orlov was sentenced to 18 years.",
            {"petrenko": "13", "sydorenko": "12", "orlov": "18"},
        ),
        (
            "The court sentenced Ivan Petrenko and Oleg Sydorenko to 12 years each.",
            {"petrenko": "12", "sydorenko": "12"},
        ),
        (
            "Ivan Petrenko was sentenced to 19 years; Oleg Sydorenko to 18 years; Pavel Orlov – 17 years.",
            {"petrenko": "19", "sydorenko": "18", "orlov": "17"},
        ),
        ("Ivan Petrenko received six and a half years.", {"petrenko": "6.5"}),
        ("Ivan Petrenko was given a 14-year sentence.", {"petrenko": "14"}),
        (
            "Суд приговорил Ивана Петренко к 17 годам колонии, Олега Сидорова – к 13 годам, Павла Орлова и "
            "Романа Котова – к семи годам.",
            {"petrenko": "17", "sidorov": "13", "orlov": "7", "kotov": "7"},
        ),
        (
            "Суд засудив Івана Петренка до двох з половиною років, а Олега Сидорова — до п’яти років колонії суворого режиму.",
            {"petrenko": "2.5", "sidorov": "5"},
        ),
    ],
)
def test_each_person_gets_their_own_term(text: str, expected: dict[str, str]) -> None:
    assert terms(draft(text)) == expected


def test_more_terms_than_names_are_given_to_nobody_and_marked() -> None:
    found = draft("Ivan Petrenko was tried with others. The court sentenced Ivan Petrenko to 13, 12 and 11 years.")
    assert set(terms(found)) == {None}
    assert any(span.needs_look and "3 terms but 1 name" in span.needs_look for span in found.spans.values())


def test_what_the_prosecution_asks_for_is_no_sentence() -> None:
    found = draft("Prosecutor Oleg Sydorenko asked for 20 years, but the court sentenced Ivan Petrenko to 18 years.")
    assert terms(found) == {"petrenko": "18"}
    assert "20" in terms(found, "sentence-request").values()
    assert events(found, "sentence-request")[0].people["prosecutor"] == ["sydorenko"]


def test_names_that_follow_and_names_that_lead_in_one_sentence() -> None:
    found = draft("Прокурор потребовал 17 лет для Ивана Петренко, Олега Сидорова – 13 лет, Павла Орлова и Романа Котова – 12 лет.")
    assert terms(found, "sentence-request") == {"petrenko": "17", "sidorov": "13", "orlov": "12", "kotov": "12"}


def test_regime_restriction_and_fine_beside_the_term() -> None:
    found = draft(
        "Ivan Petrenko was sentenced to seven years in a strict regime colony with restriction of "
        "liberty for two years, and a 110 thousand rouble fine."
    )
    kinds = {(term.kind, str(term.years or term.fine), term.regime) for term in events(found, "sentence")[0].penalties}
    assert kinds == {(None, "7", "strict"), ("restriction-of-freedom", "2", None), ("fine", "110000", None)}


def test_ages_waiting_times_and_reductions_are_no_terms() -> None:
    found = draft(
        "The 57-year-old Ivan Petrenko, aged 57, was sentenced to 5 years after waiting for 2 months. "
        "The appeal court reduced the sentence by 6 months to 4 years."
    )
    assert terms(found)["petrenko"] == "5"
    assert terms(found, "appeal-ruling") == {"petrenko": "4"}


def test_a_range_is_nobodys_sentence_but_may_be_asked_for() -> None:
    found = draft(
        "Ivan Petrenko and Oleg Sydorenko were sentenced to between 13 and 17 years. The prosecutor had demanded 14 to 21 years."
    )
    assert terms(found) == {}
    assert list(terms(found, "sentence-request").values()) == ["14-21"]


def test_two_verdicts_with_different_terms_stay_two() -> None:
    found = draft(
        "Ivan Petrenko was sentenced to 5 years.\nIvan Petrenko was sentenced to 7 years.\nIvan Petrenko was sentenced to 5 years."
    )
    keys = [event.event for event in events(found, "sentence")]
    assert keys[0] == keys[2] != keys[1]
