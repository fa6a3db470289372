"""How English reports tell things: who acted, told by a pronoun or in the next sentence; terms without their unit; lists; names."""

from __future__ import annotations

import pytest

from kg.records.model import PersonFact
from tests.extraction.reading_drafts import draft, events, facts, names, roles, terms


def test_the_judge_of_the_next_sentence_sat_in_the_court_it_names() -> None:
    found = draft(
        "A court in Minsk gave Alena Hrynko six years. Judge Siarhei Katsar of the Minsk City Court handed down the verdict."
    )
    (verdict,) = events(found, "sentence")
    assert verdict.people["judge"] == ["katsar"]
    assert verdict.body == ["minsk-city-court"]


def test_she_who_orders_custody_is_the_judge_named_before() -> None:
    found = draft(
        "Judge Olena Martyniuk of the Kerch City Court took an oath. On 26 January 2017 she placed under administrative arrest the "
        "lawyer Emir Kurtumerov for ten days. On 11 May 2018 she ordered that Server Memetov be held in custody for two months."
    )
    (arrest,), (custody,) = events(found, "administrative-penalty"), events(found, "custody-ruling")
    assert arrest.people == {"defendant": ["kurtumerov"], "judge": ["martyniuk"]}
    assert custody.people["judge"] == ["martyniuk"]


def test_another_court_may_have_jailed_him_than_the_one_that_upheld_it() -> None:
    found = draft("The Supreme Court upheld the sentence of reporter Ihar Dudko, who was jailed for eight years in September 2022.")
    assert events(found, "appeal-ruling")[0].body == ["supreme-court"]
    assert events(found, "sentence")[0].body == []


def test_custody_until_a_day_without_a_year_ends_after_it_was_ordered() -> None:
    found = draft(
        "On 6 June 2023 the Kerch City Court extended the detention of Aziz Mamutov until 11 August.", published="2023-06-09"
    )
    (ruling,) = events(found, "custody-ruling")
    assert str(ruling.until) == "2023-08-11"


@pytest.mark.parametrize(
    ("text", "asked", "given"),
    [
        ("A court sentenced Alena Hrynko to six years. Prosecutors had sought seven.", ["7"], ["6"]),
        ("The prosecutor wanted nine years for Pavel Lisouski; the court gave him seven.", ["9"], ["7"]),
        ("The Kerch City Court jailed Ivan Petrenko for five years and Pavlo Bondar for four.", [], ["5", "4"]),
    ],
)
def test_years_are_told_by_the_number_alone(text: str, asked: list[str], given: list[str]) -> None:
    found = draft(text)
    assert sorted(terms(found, "sentence-request").values()) == asked
    assert sorted(terms(found).values(), reverse=True) == given


def test_the_co_defendant_of_somebody_is_somebody_else() -> None:
    found = draft("Alena Hrynko was tried in May. Hrynko's co-defendant, cameraman Pavel Lisouski, got four and a half years.")
    assert terms(found) == {"lisouski": "4.5"}


def test_her_colleague_is_not_her() -> None:
    found = draft("Reporter Selin Demir was jailed for two years. A court in Ankara acquitted her colleague Deniz Arslan.")
    assert [event.people["defendant"] for event in events(found, "sentence") if event.outcome == "acquitted"] == [["arslan"]]


@pytest.mark.parametrize(
    "text",
    [
        "The sentences were as follows: Andrei Shumak – eight years in a colony; Iryna Kosa – five years and a fine of 500 units.",
        "Sentenced on 12 April 2023:\n- Andrei Shumak, eight years in a colony\n- Iryna Kosa, five years\n",
    ],
)
def test_a_list_of_names_and_terms(text: str) -> None:
    assert terms(draft(text)) == {"shumak": "8", "kosa": "5"}


def test_a_fine_on_top_is_a_part_of_the_sentence() -> None:
    found = draft("Ivan Petrenko was sentenced to 15 years. He was also fined 300,000 roubles.")
    (verdict,) = events(found)
    assert [(term.kind, term.fine) for term in verdict.penalties] == [(None, None), ("fine", 300000)]


def test_a_range_and_a_probation_period_are_nobodys_term() -> None:
    found = draft("A court handed down prison terms ranging from two to ten years. Nuray Demir got a one-year suspended sentence.")
    assert terms(found) == {}
    assert [term.kind for event in events(found, "sentence") for term in event.penalties] == ["suspended-sentence"]


def test_a_transfer_from_prison_to_prison() -> None:
    found = draft("Ivan Petrenko, 40, was transferred from Evin Prison to Rajai Shahr Prison on 12 November 2022.")
    (moved,) = events(found, "transfer")
    assert (moved.people["prisoner"], str(moved.date)) == (["petrenko"], "2022-11-12")


def test_what_stands_before_a_semicolon_dates_nothing_behind_it() -> None:
    found = draft("In June 2022 a court fined Serhii Rudenko 60,000 roubles; a year later it sentenced Mykola Kot to two years.")
    assert [str(event.date) for event in events(found, "sentence")] == ["2023"]  # counted on, not that of the fine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Daw Aye Aye Win, his mother, was questioned.", "Daw Aye Aye Win"),
        ("Abdulhadi al-Sayed was tried in Riyadh.", "Abdulhadi al-Sayed"),
        ("Loujain bint Saleh was tried in Riyadh.", "Loujain bint Saleh"),
        ("José Luis Pérez Gutiérrez was detained in Managua.", "José Luis Pérez Gutiérrez"),
        ("Following his arrest, Vo Minh Tuan was held for five months.", "Vo Minh Tuan"),
        ("The land-rights activist Nguyen Thi Lan was arrested.", "Nguyen Thi Lan"),
    ],
)
def test_whole_names_of_many_kinds(text: str, expected: str) -> None:
    assert names(draft(text)) == {expected}


def test_what_somebody_does_is_said_with_a_compound_word() -> None:
    found = draft("Nguyen Thi Lan, 45, a land-rights activist, was arrested on 24 June 2023.")
    assert [person.occupation for person in facts(found, PersonFact)] == ["activist"]


def test_a_victim_is_not_made_one_of_those_who_were_sanctioned_over_it() -> None:
    found = draft(
        "The European Union on Monday sanctioned six judges and prosecutors over the jailing of Ivan Kara. "
        "Those listed include Moscow City Court judge Sergei Podolny, prosecutor Boris Lokotkov "
        "and Deputy Justice Minister Oleg Sviridov.",
        published="2024-06-11",
    )
    (listing,) = events(found, "sanction-designation")
    assert listing.people["designee"] == ["podolny", "lokotkov", "sviridov"]
    assert str(listing.date) == "2024-06-10"
    assert not [name for name, _ in roles(found) if "Kara" in name]


def test_a_death_sentence_is_no_death_and_a_charge_no_profession() -> None:
    found = draft(
        "A court in Minsk convicted Siarhei and Volha Kasko, of insulting the president, and overturned a death sentence."
    )
    assert names(found) == {"Siarhei Kasko", "Volha Kasko"}
    assert events(found, "death") == []
    assert [person.occupation for person in facts(found, PersonFact)] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "The lawyer asked that Alena Hrynko be acquitted.",
        "The defence asked the court to release Alena Hrynko from custody.",
        "None of the defendants, not even Alena Hrynko, was acquitted.",
        "The family of Alena Hrynko had been told to expect her release in May.",
        "An earlier version of this article said that Alena Hrynko was sentenced to five years in 2022.",
    ],
)
def test_what_is_asked_for_expected_or_corrected_did_not_happen(text: str) -> None:
    assert [(event.kind, event.people) for event in events(draft(text)) if event.kind != "sentence-request"] == []


def test_he_stays_the_one_that_is_meant_when_a_sentence_goes_on_about_him() -> None:
    found = draft(
        "Blogger Ilkin Rzali was arrested on 5 March 2024. Police claimed that he had struck a passer-by, Emin Sadiqli. "
        "On 27 August 2024 the Absheron District Court sentenced him to four years in prison."
    )
    (verdict,) = events(found, "sentence")
    assert verdict.people["defendant"] == ["rzali"]


@pytest.mark.parametrize(
    ("text", "occupation"),
    [
        ("This was reported by the lawyer of the journalist, Alena Hrynko.", "lawyer"),
        ("This was reported by the lawyer of the jailed journalist, Alena Hrynko.", None),
        ("The lawyer of the journalist Alena Hrynko was not let in.", "journalist"),
    ],
)
def test_a_name_set_off_behind_whose_lawyer_is_the_lawyers(text: str, occupation: str | None) -> None:
    assert [(fact.name, fact.occupation) for fact in facts(draft(text), PersonFact)] == [("Alena Hrynko", occupation)]


def test_a_rank_of_justice_makes_nobody_a_judge() -> None:
    found = draft("The prosecution is represented by Colonel of Justice Sergei Aidarov; Ivan Petrenko is on trial.")
    assert ("Sergei Aidarov", "judge") not in roles(found)
    assert all("judge" not in event.people for event in events(found))


def test_a_fine_on_top_leaves_the_day_of_the_verdict() -> None:
    found = draft("Oleg Petrenko was sentenced to five years and a fine of 300,000 rubles on 3 March 2024.")
    (verdict,) = events(found)
    assert (verdict.kind, str(verdict.date)) == ("sentence", "2024-03-03")
    assert [term.kind for term in verdict.penalties] == [None, "fine"]


def test_a_notice_of_suspicion_is_served_on_a_day() -> None:
    found = draft("On 26 March 2024 the prosecutors of Kyiv served Captain Ruslan Akhmedkhanov with a notice of suspicion.")
    (charge,) = events(found, "accountability-charge")
    assert (str(charge.date), charge.people) == ("2024-03-26", {"accused": ["akhmedkhanov"]})
