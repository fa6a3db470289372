"""One identifier of a register that gives each to one person only: merged by rule, named as such, taken back like any decision."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.graph import Graph, build
from kg.identity import Verdict, read_decisions
from kg.identity.decisions import BY_IDENTIFIER
from kg.identity.identifiers import merge_by_identifier
from kg.identity.review import IdentityReview
from kg.records import read_corpus
from kg.vocabulary import ID
from tests.conftest import DataFolder


def person(folder: DataFolder, source: str, facts: str) -> None:
    folder.record(
        f"{source}.yaml",
        f"""
        source: {{id: {source}, publisher: example-news, url: "https://n.example/{source}", title: T, language: en}}
        passages: [{{id: p, summary: Somebody., facts: [{facts}]}}]
        """,
    )


@pytest.fixture
def listed(folder: DataFolder) -> DataFolder:
    """Two sources give one list number, under names that no comparison would bring together."""
    person(folder, "a", '{person: x, name: Ivan Girkin, identifiers: {eu-list: "EU.1.2"}}')
    person(folder, "b", '{person: x, name: Igor Strelkov, identifiers: {eu-list: "EU.1.2", ru-inn: "123"}}')
    return folder


def test_a_shared_identifier_merges_by_rule_with_its_name_on_it(listed: DataFolder) -> None:
    assert [shared.held_back for shared in merge_by_identifier(listed.path, "Olha", write=False)] == [""]
    assert not read_decisions(listed.path)[0]
    result = CliRunner().invoke(app, ["review", "identifiers", "--write", "--reviewer", "Olha", "--data", str(listed.path)])
    assert result.exit_code == 0, result.output
    (decision,), _ = read_decisions(listed.path)
    assert decision.author == "rule: shared identifier, run by Olha"
    assert decision.justification == BY_IDENTIFIER
    assert decision.comment == "both have the identifier eu-list:EU.1.2"
    build(listed.path, listed.path.parent / "build")
    graph = Graph.open(listed.path.parent / "build")
    assert graph.canonical_of("id:b/x") == graph.canonical_of("id:a/x")
    assert graph.ask(f'ASK {{ <{decision.object}> pn:identifier "eu-list:EU.1.2", "ru-inn:123" }}')


def test_it_is_taken_back_like_any_decision_and_the_rule_does_not_come_back(listed: DataFolder) -> None:
    merge_by_identifier(listed.path, "Olha", write=True)
    review = IdentityReview.open(listed.path, "Ivan")
    assert review.undo(frozenset((f"{ID}a/x", f"{ID}b/x")), "the list has two entries in one").verdict is Verdict.taken_back
    (again,) = merge_by_identifier(listed.path, "Olha", write=True)
    assert "decided before" in again.held_back
    assert len(read_decisions(listed.path)[0]) == 2


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("born: 1991", "different dates of birth"),
        ("sex: female", "one is called"),
    ],
)
def test_what_speaks_against_it_is_for_a_person_to_decide(folder: DataFolder, other: str, why: str) -> None:
    person(folder, "a", "{person: x, name: Petro Koval, wikidata: Q5, born: 1980, sex: male}")
    person(folder, "b", f"{{person: x, name: Petro Koval, wikidata: Q5, {other}}}")
    (shared,) = merge_by_identifier(folder.path, "Olha", write=True)
    assert why in shared.held_back
    assert not read_decisions(folder.path)[0]


def test_the_rule_never_writes_a_contradiction(folder: DataFolder) -> None:
    """Two chains of identifiers that would join two people of whom somebody decided that they are two."""
    person(folder, "a", "{person: x, name: Petro Koval, identifiers: {eu-list: E1}}")
    person(folder, "b", "{person: x, name: Igor Strelkov, identifiers: {eu-list: E1, uk-list: U1}}")
    person(folder, "c", "{person: x, name: Pyotr Koval, identifiers: {uk-list: U1}}")
    IdentityReview.open(folder.path, "Ivan").decide("id:a/x id:c/x", Verdict.different, "two births in the register")
    found = merge_by_identifier(folder.path, "Olha", write=True)
    assert [bool(shared.held_back) for shared in found] == [False, True]
    assert "contradicts" in found[1].held_back
    assert [decision.verdict for decision in read_decisions(folder.path)[0]] == ["different", "same"]


def test_an_unknown_register_is_told_with_its_place(folder: DataFolder) -> None:
    person(folder, "a", '{person: x, name: Petro Koval, identifiers: {eu-lst: "EU.1.2"}}')
    (problem,) = read_corpus(folder.path).problems
    assert "eu-lst" in str(problem)
    assert "eu-list" in str(problem)
