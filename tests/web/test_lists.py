"""Lists and explanations: what is selected stands in the address, and everything can be taken away."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

import kg
from kg.vocabulary import ID, PN, expand
from kg.web import create_app
from kg.web.context import Settings
from tests.conftest import DataFolder
from tests.web.conftest import HTML

OFFICIALS = "/api/officials"


def names(visitor: TestClient, query: str) -> list[str]:
    return [row["name"] for row in visitor.get(f"{OFFICIALS}?{query}").json()["officials"]]


def test_one_selection_narrows_the_list_and_is_handed_on_to_every_view(shipped: TestClient) -> None:
    everybody, judges = names(shipped, ""), names(shipped, "function=pn:judge")
    assert "Yevgeny Kolpikov" in everybody
    assert "Yevgeny Kolpikov" not in judges
    assert set(judges) < set(everybody)
    page = shipped.get("/officials?function=pn:judge&listed=none&sort=cases").text
    assert 'value="pn:judge" checked' in page
    assert page.count("function=pn%3Ajudge&amp;listed=none") >= 3


def chosen(list_: str, query: str) -> str:
    return "chosen=" + quote(f"{list_}?{query}", safe="")


def test_table_map_timeline_and_transfers_show_the_same_selection(shipped: TestClient) -> None:
    court = f"body={ID}112international-2021-08-16-alushta-sentence/sdmc"
    people = {row["iri"] for row in shipped.get(f"/api/people?{court}").json()["people"]}
    assert len(people) > 20
    asked = chosen("people", court)
    drawn = {node["id"] for node in shipped.get(f"/map/data.json?{asked}").json()["nodes"]}
    assert people <= drawn
    assert drawn - people, "and the cases that join them"
    events = {row["iri"]: row for row in shipped.get("/api/events").json()["events"]}
    timeline = shipped.get(f"/timeline/data.json?{asked}").json()
    assert "Southern District Military Court" in timeline["title"]
    assert 0 < len(timeline["events"]) < len(events)
    assert {expand(event["id"]) for event in timeline["events"]} <= events.keys()
    moved = {expand(move["person"]) for move in shipped.get(f"/transfers/data.json?{asked}").json()["moves"]}
    assert moved < people
    for path in ("map", "timeline", "transfers"):
        page = shipped.get(f"/{path}?{asked}").text
        assert "Southern District Military Court" in page
        assert 'href="/people?body=id%3A112international' in page, "and the way back to change the selection"


@pytest.mark.parametrize("name", ["people", "cases", "events"])
def test_the_counts_beside_a_facet_of_any_list_are_what_one_gets(shipped: TestClient, name: str) -> None:
    page = shipped.get(f"/{name}").text
    offered = re.findall(r'name="(\w+)" value="([^"]+)"[^>]*> <bdi>[^<]*</bdi> <span class="muted">(\d+)</span>', page)
    assert len({key for key, _, _ in offered}) >= 5, "several facets"
    for key, value, count in offered[:40:4]:
        assert len(shipped.get(f"/api/{name}", params={key: value}).json()[name]) == int(count), (key, value)


@pytest.mark.parametrize("name", ["people", "cases", "events"])
def test_lists_are_sorted_paged_and_taken_away(shipped: TestClient, name: str) -> None:
    rows = shipped.get(f"/api/{name}?sort=publishers").json()[name]
    assert [row["publishers"] for row in rows] == sorted((row["publishers"] for row in rows), reverse=True)
    first, second = (shipped.get(f"/{name}?page={number}").text for number in (1, 2))
    assert first.count('<th scope="row">') == 100
    assert 0 < second.count('<th scope="row">') <= 100
    assert first != second
    table = list(csv.DictReader(io.StringIO(shipped.get(f"/{name}?format=csv").text)))
    assert len(table) == len(rows)


def test_a_selection_that_makes_no_sense_is_told(shipped: TestClient) -> None:
    wrong = shipped.get("/map?" + chosen("judges", ""), headers=HTML)
    assert wrong.status_code == 400
    assert "officials, people, cases, events" in wrong.text
    empty = shipped.get("/timeline?" + chosen("people", "period=1901"), headers=HTML)
    assert empty.status_code == 404
    assert "give up one of the filters" in empty.text


def test_an_event_is_dated_as_precisely_as_its_source_dates_it(shipped: TestClient) -> None:
    page = shipped.get("/events?happened=pn:Rearrest").text
    assert '<td class="date">2025-10</td>' in page
    assert '<td class="date">2025-11-07</td>' in page


def test_sanctioned_and_not_sanctioned_part_the_list(shipped: TestClient) -> None:
    council = f"listed={ID}eu-2014-269-2014-03-17/council"
    listed, not_listed, both = names(shipped, council), names(shipped, "listed=none"), names(shipped, f"{council}&listed=none")
    assert listed
    assert not_listed
    assert not set(listed) & set(not_listed)
    assert set(both) == set(listed) | set(not_listed)


def test_the_counts_beside_a_facet_are_what_one_gets(shipped: TestClient) -> None:
    page = shipped.get("/officials").text
    offered = re.findall(r'name="function" value="([^"]+)"[^>]*> <bdi>[^<]*</bdi> <span class="muted">(\d+)</span>', page)
    assert len(offered) >= 3
    for value, count in offered:
        assert len(names(shipped, f"function={value}")) == int(count)


@pytest.mark.parametrize("sort", ["people", "cases", "publishers", "passages"])
def test_sorting(shipped: TestClient, sort: str) -> None:
    numbers = [row[sort] for row in shipped.get(f"{OFFICIALS}?sort={sort}").json()["officials"]]
    assert numbers == sorted(numbers, reverse=True)


def test_a_selection_is_taken_away_as_a_table_without_formulas(folder: DataFolder) -> None:
    import json

    folder.verdict("a", judge=json.dumps("=cmd|' /C calc'!A0"))
    kg.build(folder.path, folder.path.parent / "build")
    visitor = TestClient(create_app(kg.open(folder.path.parent / "build").graph), headers=HTML)
    (row,) = csv.DictReader(io.StringIO(visitor.get("/officials?format=csv").text))
    assert row["name"].startswith("'=")
    assert row["iri"] == f"{ID}a/judge"


def test_an_inferred_link_is_explained_down_to_the_passages(shipped: TestClient) -> None:
    page = shipped.get("/id/eu-2014-269-2021-10-11/kolpikov").text
    links = re.findall(r'href="(/explain\?[^"]+)"', page)
    assert len(links) >= 12
    explained = shipped.get(links[0].replace("&amp;", "&"))
    assert "because" in explained.text
    assert 'class="passage"' in explained.text
    fact = {"subject": "Yevgeny Kolpikov", "predicate": "acted against", "object": "Marlen Asanov"}
    (proof,) = shipped.get("/explain", params=fact, headers={"accept": "application/json"}).json()["proofs"]
    assert proof["premises"]
    missing = shipped.get("/explain", params=fact | {"object": "Nobody At All"}, headers={"accept": "application/json"})
    assert missing.status_code == 404


def test_the_two_release_dates_stand_side_by_side(shipped: TestClient) -> None:
    for path in ("/conflicts", "/id/zmina-2025-10-14-khalilov-rearrest/khalilov"):
        page = shipped.get(path).text
        box = next(part for part in page.split('class="conflict-box"') if "2025-08-21" in part)
        assert "2025-09" in box
        assert "ZMINA" in box


def test_every_question_of_the_library_is_answered_as_a_page(shipped: TestClient) -> None:
    links = re.findall(r'href="(/queries/[^"]+)"', shipped.get("/queries").text)
    assert len(links) > 25
    for link in links:
        assert shipped.get(f"{link}?run=1").status_code == 200, link


def test_a_question_takes_a_name_and_says_what_is_wrong_with_it(shipped: TestClient) -> None:
    page = shipped.get("/queries/person-timeline", params={"person": "Bohdan Ziza", "run": "1"})
    assert "Bohdan Ziza" in page.text
    assert 'href="/id/' in page.text
    wrong = shipped.get("/queries/person-timeline", params={"person": "Lenur Khalilov", "run": "1"})
    assert wrong.status_code == 404
    assert "can mean 2 things" in wrong.text


def test_what_sources_disagree_about_is_told_in_the_language_of_the_page(shipped: TestClient) -> None:
    assert "<bdi>date</bdi>" in shipped.get("/conflicts").text
    ukrainian = shipped.get("/conflicts?lang=uk").text
    assert "<bdi>дата</bdi>" in ukrainian
    assert '<p class="value"><bdi>Крим</bdi>' in ukrainian


def test_posts_are_told_in_the_language_of_the_page(shipped: TestClient) -> None:
    assert "<bdi>judge</bdi>" in shipped.get("/officials").text
    ukrainian = shipped.get("/officials?lang=uk").text
    assert "<bdi>суддя</bdi>" in ukrainian
    assert "<bdi>judge</bdi>" not in ukrainian


def test_cases_without_a_source_for_a_stage(shipped: TestClient) -> None:
    everything = shipped.get("/coverage").text
    release = re.search(r'<option value="([^"]+/release)"', everything)
    assert release
    gaps = shipped.get("/coverage", params={"missing": release[1]}).text
    assert 0 < gaps.count('<th scope="row">') < everything.count('<th scope="row">')
    assert "a second independent publisher" in everything, "and what to look for next"
    ukrainian = shipped.get("/coverage?lang=uk").text
    assert "звільнення" in ukrainian
    assert re.search(r"<li>вирок: другий незалежний видавець\. Вирок на сторінці суду", ukrainian)
    assert "independent publisher" not in ukrainian
    assert "&lt;" not in ukrainian


def test_a_new_build_is_shown_without_a_restart(folder: DataFolder) -> None:
    build = folder.path.parent / "build"
    folder.verdict("a")
    kg.build(folder.path, build)
    visitor = TestClient(create_app(kg.open(build).graph, Settings(build=build)), headers=HTML)
    assert visitor.get("/id/b/judge").status_code == 404
    before = visitor.get("/officials")
    assert visitor.get("/officials", headers={"if-none-match": before.headers["etag"]}).status_code == 304
    folder.verdict("b", judge="Ö. Çelik")
    kg.build(folder.path, build)
    limit = time.monotonic() + 10
    while visitor.get("/id/b/judge").status_code == 404:
        assert time.monotonic() < limit
    assert "Ö. Çelik" in visitor.get("/officials").text
    assert "added" in visitor.get("/new").text


def test_lawyers_and_relatives_are_clearly_something_else(shipped: TestClient) -> None:
    page = shipped.get("/id/zmina-2025-10-14-khalilov-rearrest/kurbedinov").text
    assert 'class="badge lawyer"' in page
    assert 'class="badge official"' not in page
    assert "no part in the persecution" in page


def test_every_kind_of_thing_has_a_page(shipped: TestClient, shipped_build: Path) -> None:
    """Every class with members: one page of each, in both languages."""
    rows = kg.open(shipped_build).query("SELECT ?class (SAMPLE(?x) AS ?one) { ?x a ?class } GROUP BY ?class")
    pages = [str(row["one"]) for row in rows if str(row["one"]).startswith(ID) and str(row["class"]).startswith(PN)]
    assert len(pages) > 40
    for number, iri in enumerate(pages):
        answer = shipped.get(f"/id/{iri.removeprefix(ID)}?lang={('en', 'uk')[number % 2]}")
        assert answer.status_code == 200, iri
    shipped.cookies.clear()


def test_a_selection_is_sent_as_a_workbook_with_its_citations(shipped: TestClient) -> None:
    answer = shipped.get("/officials.xlsx?function=pn:investigator")
    book = load_workbook(io.BytesIO(answer.content))
    sent = {str(row[0].value) for row in list(book["officials"].rows)[1:]}
    assert sent == set(names(shipped, "function=pn:investigator"))
    assert book["citations"].max_row > len(sent)


def test_a_page_offers_its_dossier(shipped: TestClient) -> None:
    page = shipped.get("/id/eu-2014-269-2021-10-11/kolpikov").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/dossier[^"]+)"', page)]
    assert any("sanctions-submission" in link for link in links)
    opening = {"pdf": b"%PDF", "docx": b"PK", "html": b"<!"}
    for format, start in opening.items():
        answer = shipped.get(next(link for link in links if f"format={format}" in link))
        assert answer.content.lower().startswith(start.lower())
        assert "attachment" in answer.headers["content-disposition"]
    assert shipped.get("/dossier?about=Nobody+At+All").status_code == 404
    assert shipped.get("/dossier?about=id:place/crimea").status_code == 400
