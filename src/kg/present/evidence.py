"""What a reader needs to check a link: the passages with their sources, and the events they speak of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph import Graph
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
  ?passage a pn:Passage ; pn:inSource ?source ; pn:summary ?summary ; pn:ordinal ?n FILTER(?n > 0)
  ?passage pn:originPublisher/pn:voice ?voice .
  ?source dcterms:title ?title ; dcterms:language ?language ; pn:publisher/rdfs:label ?publisher .
  OPTIONAL { ?passage pn:quote ?quote } OPTIONAL { ?passage pn:locator ?locator }
  OPTIONAL { ?source pn:url ?url } OPTIONAL { ?source pn:publishedOn ?published }
}"""
)
_EVENTS = _PREFIXES + """SELECT ?event ?label WHERE { ?event a pn:Event ; rdfs:label ?label }"""
_MODALITIES = (
    _PREFIXES + """SELECT ?event ?passage ?modality WHERE { GRAPH ?passage { ?event pn:modality ?modality } ?event a pn:Event }"""
)


def read_evidence(graph: Graph, passages: set[str], events: set[str]) -> Evidence:
    """The texts of `passages` and `events` (IRIs)."""
    texts = {}
    for row in graph.select(_PASSAGES):
        values = {name: str(value or "") for name, value in row.items()}
        iri = values.pop("passage")
        if iri in passages:
            texts[iri] = PassageText(iri, **values)
    modalities: dict[str, dict[str, str]] = {}
    for row in graph.select(_MODALITIES):
        modalities.setdefault(str(row["event"]), {})[str(row["passage"])] = str(row["modality"]).rsplit("/", 1)[-1]
    told = {
        str(row["event"]): EventText(str(row["event"]), str(row["label"]), modalities.get(str(row["event"]), {}))
        for row in graph.select(_EVENTS)
        if str(row["event"]) in events
    }
    return Evidence(texts, told)
