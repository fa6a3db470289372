"""The page of a thing tells what changed about it, closed until somebody asks, where a served folder of builds keeps a journal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kg
from kg.graph import Graph
from kg.web import create_app
from kg.web.context import Settings
from tests.conftest import DataFolder
from tests.graph.test_history import edit, started, target
from tests.web.conftest import HTML, visitor

__all__ = ["started"]


def served(folder: DataFolder) -> TestClient:
    """Somebody who visits what `kg serve` shows of the folder of builds."""
    build = target(folder)
    return TestClient(create_app(Graph.open(build), Settings(build)), headers=HTML, follow_redirects=False)


def section(explorer: TestClient, path: str) -> str:
    page = explorer.get(path).text
    found = re.search(r'<details class="changes".*?</details>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.fixture
def corrected(started: DataFolder) -> DataFolder:
    """A name corrected, then a second source added, merged and taken away."""
    edit(started, "a.yaml", "{person: judge, name: O. Ivanova}", "{person: judge, name: Olha Ivanova}")
    kg.build(started.path, target(started))
    path = started.verdict("b", publisher="other-news", judge="Olga Ivanova")
    started.same("people", ("b/judge", "a/judge"))
    kg.build(started.path, target(started))
    path.unlink()
    (started.path / "identity" / "people.sssom.tsv").unlink()
    kg.build(started.path, target(started))
    return started


def test_a_page_tells_what_changed_by_which_record_since_which_build(corrected: DataFolder) -> None:
    told = section(served(corrected), "/id/a/judge")
    assert '<details class="changes" id="changes"><summary>' in told, "closed until somebody asks"
    assert "<del><bdi>O. Ivanova</bdi></del> <ins><bdi>Olha Ivanova</bdi></ins>" in told
    assert '<a href="/id/source/a">' in told
    assert "Withdrawn" in told
    assert "2026-01-01" in told
    assert "/id/source/b" not in told, "a record that is gone has no page to lead to"
    assert told.index("Withdrawn") < told.index("Changed"), "the newest first"


def test_it_speaks_ukrainian(corrected: DataFolder) -> None:
    told = section(served(corrected), "/id/a/judge?lang=uk")
    assert "Що змінилося" in told
    assert "Відкликано" in told
    assert "What changed" not in told


def test_nothing_stands_where_nothing_changed(started: DataFolder) -> None:
    """A first build has no journal; nor has a build without its folder, such as what a published site is made of."""
    assert section(served(started), "/id/a/judge") == ""
    edit(started, "a.yaml", "O. Ivanova}", "Olha Ivanova}")
    kg.build(started.path, target(started))
    assert section(served(started), "/id/a/judge")
    assert section(visitor(target(started)), "/id/a/judge") == ""


def test_a_published_site_does_not_go_on_saying_what_was_withdrawn(corrected: DataFolder, tmp_path: Path) -> None:
    from kg.web.site import publish

    publish(target(corrected), tmp_path / "site")
    pages = "".join(path.read_text("utf-8", errors="replace") for path in (tmp_path / "site").rglob("*.html"))
    assert "Olha Ivanova" in pages
    assert 'class="changes"' not in pages


def test_what_was_marked_since_stands_in_no_page(corrected: DataFolder) -> None:
    """The journal begins anew when somebody is marked: the page of the other one says nothing of them any more."""
    edit(corrected, "a.yaml", "name: Petro Koval}", "name: Zarema Qarasay}")
    kg.build(corrected.path, target(corrected))
    assert "Petro Koval" in section(served(corrected), "/id/a/defendant")
    edit(corrected, "a.yaml", "name: Zarema Qarasay}", "name: Zarema Qarasay, visibility: restricted}")
    corrected.verdict("c", defendant="Ivan Sydorenko")
    kg.build(corrected.path, target(corrected))
    explorer = served(corrected)
    assert explorer.get("/id/a/defendant").status_code == 404
    assert "Petro Koval" not in explorer.get("/id/c/judge").text


def test_hostile_words_in_the_history_stay_words(started: DataFolder) -> None:
    edit(started, "a.yaml", "name: O. Ivanova}", "name: '<script>alert(1)</script>'}")
    kg.build(started.path, target(started))
    edit(started, "a.yaml", "name: '<script>alert(1)</script>'}", "name: O. Ivanova}")
    kg.build(started.path, target(started))
    page = served(started).get("/id/a/judge").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
