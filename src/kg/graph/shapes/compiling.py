"""A constraint as one SPARQL query that finds everything that fails it, for all focus nodes at once.

pySHACL asks once per focus node; here the target is a pattern at the head of the query, and the store joins. The meaning is
that of SHACL (W3C Recommendation, 20 July 2017, section 4 and 5): a row is a result, `this` its focus node, `value` its value.
In sh:sparql constraints $this must be used only where the head of the query binds it, that is not inside a subquery.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kg.errors import VocabularyError
from kg.graph.shapes.findings import SH
from kg.graph.shapes.shape import Constraint, Shape, Target
from kg.vocabulary import XSD

_WHERE = re.compile(r"\{")
_COMPARED = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
_KINDS = {
    "IRI": "isIRI(?value)",
    "BlankNode": "isBlank(?value)",
    "Literal": "isLiteral(?value)",
    "BlankNodeOrIRI": "(isBlank(?value) || isIRI(?value))",
    "BlankNodeOrLiteral": "(isBlank(?value) || isLiteral(?value))",
    "IRIOrLiteral": "(isIRI(?value) || isLiteral(?value))",
}
_CASTS = ("integer", "decimal", "double", "boolean", "date", "dateTime")
_COMPONENTS = {
    "sparql": "SPARQLConstraintComponent",
    "class": "ClassConstraintComponent",
    "in": "InConstraintComponent",
}

Subclasses = Mapping[str, Sequence[str]]
"""A class and everything below it."""


def component(constraint: Constraint) -> str:
    """The address of the constraint component that `constraint` belongs to."""
    kind = constraint.kind
    return SH + _COMPONENTS.get(kind, f"{kind[0].upper()}{kind[1:]}ConstraintComponent")


def compile_constraint(shape: Shape, constraint: Constraint, below: Subclasses) -> str:
    """The SELECT query whose rows (`this`, and `value` where there is one) fail `constraint`.

    `below` gives each class that a target or sh:class names with its subclasses.
    """
    targets = _targets(shape.targets, below)
    kind = constraint.kind
    if kind == "sparql":
        if not re.search(r"[?$]this\b", constraint.query):
            raise VocabularyError(f"the query of the shape {shape.iri} does not mention $this")
        return _WHERE.sub(lambda match: f"{{ {targets} ", constraint.query, count=1)
    if kind in ("minCount", "maxCount"):
        return _count(targets, shape.path, kind, int(constraint.values[0].value))
    return f"SELECT DISTINCT ?this ?value WHERE {{ {_reached(targets, shape.path)} {_fails(constraint, below)} }}"


def _reached(targets: str, path: str) -> str:
    """Focus nodes with their value nodes (SHACL, section 2.1.4: without a path the focus node itself)."""
    itself, along = f"{targets} BIND(?this AS ?value)", f"{targets} ?this {path} ?value ."
    # A path of length zero leads from a node to itself even when the graph does not have the node; in SPARQL only when it does.
    return f"{{ {along} }} UNION {{ {itself} }}" if path.endswith(("?", "*")) else along if path else itself


def _targets(targets: Sequence[Target], below: Subclasses) -> str:
    patterns = [pattern for target in targets for pattern in _target(target, below)]
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns) if len(patterns) > 1 else patterns[0]


def _target(target: Target, below: Subclasses) -> list[str]:
    term = target.term
    if target.kind == "targetNode":
        return [f"VALUES ?this {{ {term} }}"]
    if target.kind == "targetSubjectsOf":
        return [f"{{ SELECT DISTINCT ?this WHERE {{ ?this {term} ?anyObject }} }}"]
    if target.kind == "targetObjectsOf":
        return [f"{{ SELECT DISTINCT ?this WHERE {{ ?anySubject {term} ?this }} }}"]
    return [f"?this a <{name}> ." for name in below[term.value]]


def _count(targets: str, path: str, kind: str, number: int) -> str:
    if kind == "minCount" and number == 1:
        return f"SELECT DISTINCT ?this WHERE {{ {targets} FILTER NOT EXISTS {{ {_reached(targets, path)} }} }}"
    sign = "<" if kind == "minCount" else ">"
    counted = _reached(targets, path)
    if kind == "minCount":
        counted = f"{{ SELECT DISTINCT ?this WHERE {{ {targets} }} }} OPTIONAL {{ {counted} }}"
    return f"SELECT ?this WHERE {{ {counted} }} GROUP BY ?this HAVING (COUNT(DISTINCT ?value) {sign} {number})"


def _fails(constraint: Constraint, below: Subclasses) -> str:
    """What holds of a ?value that fails the constraint."""
    kind, value = constraint.kind, constraint.values[0] if constraint.values else Literal("")
    if kind in _COMPARED:
        return f"FILTER(!COALESCE(?value {_COMPARED[kind]} {value}, false))"
    if kind == "class":
        kinds = ", ".join(f"<{name}>" for name in below[value.value])
        return f"FILTER NOT EXISTS {{ ?value a ?kind FILTER(?kind IN ({kinds})) }}"
    if kind == "datatype":
        return f"FILTER(!isLiteral(?value) || DATATYPE(?value) != {value}{_ill_typed(value.value)})"
    if kind == "nodeKind":
        return f"FILTER(!{_KINDS[value.value.removeprefix(SH)]})"
    if kind == "in":
        return "FILTER(" + " && ".join(f"!sameTerm(?value, {member})" for member in constraint.values) + ")"
    if kind == "pattern":
        return f"FILTER(isBlank(?value) || !REGEX(STR(?value), {Literal(value.value)}, {Literal(constraint.flags)}))"
    if kind in ("minLength", "maxLength"):
        return f"FILTER(isBlank(?value) || STRLEN(STR(?value)) {'<' if kind == 'minLength' else '>'} {value.value})"
    if kind == "disjoint":
        return f"?this {value} ?value ."
    sign = "<" if kind == "lessThan" else "<="
    return f"?this {value} ?limit . FILTER(!COALESCE(?value {sign} ?limit, false))"


def _ill_typed(datatype: str) -> str:
    """A literal such as "x"^^xsd:integer has the datatype and is none of its values; told by casting, where SPARQL can cast."""
    if datatype.removeprefix(XSD) not in _CASTS:
        return ""
    return f" || !COALESCE(isLiteral({NamedNode(datatype)}(STR(?value))), false)"
