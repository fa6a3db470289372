"""The published site from a disk in Chromium: from a name in Cyrillic to the passage behind a link, without any network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

import kg
from kg.identity.names.spelling import key
from kg.web.site import Options, publish
from tests.browser.conftest import Visit
from tests.conftest import SMALL

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    kg.build(SMALL, folder / "build")
    publish(folder / "build", folder / "site", Options(("en", "uk"), dossiers=True))
    return folder / "site"


def test_from_a_cyrillic_spelling_to_the_passage(visit: Visit, site: Path) -> None:
    page = visit.page
    page.goto((site / "index.html").as_uri())
    page.fill("input[name=q]", "Холт Иван")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-ready]")
    page.get_by_role("link", name="Ivan Holt").click()
    expect(page.locator("h1")).to_have_text("Ivan Holt")
    page.click("details.evidence summary >> nth=0")
    expect(page.locator("details.evidence[open] .passage").first).to_contain_text("after a search led by Ivan Holt")
    page.click("section.ego a[href*='/map/']")
    page.wait_for_selector("canvas")
    page.get_by_role("button", name="Table").click()
    expect(page.locator("main")).to_contain_text("Harbour case")
    assert visit.outside() == []
    assert visit.errors == []


def test_events_are_found_by_whom_they_concern_and_sources_by_their_titles(visit: Visit, site: Path) -> None:
    visit.page.goto((site / "search.html").as_uri())
    visit.page.fill("input[name=q] >> nth=0", "sentence Reed")
    event = visit.page.locator("ol.found li", has=visit.page.locator(".badge.event")).first
    expect(event).to_contain_text("Ana Reed")
    visit.page.fill("input[name=q] >> nth=0", "Teacher and docker jailed")
    expect(visit.page.locator("ol.found li", has=visit.page.locator(".badge.source")).first).to_contain_text("Free Herald, 2020-02")
    assert visit.errors == []


def test_pictures_draw_from_the_disk(visit: Visit, site: Path) -> None:
    for name in ("timeline/courier-verdict-reed", "transfers", "overview"):
        found = sorted(site.glob(f"{name}*.html"))
        assert found, name
        visit.page.goto(found[0].as_uri())
        visit.page.wait_for_selector(".kg-wide canvas, .kg-wide svg, .kg-wide .vis-timeline")
    assert visit.outside() == []
    assert visit.errors == []


def test_the_dossier_opens_from_the_page(visit: Visit, site: Path) -> None:
    visit.page.goto((site / "uk/id/courier-verdict/stone.html").as_uri())
    visit.page.click(".map-slot a:text('Досьє')")
    expect(visit.page.locator("h1")).to_have_text("Official: Vera Stone")
    assert visit.errors == []


def test_the_browser_folds_names_as_the_project_does(visit: Visit, site: Path) -> None:
    """The search of the site must find what `kg find` finds: both fold words by the same tables, checked on names of all kinds."""
    names = [
        "Халилов",
        "Khalilov",
        "Halilov",
        "Єсипенко",
        "Yesypenko",
        "Esipenko",
        "Шчарбакоў",
        "Shcherbakov",
        "Щербаков",
        "Lukaschenka",
    ]
    names += [
        "Çelebiyev",
        "Джемилев",
        "Cemilev",
        "Dzhemilev",
        "Sergej",
        "Tatjana",
        "Ščerbakov",
        "Ağayev",
        "Łukasz",
        "İlyas",
        "Мацвей",
    ]
    visit.page.goto((site / "search.html").as_uri())
    visit.page.wait_for_selector("[data-ready]", state="attached")
    found = visit.page.evaluate("names => names.map(name => globalThis.kgFold(name))", names)
    assert dict(zip(names, found, strict=True)) == {name: key(name) for name in names}
