"""What a reader needs to check a link: the passages with their sources, and the events they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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


BATCH = 300
"""Passages or events asked about in one query."""

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
    for row in _about(graph, _PASSAGES, passages):
        values = {name: str(value or "") for name, value in row.items()}
        iri = values.pop("passage")
        texts[iri] = PassageText(iri, **values)
    modalities: dict[str, dict[str, str]] = {}
    for row in _about(graph, _MODALITIES, events):
        modalities.setdefault(str(row["event"]), {})[str(row["passage"])] = str(row["modality"]).rsplit("/", 1)[-1]
    told = {
        str(row["event"]): EventText(str(row["event"]), str(row["label"]), modalities.get(str(row["event"]), {}))
        for row in _about(graph, _EVENTS, events)
    }
    return Evidence(texts, told)


def _about(graph: Graph, query: str, things: set[str]) -> Iterator[dict[str, Any]]:
    wanted = sorted(things - {""})
    for start in range(0, len(wanted), BATCH):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + BATCH])
        yield from graph.select(query.replace("$VALUES", values))
