"""Every question of the library, asked of the corpus that ships with the project: loose bounds that facts of the sources set."""

from __future__ import annotations

import pytest

import kg
from kg.graph.library import LibraryQuery
from tests.conftest import ROOT
from tests.queries.expectations import LIBRARY, built, expectation, table


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    return built(ROOT / "data", tmp_path_factory.mktemp("shipped"))


@pytest.mark.parametrize("query", LIBRARY.values(), ids=list(LIBRARY))
def test_the_shipped_corpus_answers(shipped: kg.KnowledgeGraph, query: LibraryQuery) -> None:
    wanted = expectation(query).shipped
    rows = table(shipped.query(query.name, **wanted.get("parameters", {})))
    assert len(rows) >= wanted["at-least"]
    for parts in wanted.get("contains", []):
        assert any(all(any(part in cell for cell in row) for part in parts) for row in rows), f"no row holds {parts}"
