"""Sources, their passages and their publishers: what was read, and what was taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.graph.facts import rows
from kg.vocabulary import RDF
from kg.web.evidence import Witness
from kg.web.names import Thing
from kg.web.reading.ask import Asked
from kg.web.reading.entity import HIDDEN, Page

_STATED = "SELECT ?s ?p ?o WHERE { GRAPH $IRI { ?s ?p ?o } } LIMIT 2000"
_PASSAGES = "?a pn:inSource $IRI ; pn:ordinal ?b FILTER(?b > 0)"


@dataclass(frozen=True)
class Stated:
    """One statement of a passage."""

    subject: Thing
    term: Thing
    value: Thing | str


def read_source(asked: Asked, page: Page) -> dict[str, Any]:
    """The passages of a source in their order."""
    found = asked.addresses(_PASSAGES, page.thing.iri)
    order = {passage: int(number) for passage, number in found}
    passages = asked.witnesses(order)
    first = next(iter(passages.values()), None)
    return {
        "headline": [asked.t("source.headline", passages=asked.t("n.passages", n=len(passages)))],
        "passages": [passages[iri] for iri in sorted(passages, key=lambda iri: order[iri])],
        "publisher": next(iter(page.about.things("publisher")), None),
        "original": page.about.first("url"),
        "citation": _source_citation(page, first),
        "conflicts": [],
    }


def read_passage(asked: Asked, page: Page) -> dict[str, Any]:
    """A passage and everything it states."""
    witness = asked.witnesses([page.thing.iri]).get(page.thing.iri)
    found = [(row["s"], row["p"], row["o"]) for row in rows(asked.graph, _STATED.replace("$IRI", f"<{page.thing.iri}>"))]
    found = [(s, p, o) for s, p, o in found if p.value not in HIDDEN or p.value == RDF + "type"]
    addresses = {term.value for triple in found for term in triple if str(term).startswith("<")}
    things = asked.things(addresses)
    stated = [Stated(things[s.value], things[p.value], things[o.value] if str(o).startswith("<") else o.value) for s, p, o in found]
    stated.sort(key=lambda entry: (entry.subject.label, entry.subject.iri, entry.term.label))
    return {"headline": [], "witness": witness, "stated": stated, "citation": witness.citation if witness else "", "conflicts": []}


def read_publisher(asked: Asked, page: Page) -> dict[str, Any]:
    """The sources of a publisher, latest first."""
    sources = asked.describe(row[0] for row in asked.addresses("?a pn:publisher $IRI . ?a a pn:Source", page.thing.iri))
    ordered = sorted(sources.values(), key=lambda source: (source.first("publishedOn"), source.thing.label), reverse=True)
    said = asked.t("publisher.headline", sources=asked.t("n.sources", n=len(ordered)))
    return {"headline": [said], "sources": ordered, "conflicts": []}


def _source_citation(page: Page, first: Witness | None) -> str:
    if first is None:
        return page.thing.label
    parts = (first.publisher, f"“{first.title}”", first.published or "undated", first.url)
    return ", ".join(part for part in parts if part)
