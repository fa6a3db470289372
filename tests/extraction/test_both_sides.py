"""Nobody stands on both sides of one event: neither a lawyer nor an official is whom it happened to."""

from __future__ import annotations

import pytest
from benchmarks.extraction_gold import GoldArticle, read_gold

from kg.extract import extract_article
from kg.vocabulary import load_vocabulary
from tests.extraction.reading_drafts import draft, events

ROLES = load_vocabulary().roles
AFFECTED = {key for key, role in ROLES.items() if role.affected}
ACTING = {key for key, role in ROLES.items() if role.official} | {"lawyer"}


@pytest.mark.parametrize("article", [*read_gold("develop")], ids=lambda article: article.name)
def test_who_acts_in_an_event_is_not_whom_it_happened_to(article: GoldArticle) -> None:
    about = article.gold.article
    found = extract_article(
        article.text, title=about.title, published=about.published, publisher="daily", url="https://daily.example/1"
    )
    for event in events(found):
        sides = [{who for role, people in event.people.items() if role in side for who in people} for side in (AFFECTED, ACTING)]
        assert sides[0] & sides[1] == set(), event


def test_a_lawyer_present_at_a_hearing_is_not_its_defendant() -> None:
    found = draft(
        "Police detained Ivan Lozovy again, according to his lawyer Emil Osmanov, who was present at the hearing in Simferopol."
    )
    assert [event.people for event in events(found, "hearing")] in ([], [{"lawyer": ["osmanov"], "defendant": ["lozovy"]}])
