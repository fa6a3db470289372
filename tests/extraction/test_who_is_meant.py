"""Who took part in what, told in English by kin, lawyers, pronouns and trades, and to whom it must not be given."""

from __future__ import annotations

import pytest

from kg.records.model import PersonFact
from tests.extraction.reading_drafts import bodies, draft, events, facts, names, roles, terms
from tests.extraction.test_story import relations, speakers


def test_a_father_speaks_of_his_son_and_the_son_is_remanded() -> None:
    found = draft("Samir Talibov, Rufat Talibov's father, said that his son had been remanded to pretrial detention on March 3.")
    assert [event.people for event in events(found)] == [{"defendant": ["rufat-talibov"]}]
    assert relations(found) == {("talibov", "relative", "rufat-talibov")}
    assert speakers(found) == [["talibov"]]


def test_a_wife_speaks_of_her_husband_and_the_husband_was_arrested() -> None:
    found = draft("Pavel Hruzd's wife, Alesia, said her husband was arrested on May 2.")
    assert [event.people for event in events(found)] == [{"detainee": ["hruzd"]}]
    assert relations(found) == {("alesia", "relative", "hruzd")}
    assert speakers(found) == [["alesia"]]


def test_whom_somebodys_relative_means_carries_a_doubt() -> None:
    found = draft("Pavel Hruzd's wife, Alesia, said her husband was arrested on May 2.")
    assert any(span.needs_look and "relative of whom Alesia speaks" in span.needs_look for span in found.spans.values())


def test_the_lawyer_of_somebody_represents_him_and_was_not_jailed() -> None:
    found = draft("Nadir Veliyev was jailed on 3 May. Kamran Sadiqov, Veliyev's lawyer, said the court ignored the facts.")
    assert relations(found) == {("sadiqov", "represents", "veliyev")}
    assert speakers(found) == [["sadiqov"]]
    assert [event.people for event in events(found)] == [{"defendant": ["veliyev"]}]


def test_who_tells_a_lawyer_that_he_was_tortured_means_himself() -> None:
    found = draft("Ivan Lozovy told lawyer Kerim Osmanbekov that he had been tortured with electric current for three days.")
    assert [event.people for event in events(found)] == [{"victim": ["lozovy"]}]
    assert [event.modality for event in events(found)] == ["alleged"]
    assert speakers(found) == [["lozovy"]]


def test_the_client_of_a_lawyer_is_ill_and_not_the_lawyer() -> None:
    found = draft(
        "Berna Akgunlu was jailed. Lawyer Selma Kayranli said that her client, who has diabetes, was left without insulin."
    )
    (illness,) = events(found, "health-finding")
    assert (illness.people, illness.diagnoses) == ({"prisoner": ["akgunlu"]}, ["diabetes"])


def test_somebody_of_a_body_speaks_and_the_body_is_named_without_him() -> None:
    found = draft('"It is guilt by association," said Rajan Varadarajulu of Amnesty International, adding he was yet to read it.')
    assert speakers(found) == [["varadarajulu"]]
    assert names(found) == {"Rajan Varadarajulu"}
    assert bodies(found) == {"Amnesty International": "human-rights-organization"}


def test_names_that_stand_behind_the_term() -> None:
    found = draft("The court in Minsk sentenced to two years imprisonment Adnan Rahim Sarkar and Murad Elanov for a report.")
    assert names(found) == {"Adnan Rahim Sarkar", "Murad Elanov"}
    assert terms(found) == {"sarkar": "2", "elanov": "2"}


def test_a_surname_of_two_means_the_one_who_was_not_introduced_as_a_sister() -> None:
    found = draft(
        "A court in Minsk sentenced former radio presenter Mikhas Zhuravok to eight years in prison. His sister Tatsiana Zhuravok, "
        "who lives in Poland, told the agency that he had been forced to read. Zhuravok suffers from a stomach ulcer."
    )
    (illness,) = events(found, "health-finding")
    assert illness.people == {"prisoner": ["zhuravok"]}
    assert speakers(found) == [["tatsiana-zhuravok"]]
    assert terms(found) == {"zhuravok": "8"}


@pytest.mark.parametrize(
    ("text", "accused", "years"),
    [
        ("A Kyiv court sentenced judge Petro Havryliak in absentia to ten years in prison.", "havryliak", "10"),
        ("In absentia, a Kyiv court sentenced judge Petro Havryliak to ten years in prison.", "havryliak", "10"),
        ("Prosecutor Anna Orlenko was sentenced to five years.", "orlenko", "5"),
        ("Judge Petro Havryliak has been sentenced in absentia to ten years by a Kyiv court.", "havryliak", "10"),
    ],
)
def test_a_sentenced_official_is_accused_and_did_not_sentence(text: str, accused: str, years: str) -> None:
    found = draft(text)
    assert [(event.kind, event.people) for event in events(found)] == [("accountability-judgment", {"accused": [accused]})]
    assert terms(found, "accountability-judgment") == {accused: years}


def test_a_judge_who_sentenced_somebody_is_not_accused_of_anything() -> None:
    found = draft("Judge Oleg Sidorchuk, who sentenced the man to six years, left the court.")
    assert [(event.kind, event.people) for event in events(found)] == [("sentence", {"judge": ["sidorchuk"]})]
    assert terms(found) == {None: "6"}
    assert roles(found) == {("Oleg Sidorchuk", "judge")}


def test_he_who_was_not_detained_was_not_detained() -> None:
    found = draft(
        "Officers searched the flat of the student Luka Kiknadze. "
        "At the home of the activist Jaba Tsertsvadze nothing was seized, and he was not detained."
    )
    assert "Jaba Tsertsvadze" in names(found)
    assert [(event.kind, event.people) for event in events(found)] == [("search", {"searched-person": ["kiknadze"]})]


@pytest.mark.parametrize(
    ("who", "detained"), [("nobody of that name", []), ("he", [{"detainee": ["lozovy"]}])], ids=["nobody", "he"]
)
def test_nobody_of_that_name_had_been_detained(who: str, detained: list[dict[str, list[str]]]) -> None:
    found = draft(
        f"Ivan Lozovy was jailed. At the local FSB department his wife, Iryna Lozova, was told that {who} had been detained."
    )
    assert [event.people for event in events(found, "detention")] == detained
    assert [event.people for event in events(found, "sentence")] == [{"defendant": ["lozovy"]}]
    assert relations(found) == {("lozova", "relative", "lozovy")}


def test_one_of_them_is_the_one_whom_the_sentence_names() -> None:
    found = draft(
        "Shuhrat Davlatov and Rustam Nazarbek were arrested. One of them, Mr Dilshod Qurbonali, was sentenced to 21 years in 2016."
    )
    assert [event.people for event in events(found, "sentence")] == [{"defendant": ["qurbonali"]}]
    assert terms(found) == {"qurbonali": "21"}


def test_whom_the_court_sentenced_is_the_client_and_not_his_lawyer() -> None:
    found = draft(
        "Mr Shuhrat Davlatov was arrested. Mr Davlatov represented the blogger Ravshan Olimshoev, whom the Supreme Court "
        "sentenced on 12 August 2022 to eleven years in a strict-regime colony."
    )
    (verdict,) = events(found, "sentence")
    assert verdict.people == {"defendant": ["olimshoev"]}
    assert verdict.body == ["supreme-court"]
    assert terms(found) == {"olimshoev": "11"}
    assert [event.people for event in events(found, "detention")] == [{"detainee": ["davlatov"]}]


def test_what_the_judge_gave_and_what_the_prosecutor_had_demanded() -> None:
    found = draft(
        "The court convicted Halyna Hordiichuk of treason. Judge Vitaly Prokudenko gave her 13 years in a general-regime colony; "
        "prosecutor Kseniya Bazhanova had demanded 15 years."
    )
    assert (terms(found), terms(found, "sentence-request")) == ({"hordiichuk": "13"}, {"hordiichuk": "15"})
    assert [event.people.get("judge") for event in events(found, "sentence")] == [None, ["prokudenko"]]
    assert events(found, "sentence-request")[0].people == {"defendant": ["hordiichuk"], "prosecutor": ["bazhanova"]}


def test_people_called_by_the_trade_that_the_text_gave_them() -> None:
    found = draft(
        "The court tried the priest Rigoberto Altamira and the teacher Luisa Cerna. The teacher was sentenced to three years. "
        "The priest was sentenced to fifteen years."
    )
    assert terms(found) == {"cerna": "3", "altamira": "15"}
    asked = {span.needs_look for span in found.spans.values()}
    assert {"'teacher' was taken to mean Luisa Cerna", "'priest' was taken to mean Rigoberto Altamira"} <= asked


def test_the_pastor_is_the_pastor_and_not_another_whom_the_text_names() -> None:
    found = draft("Police detained pastor Ihar Kazak. Lawyer Pavel Hruzd came too. The pastor was sentenced to three years.")
    assert terms(found) == {"kazak": "3"}
    assert any(span.needs_look == "'pastor' was taken to mean Ihar Kazak" for span in found.spans.values())


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("Ihar Kazak was arrested on 3 May 2024. Officers raided nine homes in the town on 5 May 2024.", {}),
        ("Officers raided the home of Ihar Kazak on 5 May 2024.", {"searched-person": ["kazak"]}),
    ],
)
def test_nine_homes_are_not_the_home_of_whoever_was_named_before(text: str, searched: dict[str, list[str]]) -> None:
    (search,) = events(draft(text), "search")
    assert (search.people, str(search.date)) == (searched, "2024-05-05")


def test_until_a_day_does_not_part_the_court_from_what_it_prolonged() -> None:
    found = draft(
        "The Kerch City Court on Thursday prolonged until 26 January the house arrest of pensioner Halyna Tulubova, "
        "who is charged with discrediting the army."
    )
    (ruling,) = events(found, "custody-ruling")
    assert (ruling.body, ruling.people, ruling.outcome) == (["kerch-city-court"], {"defendant": ["tulubova"]}, "extended")
    assert (str(ruling.date), str(ruling.until)) == ("2024-10-03", "2025-01-26")


def test_barred_from_a_territory_is_a_sanction_and_only_on_those_barred() -> None:
    found = draft(
        "Lithuania on 5 December barred Zurab Kvirikadze and Otar Kutaladze from its territory. Nino Abashvili welcomed it."
    )
    assert [(event.kind, event.people) for event in events(found)] == [
        ("sanction-designation", {"designee": ["kvirikadze", "kutaladze"]})
    ]
    assert "Nino Abashvili" in {person.name for person in facts(found, PersonFact)}


def test_the_term_of_a_sentenced_judge_is_not_given_to_whom_the_article_told_of_before() -> None:
    found = draft("The florist Alina Berezhna was arrested. A Kyiv court sentenced judge Ivan Petrenkov to ten years in prison.")
    assert [(event.kind, event.people) for event in events(found)] == [
        ("detention", {"detainee": ["berezhna"]}),
        ("accountability-judgment", {"accused": ["petrenkov"]}),
    ]


def test_a_judge_who_jailed_somebody_and_was_jailed_later_got_their_own_term_only() -> None:
    found = draft("Judge Oleg Sidorov, who sentenced Ivan Lozovy to six years, was sentenced to five years in absentia.")
    assert [(event.kind, event.people) for event in events(found)] == [
        ("sentence", {"defendant": ["lozovy"], "judge": ["sidorov"]}),
        ("accountability-judgment", {"accused": ["sidorov"]}),
    ]
    assert terms(found) == {"lozovy": "6"}
    assert terms(found, "accountability-judgment") == {"sidorov": "5"}


@pytest.mark.parametrize(
    "text",
    [
        "Alice Petrova, who wrote about Bohdan Kovalenko, was jailed for five years.",
        "Alice Petrova, whom Judge Ivan Sidorov had freed, was jailed for five years.",
    ],
)
def test_whom_a_relative_clause_names_did_not_get_the_term_of_the_main_one(text: str) -> None:
    assert terms(draft(text)) == {"petrova": "5"}


def test_who_reports_an_arrest_was_not_arrested() -> None:
    found = draft("Police arrested Adnan Sarkarov, said Murad Elanov.")
    assert [event.people for event in events(found)] == [{"detainee": ["sarkarov"]}]
    assert speakers(found) == [["elanov"]]


def test_a_brother_and_his_sister_share_a_fate_that_both_are_named_for() -> None:
    found = draft("Mikhas Zhuravok and his sister Tatsiana Zhuravok were detained on 3 May.")
    assert [event.people for event in events(found)] == [{"detainee": ["zhuravok", "tatsiana-zhuravok"]}]
