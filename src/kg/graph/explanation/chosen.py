"""Why the build chose a label, computed a distance or moved an address: derived values that no rule of the ontology yields."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.explanation.proof import Proof
from kg.graph.facts import rows, stated
from kg.graph.graph import Graph
from kg.vocabulary import OWL, PN, RDF, RDFS, SKOS

_LABEL, _TYPE, _SAME = (NamedNode(iri) for iri in (RDFS + "label", RDF + "type", OWL + "sameAs"))
_PREFERRED = "the registry of preferred labels says how this project calls the thing, whatever names sources give it"
_BY_NAME = (
    "the label of a thing is a name used by sources in English, else one in Latin script, else any; among those the most often "
    "used, the longest of those used equally often, then the first in the alphabet"
)
_ROMANISED = (
    f"{_BY_NAME}; a Cyrillic name of a person stands behind its romanisation, which no source need print (Ukrainian by "
    "resolution 55 of 2010 of the Cabinet of Ministers of Ukraine, Russian by ICAO document 9303)"
)
_BY_PARTS = (
    "what has no name is called after what is known of it: an event after its title or kind, its date and the acting body, "
    "a case after its defendants, a legal provision after its article, part and code"
)
_DISTANCE = "the great-circle distance in kilometres between the home of a person and the place to which an event took them"
_CANONICAL = "everything that identity decisions declare to be the same is kept under one address, the first decided towards"
_PARTS = ("title", "date", "caseDefendant", "article", "part", "ofCode")


def chosen(graph: Graph, goal: Triple) -> Proof | None:
    """The explanation of a label, distance or canonical address; None if `goal` is none of them."""
    if goal.predicate == _LABEL:
        return _label(graph, goal)
    if goal.predicate.value == PN + "canonical":
        return Proof(goal, "", _CANONICAL, _leaves(_decisions(graph, goal)))
    journey = list(_journey(graph, goal.subject)) if isinstance(goal.subject, NamedNode) else []
    return Proof(goal, "", _DISTANCE, _leaves(journey)) if journey else None


def _leaves(facts: Iterable[Triple]) -> tuple[Proof, ...]:
    return tuple(Proof(fact) for fact in dict.fromkeys(facts))


def _given(graph: Graph, subject: NamedNode, *terms: str) -> list[Triple]:
    """What passages state of `subject` by any of these properties (local names, or full addresses)."""
    wanted = [NamedNode(term if term.startswith("http") else PN + term) for term in terms]
    values = " ".join(str(term) for term in wanted)
    found = rows(graph, f"SELECT DISTINCT ?p ?o WHERE {{ VALUES ?p {{ {values} }} {subject} ?p ?o }} ORDER BY ?o")
    facts = [Triple(subject, cast(NamedNode, row["p"]), row["o"]) for row in found]
    known = stated(graph, facts)
    return sorted((fact for fact in facts if fact in known), key=lambda fact: wanted.index(fact.predicate))


def _label(graph: Graph, goal: Triple) -> Proof:
    subject = cast(NamedNode, goal.subject)
    preferred = [fact for fact in _given(graph, subject, SKOS + "prefLabel") if _text(fact) == _text(goal)]
    if preferred:
        return Proof(goal, "", _PREFERRED, _leaves(preferred))
    names = _given(graph, subject, "name")
    if any(str(fact.object) == str(goal.object) for fact in names):
        return Proof(goal, "", _BY_NAME, _leaves(names))
    if any(_text(goal).endswith(f" ({_text(fact)})") for fact in names):
        return Proof(goal, "", _ROMANISED, _leaves(names))
    premises = [Proof(fact) for fact in _given(graph, subject, *_PARTS, RDF + "type")]
    called = [fact.object for fact in _given(graph, subject, "caseDefendant", "body")]
    for thing in called:
        for row in rows(graph, f"SELECT ?o WHERE {{ {thing} <{_LABEL.value}> ?o }}"):
            label = Triple(cast(NamedNode, thing), _LABEL, row["o"])
            if row["o"].value in str(goal.object):
                premises.append(_label(graph, label))
    bodies = [Proof(fact) for fact in _given(graph, subject, "body") if any(p.fact.subject == fact.object for p in premises)]
    return Proof(goal, "", _BY_PARTS, (*bodies, *premises))


def _text(fact: Triple) -> str:
    """A literal without its language: a label has none, the statement that it was taken from may."""
    return fact.object.value if isinstance(fact.object, Literal) else str(fact.object)


def _decisions(graph: Graph, goal: Triple) -> list[Triple]:
    """The shortest chain of decisions from one address to the other."""
    links = [
        Triple(cast(NamedNode, row["a"]), _SAME, cast(NamedNode, row["b"]))
        for row in rows(graph, f"SELECT ?a ?b WHERE {{ ?a {_SAME} ?b }} ORDER BY ?a ?b")
    ]
    chains: dict[object, list[Triple]] = {goal.subject: []}
    waiting = deque([goal.subject])
    while waiting:
        here = waiting.popleft()
        for link in links:
            for start, end in ((link.subject, link.object), (link.object, link.subject)):
                if start == here and end not in chains:
                    chains[end] = [*chains[here], link]
                    waiting.append(cast(NamedNode, end))
    return chains.get(goal.object, [])


def _journey(graph: Graph, displacement: NamedNode) -> Iterator[Triple]:
    """What the distance was computed from: home, destination, who was taken, and the coordinates."""
    query = f"SELECT ?person ?event WHERE {{ {displacement} <{PN}displaced> ?person ; <{PN}displacedBy> ?event }}"
    for row in rows(graph, query):
        person, event = cast(NamedNode, row["person"]), cast(NamedNode, row["event"])
        yield from (fact for fact in _given(graph, event, "prisoner", "detainee") if fact.object == person)
        for fact in [*_given(graph, person, "homePlace"), *_given(graph, event, "destination")]:
            place = cast(NamedNode, fact.object)
            seats = _given(graph, place, "locatedIn")
            for where in [cast(NamedNode, seat.object) for seat in seats] or [place]:
                way = list(_position(graph, where))
                if any(step.predicate.value == PN + "latitude" for step in way):
                    yield from (fact, *seats, *way)


def _position(graph: Graph, place: NamedNode) -> Iterator[Triple]:
    """The coordinates of a place, or the way to the nearest place around it that has some."""
    for _ in range(6):
        point = _given(graph, place, "latitude", "longitude")
        yield from point
        wider = [] if point else _given(graph, place, "within")
        if not wider:
            return
        yield wider[0]
        place = cast(NamedNode, wider[0].object)
