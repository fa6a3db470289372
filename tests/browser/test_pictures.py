"""The other pictures in a real browser: the overview of communities, timelines with their doubts, transfers, and accessibility."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, barriers, visiting
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
KHALILOV = "/timeline?about=id:zmina-2025-10-14-khalilov-rearrest/khalilov"
PAGES = {
    "/map?about=id:eu-2014-269-2021-10-11/kolpikov": "data-drawn",
    "/map?path=id:eu-2014-269-2023-06-23/saprunov&path=id:eu-2014-269-2021-10-11/kolpikov": "data-drawn",
    "/overview": "data-overview-drawn",
    KHALILOV: "data-timeline-drawn",
    "/transfers": "data-places-drawn",
    "/workbench": "data-workbench-drawn",
    "/map": "",
    "/": "",
    "/id/eu-2014-269-2021-10-11/kolpikov": "",
    "/id/zmina-2025-10-14-khalilov-rearrest/khalilov": "",
    "/id/zmina-2025-10-14-khalilov-rearrest/release": "",
    "/id/source/zmina-2025-10-14-khalilov-rearrest": "",
    "/conflicts": "",
    "/coverage": "",
    "/search?q=Khalilov": "",
    "/people": "",
    "/cases": "",
    "/events": "",
    "/officials": "",
    "/map?chosen=people%3Fhappened%3Dpn%3ARearrest": "data-drawn",
    "/timeline?chosen=people%3Fhappened%3Dpn%3ARearrest": "data-timeline-drawn",
}


def opened(visit: Visit, address: str) -> Page:
    visit.page.goto(address)
    if PAGES[address]:
        visit.page.wait_for_selector(f"body[{PAGES[address]}]", state="attached", timeout=30_000)
    return visit.page


def test_the_overview_begins_with_communities_and_drills_down_to_names(reader: Visit) -> None:
    page = opened(reader, "/overview")
    side = page.locator(".kg-overview .side")
    expect(side.locator("ol > li").first).to_contain_text("members")
    assert page.locator(".kg-overview canvas").count() > 0, "WebGL draws"
    side.locator("ol button").first.click()
    expect(side.locator("a").first).to_be_visible()
    expect(side).to_contain_text("Names in this community")
    side.locator("button").first.click()
    expect(side.locator("h2")).to_have_text("Communities")
    assert reader.errors == []
    assert reader.outside() == []


def test_a_name_of_the_overview_leads_to_its_link_map(reader: Visit) -> None:
    page = opened(reader, "/overview")
    page.locator(".kg-overview .side ol button").first.click()
    link = page.locator(".kg-overview .side a").first
    name = link.inner_text()
    link.click()
    expect(page.locator("#map-title")).to_have_text(name)


def test_a_timeline_shows_both_dates_of_a_release_and_the_passages_that_give_them(reader: Visit) -> None:
    page = opened(reader, KHALILOV)
    row = page.locator(".happening", has_text="sources disagree").first
    expect(row).to_contain_text("release")
    texts = page.locator(".vis-item.disputed").all_inner_texts()
    assert len(texts) >= 2, "every date of a disputed event has a mark of its own"
    row.click()
    detail = page.locator(".kg-detail")
    expect(detail).to_contain_text("2025-08-21")
    expect(detail).to_contain_text("2025-09")
    assert detail.locator(".passage").count() >= 2


def test_a_month_is_a_bar_and_a_day_a_point(reader: Visit) -> None:
    page = opened(reader, KHALILOV)
    assert page.locator(".vis-item.vis-range", has_text=re.compile(r"^\s*2025-08\s*$")).count() >= 1
    assert page.locator(".vis-item.vis-point", has_text="2019-06-10").count() == 1


def test_transfers_are_drawn_from_where_to_where_and_told_with_their_passages(reader: Visit) -> None:
    page = opened(reader, "/transfers")
    assert page.locator("path.move").count() >= 1
    button = page.locator(".moves button", has_text="km from home").first
    button.click()
    expect(page.locator(".kg-detail .passage").first).to_be_visible()


def test_crimea_is_drawn_and_named_as_ukraine_and_the_base_map_knows_no_border(reader: Visit) -> None:
    page = opened(reader, "/transfers")
    expect(page.locator("text.region", has_text="Crimea")).to_have_text("Crimea, Ukraine")
    listed = page.locator(".moves button").all_inner_texts()
    assert any("Simferopol, Crimea, Ukraine" in text for text in listed)
    assert page.locator("svg path.land").count() == 1, "land is one shape: nothing divides it"
    script = (ROOT / "src" / "kg" / "web" / "static" / "transfers.js").read_text(encoding="utf-8")
    assert "countries" not in script


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", list(PAGES))
def test_nobody_is_shut_out(browser: Browser, served: str, address: str, scheme: str) -> None:
    with visiting(browser, served) as visit:
        visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        assert barriers(opened(visit, address)) == ""


def test_the_interface_speaks_ukrainian(browser: Browser, served: str) -> None:
    with visiting(browser, served) as visit:
        visit.page.goto("/map?about=id:eu-2014-269-2021-10-11/kolpikov&lang=uk")
        visit.page.wait_for_selector("body[data-drawn]", state="attached")
        expect(visit.page.locator("#toggle-filters")).to_have_text("Фільтри")
        expect(visit.page.locator("#panel .sub").first).to_contain_text("прокурор")
        expect(visit.page.locator("#panel h3").first).to_have_text("3 зв’язки")


def test_typing_a_cyrillic_name_into_the_search_leads_to_the_page(browser: Browser, served: str) -> None:
    with visiting(browser, served) as visit:
        page = visit.page
        page.goto("/map")
        page.locator("#q").press_sequentially("Колпиков", delay=10)
        option = page.locator("#q-list [role=option]").first
        expect(option).to_contain_text("Kolpikov")
        page.keyboard.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/**/kolpikov")
        expect(page.locator("h1")).to_contain_text("Kolpikov")


def test_the_page_of_an_official_draws_the_map_around_them_when_it_comes_into_view(browser: Browser, served: str) -> None:
    with visiting(browser, served) as visit:
        page = visit.page
        page.goto("/id/eu-2014-269-2021-10-11/kolpikov")
        assert not any("link_map.js" in url for url in visit.requests), "nothing is loaded before it is needed"
        page.locator("#ego").scroll_into_view_if_needed()
        page.wait_for_selector("body[data-drawn]", state="attached", timeout=30_000)
        assert visit.errors == []
        address = page.url
        page.fill("#query", "Southern District Military Court")
        page.press("#query", "Enter")
        page.click("#expand")
        expect(page.locator("#undo")).to_be_enabled()
        assert page.url == address, "the page stays the page of the official"
        page.click("#undo")
        expect(page.locator("#undo")).to_be_disabled()
