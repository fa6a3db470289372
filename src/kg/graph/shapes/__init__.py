"""Validation: the shapes of ontology/shapes.ttl (SHACL) put before a graph, and what they find told with its places.

`read_shapes` reads shapes, `validate` runs them as SPARQL inside the store, `explain_findings` adds labels, passages and
places in record files, `contradictions` gives what the ontology's axioms forbid. pySHACL stays the reference:
`validate_by_pyshacl` gives the same findings.
"""

from kg.graph.shapes.contradictions import CONTRADICTION, contradictions
from kg.graph.shapes.engine import validate
from kg.graph.shapes.findings import Finding, Severity, worst
from kg.graph.shapes.places import Located, explain_findings
from kg.graph.shapes.reading import read_shapes
from kg.graph.shapes.reference import validate_by_pyshacl
from kg.graph.shapes.shape import Shape

__all__ = [
    "CONTRADICTION",
    "Finding",
    "Located",
    "Severity",
    "Shape",
    "contradictions",
    "explain_findings",
    "read_shapes",
    "validate",
    "validate_by_pyshacl",
    "worst",
]
