"""What stands beside each query: the question, who asks it, and the answer it must give."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

import kg
from kg.graph import Rows, read_library, shown
from kg.graph.library import LibraryQuery
from tests.conftest import ROOT

LIBRARY = read_library(ROOT / "queries")


@dataclass(frozen=True)
class Expectation:
    """The `.yaml` beside a `.rq`: `rows` on the small corpus, `shipped` loosely on the corpus of the project."""

    question: str
    use: str
    columns: list[str]
    rows: list[list[str]]
    shipped: dict[str, Any]
    parameters: dict[str, str] = field(default_factory=dict)


def expectation(query: LibraryQuery) -> Expectation:
    """Read the expectation of `query`; fails when there is none or it lacks a part."""
    return Expectation(**yaml.safe_load(query.path.with_suffix(".yaml").read_text(encoding="utf-8")))


def table(rows: Rows) -> list[list[str]]:
    """Rows as a reader sees them. Lists in one cell have no order in SPARQL; here they are sorted."""
    return [[_sorted(shown(row[column])) for column in rows.readable_columns()] for row in rows]


def expected(rows: list[list[str]]) -> list[list[str]]:
    """The written rows in the form that `table` gives."""
    return [[_sorted(cell) for cell in row] for row in rows]


def _sorted(cell: str) -> str:
    return "; ".join(sorted(cell.split("; ")))


def built(data: Path, target: Path) -> kg.KnowledgeGraph:
    """A graph made from `data`; a refused record is a failure here."""
    kg.build(data, target, strict=True)
    return kg.open(target)
