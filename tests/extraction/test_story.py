"""Whom "the two men", "she" or "остальных" means; events told first without names; relatives, lawyers and those who speak."""

from __future__ import annotations

import pytest

from kg.extract import Draft
from kg.records.model import EventFact, RelationFact
from tests.extraction.reading_drafts import draft, events, facts, names, roles, terms


def relations(found: Draft) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.relation, fact.object) for fact in facts(found, RelationFact)}


def speakers(found: Draft) -> list[list[str]]:
    return [event.people.get("speaker", []) for event in facts(found, EventFact) if event.kind == "statement"]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (
            "Ivan Petrenko and Oleg Sydorenko were detained on 5 May 2024. A court remanded both men in custody on 6 May 2024.",
            "custody-ruling",
            ["petrenko", "sydorenko"],
        ),
        (
            "Ivan Petrenko, Oleg Sydorenko and Pavel Orlov were detained. All three were released on 6 June 2024.",
            "release",
            ["petrenko", "sydorenko", "orlov"],
        ),
        (
            "Суд приговорил Ивана Петрова и Олега Сидорова к 5 годам. Обоих задержали 3 мая 2024 года.",
            "detention",
            ["petrov", "sidorov"],
        ),
        ("Івана Петренка затримали. Суд відправив його до СІЗО 5 травня 2024 року.", "custody-ruling", ["petrenko"]),
        ("Ivan Petrenko is ill. The court placed him in pre-trial detention on 6 May 2024.", "custody-ruling", ["petrenko"]),
    ],
)
def test_phrases_for_people_mean_those_named_before(text: str, kind: str, who: list[str]) -> None:
    event = events(draft(text), kind)[0]
    assert [key for role in ("defendant", "prisoner", "detainee") for key in event.people.get(role, [])] == who


def test_nobody_is_meant_where_the_number_does_not_fit() -> None:
    found = draft("Ivan Petrenko and Oleg Sydorenko were detained on 5 May 2024. The five men were released on 6 June 2024.")
    assert events(found, "release") == []


def test_the_term_asked_for_the_others_is_theirs() -> None:
    text = (
        "Ivan Petrenko, Oleg Sydorenko and Pavel Orlov were sentenced on 5 May 2024. "
        "The prosecutor asked for 19 years for Petrenko and 14 years each for the other two men."
    )
    assert terms(draft(text), "sentence-request") == {"petrenko": "19", "sydorenko": "14", "orlov": "14"}


def test_years_may_be_told_by_the_number_alone() -> None:
    assert terms(draft("Ivan Petrenko was sentenced to five years, and Oleg Sydorenko to three.")) == {
        "petrenko": "5",
        "sydorenko": "3",
    }
    russian = "Суд приговорил Ивана Петрова к пяти годам, Олега Сидорова — к трём."
    assert terms(draft(russian)) == {"petrov": "5", "sidorov": "3"}


def test_two_terms_and_two_names_go_together_in_order() -> None:
    text = "Ivan Petrenko and Oleg Sydorenko received 13 years and 12 years 6 months respectively."
    assert terms(draft(text)) == {"petrenko": "13", "sydorenko": "126"}


def test_a_verdict_told_first_without_names_is_the_one_told_with_them() -> None:
    text = (
        "The Rostov Regional Court sentenced two activists on 5 May 2024. "
        "Ivan Petrenko got 5 years. Oleg Sydorenko was sentenced to 3 years."
    )
    told = events(draft(text), "sentence")
    assert {event.event for event in told} == {told[0].event}
    assert str(told[0].date) == "2024-05-05"


def test_up_to_so_many_years_is_nobodys_sentence() -> None:
    assert terms(draft("Three activists sentenced to up to 17 years. Ivan Petrenko waited.")) == {}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Ivan Petrenko was detained. His sister, Maria Koval, wept.", ("koval", "relative", "petrenko")),
        ("Ivan Petrenko’s lawyer Maria Koval was ill.", ("koval", "represents", "petrenko")),
        ("Мать Ивана Петрова, 70-летняя Анна Петрова, ждала.", ("petrova", "relative", "petrov")),
        ("Затримали Івана Петренка. Адвокат Петренка Олена Коваль чекала.", ("koval", "represents", "petrenko")),
    ],
)
def test_relatives_and_lawyers_are_tied_to_whose_they_are(text: str, pair: tuple[str, str, str]) -> None:
    assert pair in relations(draft(text))


def test_what_happened_to_somebodys_brother_did_not_happen_to_them() -> None:
    assert events(draft("Ivan Petrenko’s brother was detained on 5 May 2024.")) == []
    assert events(draft("The lawyer of Ivan Petrenko was detained on 5 May 2024."), "detention") == []


@pytest.mark.parametrize(
    "text",
    [
        "Lawyer Maria Koval came to the court. “They keep telling me that nobody is inside,” she said.",
        "Адвокат Мария Коваль пришла в суд. «Мне никто ничего не говорит об этом деле», — заявила она.",
        "Про це повідомила на своїй сторінці адвокатка Марія Коваль.",
    ],
)
def test_a_pronoun_or_an_inverted_verb_still_has_a_speaker(text: str) -> None:
    assert ["koval"] in speakers(draft(text))


def test_a_post_is_not_a_title_of_somebody_named_later() -> None:
    assert names(draft("Адвокат Сафронова, Дмитрий Петров, сидит в СИЗО.", language="ru")) == {"Дмитрий Петров"}
    assert roles(draft("Обыски прошли у троих адвокатов политика Алексея Петрова.")) == set()


def test_a_court_that_arrests_and_a_day_of_the_next_year() -> None:
    text = "Ivan Petrenko was detained in October 2021. In March the court found him guilty."
    assert str(events(draft(text), "sentence")[0].date) == "2022-03"
    two = draft("Ivan Petrenko was detained on 14 and released on 19 December 2021.")
    assert str(events(two, "release")[0].date) == "2021-12-19"


def test_a_date_that_describes_an_interview_is_not_that_of_the_event() -> None:
    found = draft("In a March 2019 interview Maria Koval said that Ivan Petrenko was detained.")
    assert [event.date for event in events(found, "detention")] == [None]


def test_a_fine_beside_a_prison_term_and_a_term_lowered() -> None:
    found = draft("The court sentenced Ivan Petrenko to five years in a strict-regime colony and a fine of 3,000 roubles.")
    assert [(str(term.years or ""), str(term.fine or "")) for term in events(found, "sentence")[0].penalties] == [
        ("5", ""),
        ("", "3000"),
    ]
    assert events(found, "administrative-penalty") == []
    assert terms(draft("The court reduced the sentence of Ivan Petrenko from 13 to 12 years."), "appeal-ruling") == {
        "petrenko": "12"
    }


def test_a_term_asked_for_without_a_name_is_for_the_one_who_was_sentenced_before() -> None:
    found = draft("Суд приговорил Ивана Петрова к пяти годам. Гособвинитель запрашивал семь лет.")
    request = events(found, "sentence-request")[0]
    assert request.people["defendant"] == ["petrov"]
    assert any(span.needs_look and "whose case" in span.needs_look for span in found.spans.values())


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("A court on November 12 sentenced Ivan Petrenko to 7 1/2 years in prison.", "sentence", ["petrenko"]),
        ("Also detained were Ivan Petrenko and Oleg Sydorenko.", "detention", ["petrenko", "sydorenko"]),
        (
            "The Minsk City Court found Ivan Petrenko, an artist from Brest and father of two, guilty of insulting the president.",
            "sentence",
            ["petrenko"],
        ),
        ("Петра Іваненка затримали 3 травня. За місяць до того суд засудив його до 16 років.", "sentence", ["ivanenko"]),
        ("Суд 12 февраля отклонил апелляции на арест Ивана Петрова и Олега Сидорова.", "appeal-ruling", ["petrov", "sidorov"]),
    ],
)
def test_facts_told_in_other_orders(text: str, kind: str, who: list[str]) -> None:
    found = draft(text)
    assert [person for event in events(found, kind) for people in event.people.values() for person in people] == who
    assert {event.kind for event in events(found)} <= {kind, "detention"} - ({"detention"} if kind == "appeal-ruling" else set())


def test_what_is_told_in_the_next_sentence_belongs_to_the_event_before() -> None:
    found = draft(
        "Ivan Petrenko and Oleg Sydorenko were sentenced to 7 and 5 years on 3 May 2024. All of them are to serve their sentences "
        "in a strict-regime colony. The hearing was chaired by Judge Pavel Orlov."
    )
    (verdict,) = events(found)
    assert [(term.person, term.years, term.regime) for term in verdict.penalties] == [
        ("petrenko", "7", "strict"),
        ("sydorenko", "5", "strict"),
    ]
    assert verdict.people["judge"] == ["orlov"]


@pytest.mark.parametrize(
    "text",
    [
        "Reports that Ivan Petrenko had been detained in Saratov turned out to be wrong.",
        "Сообщалось о задержании Ивана Петрова, однако он сам опроверг эту информацию.",
        "Ivan Petrenko spoke about the movement Artpodgotovka, banned in Russia.",
        "Ivan Petrenko was listed because prisoners there have been beaten, a court said.",
    ],
)
def test_what_was_taken_back_or_happened_to_others_is_no_event(text: str) -> None:
    kinds = {event.kind for event in events(draft(text))}
    assert not kinds & {"detention", "ban", "ill-treatment"}


def test_lawyers_in_a_row_do_not_represent_each_other() -> None:
    found = draft("Adnan Hajizada was detained. Hajizada's lawyer, Isaxan Asurov, spoke.")
    assert ("asurov", "represents", "hajizada") in relations(found)
    pair = draft("Ивана Петрова задержали. Интересы Петрова представляли адвокаты Мария Коваль и Олег Сидоров.")
    assert not {("sidorov", "represents", "koval"), ("koval", "represents", "sidorov")} & relations(pair)


def test_the_criminal_code_of_another_country_is_not_that_of_russia() -> None:
    found = draft("In Minsk, Belarus, a court found Ivan Petrenko guilty under Article 368 of the Criminal Code on 3 May 2024.")
    assert all(not event.provisions for event in events(found))
