"""What things are called and what kind of thing they are, in the language of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph import Graph
from kg.graph.proof_facts import Row, rows
from kg.vocabulary import ID, PN, RDFS, SKOS, compress

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

_BATCH = 400


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


def read_things(graph: Graph, iris: Iterable[str], language: str = "en") -> dict[str, Thing]:
    """A Thing for each of `iris`; what nothing is known about is called by its short address."""
    wanted = sorted(set(iris))
    types: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _valued(
        graph,
        wanted,
        "SELECT ?s ?p ?o WHERE { VALUES ?s { $VALUES } VALUES ?p { rdf:type rdfs:label skos:prefLabel pn:name } ?s ?p ?o }",
    ):
        subject, predicate, value = row["s"].value, row["p"].value, row["o"]
        if isinstance(value, NamedNode):
            types[subject].add(value.value.removeprefix(PN))
        else:
            key = (getattr(value, "language", None) or "") if predicate in (RDFS + "label", SKOS + "prefLabel") else "name"
            labels[subject][key] = min(value.value, labels[subject].get(key, value.value))
    return {iri: Thing(iri, _chosen(labels[iri], language) or _fallback(iri), kind_of(types[iri])) for iri in wanted}


def kind_of(types: Iterable[str]) -> str:
    """The kind of page for something of these classes (local names)."""
    found = set(types)
    return next((kind for name, kind in KINDS if name in found), "thing")


def _chosen(labels: Mapping[str, str], language: str) -> str:
    return next((labels[key] for key in (language, "", "en", "uk", "name") if key in labels), "")


def _fallback(iri: str) -> str:
    short = compress(iri)
    return short.removeprefix("id:") if iri.startswith(ID) else short


def _valued(graph: Graph, wanted: list[str], query: str) -> Iterator[Row]:
    """Rows of `query`, asked for so many addresses at a time."""
    for start in range(0, len(wanted), _BATCH):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + _BATCH])
        yield from rows(graph, query.replace("$VALUES", values))
