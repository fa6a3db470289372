"""What a sentence states as a fact and what it does not; who did it and to whom it was done."""

from __future__ import annotations

import pytest

from tests.extraction.reading_drafts import draft, events

NOT_FACTS = [
    ("en", "Ivan Petrenko was not detained on 3 May 2024."),
    ("en", "Ivan Petrenko faces up to 20 years. If convicted, Ivan Petrenko could be sentenced to 20 years."),
    ("en", "Ivan Petrenko may be released in June 2024."),
    ("en", "“They detained Ivan Petrenko and sentenced him to 20 years for nothing,” Maria Koval said."),
    ("en", "Maria Koval demanded that the court should not release Ivan Petrenko."),
    ("ru", "Ивана Петрова не задержали 3 мая 2024 года. Ивану Петрову грозит до 20 лет."),
    ("uk", "Івана Петренка не затримали 3 травня 2024 року. Йому загрожує до 20 років."),
]


@pytest.mark.parametrize(("language", "text"), NOT_FACTS)
def test_denials_possibilities_and_speech_are_no_facts(language: str, text: str) -> None:
    assert events(draft(text, language=language)) == []


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("FSB officers detained Ivan Petrenko on 5 May 2024.", "detention", ["petrenko"]),
        ("Ivan Petrenko was detained by FSB officers on 5 May 2024.", "detention", ["petrenko"]),
        ("Ivan Petrenko, detained on 5 May 2024, is ill.", "detention", ["petrenko"]),
        ("The arrest of Ivan Petrenko on 5 May 2024 was condemned.", "detention", ["petrenko"]),
        (
            "Three were seized on 5 May 2024: Ivan Petrenko, Oleg Sydorenko and Pavel Orlov.",
            "detention",
            ["petrenko", "sydorenko", "orlov"],
        ),
        ("Russian authorities released Ivan Petrenko on 5 May 2024.", "release", ["petrenko"]),
        ("FSB officers detained Ivan Petrenko again on 5 May 2024.", "rearrest", ["petrenko"]),
        ("Сотрудники ФСБ задержали Ивана Петрова 5 мая 2024 года.", "detention", ["petrov"]),
        ("Ивана Петрова задержали 5 мая 2024 года сотрудники ФСБ.", "detention", ["petrov"]),
        ("Івана Петренка було затримано 5 травня 2024 року.", "detention", ["petrenko"]),
    ],
)
def test_active_passive_and_noun_mean_the_same(text: str, kind: str, who: list[str]) -> None:
    event = events(draft(text), kind)[0]
    assert [key for role in ("detainee", "prisoner") for key in event.people.get(role, [])] == who
    assert str(event.date) == "2024-05-05"


def test_officials_and_defence_are_never_those_to_whom_it_happened() -> None:
    text = (
        "Judge Oleg Sydorenko sentenced Ivan Petrenko to 5 years, although lawyer Maria Koval and prosecutor Anna Bondar were ill."
    )
    people = events(draft(text), "sentence")[0].people
    assert people["defendant"] == ["petrenko"]
    assert people["judge"] == ["sydorenko"]
    assert "koval" not in str(people)


def test_a_pronoun_means_the_person_named_before_and_says_so() -> None:
    found = draft(
        "Ivan Petrenko was detained on 5 May 2024. His wife, Maria Petrenko, wept. He was sentenced to 5 years on 6 June 2024."
    )
    assert events(found, "sentence")[0].people["defendant"] == ["petrenko"]
    assert any(span.needs_look and "'He'" in span.needs_look for span in found.spans.values())


def test_clauses_keep_their_own_people_and_dates() -> None:
    text = (
        "Ivan Petrenko was detained on 5 May 2023 and Oleg Sydorenko was released on 6 June 2024, "
        "while Pavel Orlov died on 7 July 2024."
    )
    told = {event.kind: (str(event.date), next(iter(event.people.values()))) for event in events(draft(text))}
    assert told == {
        "detention": ("2023-05-05", ["petrenko"]),
        "release": ("2024-06-06", ["sydorenko"]),
        "death": ("2024-07-07", ["orlov"]),
    }


def test_a_search_and_a_detention_share_the_date_and_the_place_only_when_told_together() -> None:
    found = draft("On 10 June 2019, following searches, security forces detained Ivan Petrenko and Oleg Sydorenko.")
    assert {event.kind: str(event.date) for event in events(found)} == {"search": "2019-06-10", "detention": "2019-06-10"}


def test_custody_with_its_end_and_appeal_rulings_with_their_outcome() -> None:
    text = (
        "The Kyivskyi District Court remanded Ivan Petrenko in custody until 5 July 2024. On 9 June "
        "2024 Crimea's Supreme Court, under "
        "presiding judge Oleg Sydorenko, rejected the appeal of Ivan Petrenko."
    )
    found = draft(text)
    custody, ruling = events(found, "custody-ruling")[0], events(found, "appeal-ruling")[0]
    assert (str(custody.until), custody.measure) == ("2024-07-05", "remand")
    assert (ruling.outcome, ruling.people["presiding-judge"], str(ruling.date)) == ("upheld", ["sydorenko"], "2024-06-09")


def test_charges_carry_their_provisions() -> None:
    found = draft("Ivan Petrenko was charged under Article 205.5 § 2 of Russia's criminal code.")
    assert [str(provision) for provision in events(found, "charge-brought")[0].provisions] == ["ru-cc:205.5/2"]
    russian = draft("Ивана Петрова обвиняют по ч. 1 ст. 205.5 УК РФ.")
    assert [str(provision) for provision in events(russian, "charge-brought")[0].provisions] == ["ru-cc:205.5/1"]
    ukrainian = draft("Прокуратура повідомила про підозру судді Віктору Петренку за ч. 1 ст. 438 КК України.")
    assert [str(provision) for provision in events(ukrainian, "accountability-charge")[0].provisions] == ["ua-cc:438/1"]


def test_illnesses_are_listed_as_the_text_lists_them() -> None:
    text = "Ivan Petrenko has been diagnosed with several illnesses, including liver cancer, chronic hepatitis C and kidney stones."
    assert events(draft(text), "health-finding")[0].diagnoses == ["liver cancer", "chronic hepatitis C", "kidney stones"]


def test_an_official_of_another_matter_is_not_drawn_into_the_verdict() -> None:
    text = (
        "The Rostov Regional Court sentenced Ivan Petrenko to 5 years. In 2007, Constitutional Court Judge Oleg Sydorenko called "
        "the law absurd. Prosecutor Anna Bondar appealed the decision of the Omsk District Court, which released Pavel Orlov."
    )
    found = draft(text)
    assert "judge" not in events(found, "sentence")[0].people
    assert events(found, "release-ruling")[0].people == {"prisoner": ["orlov"]}
    assert events(found, "appeal")[0].people["prosecutor"] == ["bondar"]


def test_an_official_said_to_have_presided_did_and_the_draft_says_that_it_was_another_sentence() -> None:
    found = draft("The Rostov Regional Court sentenced Ivan Petrenko to 5 years. Judge Oleg Sydorenko presided.")
    assert events(found, "sentence")[0].people["judge"] == ["sydorenko"]
    assert any(span.needs_look and "another sentence" in span.needs_look for span in found.spans.values())


def test_a_former_official_can_be_a_victim() -> None:
    found = draft("Former judge Ivan Petrenko was detained on 5 May 2024.")
    assert events(found, "detention")[0].people == {"detainee": ["petrenko"]}


def test_participles_before_a_noun_report_nothing() -> None:
    text = "Lawyer Maria Koval counted 2,200 detained citizens and a convicted person. She helped arrested journalists."
    assert events(draft(text)) == []


def test_an_article_of_a_code_that_is_not_known_is_not_given_to_another() -> None:
    found = draft("In Russia Ivan Petrenko was charged under Article 698 of the Islamic Penal Code.")
    assert events(found, "charge-brought")[0].provisions == []
