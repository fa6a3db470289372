"""What the graph holds about a thing, as data to take away."""

from __future__ import annotations

from pyoxigraph import RdfFormat, serialize
from starlette.responses import Response

from kg.errors import QueryError
from kg.graph import Graph
from kg.vocabulary import PREFIXES
from kg.web.negotiation import FORMATS

_DESCRIBED = """CONSTRUCT { ?s ?p ?o } WHERE { { BIND($IRI AS ?s) ?s ?p ?o } UNION { BIND($IRI AS ?o) ?s ?p ?o } }"""
_STATED = """SELECT ?subject ?property ?value ?passage ?publisher ?title ?published ?url WHERE {
  { BIND($IRI AS ?subject) } UNION { BIND($IRI AS ?value) } GRAPH ?passage { ?subject ?property ?value }
  OPTIONAL { ?passage pn:inSource ?source . ?source dcterms:title ?title ; pn:publisher/rdfs:label ?publisher
    OPTIONAL { ?source pn:publishedOn ?published } OPTIONAL { ?source pn:url ?url } }
} ORDER BY ?subject ?property ?value ?passage"""


def described(graph: Graph, iri: str, format: str) -> Response:
    """Every statement with the thing as subject or object: Turtle and JSON-LD give the merged facts, CSV each passage's."""
    if format == "csv":
        content: str | bytes = graph.select(_STATED.replace("$IRI", f"<{iri}>")).to_csv()
    else:
        content = _graph(graph, iri, RdfFormat.TURTLE if format == "ttl" else RdfFormat.JSON_LD)
    name = iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1] or "thing"
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in name)[:80]
    return Response(
        content,
        media_type=FORMATS[format],
        headers={"Content-Disposition": f'inline; filename="{plain}.{format}"', "Vary": "Accept"},
    )


def _graph(graph: Graph, iri: str, format: RdfFormat) -> bytes:
    from pyoxigraph import QueryTriples

    query = _DESCRIBED.replace("$IRI", f"<{iri}>")
    answer = graph.backend.query(graph.text(query))
    if not isinstance(answer, QueryTriples):
        raise QueryError("the store gave no graph")
    return serialize(sorted(answer, key=str), format=format, prefixes=PREFIXES) or b""
