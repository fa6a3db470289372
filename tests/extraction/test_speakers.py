"""Who said what in an English article."""

from __future__ import annotations

import pytest

from kg.records.model import BodyFact, EventFact, PersonFact
from tests.extraction.reading_drafts import draft, facts


def speakers(text: str) -> list[str]:
    told = draft(text, language="en")
    named = {fact.person: fact.name for fact in facts(told, PersonFact)} | {fact.body: fact.name for fact in facts(told, BodyFact)}
    said = [fact for fact in facts(told, EventFact) if fact.kind == "statement"]
    return [named[key] for fact in said for key in [*fact.people.get("speaker", []), *fact.body]]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The head of the Mejlis, Server Ablyazov, wrote that two men were taken.", "Server Ablyazov"),
        ("Lawyer Ivan Melnyk, who defends Pavlo Horbenko, told the court that the file was empty.", "Ivan Melnyk"),
        ("The website quoted judge Ivan Melnyk as saying that the court would rule in June.", "Ivan Melnyk"),
        ("Lawyer Ivan Melnyk asked for acquittal and recalled an older judgment.", "Ivan Melnyk"),
    ],
)
def test_the_subject_of_the_verb_speaks_and_nobody_beside_it(text: str, who: str) -> None:
    assert speakers(text) == [who]
