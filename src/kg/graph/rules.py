"""The ontology's axioms as rules that a SPARQL store can run.

Compiled are: subclass and subproperty, equivalent classes built from intersection, union, existential restriction and self
restriction, inverse, symmetric and transitive properties, property chains, domains and ranges that are named classes, and
the CONSTRUCT rules of ontology/rules.ttl for what OWL cannot say. The correspondence is that of OWL 2 RL (W3C OWL 2
Profiles, section 4.3), plus self restrictions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.vocabulary import PN

MAX_DEPTH = 6
"""Deepest nesting of class expressions compiled."""


@dataclass(frozen=True)
class Rule:
    """`where` implies `head` (SPARQL triple patterns); `axiom` says in words which axiom it comes from."""

    axiom: str
    head: str
    where: str

    @property
    def construct(self) -> str:
        """The rule as a query whose result is everything it implies."""
        return f"CONSTRUCT {{ {self.head} }} WHERE {{ {self.where} }}"


@dataclass(frozen=True)
class QueryRule:
    """A rule written as a CONSTRUCT query in ontology/rules.ttl."""

    axiom: str
    construct: str


def compile_rules(ontology: Path) -> list[Rule | QueryRule]:
    """All rules of the ontology in the folder `ontology` (pn.ttl and rules.ttl), in a stable order."""
    graph = Graph()
    graph.parse(ontology / "pn.ttl", format="turtle")
    compiler = _Compiler(graph)
    compiled = sorted(set(compiler.rules()), key=lambda rule: (rule.axiom, rule.where, rule.head))
    rules: list[Rule | QueryRule] = [*compiled]
    extra = Graph().parse(ontology / "rules.ttl", format="turtle")
    for rule, text in sorted(extra.subject_objects(URIRef(PN + "construct"))):
        rules.append(QueryRule(f"rule {_short(rule)}", str(text)))
    return rules


class _Compiler:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._names = itertools.count()

    def rules(self) -> Iterator[Rule]:
        yield from self._classes()
        yield from self._properties()

    def _classes(self) -> Iterator[Rule]:
        graph = self.graph
        for narrow, wide in graph.subject_objects(RDFS.subClassOf):
            yield from self._implies(narrow, wide, f"{_short(narrow)} is a kind of {_short(wide)}")
        for one, other in graph.subject_objects(OWL.equivalentClass):
            yield from self._implies(one, other, f"definition of {_short(one)}")
            yield from self._implies(other, one, f"definition of {_short(one)}")

    def _implies(self, narrow: Node, wide: Node, axiom: str) -> Iterator[Rule]:
        heads = list(self._heads(wide))
        if heads:
            for where in self._patterns(narrow, "?x", 0):
                for head, extra in heads:
                    if head != where:
                        yield Rule(axiom, head, f"{where} {extra}".strip())

    def _heads(self, wide: Node) -> Iterator[tuple[str, str]]:
        """What membership in `wide` implies: (head, extra condition)."""
        graph = self.graph
        if isinstance(wide, URIRef):
            if wide != OWL.Thing:
                yield f"?x a {wide.n3()} .", ""
            return
        for part in self._members(wide, OWL.intersectionOf):
            yield from self._heads(part)
        prop = graph.value(wide, OWL.onProperty)
        if prop is None:
            return
        if graph.value(wide, OWL.hasSelf) is not None:
            yield self._edge("?x", prop, "?x"), ""
        value = graph.value(wide, OWL.hasValue)
        if value is not None:
            yield self._edge("?x", prop, value.n3()), ""
        every = graph.value(wide, OWL.allValuesFrom)
        if isinstance(every, URIRef) and every != OWL.Nothing:
            yield f"?y a {every.n3()} .", self._edge("?x", prop, "?y")

    def _patterns(self, expression: Node, variable: str, depth: int) -> Iterator[str]:
        """Graph patterns under which `variable` is known to be in `expression`; several for a union, none if it cannot be known."""
        graph = self.graph
        if isinstance(expression, URIRef):
            yield "" if expression == OWL.Thing else f"{variable} a {expression.n3()} ."
            return
        if depth > MAX_DEPTH:
            return
        union = self._members(expression, OWL.unionOf)
        for part in union:
            yield from self._patterns(part, variable, depth + 1)
        parts = self._members(expression, OWL.intersectionOf)
        if parts:
            for combination in itertools.product(*(list(self._patterns(part, variable, depth + 1)) for part in parts)):
                yield " ".join(combination)
        prop = graph.value(expression, OWL.onProperty)
        if prop is not None:
            yield from self._restriction(expression, prop, variable, depth)

    def _restriction(self, expression: Node, prop: Node, variable: str, depth: int) -> Iterator[str]:
        graph = self.graph
        some = graph.value(expression, OWL.someValuesFrom)
        if some is not None:
            other = f"?v{next(self._names)}"
            for pattern in self._patterns(some, other, depth + 1):
                yield f"{self._edge(variable, prop, other)} {pattern}".strip()
        value = graph.value(expression, OWL.hasValue)
        if value is not None:
            yield self._edge(variable, prop, value.n3())
        if graph.value(expression, OWL.hasSelf) is not None:
            yield self._edge(variable, prop, variable)

    def _properties(self) -> Iterator[Rule]:
        graph = self.graph
        for narrow, wide in graph.subject_objects(RDFS.subPropertyOf):
            if isinstance(wide, URIRef) and wide not in (OWL.topObjectProperty, OWL.topDataProperty):
                yield Rule(f"{_short(narrow)} is a kind of {_short(wide)}", f"?x {wide.n3()} ?y .", self._edge("?x", narrow, "?y"))
        for one, other in graph.subject_objects(OWL.inverseOf):
            if isinstance(one, URIRef) and isinstance(other, URIRef):
                for p, q in ((one, other), (other, one)):
                    yield Rule(f"{_short(one)} and {_short(other)} are inverse", f"?y {q.n3()} ?x .", f"?x {p.n3()} ?y .")
        for prop in graph.subjects(RDF.type, OWL.SymmetricProperty):
            yield Rule(f"{_short(prop)} holds both ways", f"?y {prop.n3()} ?x .", f"?x {prop.n3()} ?y .")
        for prop in graph.subjects(RDF.type, OWL.TransitiveProperty):
            yield Rule(f"{_short(prop)} is transitive", f"?x {prop.n3()} ?z .", f"?x {prop.n3()} ?y . ?y {prop.n3()} ?z .")
        for prop, members in graph.subject_objects(OWL.propertyChainAxiom):
            yield self._chain(prop, list(Collection(graph, members)))
        yield from self._domains_and_ranges()

    def _domains_and_ranges(self) -> Iterator[Rule]:
        objects = set(self.graph.subjects(RDF.type, OWL.ObjectProperty))
        for prop, domain in self.graph.subject_objects(RDFS.domain):
            if isinstance(domain, URIRef):
                yield Rule(f"domain of {_short(prop)}", f"?x a {domain.n3()} .", f"?x {prop.n3()} ?y .")
        for prop, target in self.graph.subject_objects(RDFS.range):
            if isinstance(target, URIRef) and prop in objects:
                yield Rule(f"range of {_short(prop)}", f"?y a {target.n3()} .", f"?x {prop.n3()} ?y .")

    def _chain(self, prop: Node, members: list[Node]) -> Rule:
        steps = [self._edge(f"?c{i}", member, f"?c{i + 1}") for i, member in enumerate(members)]
        told = ", then ".join(
            _short(m) if isinstance(m, URIRef) else f"{_short(self.graph.value(m, OWL.inverseOf))} backwards" for m in members
        )
        return Rule(f"{_short(prop)}: {told}", f"?c0 {prop.n3()} ?c{len(members)} .", " ".join(steps))

    def _edge(self, subject: str, prop: Node, target: str) -> str:
        if isinstance(prop, BNode):
            inverse = self.graph.value(prop, OWL.inverseOf)
            assert inverse is not None
            return f"{target} {inverse.n3()} {subject} ."
        return f"{subject} {prop.n3()} {target} ."

    def _members(self, expression: Node, kind: URIRef) -> list[Node]:
        head = self.graph.value(expression, kind)
        return list(Collection(self.graph, head)) if head is not None else []


def _short(node: Node | None) -> str:
    return str(node).removeprefix(PN) if isinstance(node, URIRef) else "what the restriction says"
