"""A reviewer at the desk in a real browser: a merge is rejected, a conflict noted, and nobody without the token comes in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

import kg
from kg.graph.conflict_notes import ConflictNotes
from kg.identity import Verdict, read_decisions
from tests.browser.conftest import Visit, barriers, running, visiting
from tests.conftest import DataFolder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TOKEN = "a-token-that-was-printed"


@pytest.fixture(params=[(1400, 900), (390, 844)], ids=["desktop", "phone"])
def reviewer(request: pytest.FixtureRequest, browser: Browser, folder: DataFolder) -> Iterator[Visit]:
    """Olena, who has come in with the token, at a desk over two sources that tell of one verdict on two days."""
    folder.verdict("a", judge="O. Ivanova", defendant="Petro Koval", day="2021-08-16")
    folder.verdict("b", judge="Ольга Іванова", defendant="Петро Коваль", publisher="other-news", day="2021-08-17")
    folder.same("events", ("b/verdict", "a/verdict"))
    build = folder.path.parent / "build"
    kg.build(folder.path, build)
    with running(build, folder.path, TOKEN) as address, visiting(browser, address, request.param) as visit:
        visit.page.goto(f"/review?token={TOKEN}")
        visit.page.get_by_label("Your name").fill("Olena")
        visit.page.get_by_role("button", name="Come in").click()
        expect(visit.page.locator("h1")).to_have_text("Review desk")
        yield visit


def test_a_merge_is_rejected_and_the_rejection_taken_back(reviewer: Visit, folder: DataFolder) -> None:
    page = reviewer.page
    page.get_by_role("link", name="Person", exact=True).click()
    expect(page.locator("section.side")).to_have_count(2)
    assert barriers(page) == ""
    page.get_by_label("Why (always needed").fill("two judges of one surname")
    page.get_by_role("button", name="Different").click()
    expect(page.locator("main")).to_contain_text("two judges of one surname")
    assert read_decisions(folder.path)[0][-1].verdict is Verdict.different
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("main")).not_to_contain_text("two judges of one surname")
    assert read_decisions(folder.path)[0][-1].verdict is Verdict.taken_back
    assert reviewer.errors == []
    assert reviewer.outside() == []


def test_a_conflict_is_noted_beside_both_values(reviewer: Visit, folder: DataFolder) -> None:
    page = reviewer.page
    page.get_by_role("link", name="1 of 1 without a note").click()
    expect(page.locator(".reading")).to_have_count(2)
    assert barriers(page) == ""
    page.get_by_label("Note").fill("asked both <outlets>")
    page.get_by_role("button", name="Write the note").click()
    expect(page.locator("form.note li")).to_contain_text("asked both <outlets>")
    expect(page.locator(".reading")).to_have_count(2)
    (conflict,) = kg.open(folder.path.parent / "build").conflicts()
    assert [note.by for note in ConflictNotes(folder.path, "").on(conflict)] == ["Olena"]
    assert reviewer.errors == []
