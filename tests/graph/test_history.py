"""The history of one thing over all builds of a folder, and nothing in it that was taken out on purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph.build import current_build
from kg.graph.history.diff import ADDED, CHANGED, WITHDRAWN
from kg.graph.history.of_thing import History
from kg.vocabulary import ID
from tests.conftest import DataFolder
from tests.graph.leaks import leaks


def target(folder: DataFolder) -> Path:
    return folder.path.parent / "build"


def told(folder: DataFolder, entity: str = "id:a/judge") -> History:
    """Build once more and tell the history of `entity`."""
    assert kg.build(folder.path, target(folder)).problems == []
    return kg.open(target(folder)).history(entity)


def edit(folder: DataFolder, name: str, old: str, new: str) -> None:
    path = folder.path / "records" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def started(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767268800")
    folder.verdict("a")
    kg.build(folder.path, target(folder))
    return folder


def test_what_happened_to_a_person_over_four_builds(started: DataFolder) -> None:
    """A name corrected, a second source, a merge with its reason, the source withdrawn: each by record and build."""
    edit(started, "a.yaml", "{person: judge, name: O. Ivanova}", "{person: judge, name: Olha Ivanova}")
    first = told(started).steps
    assert [(step.on, change.kind, change.old, change.new) for step in first for change in step.changes] == [
        ("2026-01-01T12:00:00Z", CHANGED, ("O. Ivanova",), ("Olha Ivanova",))
    ]
    started.verdict("b", publisher="other-news")
    told(started)
    started.same("people", ("b/judge", "a/judge"))
    merged = told(started)
    assert merged.steps[-1].merged == ((f"{ID}b/judge", f"{ID}a/judge"),)
    assert merged.steps[-1].changes == (), "a merge states nothing new"
    assert {change.record for change in merged.steps[1].changes} == {"b"}, "what was said under the other address counts"
    (decision,) = merged.decisions
    assert (decision.author, decision.date, decision.why) == ("an editor", "2026-11-23", "as both say")
    edit(started, "b.yaml", "source: {", "source: {withdrawn: The outlet retracted it, ")
    last = told(started).steps[-1]
    assert {(change.record, change.kind) for change in last.changes} == {("b", WITHDRAWN)}
    steps = told(started).steps
    assert [len(step.merged) for step in steps] == [0, 1, 0], "what b said before it was a is the history of b again"
    assert steps[-1].parted
    text = CliRunner().invoke(app, ["history", "id:a/judge", "--store", str(target(started))]).stdout
    assert "id:b/judge is now id:a/judge" in text
    assert "~ Olha Ivanova: name O. Ivanova → Olha Ivanova" in text


def test_since_which_build_a_statement_stands(started: DataFolder) -> None:
    started.verdict("b", publisher="other-news")
    started.same("people", ("b/judge", "a/judge"))
    digest = kg.build(started.path, target(started)).digest[:12]
    standing = kg.open(target(started)).history("id:a/judge").standing
    assert {(record, since) for record, since in standing} == {("a", ""), ("b", digest)}


def test_penalties_belong_to_the_history_of_the_person(started: DataFolder) -> None:
    edit(started, "a.yaml", "years: 5", "years: 7")
    (step,) = told(started, "id:a/defendant").steps
    assert ("years", ("5",), ("7",)) in {(change.property, change.old, change.new) for change in step.changes}
    found = json.loads(CliRunner().invoke(app, ["history", "id:a/defendant", "--store", str(target(started)), "-f", "json"]).stdout)
    assert found["steps"][0]["changes"][0]["kind"] in (ADDED, CHANGED)


def test_what_is_marked_later_is_in_no_history(started: DataFolder) -> None:
    """The name stood in public, was corrected, and then the person was marked: no trace of either spelling stays."""
    kg.build(started.path, target(started))
    edit(started, "a.yaml", "Petro Koval", "Zarema Qarasay")
    told(started)
    assert leaks(target(started), ["Petro Koval"]), "history keeps what was withdrawn"
    edit(started, "a.yaml", "name: Zarema Qarasay}", "name: Zarema Qarasay, visibility: restricted}")
    started.verdict("b", publisher="other-news", defendant="Ivan Sydorenko")
    assert kg.build(started.path, target(started)).problems == []
    assert leaks(target(started), ["Zarema Qarasay", "Petro Koval"]) == []
    assert list((current_build(target(started)) / "history").iterdir()) == []


def test_a_build_for_a_wider_audience_begins_anew(started: DataFolder) -> None:
    edit(started, "a.yaml", "Petro Koval", "Zarema Qarasay")
    kg.build(started.path, target(started), audience="confidential")
    edit(started, "a.yaml", "Zarema Qarasay", "Ivan Sydorenko")
    kg.build(started.path, target(started), audience="confidential")
    assert leaks(target(started), ["Zarema Qarasay"])
    kg.build(started.path, target(started))
    assert leaks(target(started), ["Zarema Qarasay"]) == []


def test_the_history_does_not_change_what_a_build_holds(started: DataFolder, tmp_path: Path) -> None:
    started.verdict("b")
    assert kg.build(started.path, target(started)).digest == kg.build(started.path, tmp_path / "fresh").digest
