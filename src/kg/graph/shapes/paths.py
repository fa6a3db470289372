"""sh:path as a SPARQL property path (SHACL, section 2.3.1 and its mapping)."""

from __future__ import annotations

from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import VocabularyError

_SUFFIXES = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def sparql_path(graph: Graph, path: Node) -> str:
    """The SPARQL text of `path`; raises VocabularyError when it is no path."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return "(" + "/".join(sparql_path(graph, step) for step in Collection(graph, path)) + ")"
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return f"^({sparql_path(graph, inverse)})"
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return "(" + "|".join(sparql_path(graph, choice) for choice in Collection(graph, alternatives)) + ")"
    for term, suffix in _SUFFIXES.items():
        repeated = graph.value(path, term)
        if repeated is not None:
            return f"({sparql_path(graph, repeated)}){suffix}"
    raise VocabularyError(f"{path} is not a path of SHACL")
