"""An allegation stays one in the answer to every question: a corpus that only alleges must never answer as if it reported."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import yaml

import kg
from kg.graph.library import LibraryQuery
from tests.conftest import SMALL
from tests.queries.expectations import LIBRARY, built, expectation

EXEMPT = {
    "base-courts-by-sentences": "counts how much of the record a list rests on, says nothing of anybody",
    "base-detention-to-sentence": "counts how much of the record a list rests on, says nothing of anybody",
    "base-judge-prosecutor-pairs": "counts how much of the record a list rests on, says nothing of anybody",
    "base-judges-together": "counts how much of the record a list rests on, says nothing of anybody",
    "base-officials-by-cases": "counts how much of the record a list rests on, says nothing of anybody",
    "base-officials-by-people": "counts how much of the record a list rests on, says nothing of anybody",
    "identity-decisions": "decisions of editors about mentions, with their reasons; no source puts them forward",
    "sources": "a list of sources",
    "undated-sources": "a list of sources",
    "event-cases": "joins events to cases for networks, which take the modality from role-links",
    "event-span": "joins events to days for networks, which take the modality from role-links",
}
"""Questions whose answers state nothing about a person's part in anything, and why."""

COLUMNS = ("modality", "sentenceModality", "otherModality", "alleged")
"""Where an answer shows it: in words, or by counting apart (`alleged`)."""


@pytest.fixture(scope="module")
def alleging(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """The small corpus, each of its facts about people, cases and events only alleged."""
    data = tmp_path_factory.mktemp("data") / "data"
    for path in sorted(SMALL.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            if path.parent.name == "records":
                text = _alleged(text)
            copy = data / path.relative_to(SMALL)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")
    return built(data, tmp_path_factory.mktemp("alleging"))


def _alleged(text: str) -> str:
    record = yaml.safe_load(text)
    for passage in record["passages"]:
        for fact in passage["facts"]:
            if not {"event", "person", "case", "tenure", "relation", "figure", "qualification"}.isdisjoint(fact):
                fact["modality"] = "alleged"
    return yaml.safe_dump(record, sort_keys=False, allow_unicode=True)


@pytest.mark.parametrize("query", [q for q in LIBRARY.values() if q.name not in EXEMPT], ids=lambda q: q.name)
def test_no_row_tells_an_allegation_as_a_fact(alleging: kg.KnowledgeGraph, query: LibraryQuery) -> None:
    rows = list(alleging.query(query.name, **expectation(query).parameters))
    assert rows, "an answer without rows shows nothing"
    bare = [row for row in rows if _says_something(query, row) and not any(row.get(column) for column in COLUMNS)]
    assert bare == []


def _says_something(query: LibraryQuery, row: Mapping[str, object]) -> bool:
    """Whether the row states something: a stage that no source tells of, a derived link and an editor's decision do not."""
    match query.name:
        case "stages-of-case":
            return bool(row["events"])
        case "everything-about":
            return row["statement"] == "stated" and "/source/decisions-" not in str(row["graph"])
    return True


def test_every_exemption_is_of_a_question_that_exists() -> None:
    assert set(EXEMPT) <= set(LIBRARY)
