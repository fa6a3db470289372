"""The ontology's files as graphs, and what the vocabularies that they reuse define."""

from __future__ import annotations

import functools

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import OWL, RDF, RDFS, Graph
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME, DefinedNamespaceMeta

from tests.conftest import ROOT

FOLDER = ROOT / "ontology"
CHECKS = FOLDER / "checks"
NAMES = ("pn.ttl", "vocabularies.ttl", "rules.ttl", "alignments.ttl")
PN = "https://w3id.org/persecution-networks/ontology#"
VOC = "https://w3id.org/persecution-networks/vocabulary/"
ID = "https://w3id.org/persecution-networks/id/"
REUSED = NamedNode("https://w3id.org/persecution-networks/graph/reused")
VOCABULARIES: tuple[DefinedNamespaceMeta, ...] = (DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME)
"""Vocabularies whose terms rdflib lists; of the others that alignments.ttl names no offline copy travels with the project."""

PREFIXES = f"""
@prefix pn: <{PN}> .
@prefix pnw: <https://w3id.org/persecution-networks/> .
@prefix voc: <{VOC}> .
@prefix role: <{VOC}role/> .
@prefix membership: <{VOC}membership/> .
@prefix outcome: <{VOC}outcome/> .
@prefix id: <{ID}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def ontology(*names: str) -> Graph:
    """The files of the ontology called `names`, or all of them, as one rdflib graph."""
    graph = Graph()
    for name in names or NAMES:
        graph.parse(FOLDER / name, format="turtle")
    return graph


def with_reused_terms(store: Store) -> Store:
    """`store` with the terms that the reused vocabularies define, in the graph where the checks look for them."""
    for quad in _reused_terms():
        store.add(quad)
    return store


def ontology_store(*names: str) -> Store:
    """The files as a pyoxigraph store, beside the reused terms: what the queries of ontology/checks run on."""
    store = Store()
    for name in names or NAMES:
        store.load((FOLDER / name).read_bytes(), RdfFormat.TURTLE)
    return with_reused_terms(store)


def turtle_store(turtle: str) -> Store:
    """A few statements as a store, beside the reused terms."""
    store = Store()
    store.load((PREFIXES + turtle).encode(), RdfFormat.TURTLE)
    return with_reused_terms(store)


def declared_terms() -> set[str]:
    """Addresses of everything the project's own files declare."""
    return {
        quad.subject.value
        for name in NAMES
        for quad in parse((FOLDER / name).read_bytes(), RdfFormat.TURTLE)
        if quad.predicate.value == str(RDF.type) and isinstance(quad.subject, NamedNode) and quad.graph_name == DefaultGraph()
    }


@functools.cache
def _reused_terms() -> list[Quad]:
    quads = []
    for vocabulary in VOCABULARIES:
        base = NamedNode(str(vocabulary))
        quads.append(Quad(base, NamedNode(str(RDF.type)), NamedNode(str(OWL.Ontology)), REUSED))
        quads += [
            Quad(NamedNode(base.value + name), NamedNode(str(RDFS.isDefinedBy)), base, REUSED)
            for name in vocabulary.__annotations__
            if not name.startswith("_")
        ]
    return quads
