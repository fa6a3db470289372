"""The project's promise: whatever the graph states, some described passage states; what is derived stands apart."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph
import pytest

import kg
from kg.graph.build import current_build
from tests.conftest import ROOT

UNEXPLAINED = """
PREFIX pn: <https://w3id.org/persecution-networks/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?g ?s ?p ?o WHERE {
  GRAPH ?g { ?s ?p ?o }
  FILTER(?g != <https://w3id.org/persecution-networks/id/graph/inferred>)
  FILTER NOT EXISTS { ?g a pn:Passage ; pn:inSource ?source . ?source a pn:Source ; pn:publisher ?publisher ; dcterms:title ?title }
} LIMIT 5"""
MERGED_BUT_NOT_STATED = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } LIMIT 5"
STATED_BUT_NOT_MERGED = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } } LIMIT 5"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    """The shipped corpus, in memory so that it can be broken."""
    target: Path = tmp_path_factory.mktemp("shipped")
    kg.build(ROOT / "data", target)
    store = pyoxigraph.Store()
    store.load(gzip.decompress((current_build(target) / "quads.nq.gz").read_bytes()), pyoxigraph.RdfFormat.N_QUADS)
    return store


def rows(store: pyoxigraph.Store, query: str) -> list[str]:
    answer = store.query(query)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [str(row) for row in answer]


def test_every_stated_quad_is_in_the_graph_of_a_described_passage(store: pyoxigraph.Store) -> None:
    assert len(store) > 1000
    assert rows(store, UNEXPLAINED) == []


def test_the_default_graph_holds_what_passages_state_and_what_follows_and_nothing_else(store: pyoxigraph.Store) -> None:
    assert rows(store, MERGED_BUT_NOT_STATED) == []
    assert rows(store, STATED_BUT_NOT_MERGED) == []


def test_a_statement_without_a_passage_would_be_found(store: pyoxigraph.Store) -> None:
    """The two tests above can fail: here they are given something to find."""
    thing = pyoxigraph.NamedNode("https://example.org/thing")
    nowhere = pyoxigraph.Quad(thing, thing, thing, thing)
    unmerged = pyoxigraph.Quad(thing, thing, thing)
    store.add(nowhere)
    assert len(rows(store, UNEXPLAINED)) == 1
    assert len(rows(store, STATED_BUT_NOT_MERGED)) == 1
    store.remove(nowhere)
    store.add(unmerged)
    assert len(rows(store, MERGED_BUT_NOT_STATED)) == 1
    store.remove(unmerged)
