"""Findings as a SHACL validation report (section 3.6), for tools that read SHACL."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.graph.shapes.findings import SH
from kg.graph.shapes.places import Located
from kg.vocabulary import BASE, ID, PN, RDF, XSD

_TYPE = NamedNode(RDF + "type")


def turtle_report(found: Sequence[Located]) -> str:
    """A sh:ValidationReport; it conforms when there are no findings."""
    report = BlankNode("report")
    conforms = Literal("false" if found else "true", datatype=NamedNode(XSD + "boolean"))
    triples = [Triple(report, _TYPE, _term("ValidationReport")), Triple(report, _term("conforms"), conforms)]
    for number, located in enumerate(found):
        finding, result = located.finding, BlankNode(f"result{number}")
        triples += [
            Triple(report, _term("result"), result),
            Triple(result, _TYPE, _term("ValidationResult")),
            Triple(result, _term("focusNode"), finding.focus),
            Triple(result, _term("resultSeverity"), NamedNode(finding.severity.iri)),
            Triple(result, _term("sourceShape"), NamedNode(finding.shape)),
            Triple(result, _term("sourceConstraintComponent"), NamedNode(finding.component)),
            Triple(result, _term("resultMessage"), Literal(located.message, language="en")),
        ]
        if finding.value is not None:
            triples.append(Triple(result, _term("value"), finding.value))
    prefixes = {"sh": SH, "pn": PN, "pns": BASE + "shape/", "id": ID}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _term(name: str) -> NamedNode:
    return NamedNode(SH + name)
