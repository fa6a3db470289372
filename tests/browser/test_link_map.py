"""A journalist opens the link map from a USB stick: searches, clicks, filters, reads the passages; nothing leaves the machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import kg
from tests.browser.conftest import Visit
from tests.conftest import ROOT, DataFolder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "javascript:alert(3)",
    "{{ 7*7 }} ${7*7}",
    "\u202eesrever\u202c O\u2028Brien",
    "x" * 10_000,
]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole shipped corpus as a page."""
    folder = tmp_path_factory.mktemp("shipped")
    kg.build(ROOT / "data", folder / "build")
    kg.write_link_map(kg.open(folder / "build"), folder / "map.html")
    return folder / "map.html"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus whose every text tries to break out of the page."""
    folder = DataFolder(tmp_path_factory.mktemp("hostile") / "data")
    for number, label in enumerate(HOSTILE):
        quoted = "'" + label.replace("'", "''") + "'"
        folder.record(
            f"h{number}.yaml",
            f"""
            source: {{id: h{number}, publisher: example-news, url: "javascript:alert(4)", title: {quoted}, language: en}}
            passages:
            - id: p1
              summary: {quoted}
              quote: {quoted}
              locator: {quoted}
              facts:
              - {{person: judge, name: {quoted}}}
              - {{person: koval, name: "Koval {number}"}}
              - {{case: trial, name: {quoted}, defendants: [koval]}}
              - {{event: verdict, kind: sentence, case: trial, people: {{judge: [judge], defendant: [koval]}}}}
            """,
        )
    kg.build(folder.path, folder.path.parent / "build", strict=True)
    kg.write_link_map(kg.open(folder.path.parent / "build"), folder.path.parent / "map.html")
    return folder.path.parent / "map.html"


def opened(visit: Visit, path: Path) -> Page:
    visit.page.goto(path.as_uri())
    visit.page.wait_for_selector("body[data-drawn]", state="attached", timeout=30_000)
    return visit.page


def search(page: Page, name: str) -> None:
    page.fill("#query", name)
    page.press("#query", "Enter")


def test_the_page_draws_offline_without_an_error_or_an_outside_request(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    assert visit.errors == []
    assert visit.outside() == []
    drawn = page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas");
          const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return pixels.some((value, i) => i % 4 === 3 && value > 0);
        }"""
    )
    assert drawn
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out sideways"


def test_searching_a_name_opens_what_the_sources_say_about_it(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    search(page, "Lenur Khalilov")
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    expect(panel.locator("h2")).to_contain_text("Khalilov")
    expect(panel.locator(".passage").first).to_be_visible()
    expect(panel.locator(".cite a").first).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_a_name_that_is_not_there_is_told(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    search(page, "Nobody Atall")
    expect(page.locator("#status")).to_contain_text("nothing here is called")


def test_clicking_a_link_of_the_panel_shows_the_passages_behind_that_link(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    search(page, "Lenur Khalilov")
    page.locator("#panel .links button").first.click()
    expect(page.locator("#panel h2")).to_contain_text("–")
    assert page.locator("#panel .passage").count() >= 1
    assert page.locator("#panel .badge").first.inner_text() in ("stated", "inferred")


def test_a_click_on_the_drawing_itself_opens_the_panel(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    search(page, "Lenur Khalilov")
    page.locator("#close").click()
    box = page.locator("#map").bounding_box()
    assert box is not None
    # Searching puts the node beside or above the place that the panel covers.
    aside = (0, -120) if box["width"] <= 640 else (-180, 0)
    page.mouse.click(box["x"] + box["width"] / 2 + aside[0], box["y"] + box["height"] / 2 + aside[1])
    expect(page.locator("#panel h2")).to_contain_text("Khalilov")


def test_filters_narrow_the_map_and_reset_brings_everything_back(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    page.click("#toggle-filters")
    page.select_option("#role", "prosecutor")
    expect(page.locator("#status")).to_contain_text(" of ")
    page.click("#toggle-filters")
    page.click("#toggle-table")
    rows = page.locator("#table tbody tr")
    few = rows.count()
    page.click("#toggle-table")
    page.click("#toggle-filters")
    page.click("#reset")
    page.click("#toggle-filters")
    page.click("#toggle-table")
    assert 0 < few < rows.count()


def test_the_time_filter_keeps_what_happened_then(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    page.click("#toggle-filters")
    page.fill("#from", "2019")
    page.fill("#to", "2019")
    page.uncheck("#undated")
    page.locator("#to").blur()
    page.click("#toggle-filters")
    page.click("#toggle-table")
    dates = page.locator("#table tbody tr td:nth-child(4)").all_text_contents()
    assert dates
    for text in dates:
        first, _, last = text.partition(" – ")
        assert first[:4] <= "2019" <= (last or first)[:4]


def test_the_table_tells_the_same_links_as_text(visit: Visit, shipped: Path) -> None:
    page = opened(visit, shipped)
    page.click("#toggle-table")
    told = page.locator("#table tbody tr").count()
    assert told == page.evaluate("JSON.parse(document.getElementById('data').textContent).edges.length")


def test_hostile_texts_stay_texts(visit: Visit, hostile: Path) -> None:
    page = opened(visit, hostile)
    names = [node["name"] for node in page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes")]
    assert set(HOSTILE) <= set(names)
    for number in range(len(HOSTILE)):
        search(page, f"Koval {number}")
        page.locator("#panel .links button").first.click()
    page.click("#toggle-table")
    assert page.locator("#table script, #panel script, #panel img, #table img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert visit.errors == []
    assert visit.outside() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
