"""The pages of the pictures read without JavaScript, and what their scripts ask for."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.conftest import DataFolder
from tests.web.conftest import built

PICTURES = ["/map", "/map?about=Kolpikov", "/map?path=Saprunov&path=Kolpikov", "/overview", "/transfers", "/workbench", "/timeline"]


@pytest.mark.parametrize("address", PICTURES)
@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_picture_has_a_page_in_both_languages_without_inline_script_or_style(
    shipped: TestClient, address: str, language: str
) -> None:
    answer = shipped.get(address, params={"lang": language} if "?" not in address else None)
    assert answer.status_code == 200
    assert "<h1" in answer.text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style| style=| on\w+=", answer.text)


def test_the_map_of_an_official_can_be_read_as_a_table(shipped: TestClient) -> None:
    text = shipped.get("/map", params={"about": "Kolpikov", "lang": "en"}).text
    assert "Yevgeny Kolpikov" in text
    assert "<table>" in text
    assert "prosecutor" in text


def test_a_name_that_can_mean_several_things_offers_them(shipped: TestClient) -> None:
    answer = shipped.get("/map", params={"about": "Khalilov"})
    assert answer.status_code == 200
    assert answer.text.count('href="/map?about=') >= 2


def test_a_name_that_nobody_has_is_told(shipped: TestClient) -> None:
    assert "Nobody Atall" in shipped.get("/timeline", params={"about": "Nobody Atall"}).text


def test_the_timeline_as_text_shows_both_dates_of_a_disputed_release(shipped: TestClient) -> None:
    text = shipped.get("/timeline", params={"about": "id:zmina-2025-10-14-khalilov-rearrest/khalilov", "lang": "en"}).text
    release = next(item for item in text.split("<li>") if 'khalilov-rearrest/release"' in item)
    assert "2025-08-21" in release
    assert "2025-09" in release
    assert "sources disagree" in release


def test_what_the_scripts_ask_for_is_answered_or_told_as_a_problem(shipped: TestClient) -> None:
    view = shipped.get("/map/data.json", params={"about": "Kolpikov"}, headers={"accept": "application/json"}).json()
    assert view["view"]["about"] == ["id:eu-2014-269-2021-10-11/kolpikov"]
    assert all(node["page"].startswith("/id/") for node in view["nodes"])
    wrong = shipped.get("/map/data.json", params={"about": "Nobody Atall"}, headers={"accept": "application/json"})
    assert wrong.status_code == 404
    assert "answers to 'Nobody Atall'" in wrong.json()["detail"]
    found = shipped.get("/map/find.json", params={"q": "Колпиков"}, headers={"accept": "application/json"}).json()["found"]
    assert [one["name"] for one in found] == ["Yevgeny Kolpikov"]


def test_the_workbench_fills_in_parameters_by_name_and_declares_every_prefix(shipped: TestClient) -> None:
    data = shipped.get("/workbench/data.json").json()
    assert {"official-case-links", "person-timeline"} <= {query["name"] for query in data["queries"]}
    judge = next(term for term in data["terms"] if term["name"] == "pn:judge")
    assert judge["uses"] > 10
    assert "PREFIX pn:" in judge["example"]
    filled = shipped.get("/workbench/bind.json", params={"query": "official-case-links", "official": "Kolpikov"}).json()["text"]
    assert "eu-2014-269-2021-10-11/kolpikov" in filled
    refused = shipped.get(
        "/workbench/bind.json", params={"query": "official-case-links", "nobody": "x"}, headers={"accept": "application/json"}
    )
    assert refused.status_code == 400
    assert "no parameter 'nobody'" in refused.json()["detail"]
    own = shipped.get("/workbench/bind.json", params={"query": "ASK { ?s ?p ?o }"}, headers={"accept": "application/json"})
    assert own.status_code == 400


def test_hostile_names_stay_text_on_the_pages_of_pictures(folder: DataFolder) -> None:
    hostile = "<script>alert(1)</script>"
    folder.verdict("h1", judge=f"'{hostile}'", defendant="'\"><img src=x onerror=alert(2)>'")
    visitor = built(folder)
    for address in ("/map?about=id:h1/judge", "/timeline?about=id:h1/judge", "/overview"):
        text = visitor.get(address).text
        assert hostile not in text
        assert "<img" not in text
        assert "&lt;script&gt;" in text or address == "/overview"
