"""The review desk: who has the token decides, under their name, and nobody else can make them decide."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

import kg
from kg.extract import extract_article
from kg.extract.review import Review, State
from kg.identity import Verdict, read_decisions
from kg.web import create_app
from kg.web.context import Settings
from tests.conftest import DataFolder
from tests.web.conftest import HTML

TOKEN = "a-token-that-was-printed"
ARTICLE = "Verdict in Rostov\nOn 16 August 2021 the Southern District Military Court sentenced Ivan Petrenko to 13 years.\n"


@pytest.fixture
def desk(folder: DataFolder) -> TestClient:
    """A server with its desk open over two sources that tell of one verdict, and a draft that waits."""
    folder.verdict("a", judge="O. Ivanova", defendant="Petro Koval")
    folder.verdict("b", judge="Ольга Іванова", defendant="Петро Коваль", publisher="other-news")
    build = folder.path.parent / "build"
    kg.build(folder.path, build)
    draft = extract_article(ARTICLE, title="Verdict in Rostov", published="2021-08-18", publisher="example-news", language="en")
    draft.write(folder.path / "records" / "draft.yaml")
    app = create_app(kg.open(build).graph, Settings(build=build, data=folder.path, review_token=TOKEN))
    return TestClient(app, headers=HTML)


def enter(desk: TestClient, reviewer: str = "Olena") -> TestClient:
    assert desk.post("/review/enter", data={"token": TOKEN, "reviewer": reviewer}).status_code == 200
    return desk


def field(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def test_without_the_token_nothing_opens(desk: TestClient) -> None:
    assert desk.post("/review/enter", data={"token": "guessed", "reviewer": "Eve"}).status_code == 403
    assert desk.get("/review?token=guessed").status_code == 403
    for path in ("/review/identity", "/review/conflicts", "/review/drafts/draft.yaml"):
        assert desk.get(path).status_code == 403
        assert desk.post(path, data={"do": "same"}).status_code == 403
    cookie = enter(desk).cookies.jar
    assert all(entry.has_nonstandard_attr("HttpOnly") and entry.path == "/review" for entry in cookie if entry.name == "review")


def test_a_server_without_desk_has_none(shipped: TestClient) -> None:
    assert shipped.get("/review").status_code == 404
    assert "/review" not in shipped.get("/").text


def test_a_pair_is_decided_with_reason_and_name(desk: TestClient, folder: DataFolder) -> None:
    page = enter(desk).get("/review/identity?kind=person").text
    assert "Ольга Іванова" in page or "Петро Коваль" in page
    form = {"secret": field(page, "secret"), "pair": field(page, "pair"), "kind": "person"}
    without = desk.post("/review/identity", data=form | {"do": "same", "reason": ""})
    assert without.status_code == 409
    assert "says why" in without.text
    assert read_decisions(folder.path)[0] == []
    assert desk.post("/review/identity", data=form | {"do": "same", "reason": "one verdict, one name"}).status_code == 200
    (decision,), _ = read_decisions(folder.path)
    assert (decision.author, decision.verdict, decision.comment) == ("Olena", Verdict.same, "one verdict, one name")
    assert "Olena" in (folder.path / "identity" / "journal.ndjson").read_text(encoding="utf-8")
    page = desk.get("/review/identity?kind=person").text
    undo = {"secret": field(page, "secret"), "kind": "person", "do": "undo", "reason": "another patronymic"}
    assert desk.post("/review/identity", data=undo).status_code == 200
    assert read_decisions(folder.path)[0][-1].verdict is Verdict.taken_back


def test_enter_in_a_field_decides_nothing(desk: TestClient, folder: DataFolder) -> None:
    page = enter(desk).get("/review/identity").text
    first = re.search(r'<button[^>]*name="do" value="([^"]*)"', page)
    assert first is not None
    form = {"secret": field(page, "secret"), "pair": field(page, "pair"), "do": first[1], "reason": "typed"}
    assert desk.post("/review/identity", data=form).status_code == 200
    assert read_decisions(folder.path)[0] == []


def test_other_sites_cannot_decide(desk: TestClient, folder: DataFolder) -> None:
    page = enter(desk).get("/review/identity").text
    form = {"pair": field(page, "pair"), "do": "same", "reason": "forged"}
    assert desk.post("/review/identity", data=form).status_code == 403
    assert desk.post("/review/identity", data=form | {"secret": "guessed"}).status_code == 403
    crossing = {"sec-fetch-site": "cross-site"}
    assert desk.post("/review/identity", data=form | {"secret": field(page, "secret")}, headers=crossing).status_code == 403
    assert read_decisions(folder.path)[0] == []


def test_a_draft_is_reviewed_to_a_record(desk: TestClient, folder: DataFolder) -> None:
    path = folder.path / "records" / "draft.yaml"
    assert "Verdict in Rostov" in enter(desk).get("/review").text
    address = "/review/drafts/draft.yaml"
    facts = Review.open(path, "looks").facts
    page = desk.get(address).text
    secret = {"secret": field(page, "secret")}
    for fact in facts:
        assert desk.post(address, data=secret | {"fact": fact.id, "do": "accept", "version": "0"}).status_code == 200
    broken = desk.post(address, data=secret | {"fact": facts[0].id, "do": "edit", "value": "[", "version": "1"})
    assert broken.status_code == 409
    assert {(fact.state, fact.by) for fact in Review.open(path, "looks").facts} == {(State.accepted, "Olena")}
    assert desk.post(address, data=secret | {"do": "finish"}).status_code == 200
    assert "draft: true" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["../publishers.yaml", "..%2Fpublishers.yaml", "/etc/passwd", "a.yaml.txt", "nothing.yaml"])
def test_the_desk_opens_drafts_and_nothing_else(desk: TestClient, path: str) -> None:
    assert enter(desk).get(f"/review/drafts/{path}").status_code == 404


def test_a_conflict_is_noted_and_the_note_taken_back(folder: DataFolder) -> None:
    folder.verdict("a", day="2021-08-16")
    folder.verdict("b", day="2021-08-17", publisher="other-news")
    folder.same("events", ("b/verdict", "a/verdict"))
    build = folder.path.parent / "build"
    kg.build(folder.path, build)
    settings = Settings(build=build, data=folder.path, review_token=TOKEN)
    desk = enter(TestClient(create_app(kg.open(build).graph, settings), headers=HTML))
    assert "1 of 1 without a note" in desk.get("/review").text
    page = desk.get("/review/conflicts").text
    form = {"secret": field(page, "secret"), "conflict": field(page, "conflict")}
    assert desk.post("/review/conflicts", data=form | {"do": "note", "text": " "}).status_code == 409
    answer = desk.post("/review/conflicts", data=form | {"do": "note", "text": "asked <b>both</b>; undecided"})
    noted = answer.text
    assert answer.url.fragment == "note-1", "back to where the note stands"
    assert 'id="note-1"' in noted
    assert "asked &lt;b&gt;both&lt;/b&gt;; undecided" in noted
    assert "Olena" in noted
    assert "0 of 1 without a note" in noted
    assert "asked" not in desk.get("/conflicts").text, "notes are for editors"
    undo = re.search(r'name="do" value="(undo \d+)"', noted)
    assert undo is not None
    assert "asked" not in desk.post("/review/conflicts", data=form | {"do": undo[1], "text": "a mistake"}).text
    assert "a mistake" in (folder.path / "notes" / "conflicts.ndjson").read_text(encoding="utf-8")
    assert desk.post("/review/conflicts", data=form | {"do": "note", "secret": "guessed", "text": "x"}).status_code == 403


def test_pages_of_the_desk_are_never_kept(desk: TestClient) -> None:
    assert enter(desk).get("/review").headers["cache-control"] == "no-store"
