"""What the SPARQL workbench is fed with: the query library with its parameters, and the words of the graph with examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kg.errors import QueryError
from kg.graph import Graph, LibraryQuery
from kg.graph.graph import unknown_query
from kg.vocabulary import OWL, PN, PREFIXES, RDFS, SKOS, compress

START = """SELECT ?name ?role ?what ?passage WHERE {
  GRAPH ?passage { ?event ?property ?official }
  ?property rdfs:subPropertyOf* pn:actingOfficial ; rdfs:label ?role FILTER(LANG(?role) = "en")
  ?official rdfs:label ?name . ?event rdfs:label ?what
} LIMIT 50
"""
"""What stands in the editor before anybody writes: who acted in what, and which passage says so."""

_TERMS = f"""PREFIX owl: <{OWL}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}>
SELECT DISTINCT ?term ?kind ?label ?comment ?domain ?range WHERE {{
  VALUES (?type ?kind) {{ (owl:Class "class") (owl:ObjectProperty "property") (owl:DatatypeProperty "property") }}
  ?term a ?type FILTER(STRSTARTS(STR(?term), "{PN}"))
  OPTIONAL {{ ?term rdfs:label ?label FILTER(LANG(?label) = "en") }}
  OPTIONAL {{ ?term rdfs:comment|skos:definition ?comment FILTER(LANG(?comment) IN ("", "en")) }}
  OPTIONAL {{ ?term rdfs:domain ?domain FILTER(ISIRI(?domain)) }} OPTIONAL {{ ?term rdfs:range ?range FILTER(ISIRI(?range)) }}
}}"""
_USES = f"""SELECT ?term (COUNT(*) AS ?n) WHERE {{
  {{ ?s a ?term }} UNION {{ ?s ?term ?o }} FILTER(STRSTARTS(STR(?term), "{PN}"))
}} GROUP BY ?term"""


def workbench_data(graph: Graph) -> dict[str, Any]:
    """Everything the page needs, ready for JSON."""
    return {
        "endpoint": "/sparql",
        "prefixes": dict(PREFIXES),
        "start": declared(START),
        "queries": [_query(query) for query in graph.library.values()],
        "terms": terms(graph),
    }


def declared(text: str) -> str:
    """`text` with a line for each prefix that it uses and does not declare, so that it runs in any SPARQL tool."""
    used = {prefix: base for prefix, base in PREFIXES.items() if f"{prefix}:" in text and f"PREFIX {prefix}:" not in text}
    return "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in used.items()) + text


def bound(graph: Graph, values: Mapping[str, str]) -> str:
    """The SPARQL text of the library query `values["query"]` with the other values as its parameters.

    Raises QueryError or NotFoundError, whose messages say what would do.
    """
    given = {name: value for name, value in values.items() if name != "query"}
    name = values.get("query", "")
    if name not in graph.library:
        raise QueryError(unknown_query(name, graph.library))
    lines = graph.text(name, **given).splitlines(keepends=True)
    # The form has said what the header says; in the editor it would push the query out of sight.
    return f"# {graph.library[name].summary}\n" + "".join(line for line in lines if not line.startswith("#+"))


def _query(query: LibraryQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "group": query.group,
        "summary": query.summary,
        "description": query.description,
        "parameters": [{"name": p.name, "type": p.type, "description": p.description} for p in query.parameters],
    }


def terms(graph: Graph) -> list[dict[str, Any]]:
    """The classes and properties of the ontology, the most used first, each with a query that shows some of its uses."""
    uses = Counter({str(row["term"]): int(str(row["n"])) for row in graph.select(_USES)})
    found: dict[str, dict[str, Any]] = {}
    for row in graph.select(_TERMS):
        iri = str(row["term"])
        name = compress(iri)
        found.setdefault(
            iri,
            {
                "name": name,
                "kind": str(row["kind"]),
                "label": str(row["label"] or ""),
                "comment": str(row["comment"] or ""),
                "domain": compress(str(row["domain"])) if row["domain"] else "",
                "range": compress(str(row["range"])) if row["range"] else "",
                "uses": uses[iri],
                "example": _example(name, str(row["kind"])),
            },
        )
    return sorted(found.values(), key=lambda term: (-term["uses"], term["name"]))


def _example(name: str, kind: str) -> str:
    if kind == "class":
        return declared(
            f"SELECT ?thing ?label WHERE {{\n  ?thing a {name}\n  OPTIONAL {{ ?thing rdfs:label ?label }}\n}} LIMIT 20\n"
        )
    return declared(
        f"SELECT ?thing ?label ?value ?passage WHERE {{\n  GRAPH ?passage {{ ?thing {name} ?value }}\n"
        "  OPTIONAL { ?thing rdfs:label ?label }\n} LIMIT 20\n"
    )
