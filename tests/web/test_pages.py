"""Every address of the graph answers, for people and for programs."""

from __future__ import annotations

import csv
import io

import pytest
import rdflib
from starlette.testclient import TestClient

from kg.vocabulary import ID, PN
from tests.conftest import DataFolder
from tests.graph.test_modality import ALLEGED
from tests.web.conftest import built

KOLPIKOV = "eu-2014-269-2021-10-11/kolpikov"


def test_a_page_says_what_sources_say_and_opens_the_passages(shipped: TestClient) -> None:
    page = shipped.get(f"/id/{KOLPIKOV}").text
    assert "<h1><bdi>Yevgeny Kolpikov</bdi></h1>" in page
    assert "<details" in page
    assert "Restrictive measures" in page


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.8, text/html;q=0.2", "text/turtle"),
        ("text/html", "text/html"),
        ("*/*", "text/html"),
        ("nonsense", "text/html"),
    ],
)
def test_an_address_answers_in_the_format_that_is_accepted(shipped: TestClient, accept: str, media: str) -> None:
    answer = shipped.get(f"/id/{KOLPIKOV}", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
@pytest.mark.parametrize(("format", "reader"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_downloads_are_read_by_other_programs(shipped: TestClient, format: str, reader: str) -> None:
    graph = rdflib.Graph().parse(data=shipped.get(f"/id/{KOLPIKOV}?format={format}").content, format=reader)
    official = rdflib.URIRef(ID + KOLPIKOV)
    assert (official, rdflib.RDF.type, rdflib.URIRef(PN + "Official")) in graph
    assert list(graph.subjects(rdflib.URIRef(PN + "prosecutor"), official))


def test_the_table_names_the_passage_of_every_stated_fact(shipped: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(shipped.get(f"/id/{KOLPIKOV}?format=csv").text)))
    born = [row for row in rows if row["property"] == PN + "bornOn"]
    assert born
    assert all(row["publisher"] and row["title"] for row in born)


def test_a_superseded_address_leads_to_the_current_one(shipped: TestClient) -> None:
    answer = shipped.get("/id/khpg-1600272707-acquittal-and-sentences/kolpikov?format=ttl")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/id/{KOLPIKOV}?format=ttl"


def test_what_is_not_there_is_told_in_one_shape(shipped: TestClient) -> None:
    page = shipped.get("/id/nobody/nothing")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    problem = shipped.get("/id/nobody/nothing", headers={"accept": "application/json"})
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert set(problem.json()) == {"type", "title", "status", "detail"}


@pytest.mark.parametrize(
    "path", ["/", f"/id/{KOLPIKOV}", "/id/nobody/nothing", "/about?iri=javascript:alert(1)", "/about?iri=http://x/><"]
)
def test_every_answer_forbids_inline_scripts_and_foreign_hosts(shipped: TestClient, path: str) -> None:
    answer = shipped.get(path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert " style=" not in answer.text
    assert "<script>" not in answer.text
    assert " onclick" not in answer.text


def test_the_interface_speaks_the_language_that_is_asked_for(shipped: TestClient) -> None:
    assert 'lang="uk"' in shipped.get("/", headers={"accept-language": "uk-UA,uk;q=0.9,en;q=0.5"}).text
    assert 'lang="en"' in shipped.get("/", headers={"accept-language": "fr"}).text
    chosen = shipped.get("/?lang=uk")
    assert "Посадовці" in chosen.text
    assert "lang=uk" in chosen.headers["set-cookie"]
    shipped.cookies.clear()


NAMES = [
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "“\u202eevil\u202c”",
    "N" * 10_000,
    "{{ 7 * 7 }}",
    "' onmouseover='alert(1)",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_stays_text(folder: DataFolder, name: str) -> None:
    import json

    folder.verdict("a", judge=json.dumps(name), defendant="Petro Koval")
    visitor = built(folder)
    page = visitor.get("/id/a/judge").text
    assert "<script>" not in page
    assert "alert(1)'" not in page
    assert 'href="javascript' not in page
    assert "49" not in page.split("<main")[1].split("<bdi>")[1][:20]
    assert len(page) < 60_000


def test_an_allegation_is_marked_beside_every_name_it_concerns(folder: DataFolder) -> None:
    """Who is said to have acted, and against whom, on the pages of the official and of the person and in the case."""
    folder.record("told.yaml", ALLEGED.replace("modality: alleged,", "modality: alleged, case: trial,") + "  - {case: trial}\n")
    explorer = built(folder)
    for key, section in (("ivanova", "affected"), ("koval", "against"), ("trial", "officials")):
        page = explorer.get(f"/id/told/{key}").text
        part = page.partition(f'aria-labelledby="{section}"')[2].partition("</section>")[0]
        assert '<span class="hedge">' in part, f"{section} on the page of {key}"
    for key in ("ivanova", "koval"):
        lead = explorer.get(f"/id/told/{key}").text.partition('<p class="lead">')[2].partition("</p>")[0]
        assert "Only alleged, charged or denied by some source: 1 event" in lead
