"""Every question of the library, answered on a small invented corpus whose every answer can be worked out by hand."""

from __future__ import annotations

import csv
import io
import re

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph.library import LibraryQuery
from tests.conftest import ROOT, SMALL
from tests.queries.expectations import LIBRARY, built, expectation, expected, table

QUERIES = pytest.mark.parametrize("query", LIBRARY.values(), ids=list(LIBRARY))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    return built(SMALL, tmp_path_factory.mktemp("small"))


@QUERIES
def test_the_answer_is_exactly_the_expected_one(small: kg.KnowledgeGraph, query: LibraryQuery) -> None:
    wanted = expectation(query)
    rows = small.query(query.name, **wanted.parameters)
    assert list(rows.readable_columns()) == wanted.columns
    assert sorted(table(rows)) == sorted(expected(wanted.rows))


@QUERIES
def test_the_file_explains_itself(query: LibraryQuery) -> None:
    assert query.summary
    assert query.description
    assert query.tags
    assert expectation(query).question.endswith("?")
    assert expectation(query).use.endswith(".")
    assert all(parameter.description for parameter in query.parameters)
    assert set(expectation(query).parameters) <= {parameter.name for parameter in query.parameters}


@QUERIES
def test_the_answer_has_the_same_order_twice(small: kg.KnowledgeGraph, query: LibraryQuery) -> None:
    wanted = expectation(query)
    assert "ORDER BY" in query.text or "in no particular order" in query.description.lower()
    assert table(small.query(query.name, **wanted.parameters)) == table(small.query(query.name, **wanted.parameters))


@QUERIES
def test_the_file_is_plain_sparql_that_any_tool_can_run(query: LibraryQuery) -> None:
    """It declares its own prefixes, and its parameters are variables that may stay unbound."""
    body = "\n".join(line for line in query.path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    declared = set(re.findall(r"PREFIX (\w+):", body))
    body = re.sub(r"PREFIX \w+: <[^>]*>", "", body)
    body = re.sub(r"<[^>\s]*>|\"[^\"]*\"", "", body)
    used = set(re.findall(r"(?<!\w)([a-z]+):(?=\w)", body))
    assert used <= declared
    assert declared <= used


def test_at_least_thirty_questions_in_groups() -> None:
    assert len(LIBRARY) >= 30
    assert len({query.group for query in LIBRARY.values()}) >= 5


def test_no_expectation_stands_without_its_query() -> None:
    stems = {path.with_suffix("") for path in (ROOT / "queries").glob("*/*.yaml")}
    assert stems == {query.path.with_suffix("") for query in LIBRARY.values()}


def test_the_command_line_gives_the_same_answer_as_csv(small: kg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("cli")
    kg.build(SMALL, target)
    result = CliRunner().invoke(app, ["query", "release-appeals", "--format", "csv", "--store", str(target)])
    row = next(csv.DictReader(io.StringIO(result.stdout)))
    assert (row["name"], row["prosecutorName"], row["outcome"]) == ("Ana Reed", "Paul Grim", "overturned")


def test_a_parameter_takes_a_name_that_only_one_thing_bears(small: kg.KnowledgeGraph) -> None:
    by_name = small.query("sentences", person="Boris Lake")
    by_address = small.query("sentences", person="id:courier-verdict/lake")
    assert list(by_name) == list(by_address) != []


def test_a_name_that_two_people_bear_is_refused_with_both_addresses(small: kg.KnowledgeGraph) -> None:
    with pytest.raises(kg.KgError, match="id:leaflet/nurse") as caught:
        small.query("person-timeline", person="Vera Stone")
    assert "id:courier-verdict/stone" in str(caught.value)


def test_the_counts_of_the_build_are_those_of_the_corpus(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Counted by hand in tests/data/small."""
    counts = kg.build(SMALL, tmp_path_factory.mktemp("counts")).counts
    by_hand = {
        "sources": 7, "passages": 14, "publishers": 4, "people": 12, "persecuted people": 4, "acting officials": 6,
        "lawyers": 1, "courts": 2, "cases": 3, "events": 21, "decisions": 34, "conflicts": 2,
    }  # fmt: skip
    assert {name: counts[name] for name in by_hand} == by_hand
