"""What the ontology's own axioms forbid, told as findings beside those of the shapes."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode

from kg.graph.explanation.clashes import Clash, clashes
from kg.graph.facts import labels
from kg.graph.graph import Graph
from kg.graph.shapes.findings import Finding, Severity
from kg.graph.shapes.places import Located, describe_passages, find_files
from kg.graph.shapes.shape import Shape
from kg.vocabulary import BASE, compress

_IRI = BASE + "shape/Contradiction"

CONTRADICTION = Shape(
    iri=_IRI,
    root=_IRI,
    label="statements that the ontology forbids together",
    reason="By the axioms of ontology/pn.ttl these cannot all be true: a record is wrong, or two different things were merged.",
    message="",
    severity=Severity.violation,
    targets=(),
    path="",
    constraints=(),
    evidence=(),
)
"""Not a shape of SHACL: it stands for all axioms that forbid something."""


def contradictions(graph: Graph, data: Path | None) -> list[Located]:
    """Each contradiction in `graph` with the fewest statements that lead to it, and their places when `data` is given."""
    return [_located(graph, clash, data) for clash in clashes(graph)]


def _located(graph: Graph, clash: Clash, data: Path | None) -> Located:
    passages = {passage.passage for proof in clash.proofs for part in proof.walk() for passage in part.passages}
    described = describe_passages(graph, passages)
    subjects = sorted({fact.subject for fact in clash.statements if isinstance(fact.subject, NamedNode)}, key=str)
    names = labels(graph, set(subjects))
    finding = Finding(_IRI, _IRI, Severity.violation, subjects[0], None)
    stated = "; ".join(sorted(f"{compress(str(fact.predicate.value))}" for fact in clash.statements))
    follows = [axiom for axiom in clash.axioms if axiom != clash.axiom]
    message = f"{clash.axiom} ({stated}{'; ' if follows else ''}{'; '.join(follows)})"
    focus = " and ".join(names.get(subject) or compress(subject.value) for subject in subjects)
    statements = tuple(sorted(described.values(), key=lambda statement: (statement.publisher, statement.passage)))
    places = find_files(data, passages, described) if data else {}
    return Located(finding, CONTRADICTION, focus, "", statements, places, message)
