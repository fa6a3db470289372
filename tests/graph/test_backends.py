"""The same questions get the same answers from the store on disk and from a real SPARQL server over HTTP."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError, StoreError
from kg.graph.build import current_build
from tests.conftest import DataFolder


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    folder.verdict("a")
    folder.verdict("b", judge="Ö. Çelik", publisher="other-news")
    target = folder.path.parent / "build"
    kg.build(folder.path, target)
    return target


@pytest.fixture(scope="module")
def endpoint(build: Path) -> Iterator[str]:
    """`oxigraph serve-read-only` on a copy of the build's store."""
    store = build / "served"
    shutil.copytree(current_build(build) / "store", store)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).parent / "oxigraph"
    server = subprocess.Popen(
        [program, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/query"
    try:
        while server.poll() is None:
            try:
                urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                continue
        assert server.poll() is None, "the SPARQL server did not start"
        yield url
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(params=["disk", "endpoint"])
def graph(request: pytest.FixtureRequest, build: Path) -> kg.KnowledgeGraph:
    return kg.open(build if request.param == "disk" else request.getfixturevalue("endpoint"))


def test_rows(graph: kg.KnowledgeGraph) -> None:
    rows = graph.query("SELECT ?name ?date { ?e pn:judge/pn:name ?name ; pn:date ?date } ORDER BY ?name")
    assert list(rows) == [
        {"name": "O. Ivanova", "date": "2021-08-16"},
        {"name": "Ö. Çelik", "date": "2021-08-16"},
    ]


def test_a_library_query_with_a_parameter_given_as_a_name(graph: kg.KnowledgeGraph) -> None:
    rows = graph.query("everything-about", entity="Ö. Çelik")
    assert any("Ö. Çelik" in row.values() for row in rows)


def test_yes_or_no(graph: kg.KnowledgeGraph) -> None:
    assert graph.ask("ASK { ?e a pn:Sentence }")
    assert not graph.ask("ASK { ?e a pn:Release }")


def test_a_graph_as_turtle(graph: kg.KnowledgeGraph) -> None:
    turtle = graph.graph.construct(
        "PREFIX pn: <https://w3id.org/persecution-networks/ontology#> CONSTRUCT { ?e pn:judge ?j } WHERE { ?e pn:judge ?j }"
    )
    assert turtle.count("pn:judge") == 2


def test_finding_by_part_of_a_name(graph: kg.KnowledgeGraph) -> None:
    assert [match.label for match in graph.find("çelik")] == ["Ö. Çelik"]
    assert [match.label for match in graph.find("Ivanova O")] == ["O. Ivanova"]
    assert graph.find("Ivanova Çelik") == graph.find(" ") == []


def test_a_name_is_a_text_and_never_a_query(graph: kg.KnowledgeGraph) -> None:
    assert graph.find('") } # \\ "') == []


def test_a_malformed_query_is_the_askers_fault(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT ?x WHERE { ?x")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
        "load <http://127.0.0.1:9/> ; ASK {}",
    ],
)
def test_a_query_can_neither_reach_out_nor_change_anything(graph: kg.KnowledgeGraph, query: str) -> None:
    with pytest.raises(QueryError, match="not allowed"):
        graph.query(query)


def test_words_inside_strings_names_and_comments_are_no_commands(graph: kg.KnowledgeGraph) -> None:
    rows = graph.query("""SELECT ?x { BIND("SERVICE; DROP 'it' # not" AS ?x) # LOAD this
      FILTER(?x != '''INSERT''' && ?x != <urn:CLEAR>) }""")
    assert list(rows) == [{"x": "SERVICE; DROP 'it' # not"}]


def test_a_server_that_is_not_there_is_told_as_such() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/query"
    with pytest.raises(StoreError, match="cannot be reached"):
        kg.open(url).query("SELECT * {}")
