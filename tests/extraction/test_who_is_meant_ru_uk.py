"""Who took part in what, told by Russian and Ukrainian grammar, and to whom it must not be given."""

from __future__ import annotations

import pytest

from kg.records.model import FigureFact, PersonFact, TenureFact
from tests.extraction.reading_drafts import bodies, draft, events, facts, names, roles, terms
from tests.extraction.test_story import speakers


@pytest.mark.parametrize(
    ("text", "ill"),
    [
        ("Прокурор заявила, что Полина Евтухова не страдает заболеваниями, препятствующими содержанию под стражей.", []),
        ("Полина Евтухова страдает сахарным диабетом.", [{"prisoner": ["evtukhova"]}]),
    ],
)
def test_who_does_not_suffer_from_anything_is_not_ill(text: str, ill: list[dict[str, list[str]]]) -> None:
    found = draft(text)
    assert names(found) == {"Полина Евтухова"}
    assert [event.people for event in events(found, "health-finding")] == ill


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("На протестах в поддержку оппозиционера Андрея Нагорного за день задержали 1266 человек.", [1266]),
        ("В Минске на акции в поддержку Андрея Нагорного задержали четверых.", []),
    ],
)
def test_in_whose_support_people_protested_was_not_detained_with_them(text: str, counted: list[int]) -> None:
    found = draft(text)
    assert names(found) == {"Андрей Нагорный"}
    assert events(found) == []
    assert [figure.value for figure in facts(found, FigureFact)] == counted


@pytest.mark.parametrize(
    "text",
    [
        "Алексей Соколенко был судим. Недавно Соколенко снова оказался в камере.",
        "Алексей Соколенко был судим. Вчера Соколенко вышел.",
    ],
)
def test_an_adverb_before_a_surname_is_no_given_name(text: str) -> None:
    assert names(draft(text)) == {"Алексей Соколенко"}


def test_a_sitting_elsewhere_at_which_a_court_sentenced_is_no_event_of_its_own() -> None:
    found = draft(
        "4 августа Мосгорсуд на выездном заседании во владимирской колонии строгого режима приговорил политика Андрея Нагорного "
        "к 19 годам колонии."
    )
    (verdict,) = events(found)
    assert (verdict.kind, verdict.people, str(verdict.date)) == ("sentence", {"defendant": ["nagornyi"]}, "2024-08-04")
    assert terms(found) == {"nagornyi": "19"}
    assert [term.regime for term in verdict.penalties] == [None]  # strict is where the court sat
    assert list(bodies(found)) == ["Московский городской суд"]


def test_the_men_of_those_who_were_searched_were_detained_and_the_woman_was_not() -> None:
    found = draft(
        "Обыскали жильё Энвера Абибулова, братьев Ленура и Аслана Велишаевых и пенсионерки Зарины Сейтосмановой. "
        "Пожилую женщину оставили дома, мужчин задержали и увезли в симферопольское управление ФСБ."
    )
    men = ["abibulov", "lenur-velishaev", "velishaev"]
    assert [event.people for event in events(found, "search")] == [{"searched-person": [*men, "seitosmanova"]}]
    assert [event.people for event in events(found, "detention")] == [{"detainee": men}]


@pytest.mark.parametrize("given", ["Ему назначено", "Ему назначили"])
def test_a_part_of_the_term_in_prison_and_the_rest_under_a_strict_regime(given: str) -> None:
    found = draft(
        "Кирилл Ступицын признан виновным в теракте. "
        f"{given} 13 лет лишения свободы, из них три года — в тюрьме, остальное — в колонии строгого режима."
    )
    (penalty,) = (term for event in events(found, "sentence") for term in event.penalties)
    assert (penalty.person, str(penalty.years), penalty.regime) == ("stupitsyn", "13", "strict")
    assert penalty.prison_years_first == 3


def test_a_year_of_probation_told_after_a_colon() -> None:
    found = draft(
        "Кирилл Ступицын получил девять лет строгого режима. "
        "Дарью Хоменкову, знавшую о затее, наказали за несообщение о преступлении (статья 205.6 УК РФ): год условно."
    )
    penalties = [term for event in events(found, "sentence") for term in event.penalties]
    assert [(term.person, term.kind, str(term.years)) for term in penalties] == [
        ("stupitsyn", None, "9"),
        ("khomenkova", "suspended-sentence", "1"),
    ]


def test_for_each_the_term_that_was_asked_for_that_one() -> None:
    found = draft(
        "Кирилл Ступицын, Матвей Ощепин и Дарья Хоменкова молчали. "
        "Прокурор предлагала для Ступицына 16 лет, для Ощепина — 11, для Хоменковой — год колонии-поселения."
    )
    assert terms(found, "sentence-request") == {"stupitsyn": "16", "oshchepin": "11", "khomenkova": "1"}
    (request,) = events(found)
    assert [term.regime for term in request.requested] == [None, None, "settlement"]


def test_terms_asked_for_a_farmer_and_a_librarian_by_their_trades() -> None:
    found = draft(
        "Суд визнав фермера Решата Ніязова та бібліотекаря Павла Осьмачка винними. "
        "Держобвинувач Артем Шпортько наполягав на двадцяти роках для фермера та п’ятнадцяти для бібліотекаря."
    )
    (request,) = events(found, "sentence-request")
    assert request.people == {"defendant": ["niiazov", "osmachko"], "prosecutor": ["shportko"]}
    assert terms(found, "sentence-request") == {"niiazov": "20", "osmachko": "15"}
    assert any(span.needs_look == "'фермера' was taken to mean Решат Ніязов" for span in found.spans.values())


def test_a_trade_that_two_people_have_means_neither() -> None:
    found = draft(
        "Суд зобов’язав фермера Решата Ніязова і фермера Павла Осьмачка мовчати. "
        "Держобвинувач Артем Шпортько наполягав на двадцяти роках для фермера."
    )
    assert terms(found, "sentence-request") == {None: "20"}
    assert [event.people for event in events(found, "sentence-request")] == [{"prosecutor": ["shportko"]}]


def test_a_surname_that_begins_like_a_town_is_a_surname() -> None:
    found = draft("Колегію з трьох суддів очолював Валерій Тулупов. Справу слухали у Ростові-на-Дону.")
    assert names(found) == {"Валерій Тулупов"}


def test_whom_a_surname_of_two_means_who_are_husband_and_wife() -> None:
    found = draft(
        "Журналістку Ольгу Дзюбенко перевезли до тюремної лікарні. Чоловік журналістки Тарас Дзюбенко розповів про це. "
        "Співробітники КДБ затримали Дзюбенко 8 лютого 2022 року в Мінську."
    )
    assert [event.people for event in events(found, "detention")] == [{"detainee": ["dziubenko"]}]
    assert speakers(found) == [["taras-dziubenko"]]
    assert {person.person: person.name for person in facts(found, PersonFact)}["dziubenko"] == "Ольга Дзюбенко"


def test_the_lawyer_of_somebody_is_named_behind_the_comma() -> None:
    found = draft("Ельдара Сейтягаєва арештували. Адвоката Сейтягаєва, Ільмі Козубека, до зали не пустили.")
    assert names(found) == {"Ельдар Сейтягаєв", "Ільмі Козубек"}
    assert [event.people for event in events(found)] == [{"detainee": ["seitiahaiev"]}]
    assert {person.name for person in facts(found, PersonFact) if person.occupation} <= {"Ільмі Козубек"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Нахимовский районный суд отправил таксиста Романа Заворотнего на 12 суток административного ареста.",
            "Роман Заворотний",
        ),
        ("Вона оштрафувала пенсіонерку Галину Кулідій на 40 тисяч рублів за «дискредитацію» армії.", "Галина Кулідій"),
    ],
)
def test_the_nominative_of_surnames_that_end_like_adjectives(text: str, name: str) -> None:
    assert names(draft(text)) == {name}


@pytest.mark.parametrize(
    ("text", "accused", "years"),
    [
        (
            "Малиновський районний суд Одеси заочно засудив суддю Ларису Баранцевську до п’ятнадцяти років позбавлення волі.",
            "barantsevska",
            "15",
        ),
        ("Малиновський районний суд Одеси заочно засудив суддю Івана Остапенка до десяти років.", "ostapenko", "10"),
        ("Суд признал судью Ивана Лозова виновным в пытках и приговорил его к десяти годам колонии.", "lozov", "10"),
    ],
)
def test_a_sentenced_judge_is_accused_and_did_not_sentence(text: str, accused: str, years: str) -> None:
    found = draft(text)
    assert [(event.kind, event.people) for event in events(found)] == [("accountability-judgment", {"accused": [accused]})]
    assert terms(found, "accountability-judgment") == {accused: years}


def test_a_judge_who_sentenced_somebody_is_not_accused() -> None:
    found = draft("Суддя Лариса Баранцевська засудила Івана Кравця до п’яти років колонії.")
    assert [(event.kind, event.people) for event in events(found)] == [
        ("sentence", {"defendant": ["kravets"], "judge": ["barantsevska"]})
    ]
    assert roles(found) == {("Лариса Баранцевська", "judge")}


def test_a_post_told_by_a_verb_is_printed_as_a_noun() -> None:
    found = draft("Колегію суддів очолював Валерій Тулупов, обвинувачем був Артем Шпортько.")
    titles = {fact.tenure: fact.title for fact in facts(found, TenureFact)}
    assert titles == {"tulupov": "головуючий суддя", "shportko": "обвинувач"}


def test_whom_a_clause_goes_on_about_behind_a_relative_one_is_its_object() -> None:
    found = draft("Богдана Мандрика, якому відмовили в операції, 9 березня перевезли до виправної колонії № 33 у Саратові.")
    assert [event.people for event in events(found, "transfer")] == [{"prisoner": ["mandrik"]}]
