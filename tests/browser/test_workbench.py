"""A researcher at the workbench: runs a question of the library, changes it, reads where it went wrong, sees it as a picture."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PREFIXES = "PREFIX pn: <https://w3id.org/persecution-networks/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"


def opened(visit: Visit) -> Page:
    visit.page.goto("/workbench")
    visit.page.wait_for_selector("body[data-workbench-drawn]", state="attached", timeout=30_000)
    return visit.page


def write(page: Page, query: str) -> None:
    """Put `query` into the editor that is open and run it."""
    page.evaluate("(text) => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(text)", query)
    page.locator(".tabPanel.active .yasqe_queryButton").click()


def written(page: Page) -> str:
    text: str = page.evaluate("() => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    return text


def rows(page: Page) -> int:
    return page.locator(".tabPanel.active .yasr .dataTable tbody tr").count()


def test_a_question_of_the_library_is_filled_in_run_and_changed(reader: Visit) -> None:
    page = opened(reader)
    page.select_option("#library-query", "official-case-links")
    page.fill(".parameters input[name=official]", "Kolpikov")
    page.click(".parameters button[type=submit]")
    table = page.locator(".tabPanel.active .yasr .dataTable")
    expect(table).to_contain_text("Yevgeny Kolpikov", timeout=15_000)
    found = rows(page)
    assert "eu-2014-269-2021-10-11/kolpikov" in written(page)
    write(page, written(page).rstrip() + "\nLIMIT 1")
    expect(page.locator(".tabPanel.active .yasr .dataTable tbody tr")).to_have_count(1)
    assert found > 1
    assert reader.outside() == [], "nothing but this server is asked"
    assert reader.errors == []


def test_a_parameter_that_nobody_answers_to_is_told_in_the_form(reader: Visit) -> None:
    page = opened(reader)
    page.select_option("#library-query", "official-case-links")
    page.fill(".parameters input[name=official]", "Nobody Atall")
    page.click(".parameters button[type=submit]")
    expect(page.locator(".parameters .problem")).to_contain_text("Nobody Atall")


def test_an_error_points_at_its_line(reader: Visit) -> None:
    page = opened(reader)
    write(page, "SELECT ?name WHERE {\n  ?official rdfs:label ?name .\n  ?official ??? ?name\n}")
    told = page.locator(".kg-error")
    expect(told).to_be_visible(timeout=15_000)
    expect(told).to_contain_text(re.compile(r"Line 3\b"))
    marked = page.locator(".tabPanel.active .kg-line-error")
    expect(marked).to_have_count(1)


def test_numbers_become_a_chart_addresses_a_link_map_and_positions_a_map(reader: Visit) -> None:
    page = opened(reader)
    page.select_option("#library-query", "officials-by-people")
    page.click(".parameters button[type=submit]")
    expect(page.locator(".tabPanel.active .yasr .dataTable")).to_be_visible(timeout=15_000)
    page.locator(".tabPanel.active .select_chart").click()
    expect(page.locator(".tabPanel.active .kg-chart tr").first).to_be_visible()
    write(
        page,
        PREFIXES + "SELECT ?official ?name ?person ?who {\n"
        "  ?official pn:actedAgainst ?person ; rdfs:label ?name . ?person rdfs:label ?who } LIMIT 20",
    )
    page.locator(".tabPanel.active .select_linkmap").click()
    expect(page.locator(".tabPanel.active .kg-links path").first).to_be_attached(timeout=15_000)
    write(
        page,
        PREFIXES + "SELECT ?name ?lat ?lon {\n"
        '  ?place pn:latitude ?lat ; pn:longitude ?lon ; rdfs:label ?name FILTER(LANG(?name) = "en") } LIMIT 20',
    )
    page.locator(".tabPanel.active .select_places").click()
    expect(page.locator(".tabPanel.active .kg-result-places circle")).to_have_count(20, timeout=15_000)


def test_the_words_of_the_graph_come_with_an_example_to_run(reader: Visit) -> None:
    page = opened(reader)
    page.click(".schema > summary")
    page.fill(".schema input", "presiding judge")
    page.locator(".terms summary").first.click()
    page.locator(".terms button").first.click()
    assert "pn:presidingJudge" in written(page)
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    expect(page.locator(".tabPanel.active .yasr .dataTable")).to_be_visible(timeout=15_000)
