"""Bodies that an article names: by their form, by a noun beside them, by an acronym, by a number."""

from __future__ import annotations

import pytest

from tests.extraction.reading_drafts import bodies, draft, names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The independent newspaper Tauric Dawn reported the arrest.", {"Tauric Dawn": "media-outlet"}),
        ("He wrote for the daily “Sabah Sesi” until 2021.", {"Sabah Sesi": "media-outlet"}),
        ("The trial was covered by Zarnitsa news agency alone.", {"Zarnitsa": "media-outlet"}),
        ("The human rights organization Forum-27 found him in a colony.", {"Forum-27": "human-rights-organization"}),
        ("He is held in temporary detention facility No. 4.", {"temporary detention facility No. 4": "remand-prison"}),
        ("She was moved to Colony No. 33 in May.", {"Colony No. 33": "penal-colony"}),
        ("Two men were brought to the Sayan police department.", {"Sayan police department": "police"}),
        (
            "The Investigative Department of the FSB for Crimea and Sevastopol closed the case.",
            {"Investigative Department of the FSB for Crimea and Sevastopol": "investigative-body"},
        ),
        (
            "He chairs the Coastal Students Association for Human Rights.",
            {"Coastal Students Association for Human Rights": "organization"},
        ),
    ],
)
def test_a_body_is_known_by_a_noun_a_number_or_what_it_is_for(text: str, expected: dict[str, str]) -> None:
    assert bodies(draft(text, language="en")) == expected


def test_a_name_introduced_once_is_the_body_from_then_on() -> None:
    told = draft(
        "The outlet Volnaia reported three searches. On Monday Volnaia said that a fourth home was searched.", language="en"
    )
    spans = [told.text[span.start : span.end] for span in told.spans.values() if span.rule.endswith("statement")]
    assert bodies(told) == {"Volnaia": "media-outlet"}
    assert len(spans) == 2


def test_a_person_is_no_newspaper_and_a_social_network_no_outlet() -> None:
    assert (
        bodies(
            draft("The newspaper’s editor and the Telegram channel of the outlet were blocked, Ivan Melnyk said.", language="en")
        )
        == {}
    )


def test_an_acronym_is_its_body_with_or_without_brackets() -> None:
    told = draft(
        "The Alliance for Free Letters (AFLET) condemned the verdict. AFLET monitored the trial. "
        "The Coastal Prison Observation Council wrote to the court; COPC was no party, but CPOC attended.",
        language="en",
    )
    assert set(bodies(told)) == {"Alliance for Free Letters", "Coastal Prison Observation Council"}


def test_a_judge_is_not_part_of_the_name_of_the_court() -> None:
    told = draft("Judge Merdan Gurbanov of Tejen District Court sentenced Batyr Orazov to two years.", language="en")
    assert bodies(told) == {"Tejen District Court": "district-court"}
    assert names(told) == {"Merdan Gurbanov", "Batyr Orazov"}


def test_a_publisher_named_after_courts_is_no_court() -> None:
    assert bodies(draft("Spring Court Chronicle followed the hearing. Marsh Prison Monitor did not.", language="en")) == {}
