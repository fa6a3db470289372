"""The restrictions of OWL 2 DL that a hand-written ontology is likely to break, checked on its RDF graph.

They follow the OWL 2 structural specification (sections 3 and 11) and its mapping to RDF graphs. It is not a
complete profile checker; ontology/README.md says how the files were compared with one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

RESERVED = (str(OWL), str(RDF), str(RDFS), str(XSD))
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
NEEDS_SIMPLE = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty)
COUNTING = (
    OWL.hasSelf,
    OWL.cardinality,
    OWL.minCardinality,
    OWL.maxCardinality,
    OWL.qualifiedCardinality,
    OWL.minQualifiedCardinality,
    OWL.maxQualifiedCardinality,
)
FILLERS = (OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, *COUNTING)
CLASS_POSITIONS = (
    RDFS.subClassOf,
    RDFS.domain,
    RDFS.range,
    OWL.equivalentClass,
    OWL.disjointWith,
    OWL.someValuesFrom,
    OWL.allValuesFrom,
)
DATATYPES = {
    *(
        XSD[name]
        for name in ("string", "boolean", "decimal", "integer", "nonNegativeInteger", "double", "float", "anyURI", "dateTime")
    ),
    RDF.langString,
    RDFS.Literal,
}


def violations(graph: Graph) -> list[str]:
    """What keeps `graph` out of OWL 2 DL, in words; empty when nothing was found."""
    return sorted(set(_Profile(graph).run()))


class _Profile:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.kinds = {
            term: [kind for kind in PROPERTY_KINDS if (term, RDF.type, kind) in graph] for term in set(graph.subjects(RDF.type))
        }
        self.classes = set(graph.subjects(RDF.type, OWL.Class))

    def run(self) -> Iterator[str]:
        yield from self.kinds_of_terms()
        yield from self.reserved_terms()
        yield from self.declarations()
        yield from self.values()
        yield from self.restrictions()
        yield from self.simple_properties()
        yield from self.regular_chains()
        yield from self.trees()

    def is_a(self, term: Node, kind: URIRef) -> bool:
        return kind in self.kinds.get(term, ())

    def name(self, term: Node | None) -> str:
        return term.n3(self.graph.namespace_manager) if isinstance(term, (URIRef, BNode, Literal)) else "nothing"

    def kinds_of_terms(self) -> Iterator[str]:
        for term, kinds in self.kinds.items():
            if len(kinds) > 1:
                yield f"{self.name(term)} is a property of two kinds"
            if kinds and term in self.classes:
                yield f"{self.name(term)} is a class and a property"

    def reserved_terms(self) -> Iterator[str]:
        for subject in set(self.graph.subjects()):
            if isinstance(subject, URIRef) and _reserved(subject):
                yield f"{self.name(subject)} is reserved and must not be described"

    def declarations(self) -> Iterator[str]:
        for predicate in set(self.graph.predicates()):
            if not _reserved(predicate) and not self.kinds.get(predicate):
                yield f"{self.name(predicate)} is used as a property but not declared"
        for position in CLASS_POSITIONS:
            for subject, term in self.graph.subject_objects(position):
                if not isinstance(term, URIRef) or term in self.classes or term in (OWL.Thing, OWL.Nothing):
                    continue
                if position == RDFS.range and self.is_a(subject, OWL.DatatypeProperty):
                    if term not in DATATYPES:
                        yield f"{self.name(term)}, range of {self.name(subject)}, is no datatype of OWL 2"
                else:
                    yield f"{self.name(term)} is used as a class but not declared"
        for subject, kind in self.graph.subject_objects(RDF.type):
            if isinstance(kind, URIRef) and not _reserved(kind) and kind not in self.classes:
                yield f"{self.name(subject)} is a {self.name(kind)}, which is no declared class"

    def values(self) -> Iterator[str]:
        for subject, predicate, value in self.graph:
            if self.is_a(predicate, OWL.ObjectProperty) and isinstance(value, Literal):
                yield f"object property {self.name(predicate)} has a literal as value"
            if self.is_a(predicate, OWL.DatatypeProperty) and not isinstance(value, Literal):
                yield f"datatype property {self.name(predicate)} has no literal as value"
            if predicate == RDFS.subPropertyOf and self.kinds.get(subject) != self.kinds.get(value):
                yield f"{self.name(subject)} and {self.name(value)} above it are properties of different kinds"

    def restrictions(self) -> Iterator[str]:
        for node in set(self.graph.subjects(RDF.type, OWL.Restriction)) | set(self.graph.subjects(OWL.onProperty)):
            properties = list(self.graph.objects(node, OWL.onProperty))
            fillers = [filler for filler in FILLERS if (node, filler, None) in self.graph]
            if len(properties) != 1 or len(fillers) != 1 or (node, RDF.type, OWL.Restriction) not in self.graph:
                yield f"a restriction on {', '.join(map(self.name, properties))} is not well formed"
            for prop in properties:
                if isinstance(prop, URIRef) and not self.kinds.get(prop):
                    yield f"{self.name(prop)} is restricted but not declared"

    def role(self, prop: Node) -> Node:
        """The property that stands for `prop` and its inverses."""
        found, waiting = set(), [prop]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += self.graph.objects(current, OWL.inverseOf)
                waiting += self.graph.subjects(OWL.inverseOf, current)
        return min((term for term in found if isinstance(term, URIRef)), default=prop)

    def chains(self) -> Iterator[tuple[Node, list[Node]]]:
        for prop, members in self.graph.subject_objects(OWL.propertyChainAxiom):
            yield self.role(prop), [self.role(member) for member in Collection(self.graph, members)]

    def composite(self) -> set[Node]:
        """Properties that are not simple: those of chains, transitive ones, and all above them."""
        found = {head for head, _ in self.chains()} | {self.role(p) for p in self.graph.subjects(RDF.type, OWL.TransitiveProperty)}
        above = self.above()
        waiting = list(found)
        while waiting:
            for wider in above[waiting.pop()] - found:
                found.add(wider)
                waiting.append(wider)
        return found

    def above(self) -> dict[Node, set[Node]]:
        result: dict[Node, set[Node]] = defaultdict(set)
        for narrow, wide in self.graph.subject_objects(RDFS.subPropertyOf):
            result[self.role(narrow)].add(self.role(wide))
        for one, other in self.graph.subject_objects(OWL.equivalentProperty):
            result[self.role(one)].add(self.role(other))
            result[self.role(other)].add(self.role(one))
        return result

    def simple_properties(self) -> Iterator[str]:
        graph, composite = self.graph, self.composite()
        asked = [(prop, kind) for kind in NEEDS_SIMPLE for prop in graph.subjects(RDF.type, kind)]
        for use in COUNTING:
            asked += [(prop, use) for node in graph.subjects(use) for prop in graph.objects(node, OWL.onProperty)]
        for one, other in graph.subject_objects(OWL.propertyDisjointWith):
            asked += [(one, OWL.propertyDisjointWith), (other, OWL.propertyDisjointWith)]
        for node in graph.subjects(RDF.type, OWL.AllDisjointProperties):
            members = graph.value(node, OWL.members)
            asked += [(prop, OWL.AllDisjointProperties) for prop in (Collection(graph, members) if members else [])]
        for prop, use in asked:
            if self.role(prop) in composite:
                yield f"{self.name(prop)} is not simple, so it must not be used with {self.name(use)}"

    def regular_chains(self) -> Iterator[str]:
        """A chain must not lead back to its property, except through the property itself at one of its ends."""
        strict: dict[Node, set[Node]] = defaultdict(set)
        for head, members in self.chains():
            inner = members
            if members != [head, head]:
                inner = members[1:] if members[0] == head else members[:-1] if members[-1] == head else members
                for member in inner:
                    strict[member].add(head)
            if len(members) < 2:
                yield f"a chain of {self.name(head)} has fewer than two members"
        edges = self.above()
        for member, heads in strict.items():
            edges[member] |= heads
        for member, heads in strict.items():
            for head in heads:
                if member in _reachable(edges, head):
                    yield f"the chain of {self.name(head)} over {self.name(member)} leads back to itself"

    def trees(self) -> Iterator[str]:
        """Class expressions and lists are trees: an anonymous node stands in one place only."""
        for node in {o for o in self.graph.objects() if isinstance(o, BNode)}:
            if len(list(self.graph.subject_predicates(node))) > 1:
                yield "an anonymous node stands in two places"
        for cell in set(self.graph.subjects(RDF.first)) | set(self.graph.subjects(RDF.rest)):
            if len(list(self.graph.objects(cell, RDF.first))) != 1 or len(list(self.graph.objects(cell, RDF.rest))) != 1:
                yield "a list is broken"


def _reserved(term: Node) -> bool:
    return str(term).startswith(RESERVED)


def _reachable(edges: dict[Node, set[Node]], start: Node) -> set[Node]:
    found, waiting = set(), [start]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += edges.get(current, ())
    return found
