"""One thing as its page shows it: what it is, what is said about it, and where else it is named."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.graph import Graph
from kg.graph.facts import rows
from kg.vocabulary import PN
from kg.web.facts import Description, Fact
from kg.web.names import Thing
from kg.web.reading.ask import Asked

HIDDEN = frozenset(
    PN + name
    for name in ("adverseSelf", "earliest", "latest", "ordinal", "canonical", "participantIn", "affectedIn", "years", "inSource")
) | {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
}
"""Properties that only serve programs, or that the page says in another way."""

_NAMED_IN = "SELECT DISTINCT ?s ?p WHERE { ?s ?p $IRI . ?s a ?class . FILTER(?p NOT IN (rdf:type, pn:canonical)) } LIMIT 500"
_CANONICAL = "SELECT ?canonical ?known WHERE { OPTIONAL { $IRI pn:canonical ?canonical } BIND(EXISTS { $IRI ?p ?o } AS ?known) }"


@dataclass(frozen=True)
class Page:
    """Everything that every page about a thing shows."""

    about: Description
    named_in: list[tuple[Thing, list[Thing]]]

    @property
    def thing(self) -> Thing:
        """What the page is about."""
        return self.about.thing

    @property
    def facts(self) -> list[Fact]:
        """What is said about it, without what only serves programs."""
        return [fact for fact in self.about.facts if fact.term.iri not in HIDDEN]


def canonical(graph: Graph, iri: str) -> str:
    """The address that `iri` is shown under: its own or, when it was decided to be the same as another, that one's.

    Raises NotFoundError when the graph knows nothing by it.
    """
    row = next(rows(graph, _CANONICAL.replace("$IRI", f"<{iri}>")), {})
    if "canonical" in row and row["canonical"].value != iri:
        return row["canonical"].value
    if not row or row["known"].value != "true":
        raise NotFoundError(f"nothing in the graph has the address {iri}")
    return iri


def read_page(asked: Asked, iri: str) -> Page:
    """What the page of `iri` shows whatever it is."""
    return Page(asked.describe([iri])[iri], _named_in(asked, iri))


def _named_in(asked: Asked, iri: str) -> list[tuple[Thing, list[Thing]]]:
    """Properties by which other things name it, with those things."""
    pairs = [(row["p"].value, row["s"].value) for row in rows(asked.graph, _NAMED_IN.replace("$IRI", f"<{iri}>"))]
    things = asked.things(part for pair in pairs for part in pair)
    grouped: dict[str, list[Thing]] = {}
    for p, s in pairs:
        grouped.setdefault(p, []).append(things[s])
    found = [(things[p], sorted(named, key=lambda thing: (thing.label, thing.iri))) for p, named in grouped.items()]
    return sorted(found, key=lambda pair: pair[0].label)
