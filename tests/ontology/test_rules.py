"""The rules of ontology/rules.ttl, run as the build runs them: on facts, to a fixpoint, beside the axioms."""

from __future__ import annotations

import functools

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.rules import QueryRule, Rule, compile_rules
from tests.ontology.ontology_files import FOLDER, ID, PN, PREFIXES, VOC

CHAIR = """
id:court a pn:StateCourt .
id:post pn:postIn id:court .
id:chair pn:hasTenure id:tenure .
id:tenure pn:tenureRole role:court-chair ; pn:inPost id:post .
id:verdict a pn:Sentence ; pn:body id:court ; pn:earliest "2019-06-10"^^xsd:date ; pn:latest "2019-06-10"^^xsd:date .
"""


@functools.cache
def rules() -> list[Rule | QueryRule]:
    return compile_rules(FOLDER)


def links(facts: str, term: str) -> set[tuple[str, str]]:
    """What follows from `facts` (Turtle) for the property `term`, by local names."""
    triples = {Triple(q.subject, q.predicate, q.object) for q in parse((PREFIXES + facts).encode(), RdfFormat.TURTLE)}
    concepts = parse((FOLDER / "vocabularies.ttl").read_bytes(), RdfFormat.TURTLE)
    triples |= {Triple(q.subject, q.predicate, q.object) for q in concepts if str(q.subject.value).startswith(VOC)}
    return {
        (t.subject.value.removeprefix(ID), t.object.value.removeprefix(ID))
        for t in closure(triples, rules())
        if t.predicate.value == PN + term and isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode)
    }


def test_officials_of_one_hearing_served_with_each_other() -> None:
    """Two judges and a prosecutor met in one courtroom: each served with the other two, nobody with themselves."""
    facts = "id:e pn:presidingJudge id:a ; pn:judge id:a , id:b ; pn:prosecutor id:c ; pn:defendant id:d ; pn:lawyer id:l ."
    assert links(facts, "servedWith") == {(x, y) for x in "abc" for y in "abc" if x != y}


def test_officials_of_different_hearings_did_not_serve_together() -> None:
    """Same case, another day: the link needs one event that both acted in."""
    facts = "id:e pn:judge id:a ; pn:inCase id:c . id:f pn:judge id:b ; pn:inCase id:c ."
    assert links(facts, "servedWith") == set()


def test_those_who_charge_a_judge_serve_with_nobody() -> None:
    """Two prosecutors bring a charge against a judge, and a careless record calls one of them an acting official."""
    facts = "id:e a pn:AccountabilityCharge ; pn:accountabilityOfficer id:a , id:b ; pn:prosecutor id:a , id:c ; pn:accused id:j ."
    assert links(facts, "servedWith") == set()


HEADED = {
    "a term of office that encloses the day": 'pn:startDate "2017-02-01"^^xsd:date ; pn:endDate "2021-05-31"^^xsd:date',
    "the day of entry and the last day count": 'pn:startDate "2019-06-10"^^xsd:date ; pn:endDate "2019-06-10"^^xsd:date',
    "a start and a later mention": 'pn:startDate "2017"^^xsd:gYear ; pn:citedOn "2019-07"^^xsd:gYearMonth',
    "mentions on both sides": 'pn:citedOn "2018-01-05"^^xsd:date , "2020-03"^^xsd:gYearMonth',
    "a mention and a later end": 'pn:citedOn "2019-06-01"^^xsd:date ; pn:endDate "2020"^^xsd:gYear',
    "a second term that encloses the day": """pn:startDate "2010-01-01"^^xsd:date , "2018-01-01"^^xsd:date ;
        pn:endDate "2014-01-01"^^xsd:date , "2021-01-01"^^xsd:date""",
}
NOT_HEADED = {
    "a start alone": 'pn:startDate "2017-02-01"^^xsd:date',
    "an end alone": 'pn:endDate "2021-05-31"^^xsd:date',
    "one mention before": 'pn:citedOn "2018-01-05"^^xsd:date',
    "a term that ended before": 'pn:startDate "2010-01-01"^^xsd:date ; pn:endDate "2019-06-09"^^xsd:date',
    "a term that began after": 'pn:startDate "2019-06-11"^^xsd:date ; pn:endDate "2021-01-01"^^xsd:date',
    "a term that began some time in that year": 'pn:startDate "2019"^^xsd:gYear ; pn:endDate "2021-01-01"^^xsd:date',
    "a term that ended some time in that month": 'pn:startDate "2017"^^xsd:gYear ; pn:endDate "2019-06"^^xsd:gYearMonth',
    "a gap between two terms": """pn:startDate "2010-01-01"^^xsd:date , "2020-01-01"^^xsd:date ;
        pn:endDate "2014-01-01"^^xsd:date , "2021-01-01"^^xsd:date""",
    "a later article that remembers a former chair": """pn:startDate "2010"^^xsd:gYear ; pn:endDate "2015"^^xsd:gYear ;
        pn:citedOn "2023-01-01"^^xsd:date""",
    "articles before and after that remember a former chair": """pn:endDate "2015"^^xsd:gYear ;
        pn:citedOn "2018-01-01"^^xsd:date , "2023-01-01"^^xsd:date""",
    "around and until nobody knows when": """pn:startDate "2017~"^^<http://id.loc.gov/datatypes/edtf/EDTF> ;
        pn:endDate "2021/.."^^<http://id.loc.gov/datatypes/edtf/EDTF>""",
    "an end around that year": """pn:startDate "2010"^^xsd:gYear ; pn:citedOn "2023-01-01"^^xsd:date ;
        pn:endDate "2019~"^^<http://id.loc.gov/datatypes/edtf/EDTF>""",
}


@pytest.mark.parametrize("dates", HEADED.values(), ids=HEADED)
def test_chair_headed_the_court_on_the_day(dates: str) -> None:
    """Known dates on both sides of the verdict show who was in charge of the court."""
    assert links(f"{CHAIR} id:tenure {dates} .", "headedBodyAtTheTime") == {("chair", "verdict")}


@pytest.mark.parametrize("dates", NOT_HEADED.values(), ids=NOT_HEADED)
def test_nothing_is_assumed_about_who_was_in_charge(dates: str) -> None:
    """Where the dates leave room for doubt, nobody is said to have been in charge."""
    assert links(f"{CHAIR} id:tenure {dates} .", "headedBodyAtTheTime") == set()


ENCLOSED = 'id:tenure pn:startDate "2017"^^xsd:gYear ; pn:endDate "2021"^^xsd:gYear .'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("role:court-chair", "role:deputy-court-chair"),
        ("role:court-chair", "role:judge"),
        ("a pn:StateCourt", "a pn:HumanRightsOrganization"),
        ("a pn:Sentence", "a pn:AccountabilityJudgment"),
        ('pn:latest "2019-06-10"', 'pn:latest "2021-06-10"'),
        (' ; pn:latest "2019-06-10"^^xsd:date', ""),
        ("pn:body id:court", "pn:body id:other-court"),
    ],
    ids=[
        "a deputy",
        "a judge",
        "the head of a rights group",
        "an accountability event",
        "an event that may be later",
        "an event without end",
        "another court",
    ],
)
def test_only_heads_of_the_acting_state_body_count(old: str, new: str) -> None:
    """Everything else about the story is the same, but the link is not drawn."""
    assert links(CHAIR + ENCLOSED, "headedBodyAtTheTime") == {("chair", "verdict")}
    assert links(CHAIR.replace(old, new) + ENCLOSED, "headedBodyAtTheTime") == set()


def test_heading_a_body_is_not_acting_in_its_events() -> None:
    """The chair of the court acted in no event and against nobody."""
    facts = CHAIR + ENCLOSED + "id:verdict a pn:AdverseEvent ; pn:defendant id:koval ."
    assert links(facts, "actedAgainst") == set()
    assert links(facts, "actingOfficialIn") == set()
