"""Who says it: the passages behind facts, with their sources and the independent voices they count for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph import Graph
from kg.graph.facts import rows_about

_PASSAGES = """SELECT * WHERE { VALUES ?passage { $VALUES } ?passage pn:inSource ?source ; pn:summary ?summary .
  ?source dcterms:title ?title ; pn:publisher ?house . ?house rdfs:label ?publisher FILTER(LANG(?publisher) IN ("", "en"))
  OPTIONAL { ?passage pn:originPublisher/pn:voice ?voice . ?voice rdfs:label ?counted FILTER(LANG(?counted) IN ("", "en")) }
  OPTIONAL { ?passage pn:quote ?quote } OPTIONAL { ?passage pn:locator ?locator }
  OPTIONAL { ?passage pn:decisionAuthor ?author ; pn:decisionDate ?decided ; pn:justification ?reason }
  OPTIONAL { ?source pn:url ?url } OPTIONAL { ?source pn:publishedOn ?published } }"""


@dataclass(frozen=True)
class Witness:
    """A passage as it is shown; `voice` is the publisher it counts for and `counted` that publisher's name."""

    passage: str
    summary: str
    title: str
    publisher: str
    source: str
    house: str
    quote: str = ""
    locator: str = ""
    url: str = ""
    published: str = ""
    voice: str = ""
    counted: str = ""
    author: str = ""
    decided: str = ""
    reason: str = ""

    @property
    def is_decision(self) -> bool:
        """Whether it is an editor's decision and no passage of a source."""
        return bool(self.decided)

    @property
    def citation(self) -> str:
        """One line to put under a claim: publisher, title, date, where in it, address."""
        parts = (self.publisher, f"“{self.title}”", self.published or "undated", self.locator, self.url)
        return ", ".join(part for part in parts if part)


def read_witnesses(graph: Graph, passages: Iterable[str]) -> dict[str, Witness]:
    """The passages at these addresses (names of graphs); other graphs are left out."""
    found: dict[str, Witness] = {}
    for row in rows_about(graph, _PASSAGES, sorted(set(passages))):
        fields = {name: row[name].value for name in Witness.__dataclass_fields__ if name in row}
        found[fields["passage"]] = Witness(**fields)
    return found


def voices(witnesses: Iterable[Witness]) -> int:
    """How many independent publishers these passages count for."""
    return len({witness.voice or witness.house for witness in witnesses})
