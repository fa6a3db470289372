"""Materialising what follows: the rules compiled from the ontology, run to a fixpoint over 100,000 individuals."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from benchmarks.measured import Measured, best
from kg.graph.closure import closure
from kg.graph.rules import compile_rules
from kg.vocabulary import ID, PN, RDF, VOC, XSD, locate

INDIVIDUALS = 100_000
_TYPE = RDF + "type"
_KINDS = ("CustodyRuling", "Hearing", "Sentence", "AppealRuling", "ReleaseRuling")


def run() -> Iterator[Measured]:
    """The closure of an invented world, beside the loading of its result into a store."""
    facts = list(dict.fromkeys(world(INDIVIDUALS)))
    rules = compile_rules(locate("ontology"))
    (seconds,) = best(lambda: closure(facts, rules), runs=2)
    added = len(closure(facts, rules))
    what = f"materialising {INDIVIDUALS:,} individuals ({len(facts):,} facts, {added:,} follow)"
    yield Measured(what, seconds, bar="10 s")


def world(individuals: int, seed: int = 1) -> Iterator[Triple]:
    """Facts about `individuals` people, bodies, posts, tenures, cases, events and penalties, in the proportions of the corpus."""
    chance = random.Random(seed)
    trials = individuals // 10
    officials, courts = max(trials // 5, 1), max(trials // 50, 1)
    for role in ("role/court-chair", "role/judge"):
        yield _fact(role, _TYPE, "OfficialRole", base=VOC)
    yield _fact("role/court-chair", _TYPE, "HeadRole", base=VOC)
    for number in range(courts):
        yield _fact(f"court/{number}", _TYPE, "Court")
        yield _fact(f"court/{number}", _TYPE, "StateBody")
        yield _fact(f"court/{number}", "partOfBody", f"department/{number // 10}")
        yield _fact(f"department/{number // 10}", "partOfBody", "ministry")
    for number in range(officials):
        yield from _official(number, chance.randrange(courts))
    for number in range(trials):
        yield from _trial(number, chance, officials, courts)


def _official(number: int, court: int) -> Iterator[Triple]:
    official, tenure, post = f"official/{number}", f"official/{number}/tenure", f"court/{court}/post"
    yield _fact(official, _TYPE, "Person")
    yield _fact(official, "hasTenure", tenure)
    role = NamedNode(VOC + ("role/judge" if number % 10 else "role/court-chair"))
    yield Triple(NamedNode(ID + tenure), NamedNode(PN + "tenureRole"), role)
    yield _fact(tenure, "inPost", post)
    yield _fact(post, "postIn", f"court/{court}")
    yield _day(tenure, "startDate", 2010 + number % 10)
    yield _day(tenure, "endDate", 2021 + number % 5)


def _trial(number: int, chance: random.Random, officials: int, courts: int) -> Iterator[Triple]:
    """One case with two accused, a lawyer, four events and a penalty: nine individuals."""
    case, accused = f"case/{number}", (f"accused/{number}/0", f"accused/{number}/1")
    yield _fact(case, _TYPE, "Case")
    yield _fact(case, "partOfCase", f"series/{number // 4}")
    judges = [f"official/{int(officials * chance.random() ** 2)}" for _ in range(3)]
    for person in accused:
        yield _fact(person, _TYPE, "Person")
        yield _fact(case, "caseDefendant", person)
    for index in range(4):
        event, kind = f"case/{number}/event/{index}", chance.choice(_KINDS)
        yield _fact(event, _TYPE, kind)
        yield _fact(event, _TYPE, "FavourableEvent" if kind == "ReleaseRuling" else "AdverseEvent")
        yield _fact(event, "inCase", case)
        yield _fact(event, "body", f"court/{chance.randrange(courts)}")
        yield _day(event, "earliest", 2014 + number % 12)
        yield _day(event, "latest", 2014 + number % 12)
        yield _fact(event, "presidingJudge", judges[0])
        yield _fact(event, "judge", judges[1])
        yield _fact(event, "prosecutor", judges[2])
        yield _fact(event, "lawyer", f"lawyer/{number}")
        for person in accused:
            yield _fact(event, "defendant", person)
    penalty = f"case/{number}/penalty"
    yield _fact(f"case/{number}/event/3", "hasPenalty", penalty)
    yield _fact(penalty, "penalized", accused[0])


def _fact(subject: str, term: str, target: str, base: str = ID) -> Triple:
    value = PN + target if term == _TYPE else ID + target
    return Triple(NamedNode(base + subject), NamedNode(term if term == _TYPE else PN + term), NamedNode(value))


def _day(subject: str, term: str, year: int) -> Triple:
    return Triple(NamedNode(ID + subject), NamedNode(PN + term), Literal(f"{year}-06-15", datatype=NamedNode(XSD + "date")))
