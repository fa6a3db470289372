"""What the graph states of things, value by value with the passages, and what everything is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.graph import Graph
from kg.graph.facts import Term, rows, rows_about
from kg.graph.iris import INFERRED
from kg.present.plain_text import short
from kg.vocabulary import DCTERMS, ID, PN, RDFS, SKOS, compress

_STATED = f"SELECT ?s ?p ?o ?g WHERE {{ VALUES ?s {{ $VALUES }} GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{INFERRED}>) }}"
_NAMES = "SELECT ?s ?p ?o WHERE { VALUES ?s { $VALUES } VALUES ?p { rdfs:label skos:prefLabel pn:name dcterms:title } ?s ?p ?o }"
_OWN_NAMES = """SELECT ?s ?o (COUNT(*) AS ?n) WHERE { VALUES ?s { $VALUES } ?s a pn:Person . GRAPH ?g { ?s pn:name ?o }
  ?g pn:inSource/dcterms:language "$LANGUAGE" } GROUP BY ?s ?o ORDER BY ?s ?n ?o"""
_ORDER = {RDFS + "label": 0, SKOS + "prefLabel": 1, DCTERMS + "title": 2, PN + "name": 3}


@dataclass(frozen=True)
class Stated:
    """A value of `subject` by `term` (a local name of the ontology, or a full address), as `passage` states it."""

    subject: str
    term: str
    value: Term
    passage: str


def stated(graph: Graph, subjects: Iterable[str]) -> list[Stated]:
    """Everything that passages state of `subjects` (addresses)."""
    return [
        Stated(row["s"].value, row["p"].value.removeprefix(PN), row["o"], row["g"].value)
        for row in rows_about(graph, _STATED, sorted(set(subjects)))
    ]


def addresses(graph: Graph, query: str) -> list[str]:
    """The first column of a SELECT query, each address once, in order."""
    return list(dict.fromkeys(next(iter(row.values())).value for row in rows(graph, query) if row))


class Names:
    """What things are called in one language; `learn` asks the graph for many at once."""

    def __init__(self, graph: Graph, language: str) -> None:
        self.graph, self.language = graph, language
        self._known: dict[str, str] = {}

    def learn(self, things: Iterable[str]) -> None:
        """Look up the names of `things` (addresses)."""
        wanted = set(things) - self._known.keys()
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in rows_about(self.graph, _NAMES, sorted(wanted)):
            value = row["o"]
            language = (value.language or "") if isinstance(value, Literal) else ""
            rank = (self.language, "", "en", "uk").index(language) if language in (self.language, "", "en", "uk") else 9
            found[row["s"].value].append((rank, _ORDER[row["p"].value], value.value))
        own = self._own_names(wanted) if self.language != "en" else {}
        for thing in wanted:
            self._known[thing] = own.get(thing) or (short(min(found[thing])[2]) if thing in found else _fallback(thing))

    def _own_names(self, things: Iterable[str]) -> dict[str, str]:
        """The name that sources in this language give a person most often."""
        query = _OWN_NAMES.replace("$LANGUAGE", self.language)
        return {row["s"].value: short(row["o"].value) for row in rows_about(self.graph, query, sorted(set(things)))}

    def of(self, thing: str) -> str:
        """The name of an address."""
        if thing not in self._known:
            self.learn([thing])
        return self._known[thing]

    def term(self, local: str) -> str:
        """The label of a term of the ontology given by its local name."""
        return self.of(local if ":" in local else PN + local)


def _fallback(thing: str) -> str:
    short_form = compress(thing)
    return short_form.removeprefix("id:") if thing.startswith(ID) else short_form
