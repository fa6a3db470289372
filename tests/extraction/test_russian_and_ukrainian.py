"""What Russian and Ukrainian grammar tells of an event: word order, impersonal verbs, nouns for people, courts and terms."""

from __future__ import annotations

import pytest

from kg.records import read_registries
from kg.records.model import BodyFact, EventFact
from tests.conftest import ROOT
from tests.extraction.reading_drafts import bodies, draft, events, facts, names, roles, terms


def told(text: str, kind: str) -> list[EventFact]:
    return events(draft(text), kind)


def test_arrest_by_a_court_is_custody_and_not_a_seizure() -> None:
    found = draft("Басманный районный суд Москвы заочно арестовал блогера Игоря Лещука. Басманный суд сделал это в июне 2023 года.")
    assert events(found, "detention") == []
    assert [event.measure for event in events(found, "custody-ruling")] == ["remand"]
    assert [fact.name for fact in facts(found, BodyFact)] == ["Басманный районный суд Москвы"]
    assert told("Сроком на два месяца арестован и матрос Игорь Лещук.", "custody-ruling") != []


def test_house_arrest_named_after_the_measure() -> None:
    found = told("Пенсіонерові Івану Смаглюці обрали запобіжний захід – домашній арешт до 27 листопада.", "custody-ruling")
    assert [(event.measure, str(event.until)) for event in found] == [("house-arrest", "2024-11-27")]


def test_a_noun_alone_means_whom_the_article_was_speaking_of() -> None:
    text = (
        "Украинского активиста Ивана Смаглюку приговорили к 10 годам. Украинца задержали в мае 2015 года. Другого украинца убили."
    )
    found = draft(text)
    assert [event.people for event in events(found, "detention")] == [{"detainee": ["smagliuka"]}]
    assert events(found, "death") == []


def test_terms_given_to_him_or_her_are_no_ages() -> None:
    text = "Инесса Заревская пела. Суд назначил ей девять лет колонии. Гособвинитель Тарасевич А. В. просил десять."
    found = draft(text)
    assert terms(found) == {"zarevskaia": "9"}
    assert terms(found, "sentence-request") == {"zarevskaia": "10"} or terms(found, "sentence-request") == {None: "10"}


def test_of_two_people_with_one_surname_the_case_tells_who_is_meant() -> None:
    text = (
        "Едем Аскеров і його дружина Аліє Аскерова чекали. Суд засудив Аскерова до 14 років. Аскерова розповіла про це. "
        "Аскерової на суді не було."
    )
    found = draft(text)
    assert terms(found) == {"askerov": "14"}
    assert [event.people for event in facts(found, EventFact) if event.kind == "statement"] == [{"speaker": ["askerova"]}]


def test_who_prosecuted_and_who_judged_told_by_a_verb() -> None:
    text = "Дело рассматривала Екатерина Рогатко, обвинение поддерживали Алексей Баранский и Вадим Богун. Следствие вёл Пётр Лях."
    assert roles(draft(text)) == {
        ("Екатерина Рогатко", "judge"),
        ("Алексей Баранский", "prosecutor"),
        ("Вадим Богун", "prosecutor"),
        ("Пётр Лях", "investigator"),
    }


def test_the_investigator_who_opened_a_case_is_not_its_accused() -> None:
    text = "Слідчий Антон Косяк порушив проти Степана Паливоди справу за ч. 1 ст. 282.2 КК РФ."
    found = draft(text)
    assert events(found, "accountability-charge") == []
    assert [event.people.get("investigator") for event in events(found, "charge-brought")] == [["kosiak"]]


def test_an_elected_deputy_can_be_tried() -> None:
    found = told("Районный суд приговорил муниципального депутата Леонида Копача к семи годам лишения свободы.", "sentence")
    assert [event.people for event in found] == [{"defendant": ["kopach"]}]


def test_what_is_only_threatened_planned_or_conditional_is_no_event() -> None:
    text = (
        "Йому, Степану Паливоді, загрожує до 10 років. Незабаром його етапують до Сибіру. "
        "У разі затвердження вироку Паливоду етапують до Магадана. Відбув він повний строк — сім років."
    )
    found = draft(text)
    assert [event.kind for event in events(found) if event.kind in ("sentence", "transfer")] == []


def test_a_name_and_a_comma_before_a_verb_of_saying_is_no_speaker() -> None:
    text = "Рішення оголосила суддя Вікторія Склянка, повідомила пресслужба. Про це розповів друг родини Степан Паливода."
    assert [event.people for event in facts(draft(text), EventFact) if event.kind == "statement"] == [{"speaker": ["palivoda"]}]


def test_a_ship_in_quotation_marks_is_nobody() -> None:
    assert names(draft("Суд арестовал матроса с буксира «Анны Бек» Сергея Чубаря.")) == {"Сергей Чубарь"}


def test_november_of_last_year() -> None:
    found = told("У листопаді минулого року суд засудив Степана Паливоду до 5 років.", "sentence")
    assert [str(event.date) for event in found] == ["2023-11"]


def test_a_court_of_a_citys_district_is_in_that_city() -> None:
    text = "The Kyiv District Court of Simferopol sentenced Ivan Petrenko to 5 years. The Yalta City Court did not."
    found = draft(text, registries=read_registries(ROOT / "data"))
    assert {fact.name: fact.place for fact in facts(found, BodyFact)} == {
        "Kyiv District Court of Simferopol": "simferopol",
        "Yalta City Court": "yalta",
    }


def test_the_subject_of_a_verb_is_not_its_object() -> None:
    text = "Ганну Шуляк судив Ігор Довженко. У червні 2018 року Довженко присудив їй три роки умовно."
    found = draft(text)
    assert [event.people for event in events(found, "sentence")] == [{"defendant": ["shuliak"], "judge": ["dovzhenko"]}]


def test_judges_named_in_a_list_and_who_led_them() -> None:
    text = (
        "Судьи Кравченко, Малышко и Тришенко приговорили Азиза Сеитова к 12 годам, Сеидамета Ниметова — к 14. "
        "Приговор вынесла коллегия из трёх судей во главе с Дмитрием Бобровником."
    )
    found = draft(text)
    assert {(name, role) for name, role in roles(found) if role != "head"} == {
        ("Кравченко", "judge"),
        ("Малышко", "judge"),
        ("Тришенко", "judge"),
        ("Дмитрий Бобровник", "presiding-judge"),
    }
    assert terms(found) == {"seitov": "12", "nimetov": "14"}


def test_a_search_happened_to_whom_it_was_paid_to() -> None:
    found = told("К пенсионеру Фанису Гильману с обыском нагрянули сотрудники полиции.", "search")
    assert [event.people for event in found] == [{"searched-person": ["gilman"]}]


def test_being_taken_for_questioning_is_no_transfer() -> None:
    assert told("После обыска Фаниса Гильмана увезли на допрос.", "transfer") == []
    assert told("Ивана Гильмана увезли в СИЗО-2.", "transfer") != []


def test_a_label_and_a_name_say_who_judged() -> None:
    found = told("Районный суд 16 апреля 2024 года осудил Марию Верещак на четыре года. Судья — Лариса Кочерга.", "sentence")
    assert [event.people for event in found] == [{"defendant": ["vereshchak"], "judge": ["kocherga"]}]


def test_those_of_whom_an_event_was_told_named_in_the_next_sentence() -> None:
    text = "Слідчі заочно повідомили про підозру двом тюремникам. Йдеться про Сергія Бережка та Віталія Ощепа."
    found = told(text, "accountability-charge")
    assert [event.people for event in found] == [{"accused": ["berezhko", "oshchep"]}]


def test_a_district_court_by_its_short_name_and_not_by_the_name_of_its_judge() -> None:
    text = (
        "Ленінський райсуд Севастополя заарештував Івана Смаглюку. Ленінський районний суд Севастополя це підтвердив. "
        "Суддя Севастопольського апеляційного суду Ігоря Довженка не питав."
    )
    assert {fact.name for fact in facts(draft(text), BodyFact)} == {
        "Ленінський райсуд Севастополя",
        "Севастопольський апеляційний суд",
    }


def test_one_date_for_the_first_of_two_verbs() -> None:
    found = draft("Инна Смоляк была арестована 9 марта 2017 года и обвинена по статье 275 УК РФ.")
    assert [str(event.date) for event in events(found, "detention")] == ["2017-03-09"]
    assert [event.date for event in events(found, "charge-brought")] == [None]


def test_organisations_are_named_by_a_noun_with_what_belongs_to_it() -> None:
    text = (
        "Заяву підписали Спілка адвокатів України та Рада адвокатських товариств Європи. До Національної асоціації адвокатів "
        "України звернувся Кримськотатарський ресурсний центр. Його тримали в управлінні поліції в Генічеську."
    )
    assert set(bodies(draft(text))) == {
        "Спілка адвокатів України",
        "Рада адвокатських товариств Європи",
        "Національна асоціація адвокатів України",
        "Кримськотатарський ресурсний центр",
        "управління поліції в Генічеську",
    }


def test_from_one_month_to_another() -> None:
    found = told("Степана Паливоду викрали в липні–вересні 2022 року.", "detention")
    assert [str(event.date) for event in found] == ["2022-07/2022-09"]


def test_an_object_before_the_verb_and_not_the_one_of_the_next_clause() -> None:
    found = told("Степана Паливоду схватили 3 мая 2022 года, Ивана Смаглюку — днём позже.", "detention")
    assert [event.people for event in found if str(event.date) == "2022-05-03"] == [{"detainee": ["palivoda"]}]


def test_a_lawyer_can_be_detained_and_an_officer_of_a_service_is_no_victim() -> None:
    text = "Совет выступил в защиту адвоката Дениса Крамаря. 25 октября прошлого года его задержали в отделе полиции."
    assert [event.people for event in told(text, "detention")] == [{"detainee": ["kramar"]}]
    search = told("31 серпня підлеглі майора Степана Шевчука з ФСБ обшукали оселі братів.", "search")
    assert all("searched-person" not in event.people for event in search)


def test_a_denial_before_another_verb_denies_only_its_own() -> None:
    found = told("Адвоката Тимура Лозана скрутили. Вину он не признал и объявил сухую голодовку.", "protest")
    assert [event.people for event in found] == [{"prisoner": ["lozan"]}]


def test_a_court_of_a_district_of_a_city_in_belarus() -> None:
    found = bodies(draft("Суд Ленинского района Бреста оштрафовал Романа Чмеля на 3200 рублей."))
    assert found == {"Суд Ленинского района Бреста": "district-court"}


def test_who_asks_for_a_term_does_not_get_it() -> None:
    text = "Степана Паливоду судив Кирило Кривець. Від прокуратури виступав Сергій Айдік — він домагався довічного."
    found = draft(text)
    assert roles(found) == {("Кирило Кривець", "judge"), ("Сергій Айдік", "prosecutor")}
    assert [event.people["defendant"] for event in events(found, "sentence-request")] == [["palivoda"]]


def test_spouses_whose_surname_has_one_form_and_a_mother_by_her_first_name() -> None:
    assert names(draft("Суд признал виновными супругов Павла и Нину Лимешко.")) == {"Павел Лимешко", "Нина Лимешко"}
    assert "Олена" in names(draft("Степана Паливоду, за словами матері Олени, місяць катували у комендатурі."))


def test_a_denial_in_a_phrase_of_its_own_denies_nothing_else() -> None:
    text = "Ірину Дячук затримали. 20 вересня, не випускаючи з ізолятора, Ірині Дячук висунули звинувачення за статтею 280.3."
    assert [event.people for event in told(text, "charge-brought")] == [{"defendant": ["diachuk"]}]


def test_a_court_named_far_above_is_not_meant_by_a_mere_court() -> None:
    text = (
        "Чаплинский районный суд арестовал Наталью Ворожбит.\nФонд рассказал, что такие дела долги.\n"
        "Ранее суд осудил фермера Петра Гайду к 13 годам; его жалобу отклонил Первый апелляционный суд."
    )
    found = draft(text)
    assert [event.body for event in events(found, "sentence")] == [[]]
    assert "Первый апелляционный суд" in bodies(found)


def test_denials_demands_fears_and_conditions_are_no_events() -> None:
    text = (
        "Юристи вимагають звільнити Івана Гайду. Якби його заарештували, він поїхав би. Поліція спростувала, що Гайду били. "
        "Суд мав винести вирок Гайді. Росія відмовилася обміняти Гайду. Гайду збираються етапувати до Омська."
    )
    assert [event.kind for event in events(draft(text))] == []
    russian = "Полиция опровергла, что Ивана Гайду избивали. Защита попросила оправдать Гайду. Гайде может грозить пожизненное."
    assert [event.kind for event in events(draft(russian))] == []


def test_petra_is_petro_in_ukrainian_and_petr_in_russian() -> None:
    assert "Петро Козел" in names(draft("Затримання Петра Козла підтвердили його рідні в Одесі."))
    assert "Петр Лысенко" in names(draft("Задержание Петра Лысенко подтвердили его родные в Одессе."))


def test_investigative_steps_make_nobody_an_investigator() -> None:
    found = draft("Після слідчих дій Айдера Сефершаєва та Марлена Ваапова вивезли до Сімферополя.", language="uk")
    assert not {role for _, role in roles(found)} & {"investigator"}
    assert all("investigator" not in event.people for event in events(found))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Раніше канали писали про затримання імама Сулеймана Кадирова. Насправді його лише опитали як свідка.", "uk"),
        ("Ранее каналы сообщали о задержании имама Сулеймана Кадырова. На самом деле его только опросили.", "ru"),
    ],
)
def test_a_report_that_the_next_sentence_corrects_is_no_event(text: str, language: str) -> None:
    assert events(draft(text, language=language), "detention") == []
