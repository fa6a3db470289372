"""An advocate at the live link map: opens, expands, undoes, filters, finds the path between two officials, takes it away."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import kg
from tests.browser.conftest import Visit, running, visiting
from tests.browser.test_link_map import HOSTILE
from tests.conftest import DataFolder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
KOLPIKOV = "/map?about=id:eu-2014-269-2021-10-11/kolpikov"
COURT = "Southern District Military Court"


def opened(visit: Visit, address: str) -> Page:
    visit.page.goto(address)
    visit.page.wait_for_selector("body[data-drawn]", state="attached", timeout=30_000)
    return visit.page


def find(page: Page, name: str) -> None:
    page.fill("#query", name)
    page.press("#query", "Enter")
    expect(page.locator("#panel h2").first).to_contain_text(name)


def shown(page: Page) -> int:
    """How many links the table tells, without opening it."""
    return page.locator("#table tbody tr").count()


def test_a_live_map_draws_without_an_error_or_an_outside_request(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    expect(page.locator("#map-title")).to_have_text("Yevgeny Kolpikov")
    assert reader.errors == []
    assert reader.outside() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out sideways"


def test_expanding_brings_the_hidden_neighbours_and_undo_takes_them_back(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    before = shown(page)
    find(page, COURT)
    expect(page.locator(".hidden-around")).to_contain_text("case")
    page.click("#expand")
    expect(page.locator("#undo")).to_be_enabled()
    page.wait_for_url("**expanded=**")
    assert shown(page) > before
    page.click("#undo")
    page.wait_for_url(lambda url: "expanded=" not in url)
    expect(page.locator("#table tbody tr")).to_have_count(before)
    expect(page.locator("#undo")).to_be_disabled()


def test_collapsing_hides_what_hangs_on_a_node_alone(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    before = shown(page)
    find(page, "Case of Enver Ametov and 4 others")
    page.click("#collapse")
    page.wait_for_url(lambda url: "collapsed=" in url)
    assert shown(page) < before


def test_the_path_between_two_officials_shows_the_evidence_of_every_step(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    page.click("#connect")
    page.locator("#path-end").press_sequentially("Сапрунов", delay=10)
    expect(page.locator("#path-end-names option").first).to_have_attribute("value", re.compile("SAPRUNOV"), timeout=10_000)
    page.fill("#path-end", page.locator("#path-end-names option").first.get_attribute("value") or "")
    page.click("#find-path")
    expect(page.locator("#panel h2").first).to_contain_text("shortest way")
    first = page.locator("#panel .steps").first
    expect(first.locator("li")).to_have_count(2)
    first.locator("button").first.click()
    expect(page.locator("#panel .passage").first).to_be_visible()
    expect(page.locator("#panel .cite a").first).to_have_attribute("href", re.compile("^https?://"))


def test_a_view_can_be_sent_as_a_link(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    find(page, COURT)
    page.click("#expand")
    page.wait_for_url(lambda url: "expanded=" in url)
    page.click("#toggle-filters")
    page.fill("#min-publishers", "2")
    page.locator("#min-publishers").blur()
    count = shown(page)
    again = opened(reader, page.url)
    assert shown(again) == count
    again.click("#toggle-filters")
    expect(again.locator("#min-publishers")).to_have_value("2")


def test_filters_narrow_by_certainty_modality_cases_and_time(reader: Visit) -> None:
    page = opened(reader, "/map?about=Southern%20District%20Military%20Court")
    everything = shown(page)
    page.click("#toggle-filters")
    page.fill("#min-cases", "2")
    page.locator("#min-cases").blur()
    assert 0 < shown(page) < everything
    page.click("#reset")
    page.locator("#slide-from").fill("2022")
    expect(page.locator("#from")).to_have_value("2022")
    page.uncheck("#undated")
    dates = page.locator("#table tbody tr td:nth-child(4)").all_text_contents()
    assert dates
    assert all((text.split(" – ")[-1] or text)[:4] >= "2022" for text in dates)


def test_two_maps_are_subtracted(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    before = shown(page)
    page.click("#connect")
    page.fill("#compare-with", "id:eu-2014-269-2023-06-23/saprunov")
    page.select_option("#mode", "difference")
    page.click("#compare")
    expect(page.locator("#map-title")).to_contain_text("−")
    assert 0 < shown(page) < before


def test_a_name_elsewhere_is_found_in_any_spelling_and_opens_its_map(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    page.fill("#query", "Данилович")
    page.press("#query", "Enter")
    # At first the panel shows the links of the one in the middle; what was found takes their place a moment later.
    page.locator("#panel .links button", has_text="Danilovich").first.click()
    expect(page.locator("#map-title")).to_contain_text("Danilovich")


def test_the_keyboard_goes_from_node_to_node_and_opens_one(reader: Visit) -> None:
    page = opened(reader, KOLPIKOV)
    page.keyboard.press("Escape")
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    said = page.locator("#status").inner_text()
    assert said
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(said)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def downloaded(page: Page, format: str, folder: Path) -> Path:
    page.click("#export summary")
    with page.expect_download() as waiting:
        page.click(f"#export button[data-format={format}]")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_the_map_is_taken_away_as_picture_network_and_table(browser: Browser, served: str, tmp_path: Path) -> None:
    with visiting(browser, served) as visit:
        page = opened(visit, KOLPIKOV)
        png = downloaded(page, "PNG", tmp_path).read_bytes()
        assert png.startswith(b"\x89PNG")
        assert len(png) > 5000
        svg = ElementTree.parse(downloaded(page, "SVG", tmp_path)).getroot()
        assert "Yevgeny Kolpikov" in "".join(svg.itertext())
        gexf = ElementTree.parse(downloaded(page, "GEXF", tmp_path)).getroot()
        space = {"g": "http://gexf.net/1.3"}
        edges = gexf.findall(".//g:edge", space)
        assert len(edges) == shown(page)
        rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV", tmp_path).read_text(encoding="utf-8-sig"))))
        assert len(rows) == len(edges)
        assert all(row["passages"].startswith("https://") for row in rows)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over a corpus whose every text tries to break out."""
    folder = DataFolder(tmp_path_factory.mktemp("hostile") / "data")
    for number, label in enumerate([*HOSTILE, "=HYPERLINK(1)", "]]>&<svg onload=alert(5)>"]):
        quoted = "'" + label.replace("'", "''") + "'"
        folder.record(
            f"h{number}.yaml",
            f"""
            source: {{id: h{number}, publisher: example-news, url: "javascript:alert(4)", title: {quoted}, language: en}}
            passages:
            - id: p1
              summary: {quoted}
              quote: {quoted}
              facts:
              - {{person: judge, name: {quoted}}}
              - {{person: koval, name: "Koval {number}", home: alushta}}
              - {{case: trial, name: {quoted}, defendants: [koval]}}
              - event: verdict
                kind: sentence
                date: 2021-0{number + 1}
                case: trial
                people: {{judge: [judge], defendant: [koval]}}
              - {{event: moved, kind: transfer, title: {quoted}, from: alushta, to: rostov-on-don, people: {{prisoner: [koval]}}}}
            """,
        )
    kg.build(folder.path, folder.path.parent / "build", strict=True)
    with running(folder.path.parent / "build") as address:
        yield address


def test_hostile_texts_stay_texts_on_map_timeline_transfers_overview_and_in_exports(
    browser: Browser, hostile: str, tmp_path: Path
) -> None:
    with visiting(browser, hostile) as visit:
        for number in range(len(HOSTILE) + 2):
            page = opened(visit, f"/map?about=id:h{number}/koval")
            page.click("#toggle-table")
            for format in ("SVG", "GEXF"):
                ElementTree.parse(downloaded(page, format, tmp_path))
            cells = [
                cell for row in csv.reader(io.StringIO(downloaded(page, "CSV", tmp_path).read_text("utf-8-sig"))) for cell in row
            ]
            assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
        for address, drawn in (
            ("/timeline?about=id:h0/koval", "data-timeline-drawn"),
            ("/transfers", "data-places-drawn"),
            ("/overview", "data-overview-drawn"),
        ):
            page.goto(address)
            page.wait_for_selector(f"body[{drawn}]", state="attached")
            assert page.locator("main script, main img, main iframe, a[href^='javascript']").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        assert visit.errors == []
        assert visit.outside() == []
