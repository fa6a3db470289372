"""What a reader needs to check a link: the passages with their sources, and the events they speak of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph import Graph
from kg.graph.facts import rows_about
from kg.vocabulary import PN, RDFS


@dataclass(frozen=True)
class PassageText:
    """A passage as it is shown: what it says, where it stands, and who published it when; `voice` is whom it counts for."""

    iri: str
    summary: str
    quote: str
    locator: str
    title: str
    publisher: str
    url: str
    published: str
    language: str
    voice: str


@dataclass(frozen=True)
class EventText:
    """An event as it is shown; `modality` is empty or alleged, charged, found, denied as one of its passages marks it."""

    iri: str
    label: str
    modality: dict[str, str]


@dataclass(frozen=True)
class Evidence:
    """Passages and events by IRI."""

    passages: dict[str, PassageText]
    events: dict[str, EventText]


_PREFIXES = f"PREFIX pn: <{PN}> PREFIX rdfs: <{RDFS}> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
_PASSAGES = (
    _PREFIXES
    + """SELECT ?passage ?summary ?quote ?locator ?title ?publisher ?url ?published ?language ?voice WHERE {
  VALUES ?passage { $VALUES } ?passage a pn:Passage ; pn:inSource ?source ; pn:summary ?summary ; pn:ordinal ?n FILTER(?n > 0)
  ?passage pn:originPublisher/pn:voice ?voice .
  ?source dcterms:title ?title ; dcterms:language ?language ; pn:publisher/rdfs:label ?publisher .
  OPTIONAL { ?passage pn:quote ?quote } OPTIONAL { ?passage pn:locator ?locator }
  OPTIONAL { ?source pn:url ?url } OPTIONAL { ?source pn:publishedOn ?published }
}"""
)
_EVENTS = _PREFIXES + """SELECT ?event ?label WHERE { VALUES ?event { $VALUES } ?event a pn:Event ; rdfs:label ?label }"""
_MODALITIES = (
    _PREFIXES
    + """SELECT ?event ?passage ?modality WHERE { VALUES ?event { $VALUES } GRAPH ?passage { ?event pn:modality ?modality } }"""
)


def read_evidence(graph: Graph, passages: set[str], events: set[str]) -> Evidence:
    """The texts of `passages` and `events` (IRIs; empty ones have none)."""
    texts = {}
    for row in rows_about(graph, _PASSAGES, sorted(passages - {""})):
        told = {name: row[name].value if name in row else "" for name in PassageText.__dataclass_fields__ if name != "iri"}
        texts[row["passage"].value] = PassageText(row["passage"].value, **told)
    asked = sorted(events - {""})
    modalities: dict[str, dict[str, str]] = {}
    for row in rows_about(graph, _MODALITIES, asked):
        modalities.setdefault(row["event"].value, {})[row["passage"].value] = row["modality"].value.rsplit("/", 1)[-1]
    named = {row["event"].value: row["label"].value for row in rows_about(graph, _EVENTS, asked)}
    return Evidence(texts, {iri: EventText(iri, label, modalities.get(iri, {})) for iri, label in named.items()})
