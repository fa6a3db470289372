"""Facts come and go, as when editors add, correct and withdraw records: what follows is always what follows from scratch."""

from __future__ import annotations

import random

import pytest
from benchmarks.reasoning import world
from pyoxigraph import NamedNode, Triple

from kg.graph.closed_store import ClosedStore
from kg.graph.closure import closure
from kg.graph.rules import QueryRule, Rule, compile_rules
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
