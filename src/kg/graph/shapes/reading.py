"""Shapes from Turtle: SHACL as written, checked for what the engine can run.

A parameter that is not listed here is refused with its name and shape rather than passed over: a check that is silently not
made looks like a clean graph.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import rdflib
from rdflib import RDFS, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import VocabularyError
from kg.graph.shapes.findings import Severity, Term
from kg.graph.shapes.paths import sparql_path
from kg.graph.shapes.shape import Constraint, Shape, Target
from kg.vocabulary import BASE, locate

EVIDENCE = URIRef(BASE + "shape/evidence")
CORE = (
    *("minCount", "maxCount", "datatype", "class", "nodeKind", "in", "pattern", "minLength", "maxLength"),
    *("minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "disjoint", "lessThan", "lessThanOrEquals"),
)
"""The constraint components of SHACL Core that the engine runs, by their parameter."""
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_ABOUT = ("property", "path", "message", "severity", "sparql", "flags", "name", "description", "order", "group")


def shapes_file() -> Path:
    """The shapes that travel with the program."""
    return locate("ontology") / "shapes.ttl"


def parse_shapes(path: Path) -> Graph:
    """The shapes file as an rdflib graph; raises VocabularyError when it is not there or not Turtle."""
    try:
        return Graph().parse(path, format="turtle")
    except OSError as error:
        raise VocabularyError(f"the shapes {path} cannot be read: {error}") from None
    except Exception as error:  # rdflib's parser raises whatever it stumbles over
        raise VocabularyError(f"the shapes {path} are not valid Turtle: {error}") from None


def read_shapes(path: Path | None = None) -> list[Shape]:
    """The shapes of the file `path`, or of ontology/shapes.ttl, in order of their addresses.

    Raises VocabularyError when the file cannot be read or uses SHACL that the engine does not run.
    """
    return list(_read(path or shapes_file()))


@functools.cache
def _read(path: Path) -> tuple[Shape, ...]:
    graph = parse_shapes(path)
    roots = {node for kind in _TARGETS for node in graph.subjects(SH[kind])}
    return tuple(shape for root in sorted(roots, key=str) for shape in _Reader(graph, root).shapes())


class _Reader:
    """Reads one shape with targets, and the property shapes below it."""

    def __init__(self, graph: Graph, root: Node) -> None:
        self.graph, self.root = graph, root
        self.targets = tuple(
            Target(kind, as_term(value)) for kind in _TARGETS for value in sorted(graph.objects(root, SH[kind]), key=str)
        )

    def shapes(self) -> Iterator[Shape]:
        if not self._deactivated(self.root):
            yield from self._shape(self.root)
            for below in sorted(self.graph.objects(self.root, SH.property), key=str):
                if self._deactivated(below):
                    continue
                if (below, SH.property, None) in self.graph:
                    raise VocabularyError(f"the shape {below} nests sh:property: give it a target of its own instead")
                yield from self._shape(below)

    def _deactivated(self, node: Node) -> bool:
        return (node, SH.deactivated, rdflib.Literal(True)) in self.graph

    def _shape(self, node: Node) -> Iterator[Shape]:
        self._refuse_unknown(node)
        path = self.graph.value(node, SH.path)
        constraints = tuple(self._constraints(node))
        if not constraints:
            return
        if isinstance(node, BNode):
            raise VocabularyError(f"a shape below {self.root} has no address: name it, so that its findings can be told apart")
        if path is not None and any(constraint.kind == "sparql" for constraint in constraints):
            raise VocabularyError(f"the property shape {node} has sh:sparql: put it into a node shape")
        yield Shape(
            iri=str(node),
            root=str(self.root),
            label=self._text(self.root, RDFS.label),
            reason=self._text(self.root, RDFS.comment),
            message=self._text(node, SH.message),
            severity=self._severity(node),
            targets=self.targets,
            path=sparql_path(self.graph, path) if path is not None else "",
            constraints=constraints,
            evidence=tuple(sorted(str(text) for text in self.graph.objects(node, EVIDENCE))),
        )

    def _refuse_unknown(self, node: Node) -> None:
        for predicate in sorted(set(self.graph.predicates(node)), key=str):
            name = str(predicate).removeprefix(str(SH))
            if name != str(predicate) and name not in (*CORE, *_TARGETS, *_ABOUT, "deactivated"):
                raise VocabularyError(f"the shape {node} uses sh:{name}, which the engine does not run: say it with sh:sparql")

    def _constraints(self, node: Node) -> Iterator[Constraint]:
        flags = str(self.graph.value(node, SH.flags) or "")
        for kind in CORE:
            for value in sorted(self.graph.objects(node, SH[kind]), key=str):
                values = tuple(map(as_term, Collection(self.graph, value))) if kind == "in" else (as_term(value),)
                yield Constraint(kind, values, flags=flags if kind == "pattern" else "")
        for constraint in sorted(self.graph.objects(node, SH.sparql), key=str):
            if not self._deactivated(constraint):
                query = self._prefixes(constraint) + self._text(constraint, SH.select)
                yield Constraint("sparql", query=query, message=self._text(constraint, SH.message))

    def _prefixes(self, constraint: Node) -> str:
        declared = {
            str(self.graph.value(entry, SH.prefix)): str(self.graph.value(entry, SH.namespace))
            for source in self.graph.objects(constraint, SH.prefixes)
            for entry in self.graph.objects(source, SH.declare)
        }
        return "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in sorted(declared.items()))

    def _severity(self, node: Node) -> Severity:
        given = self.graph.value(node, SH.severity) or SH.Violation
        for severity in Severity:
            if str(given) == severity.iri:
                return severity
        raise VocabularyError(f"the shape {node} has the severity {given}: use sh:Violation, sh:Warning or sh:Info")

    def _text(self, node: Node, term: URIRef) -> str:
        return str(min(self.graph.objects(node, term), key=str, default=""))


def as_term(node: Node) -> Term:
    """An rdflib term as one of pyoxigraph."""
    if isinstance(node, rdflib.Literal):
        if node.language:
            return pyoxigraph.Literal(str(node), language=node.language)
        datatype = pyoxigraph.NamedNode(str(node.datatype)) if node.datatype else None
        return pyoxigraph.Literal(str(node), datatype=datatype)
    return pyoxigraph.BlankNode(str(node)) if isinstance(node, BNode) else pyoxigraph.NamedNode(str(node))
