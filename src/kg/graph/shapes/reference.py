"""pySHACL, the reference: slower, and independent of the engine. Both must find the same."""

from __future__ import annotations

from pathlib import Path

import rdflib
from pyoxigraph import QueryTriples, RdfFormat, serialize
from rdflib import RDF, SH

from kg.errors import StoreError, VocabularyError
from kg.graph.backend import Backend
from kg.graph.shapes.findings import Finding, Severity
from kg.graph.shapes.reading import as_term, parse_shapes, shapes_file

_SEVERITIES = {severity.iri: severity for severity in Severity}


def merged_facts(backend: Backend) -> rdflib.Graph:
    """The default graph of `backend` in memory, as pySHACL wants it."""
    answer = backend.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, QueryTriples)
    return rdflib.Graph().parse(data=serialize(answer, format=RdfFormat.N_TRIPLES) or b"", format="nt")


def validate_by_pyshacl(backend: Backend, path: Path | None = None) -> list[Finding]:
    """What pySHACL finds in the default graph of `backend` by the shapes of `path` or of ontology/shapes.ttl, gravest first.

    Raises StoreError when pySHACL is not installed, VocabularyError when it cannot run the shapes.
    """
    # Parsed before pySHACL sees them: pySHACL 0.40.1 changes rdflib while it loads shapes and leaves it so when they do not parse.
    shapes = parse_shapes(path or shapes_file())
    return run_pyshacl(merged_facts(backend), shapes)


def run_pyshacl(facts: rdflib.Graph, shapes: rdflib.Graph) -> list[Finding]:
    """What pySHACL finds in `facts`; see `validate_by_pyshacl`."""
    try:
        import pyshacl
    except ImportError:
        raise StoreError("pySHACL is not installed: pip install pyshacl, or use --engine store") from None
    try:
        _, report, text = pyshacl.validate(facts, shacl_graph=shapes, inplace=True, advanced=False)
    except pyshacl.errors.ConstraintLoadError as error:
        raise VocabularyError(f"pySHACL cannot run the shapes: {error}") from None
    if not isinstance(report, rdflib.Graph):
        raise VocabularyError(f"pySHACL cannot run the shapes: {text}")
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        fields = dict(report.predicate_objects(result))
        found.add(
            Finding(
                str(fields[SH.sourceShape]),
                str(fields[SH.sourceConstraintComponent]),
                _SEVERITIES[str(fields[SH.resultSeverity])],
                as_term(fields[SH.focusNode]),
                as_term(fields[SH.value]) if SH.value in fields else None,
            )
        )
    return sorted(found, key=lambda finding: finding.order)
