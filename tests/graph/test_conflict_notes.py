"""A reviewer looks into a conflict and notes what came of it; the sources go on disagreeing."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import KgError
from kg.graph.conflict_notes import ConflictNotes
from kg.graph.conflicts import Conflict
from kg.records.journal import Journal
from tests.conftest import DataFolder

SAID = "Asked the first outlet: it printed the day of the report"


def disagreeing(folder: DataFolder, *days: str) -> list[Conflict]:
    """A corpus in which sources date one verdict differently, one source a day, built; its conflicts."""
    for number, day in enumerate(days):
        folder.verdict(f"s{number}", day=day, publisher="example-news" if number % 2 else "other-news")
    folder.same("events", *((f"s{number}/verdict", "s0/verdict") for number in range(1, len(days))))
    kg.build(folder.path, folder.path.parent / "build")
    return kg.open(folder.path.parent / "build").conflicts()


def test_a_note_stands_beside_the_conflict_and_picks_nothing(folder: DataFolder) -> None:
    (conflict,) = disagreeing(folder, "2021-08-16", "2021-08-17")
    notes = ConflictNotes(folder.path, "Olena")
    assert notes.waiting([conflict]) == [conflict]
    notes.write(conflict, SAID)
    (note,) = ConflictNotes(folder.path, "Ivan").on(conflict)
    assert (note.by, note.text) == ("Olena", SAID)
    assert notes.waiting([conflict]) == []
    report = kg.build(folder.path, folder.path.parent / "build")
    assert report.unchanged, "a note is no part of what a build is made of"
    assert kg.open(folder.path.parent / "build").conflicts() == [conflict]


def test_another_value_opens_it_again_and_a_later_merge_keeps_the_note(folder: DataFolder) -> None:
    (conflict,) = disagreeing(folder, "2021-08-16", "2021-08-17")
    ConflictNotes(folder.path, "Olena").write(conflict, SAID)
    (wider,) = disagreeing(folder, "2021-08-16", "2021-08-17", "2021-08-19")
    notes = ConflictNotes(folder.path, "Olena")
    assert [note.text for note in notes.on(wider)] == [SAID]
    assert notes.waiting([wider]) == [wider]


def test_taking_back_is_written_down_too(folder: DataFolder) -> None:
    (conflict,) = disagreeing(folder, "2021-08-16", "2021-08-17")
    olena, ivan = ConflictNotes(folder.path, "Olena"), ConflictNotes(folder.path, "Ivan")
    note = olena.write(conflict, SAID)
    ivan.take_back(note.number, "it was another outlet")
    olena.refresh()
    assert olena.on(conflict) == []
    assert [(entry.by, entry.do) for entry in Journal(folder.path / "notes" / "conflicts.ndjson").read()] == [
        ("Olena", "note"), ("Ivan", "withdraw"),
    ]  # fmt: skip
    with pytest.raises(KgError, match="no note 1"):
        olena.take_back(note.number)


def test_a_note_has_an_author_and_says_something(folder: DataFolder) -> None:
    (conflict,) = disagreeing(folder, "2021-08-16", "2021-08-17")
    with pytest.raises(KgError, match="name of who wrote it"):
        ConflictNotes(folder.path, " ").write(conflict, SAID)
    with pytest.raises(KgError, match="what came of it"):
        ConflictNotes(folder.path, "Olena").write(conflict, "\n")
    with pytest.raises(KgError, match="no note 7"):
        ConflictNotes(folder.path, "Olena").take_back(7)
    assert not (folder.path / "notes").exists()


def test_in_the_terminal(folder: DataFolder) -> None:
    (conflict,) = disagreeing(folder, "2021-08-16", "2021-08-17")
    where = ["--data", str(folder.path), "--store", str(folder.path.parent / "build")]
    walk = CliRunner().invoke(app, ["review", "conflicts", "--reviewer", "Olena", *where], input=f"n\nn {SAID}\n")
    assert walk.exit_code == 0, walk.output
    assert "2021-08-17" in walk.output
    assert "what came of it" in walk.output, "an empty note is refused and asked for again"
    assert [note.text for note in ConflictNotes(folder.path, "").on(conflict)] == [SAID]
    listed = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["review", "conflicts", "--list", *where]).output
    assert "Asked the first" in listed
    assert "looked into" in listed
    undone = CliRunner().invoke(app, ["review", "conflicts", "--undo", "1", "--reviewer", "Olena", *where])
    assert undone.exit_code == 0, undone.output
    assert ConflictNotes(folder.path, "").on(conflict) == []
