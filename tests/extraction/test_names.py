"""People: who counts as one, which mentions are the same person, and the name in the nominative."""

from __future__ import annotations

import pytest

from kg.extract.keys import slug
from kg.extract.morphology import nominative_surname, same_name
from kg.records.model import PersonFact, RelationFact
from tests.extraction.reading_drafts import bodies, draft, facts, names, roles


def test_a_surname_alone_is_the_person_named_in_full() -> None:
    found = draft(
        "Activist Ivan Petrenko was detained on 5 May 2024.\nPetrenko’s lawyer said on 6 May 2024 that Petrenko was beaten."
    )
    assert names(found) == {"Ivan Petrenko"}


def test_organisations_places_and_headlines_are_no_people() -> None:
    text = (
        "Crimean Solidarity and the Human Rights Centre ZMINA in Rostov-on-Don wrote to Amnesty "
        "International. Black Sea Fleet. Geneva Convention."
    )
    assert names(draft(text)) == set()


def test_names_of_any_country_need_only_a_sign_that_they_are_people() -> None:
    text = "Narges Mohammadi was sentenced to 10 years. Prosecutor Thanh Nguyen spoke. The trial of Selahattin Demirtas began."
    assert {"Narges Mohammadi", "Thanh Nguyen", "Selahattin Demirtas"} <= names(draft(text))


def test_roles_before_and_after_a_name() -> None:
    text = (
        "Judges Ivan Petrenko (presiding), Oleg Sydorenko and Maria Koval heard the case. The prosecutor, Anna Bondar, was absent. "
        "Pavel Orlov, an FSB investigator, spoke. Crimean High Court 'judge' Roman Kot left. Nina "
        "Voron, head of the Lisova Foundation, came."
    )
    assert roles(draft(text)) == {
        ("Ivan Petrenko", "presiding-judge"),
        ("Oleg Sydorenko", "judge"),
        ("Maria Koval", "judge"),
        ("Anna Bondar", "prosecutor"),
        ("Pavel Orlov", "investigator"),
        ("Roman Kot", "judge"),
        ("Nina Voron", "head"),
    }


def test_a_role_goes_to_the_name_beside_it_and_to_no_other() -> None:
    found = roles(draft("Ivan Petrenko was tried. Prosecutor Oleg Sydorenko spoke, and lawyer Maria Koval answered."))
    assert ("Oleg Sydorenko", "prosecutor") in found
    assert not any(name == "Ivan Petrenko" for name, _ in found)


def test_whom_a_lawyer_represents() -> None:
    found = draft("Ivan Petrenko was detained on 5 May 2024, his lawyer Maria Koval said.")
    relation = facts(found, RelationFact)[0]
    assert (relation.relation, relation.subject, relation.object) == ("represents", "koval", "petrenko")


def test_courts_in_lower_case_and_as_a_possessive() -> None:
    text = (
        "The Kyivskyi district court of Simferopol and Crimea's Supreme Court agreed with the Southern "
        "District Military Court in Rostov-on-Don."
    )
    assert bodies(draft(text)) == {
        "Kyivskyi district court of Simferopol": "district-court",
        "Crimea's Supreme Court": "supreme-court",
        "Southern District Military Court": "military-court",
    }


def test_russian_courts_come_in_the_nominative() -> None:
    found = bodies(
        draft(
            "Его судили в Южном окружном военном суде. Жалобу подали в Верховный суд Крыма, судью Киевского районного суда отвели."
        )
    )
    assert found == {
        "Южный окружной военный суд": "military-court",
        "Верховный суд Крыма": "supreme-court",
        "Киевский районный суд": "district-court",
    }


@pytest.mark.parametrize(
    ("text", "name", "sure"),
    [
        ("Суд приговорил Руслана Зейтуллаева к 7 годам.", "Руслан Зейтуллаев", False),
        ("Суд приговорил Руслана Зейтуллаева к 7 годам. Руслан Зейтуллаев не признал вины.", "Руслан Зейтуллаев", True),
        ("Прокурор запросил 12 лет для Галины Довгополой.", "Галина Довгополая", False),
        ("Суд засудив Ільмі Умерова до двох років.", "Ільмі Умеров", False),
        ("Суд засудив Валерія Гольденберга до двох років.", "Валерій Гольденберг", False),
        ("Суддя Вікторові Можелянському повідомили про підозру.", "Віктор Можелянський", False),
    ],
)
def test_an_inflected_name_is_put_in_the_nominative_and_marked(text: str, name: str, sure: bool) -> None:
    found = draft(text)
    assert name in names(found)
    marks = [
        found.spans[passage.id, index].needs_look
        for passage in found.record.passages
        for index, fact in enumerate(passage.facts)
        if isinstance(fact, PersonFact) and fact.name == name
    ]
    assert (marks == [None]) is sure


def test_case_forms_of_one_name_meet_and_different_names_do_not() -> None:
    assert all(same_name("Рустем", form) for form in ("Рустема", "Рустему", "Рустемом"))
    assert all(same_name("Скляров", form) for form in ("Склярова", "Склярову", "Скляровым"))
    assert not same_name("Рустем", "Руслан")
    assert nominative_surname("Бондаренка", female=False) == "Бондаренко"
    assert nominative_surname("Умерову", female=None) is None


def test_keys_are_latin() -> None:
    assert slug("Ільмі Умеров") == "ilmi-umerov"
    assert slug("Хизб ут-Тахрир") == "khizb-ut-takhrir"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Суд заарештував пенсіонера Івана Смаглюку.", "Іван Смаглюка"),
        ("Вирок Іванові Смаглюці скасували, повідомив адвокат.", "Іван Смаглюка"),
        ("Затримано Тараса Білокура.", "Тарас Білокур"),
        ("Олега Загребельця та Марію Дзюню відпустили.", "Олег Загребелець"),
        ("Обвинувачення підтримав Микола Кухар.", "Микола Кухар"),
        ("Активістку Наталку Білик затримали вдома.", "Наталка Білик"),
        ("Затримали Яну Підгірну.", "Яна Підгірна"),
        ("Слідчий допитав Зейтуллу Османчаєва.", "Зейтулла Османчаєв"),
        ("Суд приговорил Сеита Муртазу к 13 годам.", "Сеит Муртаза"),
        ("Приговор Сеиту Муртазе оставили в силе.", "Сеит Муртаза"),
        ("Задержали Инессу Заревскую.", "Инесса Заревская"),
        ("Дело передали Светлане Гай.", "Светлана Гай"),
        ("Его сменили судьёй Сергеем Берестовым.", "Сергей Берестов"),
        ("Суд арестовал Эмине Куртмеметову.", "Эмине Куртмеметова"),
    ],
)
def test_a_surname_is_declined_as_the_given_name_beside_it_is(text: str, name: str) -> None:
    assert name in names(draft(text))


def test_a_couple_with_one_surname_is_two_people() -> None:
    assert names(draft("Затримали подружжя – Ярослава та Світлану Перепадьків.\nСуд відпустив Світлану Перепадько.")) != set()
    assert names(draft("Суд арестовал Ивана и Марию Берестовых.")) == {"Иван Берестов", "Мария Берестова"}


def test_a_surname_before_a_full_name_says_whose_lawyer_it_is() -> None:
    found = draft("Мешканку Токмака Людмилу Гайчук затримали 5 травня 2024 року. Захисник Гайчук Артур Левченко це підтвердив.")
    assert names(found) == {"Людмила Гайчук", "Артур Левченко"}
    relation = facts(found, RelationFact)[0]
    assert (relation.relation, relation.subject, relation.object) == ("represents", "levchenko", "gaichuk")


def test_a_post_counts_in_any_case_and_gender_and_by_the_body_it_is_in() -> None:
    text = (
        "Ухвалу підписала слідча суддя Ганна Туркіна. Його допитав начальник відділу ФСБ Роман Гуцалюк. Прокурорка Лідія Тимків "
        "мовчала. Адвокатку Еліну Бейм не пустили. Із депутатом Олегом Савчуком розмовляв оперативник СБУ Ілля Дерій."
    )
    assert roles(draft(text)) >= {
        ("Ганна Туркіна", "judge"),
        ("Роман Гуцалюк", "security-officer"),
        ("Лідія Тимків", "prosecutor"),
        ("Олег Савчук", "member-of-parliament"),
        ("Ілля Дерій", "security-officer"),
    }


@pytest.mark.parametrize("name", ["Сергій Деменок", "Иван Суд", "Олег Іваненко"])
def test_a_cyrillic_name_in_an_english_article_stays_as_it_is_printed(name: str) -> None:
    found = draft(f"Judge {name} sentenced Ivan Petrenko to five years in prison on 5 March 2024, the court said.")
    assert name in names(found)
