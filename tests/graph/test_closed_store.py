"""Facts come and go, as when editors add, correct and withdraw records: what follows is always what follows from scratch."""

from __future__ import annotations

import random

import pytest
from benchmarks.reasoning import world
from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.reasoning.closed_store import ClosedStore
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.closure_in_store import quad
from kg.graph.reasoning.query_answers import QueryAnswers
from kg.graph.reasoning.rules import QueryRule, Rule, compile_rules
from kg.vocabulary import ID, PN, RDF
from tests.conftest import ROOT

RULES = compile_rules(ROOT / "ontology")


def fact(subject: str, term: str, target: str) -> Triple:
    value = NamedNode((PN if term == "a" else ID) + target)
    return Triple(NamedNode(ID + subject), NamedNode(RDF + "type" if term == "a" else PN + term), value)


@pytest.mark.parametrize("seed", range(2))
def test_any_change_gives_what_a_fresh_start_gives(seed: int) -> None:
    """Facts of an invented world are withdrawn and put back at random, a few or half of them at a time."""
    chance = random.Random(seed)
    everything = list(dict.fromkeys(world(100, seed)))
    kept = ClosedStore(RULES)
    for _ in range(6):
        share = chance.choice([0.5, 0.9, 0.99, 1.0])
        facts = {triple for triple in everything if chance.random() < share}
        assert kept.derive(facts) == set(closure(facts, RULES))


def test_a_withdrawn_judge_acted_against_nobody() -> None:
    """The link goes with the only statement behind it, and stays while another one carries it."""
    event = {fact("e", "a", "Sentence"), fact("e", "a", "AdverseEvent"), fact("e", "defendant", "accused")}
    again = {fact("f", "a", "Hearing"), fact("f", "a", "AdverseEvent"), fact("f", "defendant", "accused")}
    link = fact("judge", "actedAgainst", "accused")
    kept = ClosedStore(RULES)
    assert link in kept.derive(event | again | {fact("e", "judge", "judge"), fact("f", "judge", "judge")})
    assert link in kept.derive(event | again | {fact("f", "judge", "judge")})
    assert link not in kept.derive(event | again)


def test_what_is_stated_no_longer_may_still_follow() -> None:
    stated = {fact("e", "presidingJudge", "one"), fact("e", "judge", "one")}
    kept = ClosedStore(RULES)
    assert fact("e", "judge", "one") not in kept.derive(stated)
    assert fact("e", "judge", "one") in kept.derive({fact("e", "presidingJudge", "one")})
    assert kept.derived == set(closure({fact("e", "presidingJudge", "one")}, RULES))


def test_rules_that_undo_each_other_do_not_hang() -> None:
    """Two rules that each ask whether the other has spoken: as whimsical as a fresh start, but it ends."""
    prefix = f"PREFIX pn: <{PN}> "
    first = QueryRule("", prefix + "CONSTRUCT { ?x pn:a ?y } WHERE { ?x pn:p ?y FILTER NOT EXISTS { ?x pn:b ?y } }")
    second = QueryRule("", prefix + "CONSTRUCT { ?x pn:b ?y } WHERE { ?x pn:p ?y FILTER NOT EXISTS { ?x pn:a ?y } }")
    rules: list[Rule | QueryRule] = [first, second]
    kept = ClosedStore(rules)
    kept.derive({fact("x", "p", "y")})
    kept.derive({fact("x", "p", "z")})
    assert kept.derived == set(closure({fact("x", "p", "z")}, rules))


def life(number: int) -> set[Triple]:
    """A head of a court with dates, and three officials in an event of that court."""
    head, tenure, post, event = f"head{number}", f"tenure{number}", f"post{number}", f"event{number}"
    day = {"earliest": f"20{10 + number}-05-05", "latest": f"20{10 + number}-05-05"}
    dates = {"startDate": f"20{8 + number % 4}", "endDate": f"20{11 + number}", "citedOn": f"20{10 + number}-01-01"}
    return {
        *(fact("role", "a", "HeadRole"), fact(tenure, "tenureRole", "role"), fact(tenure, "inPost", post)),
        *(
            fact(head, "hasTenure", tenure),
            fact(post, "postIn", "court"),
            fact("court", "a", "Court"),
            fact(event, "body", "court"),
        ),
        *(Triple(NamedNode(ID + event), NamedNode(PN + name), Literal(value)) for name, value in day.items()),
        *(Triple(NamedNode(ID + tenure), NamedNode(PN + name), Literal(value)) for name, value in dates.items()),
        *(fact(event, "judge", f"judge{number + more}") for more in range(3)),
        *((fact(event, "a", "AccountabilityEvent"),) if number % 3 == 2 else ()),
    }


@pytest.mark.parametrize("seed", range(6))
def test_rules_that_are_queries_keep_up_with_every_change(seed: int) -> None:
    """Posts, dates, courts, calls to account: one fact at a time or many, and each link is what all of it gives, no more."""
    chance = random.Random(seed)
    everything = sorted(set().union(*(life(number) for number in range(6))), key=str)
    kept, links = ClosedStore(RULES), set()
    for _ in range(25):
        share = chance.choice([0.7, 0.95, 1.0])
        facts = {triple for triple in everything if chance.random() < share} | {chance.choice(everything)}
        assert kept.derive(facts) == set(closure(facts, RULES))
        links |= {triple.predicate.value.removeprefix(PN) for triple in kept.derived}
        one = chance.choice(everything)
        assert kept.derive(facts ^ {one}) == set(closure(facts ^ {one}, RULES))
    assert {"servedWith", "headedBodyAtTheTime"} <= links


def test_a_change_of_an_event_has_only_that_event_asked() -> None:
    """What is kept with its keys and asked again for some of them is what asking everything gives."""
    store, facts = Store(), set().union(*(life(number) for number in range(6)))
    store.extend(quad(triple) for triple in (*facts, *closure(facts, RULES)))
    for rule in (rule for rule in RULES if isinstance(rule, QueryRule)):
        kept = QueryAnswers(rule)
        before = set(kept.ask(store))
        assert before
        store.remove(quad(gone := fact("event0", "actingOfficial", "judge0")))
        asked = kept.ask(store, {gone})
        assert asked == QueryAnswers(rule).ask(store)
        assert kept.ask(store, set()) == asked
        store.add(quad(gone))
        assert kept.ask(store, {gone}) == before


@pytest.mark.parametrize(
    "body",
    [
        "?x pn:p ?y . ?y pn:p ?z",
        "?x pn:p ?z FILTER NOT EXISTS { ?z pn:p ?y }",
        "?x pn:p ?z . ?z pn:q ?x FILTER EXISTS { ?x pn:q ?z } FILTER NOT EXISTS { ?x pn:r ?any }",
        "?x pn:p ?z OPTIONAL { ?x pn:q ?y } FILTER(!BOUND(?y))",
        "?x pn:p ?z MINUS { ?x pn:q ?z }",
        "{ SELECT ?x (MIN(?v) AS ?z) WHERE { ?x pn:p ?v } GROUP BY ?x }",
    ],
)
def test_any_form_of_rule_is_asked_right(body: str) -> None:
    """The same property with two subjects, negation, aggregates: what cannot be narrowed is asked whole."""
    rule = QueryRule("", f"PREFIX pn: <{PN}> CONSTRUCT {{ ?x pn:derived ?z }} WHERE {{ {body} }}")
    chance, store, kept = random.Random(7), Store(), QueryAnswers(rule)
    kept.ask(store)
    for _ in range(120):
        changed = {
            fact(chance.choice("abcd"), chance.choice("pqr"), chance.choice("abcd")) for _ in range(chance.choice((1, 1, 3)))
        }
        for triple in changed:
            (store.remove if quad(triple) in store else store.add)(quad(triple))
        assert kept.ask(store, changed) == QueryAnswers(rule).ask(store)
