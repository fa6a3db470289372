"""Materialising what follows: the rules compiled from the ontology, run to a fixpoint over 100,000 individuals."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from benchmarks.measured import Measured, best
from kg.graph.reasoning.closed_store import ClosedStore
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.closure_in_store import close_store
from kg.graph.reasoning.rules import QueryRule, Rule, compile_rules
from kg.vocabulary import ID, PN, RDF, VOC, XSD, locate

INDIVIDUALS = 100_000
_TYPE = RDF + "type"
_KINDS = ("CustodyRuling", "Hearing", "Sentence", "AppealRuling", "ReleaseRuling")


def run() -> Iterator[Measured]:
    """The closure of an invented world, beside the mere loading of facts and result into a store in memory."""
    facts = list(dict.fromkeys(world(INDIVIDUALS)))
    rules = compile_rules(locate("ontology"))
    added = closure(facts, rules)

    def load() -> None:
        Store().bulk_extend(Quad(t.subject, t.predicate, t.object) for triples in (facts, added) for t in triples)

    ours, peer = best(lambda: closure(facts, rules), load)
    what = f"materialising {INDIVIDUALS:,} individuals ({len(facts):,} facts, {len(added):,} follow)"
    yield Measured(what, ours, "loading all of it into a store", peer, bar="10 s")
    yield from _change(facts, rules)
    small = list(dict.fromkeys(world(INDIVIDUALS // 10)))

    def in_store() -> None:
        store = Store()
        store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in small)
        close_store(store, rules)

    ours, peer = best(lambda: closure(small, rules), in_store)
    yield Measured(f"materialising {INDIVIDUALS // 10:,} individuals", ours, "the same rules as SPARQL in a store", peer)


def _change(facts: list[Triple], rules: list[Rule | QueryRule]) -> Iterator[Measured]:
    """One trial is taken back and put in again, in a closed store that holds all the others."""
    trial = {
        t
        for t in facts
        if str(t.subject)[1:-1].startswith((f"{ID}case/17/", f"{ID}source/17/")) or t.subject == NamedNode(f"{ID}case/17")
    }
    closed, everything = ClosedStore(rules), set(facts)
    closed.derive(everything)

    def change() -> None:
        closed.derive(everything - trial)
        closed.derive(everything)

    ours, peer = best(change, lambda: closure(everything, rules))
    what = f"one trial ({len(trial)} facts) withdrawn or added, in a store kept closed"
    yield Measured(what, ours / 2, "deriving everything anew", peer)


def world(individuals: int, seed: int = 1) -> Iterator[Triple]:
    """Facts about `individuals` people, bodies, cases, events, sources ..., with a few more links each than the shipped corpus."""
    chance = random.Random(seed)
    trials = individuals * 10 // 104
    officials, courts = max(trials // 5, 1), max(trials // 50, 1)
    for role in ("court-chair", "judge"):
        yield _fact(f"role/{role}", _TYPE, "OfficialRole", base=VOC)
    yield _fact("role/court-chair", _TYPE, "HeadRole", base=VOC)
    for number in range(courts):
        for kind in ("Court", "StateBody"):
            yield _fact(f"court/{number}", _TYPE, kind)
        yield _fact(f"court/{number}", "partOfBody", f"department/{number // 10}")
        yield _fact(f"department/{number // 10}", "partOfBody", "ministry")
    for number in range(officials):
        yield from _official(number, chance.randrange(courts))
    for number in range(trials):
        yield from _trial(number, chance, officials, courts)


def _official(number: int, court: int) -> Iterator[Triple]:
    official, tenure, post = f"official/{number}", f"official/{number}/tenure", f"court/{court}/post/{number % 10}"
    role = "role/judge" if number % 10 else "role/court-chair"
    yield _fact(official, _TYPE, "Person")
    yield _fact(official, "hasTenure", tenure)
    yield Triple(NamedNode(ID + tenure), NamedNode(PN + "tenureRole"), NamedNode(VOC + role))
    yield _fact(tenure, "inPost", post)
    yield _fact(post, "postIn", f"court/{court}")
    yield _day(tenure, "startDate", 2010 + number % 10)
    yield _day(tenure, "endDate", 2021 + number % 5)


def _trial(number: int, chance: random.Random, officials: int, courts: int) -> Iterator[Triple]:
    """A case with one or two accused, a lawyer, three events, a penalty, a source and a passage."""
    case, accused = f"case/{number}", [f"accused/{number}/{index}" for index in range(1 + number % 2)]
    bench = [f"official/{int(officials * chance.random() ** 2)}" for _ in range(3)]
    yield _fact(case, _TYPE, "Case")
    yield _fact(case, "partOfCase", f"series/{number // 4}")
    for person in accused:
        yield _fact(person, _TYPE, "Person")
        yield _fact(case, "caseDefendant", person)
    for index, official in enumerate(bench):
        event, kind = f"case/{number}/event/{index}", chance.choice(_KINDS)
        yield _fact(event, _TYPE, kind)
        yield _fact(event, _TYPE, "FavourableEvent" if kind == "ReleaseRuling" else "AdverseEvent")
        yield _fact(event, "inCase", case)
        yield _fact(event, "body", f"court/{chance.randrange(courts)}")
        yield _day(event, "earliest", 2014 + number % 12)
        yield _day(event, "latest", 2014 + number % 12)
        yield _fact(event, "judge", official)
        for person in accused:
            yield _fact(event, "defendant", person)
    yield _fact(event, "presidingJudge", bench[0])
    yield _fact(event, "prosecutor", bench[1])
    yield _fact(event, "lawyer", f"lawyer/{number}")
    yield _fact(event, "hasPenalty", f"case/{number}/penalty")
    yield _fact(f"case/{number}/penalty", "penalized", accused[0])
    yield _fact(f"source/{number}/p1", "inSource", f"source/{number}")


def _fact(subject: str, term: str, target: str, base: str = ID) -> Triple:
    value = PN + target if term == _TYPE else ID + target
    return Triple(NamedNode(base + subject), NamedNode(term if term == _TYPE else PN + term), NamedNode(value))


def _day(subject: str, term: str, year: int) -> Triple:
    return Triple(NamedNode(ID + subject), NamedNode(PN + term), Literal(f"{year}-06-15", datatype=NamedNode(XSD + "date")))
