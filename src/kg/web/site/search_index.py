"""The index of a published site's search: everything with a name, in every spelling that sources use, folded to one spelling.

Events are also found by the people whom they concern, sources by their titles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from kg.graph import Graph
from kg.graph.facts import rows
from kg.graph.spellings import folded
from kg.identity.names.spelling import tables
from kg.present.map_data import embeddable
from kg.present.plain_text import short

_NAMED = """SELECT DISTINCT ?thing ?name WHERE { ?thing pn:name|pn:otherName|rdfs:label|dcterms:title ?name .
  { ?thing a pn:Person } UNION { ?thing a pn:Organization } UNION { ?thing a pn:Case } UNION { ?thing a pn:Place }
  UNION { ?thing a pn:Event } UNION { ?thing a pn:Source }
} ORDER BY ?thing ?name"""
_LABELS = """SELECT ?thing ?label ?class WHERE {
  ?thing rdfs:label|dcterms:title ?label FILTER(LANG(?label) IN ("", "en")) ?thing a ?class } ORDER BY ?thing ?label"""
_CONTEXT = """SELECT DISTINCT ?thing ?role ?body WHERE { ?thing pn:hasTenure ?tenure .
  OPTIONAL { ?tenure pn:tenureRole/skos:prefLabel ?role FILTER(LANG(?role) = "en") }
  OPTIONAL { ?tenure pn:inPost/pn:postIn/rdfs:label ?body FILTER(LANG(?body) IN ("", "en")) } } ORDER BY ?thing ?role ?body"""
_CONCERNED = """SELECT DISTINCT ?thing ?name WHERE { ?thing a pn:Event ; pn:affectedPerson ?person . ?person rdfs:label ?name }
  ORDER BY ?thing ?name"""
_PUBLISHED = """SELECT ?thing ?publisher ?day WHERE { ?thing a pn:Source ; pn:publisher/rdfs:label ?publisher
  FILTER(LANG(?publisher) IN ("", "en")) OPTIONAL { ?thing pn:publishedOn ?day } } ORDER BY ?thing ?publisher"""
_WEIGHT = "SELECT ?thing (COUNT(DISTINCT ?event) AS ?n) WHERE { ?thing pn:participantIn ?event } GROUP BY ?thing"
KINDS = (
    *(("Official", "official"), ("DefenceLawyer", "lawyer"), ("PersecutedPerson", "persecuted"), ("Person", "person")),
    *(("Court", "court"), ("Case", "case"), ("Place", "place"), ("Event", "event"), ("Source", "source"), ("Organization", "body")),
)
"""Class and the word for it, the first that fits."""


def search_index(graph: Graph, find: Callable[[str], str | None]) -> str:
    """The index as a classic script that sets `kgSearch`: `things` are [name, kind, context, file, number of events, other names,
    folded words]; `tables` say how to fold what is typed. `find` gives the file of an address; what has none is left out."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows(graph, _NAMED):
        names[row["thing"].value].append(short(row["name"].value))
    labels, classes = dict[str, str](), defaultdict[str, set[str]](set)
    for row in rows(graph, _LABELS):
        labels.setdefault(row["thing"].value, short(row["label"].value))
        classes[row["thing"].value].add(row["class"].value.rsplit("#", 1)[-1])
    contexts: dict[str, list[str]] = defaultdict(list)
    for query, keys in ((_CONTEXT, ("role", "body")), (_PUBLISHED, ("publisher", "day"))):
        for row in rows(graph, query):
            contexts[row["thing"].value].append(", ".join(row[key].value for key in keys if key in row))
    concerned: dict[str, list[str]] = defaultdict(list)
    for row in rows(graph, _CONCERNED):
        concerned[row["thing"].value].append(short(row["name"].value))
    weights = {row["thing"].value: int(row["n"].value) for row in rows(graph, _WEIGHT)}
    things = []
    for thing in sorted(names):
        file = find(thing)
        if file is not None:
            label = labels.get(thing, names[thing][0])
            kind = next((word for name, word in KINDS if name in classes[thing]), "thing")
            others = [name for name in dict.fromkeys(names[thing]) if name != label]
            words = sorted({word for name in (*names[thing], *concerned[thing]) for word in folded(name)})
            context = short("; ".join(contexts[thing] + concerned[thing]), 160)
            things.append([label, kind, context, file, weights.get(thing, 0), others, words])
    return f"globalThis.kgSearch = {embeddable({'tables': tables(), 'things': things})};\n"
