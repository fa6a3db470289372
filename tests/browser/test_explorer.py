"""Journeys through the explorer in Chromium, against a real `kg serve`."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

import kg
from tests.browser.conftest import Visit, visiting
from tests.conftest import ROOT, DataFolder

pytestmark = pytest.mark.browser
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>" + "\u202egnp.exe\u2066" + "Ж" * 10_000

PAGES = [
    *("", "officials", "search?q=script", "coverage", "queries/officials-by-people", "conflicts"),
    *(f"id/{name}" for name in ("a/judge", "a/defendant", "a/verdict", "a/trial", "a/court", "source/a", "source/a/p1")),
]


@contextmanager
def serving(build: Path, *options: str) -> Iterator[str]:
    """The address of `kg serve` over a build, on a free port."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(build), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
            end = time.monotonic() + 30
            while not _answers(address) and time.monotonic() < end:
                pass
            yield address
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address + "about-this-site", timeout=5).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over the shipped corpus."""
    build = tmp_path_factory.mktemp("explorer") / "build"
    kg.build(ROOT / "data", build)
    with serving(build) as address:
        yield address


@pytest.fixture(params=[(1400, 900, True), (390, 844, True), (1400, 900, False)], ids=["desktop", "phone", "no script"])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visit]:
    """A reader at desktop and phone width, and one whose browser runs no scripts."""
    width, height, scripts = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts, reduced_motion="reduce")
    yield Visit(context.new_page())
    context.close()


def fits(visit: Visit) -> bool:
    """Whether nothing sticks out at the side."""
    wide = visit.page.locator("html").bounding_box()
    main = visit.page.locator("main").bounding_box()
    viewport = visit.page.viewport_size
    assert wide is not None
    assert main is not None
    assert viewport is not None
    return main["width"] <= viewport["width"] and wide["width"] <= viewport["width"]


def test_an_official_is_found_by_a_cyrillic_spelling_and_a_passage_is_read(explorer: str, reader: Visit) -> None:
    page = reader.page
    page.goto(explorer)
    page.locator("header input[name=q]").fill("Колпиков")
    page.locator("header input[name=q]").press("Enter")
    page.locator("main").get_by_role("link", name="Yevgeny Kolpikov").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yevgeny Kolpikov")
    expect(page.locator(".badge").first).to_have_text("official", ignore_case=True)
    evidence = page.locator("section[aria-labelledby=acts] details.evidence").first
    expect(evidence.locator(".passage").first).to_be_hidden()
    evidence.locator("summary").click()
    expect(evidence.locator(".passage").first).to_be_visible()
    page.locator("a.derived").first.click()
    expect(page.locator(".sentence").first).to_contain_text("acted against")
    expect(page.locator(".passage").first).to_be_attached()
    assert fits(reader)
    assert reader.errors == []


def test_from_a_cyrillic_spelling_over_the_link_map_to_the_dossier(explorer: str, browser: Browser) -> None:
    """Finds an official, clicks a link of the map, reads the passage behind it, and takes the dossier away as PDF."""
    with visiting(browser, explorer.rstrip("/")) as visit:
        page = visit.page
        page.goto("/")
        page.locator("header input[name=q]").fill("Колпиков")
        page.locator("header input[name=q]").press("Enter")
        page.locator("main").get_by_role("link", name="Yevgeny Kolpikov").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Yevgeny Kolpikov")
        page.locator("#ego").scroll_into_view_if_needed()
        page.wait_for_selector("body[data-drawn]", state="attached", timeout=30_000)
        page.locator("#panel .links button").first.click()
        expect(page.locator("#panel h2").first).to_contain_text("–")
        expect(page.locator("#panel .passage").first).to_be_visible()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="PDF").first.click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(b"%PDF")
        said = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)
        assert "Yevgeny Kolpikov" in said
        assert visit.errors == []


def test_the_conflict_about_the_release_date_is_read(explorer: str, reader: Visit) -> None:
    page = reader.page
    page.goto(explorer)
    page.get_by_role("link", name="Conflicts").click()
    box = page.locator(".conflict-box", has_text="2025-08-21")
    expect(box).to_contain_text("ZMINA")
    values = [text.split("\n")[0] for text in box.locator(".value").all_inner_texts()]
    assert any("2025-08-21" in value for value in values)
    assert any("2025-09" in value for value in values)
    box.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Sources disagree")).to_be_visible()
    assert fits(reader)
    assert reader.errors == []


def test_one_selection_by_clicking_filters(explorer: str, reader: Visit) -> None:
    page = reader.page
    page.goto(explorer + "officials")
    before = page.locator("table.list tbody tr").count()
    page.locator("summary", has_text="Function in the event").click()
    page.locator("input[name=function][value='pn:investigator']").check()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**function=pn%3Ainvestigator**", wait_until="load")
    assert 0 < page.locator("table.list tbody tr").count() < before
    assert fits(reader)
    assert reader.errors == []


def test_nothing_is_asked_of_anybody_else(explorer: str, reader: Visit) -> None:
    for path in ("", "officials", "conflicts", "coverage", "queries", "id/eu-2014-269-2021-10-11/kolpikov", "id/place/crimea"):
        reader.page.goto(explorer + path)
    assert [url for url in reader.requests if not url.startswith((explorer, "data:", "blob:"))] == []
    assert reader.errors == []


def test_hostile_names_stay_text_on_every_page(folder: DataFolder, reader: Visit, tmp_path: Path) -> None:
    folder.verdict("a", judge=json.dumps(HOSTILE), defendant='"javascript:alert(2)"')
    kg.build(folder.path, tmp_path / "build")
    page = reader.page
    with serving(tmp_path / "build") as address:
        for path in PAGES:
            answer = page.goto(address + path)
            assert answer is not None
            assert answer.status == 200, path
            assert page.locator("main script, main img[src=x]").count() == 0, path
            assert page.locator('a[href^="javascript:"]').count() == 0, path
            assert fits(reader), path
    assert reader.errors == []


def test_the_keyboard_reaches_the_content_and_the_evidence(explorer: str, reader: Visit) -> None:
    page = reader.page
    page.goto(explorer + "id/eu-2014-269-2021-10-11/kolpikov")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    summary = page.locator("details.evidence summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.evidence .passage").first).to_be_visible()


DIRECTIONS = """(name) => [...document.querySelectorAll('*')]
  .filter((e) => e.children.length === 0 && e.textContent === name && e.checkVisibility())
  .map((e) => getComputedStyle(e.closest('bdi, [dir=auto]') ?? e).unicodeBidi)"""


def test_names_written_from_right_to_left_do_not_turn_their_neighbours_round(
    folder: DataFolder, browser: Browser, tmp_path: Path
) -> None:
    """An Arabic and a Hebrew name on list, page and map: each keeps its own direction, and its neighbours their places."""
    judge, defendant = "محمد علي (2)", "דוד כהן (3)"
    folder.verdict("a", judge=json.dumps(judge), defendant=json.dumps(defendant))
    kg.build(folder.path, tmp_path / "build")
    with serving(tmp_path / "build") as address, visiting(browser, address.rstrip("/")) as visit:
        page = visit.page
        for path, names in (("officials", [judge]), ("id/a/judge", [judge, defendant]), ("map?about=id:a/judge", [judge])):
            page.goto(f"/{path}")
            if path.startswith("map"):
                page.wait_for_selector("body[data-drawn]", state="attached", timeout=30_000)
            for name in names:
                styles = page.evaluate(DIRECTIONS, name)
                assert styles, (path, name)
                assert set(styles) <= {"isolate", "plaintext", "isolate-override"}, (path, name, styles)
        assert visit.errors == []


def test_a_citation_is_copied_as_it_stands(browser: Browser, explorer: str) -> None:
    with visiting(browser, explorer) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(explorer + "id/eu-2014-269-2021-10-11/kolpikov")
        page.get_by_role("button", name="Copy citation").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("[data-copy]").first.text_content()
        assert "Yevgeny Kolpikov" in copied


def test_on_paper_stands_what_is_said_and_nothing_to_click(reader: Visit, explorer: str) -> None:
    page = reader.page
    page.goto(explorer + "id/eu-2014-269-2021-10-11/kolpikov")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".happenings > li").first).to_be_visible()
    expect(page.locator("body > header nav").first).to_be_hidden()
    expect(page.locator("input[name=q]").first).to_be_hidden()
