"""What changed between two builds, told by record; a withdrawn source leaves its reason behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import StoreError
from kg.graph.history.diff import ADDED, CHANGED, WITHDRAWN, Difference, diff, previous_build
from kg.vocabulary import ID
from tests.conftest import DataFolder


def difference(folder: DataFolder) -> Difference:
    """Build once more and compare with the build before."""
    target = folder.path.parent / "build"
    assert kg.build(folder.path, target).problems == []
    return diff(previous_build(target), target)


@pytest.fixture
def started(folder: DataFolder) -> DataFolder:
    folder.verdict("a")
    folder.verdict("b", publisher="other-news")
    kg.build(folder.path, folder.path.parent / "build")
    return folder


def test_an_edited_date_is_one_change_of_one_record(started: DataFolder) -> None:
    path = started.path / "records" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("date: 2021-08-16", "date: 2021-08-17"), "utf-8")
    found = difference(started)
    assert {change.record for change in found.stated} == {"a"}
    dates = [change for change in found.stated if change.property == "date"]
    assert [(change.kind, change.old, change.new, change.passage) for change in dates] == [
        (CHANGED, ("2021-08-16",), ("2021-08-17",), "p1")
    ]
    assert ADDED not in {change.kind for change in found.stated}


def test_a_new_record_adds_statements_and_derived_links(started: DataFolder) -> None:
    started.verdict("c", judge="P. Petrenko")
    found = difference(started)
    assert {(change.record, change.kind) for change in found.stated} == {("c", ADDED)}
    assert "acted against" in {change.property for change in found.derived}


def test_a_merge_moves_addresses_and_states_nothing_new(started: DataFolder) -> None:
    started.same("people", ("b/judge", "a/judge"))
    found = difference(started)
    assert found.merged == ((f"{ID}b/judge", f"{ID}a/judge"),)
    assert {change.record for change in found.stated} == {"decisions-people"}


def test_a_merge_taken_back_is_told(started: DataFolder) -> None:
    started.same("people", ("b/judge", "a/judge"))
    kg.build(started.path, started.path.parent / "build")
    (started.path / "identity" / "people.sssom.tsv").unlink()
    found = difference(started)
    assert found.parted == ((f"{ID}b/judge", f"{ID}a/judge"),)


def test_a_withdrawn_source_leaves_its_reason_and_no_statement(started: DataFolder) -> None:
    started.same("people", ("b/judge", "a/judge"))
    kg.build(started.path, started.path.parent / "build")
    path = started.path / "records" / "b.yaml"
    path.write_text(path.read_text("utf-8").replace("source: {", "source: {withdrawn: The outlet retracted it, "), "utf-8")
    found = difference(started)
    graph = kg.open(started.path.parent / "build")
    assert graph.ask(f"ASK {{ <{ID}source/b> pn:withdrawnBecause 'The outlet retracted it' }}")
    assert not graph.ask(f"ASK {{ GRAPH <{ID}source/b/p1> {{ ?s ?p ?o }} }}")
    assert WITHDRAWN in {change.kind for change in found.stated if change.record == "b"}
    assert {change.record for change in found.stated} == {"b", "decisions-people"}


def test_the_command_tells_by_record_and_finds_one_person(started: DataFolder) -> None:
    started.verdict("c", judge="P. Petrenko", publisher="other-news")
    target = str(started.path.parent / "build")
    kg.build(started.path, Path(target))
    told = CliRunner().invoke(app, ["diff", "--target", target]).stdout
    assert "\nc\n" in told
    assert "  + P. Petrenko: name P. Petrenko  (p1)" in told
    about = CliRunner().invoke(app, ["diff", "--target", target, "--about", "P. Petrenko", "-f", "json"]).stdout
    assert {change["label"] for change in json.loads(about)["stated"]} >= {"P. Petrenko"}


def test_without_an_earlier_build_it_says_so(folder: DataFolder) -> None:
    folder.verdict("a")
    kg.build(folder.path, folder.path.parent / "build")
    with pytest.raises(StoreError, match="keeps no earlier build"):
        previous_build(folder.path.parent / "build")
