"""An advocate narrows a list and looks at the same selection as a table, a link map, a timeline and a map of transfers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_selection_goes_from_the_list_to_every_picture_and_back(reader: Visit) -> None:
    page = reader.page
    page.goto("/people")
    page.locator("#facet-happened").get_by_role("link", name="more").click()
    page.wait_for_url("**more=happened**")
    page.locator("input[name=happened][value='pn:Rearrest']").check()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**happened=pn%3ARearrest**")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    page.locator(".tabs").get_by_role("link", name="Link map").click()
    page.wait_for_selector("body[data-drawn]", state="attached", timeout=30_000)
    expect(page.locator("#map-title")).to_contain_text("What happened: rearrest")
    before = page.locator("#table tbody tr").count()
    page.fill("#query", "Hizb-ut Tahrir case")
    page.press("#query", "Enter")
    page.click("#expand")
    page.wait_for_url("**expanded=**")
    assert "chosen=people" in page.url, "what was expanded stands beside the selection, so that a link shares both"
    expect(page.locator("#map-title")).to_contain_text("What happened: rearrest")
    assert page.locator("#table tbody tr").count() > before
    page.locator(".tabs").get_by_role("link", name="Timeline").click()
    page.wait_for_selector("body[data-timeline-drawn]", state="attached", timeout=30_000)
    expect(page.locator(".told-events li").first).to_contain_text("2019-06-10")
    page.locator(".tabs").get_by_role("link", name="Transfers").click()
    page.wait_for_url("**/transfers**")
    expect(page.locator("main")).to_contain_text("No source tells of a transfer of these people")
    page.get_by_role("link", name="change the selection").click()
    expect(page.locator("input[name=happened][value='pn:Rearrest']")).to_be_checked()
    assert reader.errors == []
    assert reader.outside() == []
