"""Statements that cannot all be true: what the ontology's axioms forbid, and the fewest statements that lead to it.

Checked are disjoint classes and properties, complements, properties that a class must not have, irreflexive, asymmetric,
functional and inverse functional properties: the axioms of OWL 2 RL (W3C OWL 2 Profiles, section 4.3) that end in a
contradiction and occur in the ontology. Two addresses count as two things here, as long as no decision says otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product
from pathlib import Path

from pyoxigraph import Triple
from rdflib import OWL, RDF, RDFS, BNode, URIRef
from rdflib import Graph as Axioms
from rdflib.collection import Collection
from rdflib.term import Node

from kg.graph.explanation.explain import told
from kg.graph.explanation.places import find_places
from kg.graph.explanation.proof import Proof, render
from kg.graph.explanation.search import Search, fact_of
from kg.graph.facts import rows
from kg.graph.graph import Graph
from kg.graph.reasoning.rules import Body, Words, written
from kg.vocabulary import locate

MAX_CLASHES = 100
"""How many clashes are looked into."""
_BATCH = 100
"""Axioms checked by one query."""


@dataclass(frozen=True)
class Forbidden:
    """Patterns that must not be met together; `axiom` says why, `different` names variables that must differ to count."""

    axiom: str
    body: Body
    different: tuple[str, str] | None = None

    @property
    def pattern(self) -> str:
        """The patterns as SPARQL, each pair of different values in one order only."""
        order = f" FILTER(STR({self.different[0]}) < STR({self.different[1]}))" if self.different else ""
        return written(self.body) + order


@dataclass(frozen=True)
class Clash:
    """Facts that cannot all be true, by `axiom`, each with its proof; `places` says where passages stand in record files."""

    axiom: str
    proofs: tuple[Proof, ...]
    places: dict[str, str]

    @property
    def statements(self) -> frozenset[Triple]:
        """The smallest set of stated facts that leads to the clash."""
        return frozenset[Triple]().union(*(proof.leaves for proof in self.proofs))

    @property
    def axioms(self) -> list[str]:
        """The axioms that together with the statements make it, the forbidding one first."""
        return list(dict.fromkeys([self.axiom, *(part.axiom for proof in self.proofs for part in proof.walk() if part.axiom)]))

    def __str__(self) -> str:
        files = [f"see {place}" for place in sorted(set(self.places.values()))]
        return "\n".join([f"These cannot all be true: {self.axiom}", *(render(proof) for proof in self.proofs), *files])


def clashes(graph: Graph, data: Path | None = None) -> list[Clash]:
    """Every contradiction in `graph`, at most MAX_CLASHES; clashes of the same statements are reported once.

    With the corpus folder `data` each clash says in which record file, and from which line, its passages stand.
    """
    search = Search(graph)
    found: dict[frozenset[Triple], tuple[str, tuple[Proof, ...]]] = {}
    for axiom, facts in islice(_met(graph), MAX_CLASHES):
        proofs = _fewest(search, facts)
        if proofs:
            leaves = frozenset[Triple]().union(*(proof.leaves for proof in proofs))
            if not any(other <= leaves for other in found):
                found = {other: clash for other, clash in found.items() if not leaves <= other} | {leaves: (axiom, proofs)}
    result = []
    for axiom, proofs in found.values():
        spoken = tuple(told(graph, list(proofs)))
        passages = {passage.passage for proof in spoken for part in proof.walk() for passage in part.passages}
        result.append(Clash(axiom, spoken, find_places(data, passages) if data else {}))
    return result


def _met(graph: Graph) -> Iterator[tuple[str, tuple[Triple, ...]]]:
    """Every use of an axiom that forbids something: (axiom, facts)."""
    axioms = forbidden(locate("ontology"))
    for start in range(0, len(axioms), _BATCH):
        batch = axioms[start : start + _BATCH]
        branches = " UNION ".join(f"{{ {item.pattern} BIND({number} AS ?axiom) }}" for number, item in enumerate(batch))
        for row in rows(graph, f"SELECT * WHERE {{ {branches} }} ORDER BY ?axiom ?x ?y ?z"):
            item = batch[int(row["axiom"].value)]
            values = {f"?{name}": str(term) for name, term in row.items()}
            atoms = [(values.get(one, one), term, values.get(other, other)) for one, term, other in item.body]
            yield item.axiom, tuple(dict.fromkeys(fact_of(atom) for atom in atoms))


def _fewest(search: Search, facts: tuple[Triple, ...]) -> tuple[Proof, ...]:
    """Proofs of all `facts` that rest on the fewest statements together, then those with the fewest steps."""
    choices = [search.all(fact) for fact in facts]
    return min(
        islice(product(*choices), 10_000),
        key=lambda proofs: (len(frozenset[Triple]().union(*(p.leaves for p in proofs))), sum(p.steps for p in proofs), str(proofs)),
        default=(),
    )


@functools.cache
def forbidden(ontology: Path) -> list[Forbidden]:
    """What the axioms in the folder `ontology` (pn.ttl) forbid."""
    graph = Axioms().parse(ontology / "pn.ttl", format="turtle")
    return sorted({*_classes(graph), *_properties(graph)}, key=lambda item: (item.axiom, item.body))


def _classes(graph: Axioms) -> Iterator[Forbidden]:
    words = Words(graph)
    for one, other in _pairs(graph, OWL.disjointWith, OWL.AllDisjointClasses):
        yield Forbidden(
            f"nothing is both {words.one(one)} and {words.one(other)}", (("?x", "a", one.n3()), ("?x", "a", other.n3()))
        )
    for narrow, wide in (*graph.subject_objects(RDFS.subClassOf), *graph.subject_objects(OWL.equivalentClass)):
        if not isinstance(narrow, URIRef) or not isinstance(wide, BNode):
            continue
        opposite = graph.value(wide, OWL.complementOf)
        if isinstance(opposite, URIRef):
            yield Forbidden(
                f"no {words.label(narrow)} is {words.one(opposite)}", (("?x", "a", narrow.n3()), ("?x", "a", opposite.n3()))
            )
        term = graph.value(wide, OWL.onProperty)
        if isinstance(term, URIRef) and graph.value(wide, OWL.allValuesFrom) == OWL.Nothing:
            axiom = f"no {words.label(narrow)} has {words.quoted(term)}"
            yield Forbidden(axiom, (("?x", "a", narrow.n3()), ("?x", term.n3(), "?y")))


def _properties(graph: Axioms) -> Iterator[Forbidden]:
    words = Words(graph)
    for one, other in _pairs(graph, OWL.propertyDisjointWith, OWL.AllDisjointProperties):
        axiom = f"nobody and nothing is both {words.quoted(one)} and {words.quoted(other)} of one thing"
        yield Forbidden(axiom, (("?x", one.n3(), "?y"), ("?x", other.n3(), "?y")))
    for term in _typed(graph, OWL.IrreflexiveProperty):
        yield Forbidden(f"{words.quoted(term)} leads from nothing to itself", (("?x", term.n3(), "?x"),))
    for term in _typed(graph, OWL.AsymmetricProperty):
        body = (("?x", term.n3(), "?y"), ("?y", term.n3(), "?x"))
        yield Forbidden(f"{words.quoted(term)} never holds both ways", body)
    for term in _typed(graph, OWL.FunctionalProperty):
        body = (("?x", term.n3(), "?y"), ("?x", term.n3(), "?z"))
        yield Forbidden(f"{words.quoted(term)} leads to one thing only", body, ("?y", "?z"))
    for term in _typed(graph, OWL.InverseFunctionalProperty):
        body = (("?x", term.n3(), "?z"), ("?y", term.n3(), "?z"))
        yield Forbidden(f"{words.quoted(term)} leads to each thing from one only", body, ("?x", "?y"))


def _typed(graph: Axioms, kind: URIRef) -> Iterator[URIRef]:
    return (term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef))


def _pairs(graph: Axioms, relation: URIRef, kind: URIRef) -> set[tuple[Node, Node]]:
    """Pairs of named terms declared disjoint, one by one or in a list; each pair in one order."""
    pairs = set(graph.subject_objects(relation))
    for group in graph.subjects(RDF.type, kind):
        for members in graph.objects(group, OWL.members):
            pairs |= set(combinations(Collection(graph, members), 2))
    ordered = {tuple(sorted(pair, key=str)) for pair in pairs if all(isinstance(term, URIRef) for term in pair)}
    return {(one, other) for one, other in ordered}
