"""Shapes put before a graph: one query per constraint, run inside the store that holds the merged facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pyoxigraph import QuerySolutions

from kg.errors import QueryError, VocabularyError
from kg.graph.backend import Backend
from kg.graph.shapes.compiling import compile_constraint, component
from kg.graph.shapes.findings import Finding, Term
from kg.graph.shapes.shape import Shape
from kg.vocabulary import RDFS

Progress = Callable[[str, str], None]


def validate(backend: Backend, shapes: Iterable[Shape], progress: Progress | None = None) -> list[Finding]:
    """Everything in the default graph of `backend` that fails one of `shapes`, gravest first, each finding once.

    Raises VocabularyError when a shape's query is not valid, StoreError when the store fails.
    """
    shapes = list(shapes)
    below = _subclasses(backend, {name for shape in shapes for name in _classes(shape)})
    found: set[Finding] = set()
    for shape in shapes:
        if progress:
            progress("validate", shape.name)
        for constraint in shape.constraints:
            query = compile_constraint(shape, constraint, below)
            kind = component(constraint)
            for focus, value in _rows(backend, shape, query):
                # A result of a query in a node shape that names no value is about the focus node (SHACL, section 5.3.2).
                value = focus if value is None and constraint.kind == "sparql" else value
                found.add(Finding(shape.iri, kind, shape.severity, focus, value))
    return sorted(found, key=lambda finding: finding.order)


def _rows(backend: Backend, shape: Shape, query: str) -> Iterator[tuple[Term, Term | None]]:
    try:
        answer = backend.query(query)
    except QueryError as error:
        raise VocabularyError(f"the shape {shape.iri} has a query that cannot be run: {error}") from None
    if not isinstance(answer, QuerySolutions):
        raise VocabularyError(f"the query of the shape {shape.iri} is not a SELECT query")
    has_value = any(variable.value == "value" for variable in answer.variables)
    for row in answer:
        yield row["this"], row["value"] if has_value else None


def _classes(shape: Shape) -> Iterator[str]:
    yield from (target.term.value for target in shape.targets if target.kind == "targetClass")
    yield from (constraint.values[0].value for constraint in shape.constraints if constraint.kind == "class")


def _subclasses(backend: Backend, classes: Iterable[str]) -> dict[str, Sequence[str]]:
    """Each class with everything below it by rdfs:subClassOf in the graph, itself included (SHACL instances, section 1.1)."""
    answer = backend.query(f"SELECT ?below ?above WHERE {{ ?below <{RDFS}subClassOf> ?above FILTER(isIRI(?below)) }}")
    assert isinstance(answer, QuerySolutions)
    narrower: dict[str, list[str]] = {}
    for row in answer:
        narrower.setdefault(row["above"].value, []).append(row["below"].value)
    return {name: _closure(name, narrower) for name in sorted(classes)}


def _closure(name: str, narrower: dict[str, list[str]]) -> Sequence[str]:
    found, waiting = {name: None}, [name]
    while waiting:
        for below in narrower.get(waiting.pop(), ()):
            if below not in found:
                found[below] = None
                waiting.append(below)
    return tuple(found)
