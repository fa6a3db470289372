"""The SPARQL endpoint for strangers, with a real SPARQL server process behind it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from starlette.testclient import TestClient

import kg
from kg.graph.build import current_build
from kg.web import create_app
from kg.web.context import Settings
from kg.web.sparql import MAX_ROWS
from kg.web.sparql_server import sparql_server
from tests.web.conftest import HTML

JSON = {"accept": "application/sparql-results+json"}
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) < STR(?i)) }"


@pytest.fixture(scope="module")
def asker(shipped_build: Path) -> Iterator[TestClient]:
    """A program that asks; queries are cut after two seconds."""
    with sparql_server(current_build(shipped_build) / "store", time_limit=2) as server:
        yield TestClient(create_app(kg.open(shipped_build).graph, Settings(sparql=server)), headers=JSON)


def test_rows_come_in_every_format_of_the_standard(asker: TestClient) -> None:
    query = 'SELECT ?name ?born { ?p pn:name ?name ; pn:bornOn ?born FILTER(?name = "Yevgeniy Sergeevich KOLPIKOV") }'
    answer = asker.get("/sparql", params={"query": query})
    assert answer.json()["results"]["bindings"][0]["born"]["value"] == "1974-05-06"
    for accept, part in {
        "text/csv": "1974-05-06\r\n",
        "text/tab-separated-values": "?name\t?born\n",
        "application/sparql-results+xml": '<variable name="name"/>',
    }.items():
        other = asker.post("/sparql", data={"query": query}, headers={"accept": accept})
        assert other.headers["content-type"].startswith(accept)
        assert part in other.text


def test_yes_or_no_and_graphs(asker: TestClient) -> None:
    body = {"content": "ASK { ?e a pn:Sentence }", "headers": {"content-type": "application/sparql-query"}}
    assert asker.post("/sparql", **body).json()["boolean"] is True  # type: ignore[arg-type]
    query = {"query": "CONSTRUCT { ?e pn:judge ?j } { ?e pn:judge ?j } LIMIT 5"}
    turtle = asker.get("/sparql", params=query, headers={"accept": "text/turtle"})
    assert len(rdflib.Graph().parse(data=turtle.text, format="turtle")) == 5


@pytest.mark.parametrize(
    "query",
    ["DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "INSERT DATA { <x:a> <x:b> <x:c> }", "nonsense"],
)
def test_what_is_no_question_is_refused(asker: TestClient, query: str) -> None:
    answer = asker.get("/sparql", params={"query": query})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_mistake_is_shown_where_it_is(asker: TestClient) -> None:
    answer = asker.get("/sparql", params={"query": "SELECT ?x WHERE {\n  ?x a pn:Person .\n  ?x pn:name }\n"}).json()
    assert answer["line"] == 3
    assert answer["text"] == "  ?x pn:name }"
    query = "SELECT ?x WHERE { ?x a ! }"
    first = asker.get("/sparql", params={"query": query}).json()
    with pytest.raises(SyntaxError, match=f"{first['line']}:{first['column']}"):
        pyoxigraph.Store().query(query)


def test_what_is_left_out_is_said(asker: TestClient) -> None:
    answer = asker.get("/sparql", params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } }"})
    assert len(answer.json()["results"]["bindings"]) == MAX_ROWS
    assert answer.json()["truncated"] == answer.headers["kg-truncated"] == f"{MAX_ROWS} rows"


def test_a_runaway_query_is_cut_and_nobody_else_notices(asker: TestClient) -> None:
    outcome: list[tuple[int, float]] = []

    def run_away() -> None:
        start = time.monotonic()
        status = asker.get("/sparql", params={"query": RUNAWAY}).status_code
        outcome.append((status, time.monotonic() - start))

    runaway = threading.Thread(target=run_away)
    runaway.start()
    answered = 0
    while runaway.is_alive():
        assert asker.get("/sparql", params={"query": "ASK { ?e a pn:Sentence }"}).status_code == 200
        assert asker.get("/officials").status_code == 200
        answered += 1
    runaway.join()
    ((status, seconds),) = outcome
    assert status == 503
    assert seconds < 20
    assert answered >= 2


def test_a_query_that_is_too_long_is_refused(asker: TestClient) -> None:
    assert asker.post("/sparql", data={"query": "ASK {} #" + "x" * 200_000}).status_code == 413


def test_pages_over_a_remote_endpoint_are_those_of_the_build(asker: TestClient, shipped_build: Path) -> None:
    app: Any = asker.app
    server = app.state.context.settings.sparql
    far = TestClient(create_app(kg.open(server._current.url).graph), headers=HTML, follow_redirects=False)
    for path in ("/", "/officials", "/id/eu-2014-269-2021-10-11/kolpikov", "/conflicts", "/search?q=Халилов", "/coverage"):
        near = asker.get(path, headers=HTML)
        there = far.get(path)
        assert there.status_code == 200
        for part in ("<h1>", '<table class="list">', "<ol"):
            assert there.text.count(part) == near.text.count(part), path
        assert re.findall(r'href="(/id/[^"]+)"', there.text) == re.findall(r'href="(/id/[^"]+)"', near.text), path


@pytest.mark.slow
def test_kg_serve_answers_programs_and_leaves_nothing_running_when_killed(shipped_build: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(shipped_build), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
    ) as server:
        assert server.stderr is not None
        address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
        _wait(address)
        dataset = rdflib.Graph(SPARQLStore(address + "sparql"))
        (row,) = dataset.query("SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/persecution-networks/ontology#Official> }")
        assert int(row[0]) > 100  # type: ignore[index, arg-type]
        children = _descendants(server.pid)
        assert any("oxigraph" in name for name in children.values())
        server.send_signal(signal.SIGKILL)
        server.wait()
        end = time.monotonic() + 20
        while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < end:
            os.sched_yield()
        assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def _wait(address: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address + "api/suggest?q=a", timeout=5) as answer:
                json.load(answer)
                return
        except OSError:
            os.sched_yield()
    pytest.fail("the server did not start")


def _descendants(pid: int) -> dict[int, str]:
    if not Path("/proc").is_dir():
        pytest.skip("there is no /proc here to look for processes in")
    found: dict[int, str] = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found[int(child)] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        found |= _descendants(int(child))
    return found
