"""The ontology's axioms as rules.

Compiled are: subclass and subproperty, equivalent classes built from intersection, union, existential restriction and self
restriction, inverse, symmetric and transitive properties, property chains, domains and ranges that are named classes, and
the CONSTRUCT rules of ontology/rules.ttl for what OWL cannot say. The correspondence is that of OWL 2 RL (W3C OWL 2
Profiles, section 4.3), plus self restrictions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.plugins.sparql.algebra import translatePath, translatePName, translatePrologue, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node

from kg.vocabulary import PN

MAX_DEPTH = 6
"""Deepest nesting of class expressions compiled."""

Atom = tuple[str, str, str]
"""One triple pattern; each part is a variable (`?x`), a term as SPARQL writes it, or `a` for rdf:type."""
Body = tuple[Atom, ...]


@dataclass(frozen=True)
class Rule:
    """All of `body` together imply `head`; `axiom` says in words which axiom it comes from."""

    axiom: str
    head: Atom
    body: Body

    @property
    def construct(self) -> str:
        """The rule as a query whose result is everything it implies."""
        return f"CONSTRUCT {{ {written([self.head])} }} WHERE {{ {written(self.body)} }}"


@dataclass(frozen=True)
class QueryRule:
    """A rule written as a CONSTRUCT query in ontology/rules.ttl."""

    axiom: str
    construct: str

    @property
    def mentioned(self) -> set[str] | None:
        """The relations its answer can depend on: properties as `<iri>`, classes as `a <iri>`; None if it may be any."""
        found = set()
        for _, predicate, target in patterns(self.construct):
            if not isinstance(predicate, URIRef) or (predicate == RDF.type and not isinstance(target, URIRef)):
                return None
            found.add(f"a {target.n3()}" if predicate == RDF.type else predicate.n3())
        return found


def patterns(query: str) -> list[tuple[Node, Node, Node]]:
    """Every triple pattern in the WHERE clause of a query, those under FILTER included."""
    prologue, tree = parseQuery(query)
    names = partial(translatePName, prologue=translatePrologue(prologue, None))
    return list(_triples(traverse(traverse(tree.where, visitPost=names), visitPost=translatePath)))


def _triples(tree: object) -> Iterator[tuple[Node, Node, Node]]:
    if isinstance(tree, Mapping):
        for name, part in tree.items():
            if name == "triples":  # blocks, each a flat list of subject, predicate, object, subject ...
                flat = [node for block in part for node in block]
                yield from zip(flat[::3], flat[1::3], flat[2::3], strict=True)
            else:
                yield from _triples(part)
    elif isinstance(tree, Iterable) and not isinstance(tree, str):
        for part in tree:
            yield from _triples(part)


def written(atoms: Body | list[Atom]) -> str:
    """Triple patterns as SPARQL text."""
    return " ".join(f"{' '.join(atom)} ." for atom in atoms)


def compile_rules(ontology: Path) -> list[Rule | QueryRule]:
    """All rules of the ontology in the folder `ontology` (pn.ttl and rules.ttl), in a stable order."""
    graph = Graph().parse(ontology / "pn.ttl", format="turtle")
    compiled = sorted(set(_Compiler(graph).rules()), key=lambda rule: (rule.axiom, rule.body, rule.head))
    rules: list[Rule | QueryRule] = [*compiled]
    extra = Words(Graph().parse(ontology / "rules.ttl", format="turtle"))
    for rule, text in sorted(extra.graph.subject_objects(URIRef(PN + "construct"))):
        rules.append(QueryRule(f"rule {extra.quoted(rule)}{extra.definition(rule)}", str(text)))
    return rules


class Words:
    """Terms in the words of their English labels and definitions."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def label(self, node: Node | None) -> str:
        """The label, or the local name of a term without one."""
        if not isinstance(node, URIRef):
            return "what the restriction says"
        return self._english(node, RDFS.label) or node.rsplit("#", 1)[-1].rsplit("/", 1)[-1].lower()

    def quoted(self, node: Node | None) -> str:
        """The label in quotation marks."""
        return f"“{self.label(node)}”"

    def one(self, node: Node | None) -> str:
        """The label with its article: a court, an official."""
        label = self.label(node)
        return f"{'an' if label[:1].lower() in tuple('aeio') else 'a'} {label}"

    def definition(self, node: Node) -> str:
        """The definition after a colon; empty if there is none."""
        text = self._english(node, SKOS.definition)
        return f": {text}" if text else ""

    def _english(self, node: Node, term: URIRef) -> str:
        return min((str(text) for text in self.graph.objects(node, term) if getattr(text, "language", "") == "en"), default="")


class _Compiler:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.words = Words(graph)
        self._names = itertools.count()

    def rules(self) -> Iterator[Rule]:
        yield from self._classes()
        yield from self._properties()
        yield from self._domains_and_ranges()

    def _classes(self) -> Iterator[Rule]:
        words = self.words
        for narrow, wide in self.graph.subject_objects(RDFS.subClassOf):
            yield from self._implies(narrow, wide, f"every {words.label(narrow)} is {words.one(wide)}")
        for one, other in self.graph.subject_objects(OWL.equivalentClass):
            axiom = f"definition of {words.quoted(one)}{words.definition(one)}"
            yield from self._implies(one, other, axiom)
            yield from self._implies(other, one, axiom)

    def _implies(self, narrow: Node, wide: Node, axiom: str) -> Iterator[Rule]:
        heads = list(self._heads(wide))
        self._names = itertools.count()
        if heads:
            for body in self._bodies(narrow, "?x", 0):
                for head, extra in heads:
                    if head not in body:
                        yield Rule(axiom, head, body + extra)

    def _heads(self, wide: Node) -> Iterator[tuple[Atom, Body]]:
        """What membership in `wide` implies: (head, extra condition)."""
        graph = self.graph
        if isinstance(wide, URIRef):
            if wide != OWL.Thing:
                yield ("?x", "a", wide.n3()), ()
            return
        for part in self._members(wide, OWL.intersectionOf):
            yield from self._heads(part)
        prop = graph.value(wide, OWL.onProperty)
        if prop is None:
            return
        if graph.value(wide, OWL.hasSelf) is not None:
            yield self._edge("?x", prop, "?x"), ()
        value = graph.value(wide, OWL.hasValue)
        if value is not None:
            yield self._edge("?x", prop, value.n3()), ()
        every = graph.value(wide, OWL.allValuesFrom)
        if isinstance(every, URIRef) and every not in (OWL.Nothing, OWL.Thing):
            yield ("?y", "a", every.n3()), (self._edge("?x", prop, "?y"),)

    def _bodies(self, expression: Node, variable: str, depth: int) -> Iterator[Body]:
        """Patterns under which `variable` is known to be in `expression`; several for a union, none if it cannot be known."""
        graph = self.graph
        if isinstance(expression, URIRef):
            yield () if expression == OWL.Thing else ((variable, "a", expression.n3()),)
            return
        if depth > MAX_DEPTH:
            return
        for part in self._members(expression, OWL.unionOf):
            yield from self._bodies(part, variable, depth + 1)
        parts = self._members(expression, OWL.intersectionOf)
        if parts:
            for combination in itertools.product(*(list(self._bodies(part, variable, depth + 1)) for part in parts)):
                yield tuple(itertools.chain.from_iterable(combination))
        prop = graph.value(expression, OWL.onProperty)
        if prop is not None:
            yield from self._restriction(expression, prop, variable, depth)

    def _restriction(self, expression: Node, prop: Node, variable: str, depth: int) -> Iterator[Body]:
        graph = self.graph
        some = graph.value(expression, OWL.someValuesFrom)
        if some is not None:
            other = f"?v{next(self._names)}"
            for body in self._bodies(some, other, depth + 1):
                yield (self._edge(variable, prop, other), *body)
        value = graph.value(expression, OWL.hasValue)
        if value is not None:
            yield (self._edge(variable, prop, value.n3()),)
        if graph.value(expression, OWL.hasSelf) is not None:
            yield (self._edge(variable, prop, variable),)

    def _properties(self) -> Iterator[Rule]:
        graph, quoted = self.graph, self.words.quoted
        for narrow, wide in graph.subject_objects(RDFS.subPropertyOf):
            if isinstance(wide, URIRef) and wide not in (OWL.topObjectProperty, OWL.topDataProperty):
                axiom = f"{quoted(narrow)} implies {quoted(wide)}"
                yield Rule(axiom, ("?x", wide.n3(), "?y"), (self._edge("?x", narrow, "?y"),))
        for one, other in graph.subject_objects(OWL.inverseOf):
            if isinstance(one, URIRef) and isinstance(other, URIRef):
                axiom = f"{quoted(one)} and {quoted(other)} are one link seen from its two ends"
                for p, q in ((one, other), (other, one)):
                    yield Rule(axiom, ("?y", q.n3(), "?x"), (("?x", p.n3(), "?y"),))
        for prop in graph.subjects(RDF.type, OWL.SymmetricProperty):
            yield Rule(f"{quoted(prop)} holds both ways", ("?y", prop.n3(), "?x"), (("?x", prop.n3(), "?y"),))
        for prop in graph.subjects(RDF.type, OWL.TransitiveProperty):
            steps = (("?x", prop.n3(), "?y"), ("?y", prop.n3(), "?z"))
            yield Rule(f"{quoted(prop)} is transitive", ("?x", prop.n3(), "?z"), steps)
        for prop, members in graph.subject_objects(OWL.propertyChainAxiom):
            yield self._chain(prop, list(Collection(graph, members)))

    def _domains_and_ranges(self) -> Iterator[Rule]:
        objects, words = set(self.graph.subjects(RDF.type, OWL.ObjectProperty)), self.words
        for prop, domain in self.graph.subject_objects(RDFS.domain):
            if isinstance(domain, URIRef) and domain != OWL.Thing:
                axiom = f"what {words.quoted(prop)} is said of is {words.one(domain)}"
                yield Rule(axiom, ("?x", "a", domain.n3()), (("?x", prop.n3(), "?y"),))
        for prop, target in self.graph.subject_objects(RDFS.range):
            if isinstance(target, URIRef) and target != OWL.Thing and prop in objects:
                axiom = f"what {words.quoted(prop)} leads to is {words.one(target)}"
                yield Rule(axiom, ("?y", "a", target.n3()), (("?x", prop.n3(), "?y"),))

    def _chain(self, prop: Node, members: list[Node]) -> Rule:
        steps = tuple(self._edge(f"?c{i}", member, f"?c{i + 1}") for i, member in enumerate(members))
        quoted = self.words.quoted
        told = ", then ".join(
            quoted(m) if isinstance(m, URIRef) else f"{quoted(self.graph.value(m, OWL.inverseOf))} backwards" for m in members
        )
        return Rule(f"{quoted(prop)} follows from {told}", ("?c0", prop.n3(), f"?c{len(members)}"), steps)

    def _edge(self, subject: str, prop: Node, target: str) -> Atom:
        if isinstance(prop, BNode):
            inverse = self.graph.value(prop, OWL.inverseOf)
            assert inverse is not None
            return (target, inverse.n3(), subject)
        return (subject, prop.n3(), target)

    def _members(self, expression: Node, kind: URIRef) -> list[Node]:
        head = self.graph.value(expression, kind)
        return list(Collection(self.graph, head)) if head is not None else []
