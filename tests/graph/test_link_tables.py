"""Answers that the build keeps are those that the store would give, and nothing stale or broken is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

import kg
from kg.errors import StoreError
from kg.graph import LibraryQuery, Rows, current_build, read_library
from kg.graph.link_tables import read_link_table, write_link_tables
from tests.conftest import ROOT, DataFolder

KEPT = [query for query in read_library(ROOT / "queries").values() if query.kept]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kept")
    kg.build(ROOT / "data", target)
    return target


@pytest.mark.parametrize("query", KEPT, ids=lambda query: query.name)
def test_a_kept_answer_is_what_the_store_says(shipped: Path, query: LibraryQuery) -> None:
    graph = kg.open(shipped).graph
    kept = read_link_table(current_build(shipped) / "tables", query)
    assert kept is not None
    live = graph.backend.query(query.text)
    assert kept == Rows.read(live)  # type: ignore[arg-type]
    assert graph.select(query.name) == kept


def test_an_answer_is_asked_again_when_the_question_changed(folder: DataFolder, tmp_path: Path) -> None:
    """Somebody edits a query of the library: the answer kept for the earlier text is not shown for the new one."""
    folder.verdict("a")
    kg.build(folder.path, tmp_path / "build")
    graph = kg.open(tmp_path / "build").graph
    query = graph.library["role-links"]
    assert len(graph.select("role-links")) == 3
    changed = LibraryQuery(**{**vars(query), "text": query.text + " LIMIT 1"})
    graph.library["role-links"] = changed
    assert len(graph.select("role-links")) == 1


def test_a_damaged_table_is_named(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    kg.build(folder.path, tmp_path / "build")
    path = current_build(tmp_path / "build") / "tables" / "role-links.table"
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(StoreError, match=r"role-links\.table cannot be read.*kg build --force"):
        kg.open(tmp_path / "build").query("role-links")


@given(
    st.lists(
        st.tuples(st.text(), st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.text())),
        min_size=1,
        unique_by=lambda row: row[0],
    )
)
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str | int | None]]) -> None:
    """Line breaks, quotation marks, any script: what goes into a table comes out of it."""
    store, thing = Store(), NamedNode("http://example.org/thing")
    for number, (name, value) in enumerate(rows):
        subject = NamedNode(f"{thing.value}/{number}")
        store.add(Quad(subject, NamedNode("http://example.org/name"), Literal(name)))
        if value is not None:
            store.add(Quad(subject, NamedNode("http://example.org/value"), Literal(value)))
    text = "SELECT * { ?s <http://example.org/name> ?name OPTIONAL { ?s <http://example.org/value> ?value } } ORDER BY ?s"
    query = LibraryQuery("names", "", "", "", (), (), text, Path("names.rq"), kept=True)
    folder = tmp_path_factory.mktemp("any") / "tables"
    write_link_tables(folder, store, [query])
    assert read_link_table(folder, query) == Rows.read(store.query(text))  # type: ignore[arg-type]
