"""What things are called and what kind of thing they are, in the language of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph import Graph
from kg.graph.facts import rows_about
from kg.vocabulary import ID, PN, compress

KINDS = (
    ("Passage", "passage"),
    ("Source", "source"),
    ("Case", "case"),
    ("Event", "event"),
    ("Court", "court"),
    ("Place", "place"),
    ("Person", "person"),
    ("Publisher", "publisher"),
    ("Organization", "body"),
    ("LegalProvision", "provision"),
    ("LegalCode", "provision"),
    ("Post", "post"),
    ("Tenure", "tenure"),
)
"""Classes of the ontology and the kind of page their members get; the first that fits decides."""

_NAMES = """SELECT ?s ?o ?name WHERE { VALUES ?s { $VALUES }
  { ?s a ?o } UNION { ?s rdfs:label ?o } UNION { ?s skos:prefLabel ?o }
  UNION { ?s dcterms:title ?o } UNION { ?s pn:name ?o BIND(true AS ?name) } }"""


@dataclass(frozen=True)
class Thing:
    """Something that has a page: its address, what it is called, and its kind (a value of KINDS, or "thing")."""

    iri: str
    label: str
    kind: str = "thing"

    @property
    def curie(self) -> str:
        """The short address."""
        return compress(self.iri)


@dataclass(frozen=True)
class Named:
    """What a thing is called, by language ("name" for names as passages print them), and its kind."""

    labels: Mapping[str, str]
    kind: str

    def thing(self, iri: str, language: str) -> Thing:
        """It in one language; called by its short address when nothing is known about it."""
        label = next((self.labels[key] for key in (language, "", "en", "uk", "name") if key in self.labels), "")
        return Thing(iri, label or _fallback(iri), self.kind)


def read_names(graph: Graph, iris: Iterable[str]) -> dict[str, Named]:
    """Names and kinds of things; one that nothing is known about has no name and the kind "thing"."""
    wanted = list(iris)
    types: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_about(graph, _NAMES, wanted):
        subject, value = row["s"].value, row["o"]
        if isinstance(value, NamedNode):
            types[subject].add(value.value.removeprefix(PN))
        else:
            key = "name" if "name" in row else getattr(value, "language", None) or ""
            labels[subject][key] = min(value.value, labels[subject].get(key, value.value))
    return {iri: Named(labels[iri], kind_of(types[iri])) for iri in wanted}


def kind_of(types: Iterable[str]) -> str:
    """The kind of page for something of these classes (local names)."""
    found = set(types)
    return next((kind for name, kind in KINDS if name in found), "thing")


def _fallback(iri: str) -> str:
    short = compress(iri)
    return short.removeprefix("id:") if iri.startswith(ID) else short
