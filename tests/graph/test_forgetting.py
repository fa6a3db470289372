"""Somebody asks to be forgotten: after the build that forgets them, nothing in the folder of builds tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph.build import current_build
from kg.graph.history.forgetting import Forgotten
from kg.graph.history.journal import read_journal
from tests.conftest import DataFolder
from tests.graph.leaks import leaks
from tests.graph.test_history import edit, started, target, told

__all__ = ["started"]
PLANTED = ["Zarema Qarasay", "ZQ-4471-hideout", "qarasay-of-the-well"]
"""A name, words of a summary, a key in an address."""


def plant(folder: DataFolder) -> Path:
    """A second source names her, under an address that holds her name; another build knew her already."""
    path = folder.verdict("b", publisher="other-news", defendant="Zarema Qarasay")
    text = path.read_text("utf-8").replace("defendant: [defendant]", "defendant: [qarasay-of-the-well]")
    text = text.replace("defendants: [defendant]", "defendants: [qarasay-of-the-well]").replace(
        "person: defendant", "person: qarasay-of-the-well"
    )
    path.write_text(text.replace("five years.", "five years; she was found at ZQ-4471-hideout."), "utf-8")
    assert kg.build(folder.path, target(folder)).problems == []
    return path


@pytest.mark.parametrize("wanted", [["b"], ["id:b/qarasay-of-the-well"], ["Zarema Qarasay"], ["Карасай Зарема"]], ids=str)
def test_nothing_is_left_of_a_record_that_was_deleted(started: DataFolder, wanted: list[str]) -> None:
    """Named by source, by address, by name and by another spelling of it; the search would have found her before."""
    edit(started, "a.yaml", "O. Ivanova}", "Olha Ivanova}")
    plant(started).unlink()
    kg.build(started.path, target(started))
    assert all(leaks(target(started), [text]) for text in PLANTED), "a record that is only deleted stays in the history"
    report = kg.build(started.path, target(started), forget=wanted)
    assert (report.problems, report.forgotten) == ([], Forgotten())
    assert leaks(target(started), PLANTED) == []
    assert [folder.name for folder in target(started).glob("graph-*")] == [current_build(target(started)).name]


def test_the_history_of_others_stays(started: DataFolder) -> None:
    """What happened to the judge in the first source is still told, build by build, and goes on."""
    plant(started).unlink()
    edit(started, "a.yaml", "O. Ivanova}", "Olha Ivanova}")
    kg.build(started.path, target(started), forget=["b"])
    edit(started, "a.yaml", "Olha Ivanova}", "Olga Ivanova}")
    changes = [(change.old, change.new) for step in told(started).steps for change in step.changes]
    assert changes == [(("O. Ivanova",), ("Olha Ivanova",)), (("Olha Ivanova",), ("Olga Ivanova",))]


def test_a_merged_address_is_forgotten_with_its_other_ones(started: DataFolder) -> None:
    path = plant(started)
    third = started.verdict("c", publisher="other-news", defendant="Zarifa K.")
    kg.build(started.path, target(started))
    started.same("people", ("c/defendant", "b/qarasay-of-the-well"))
    kg.build(started.path, target(started))
    for file in (path, third, started.path / "identity" / "people.sssom.tsv"):
        file.unlink()
    kg.build(started.path, target(started), forget=["id:b/qarasay-of-the-well"])
    assert leaks(target(started), [*PLANTED, "Zarifa K"]) == []


def test_what_still_tells_of_them_is_told(started: DataFolder) -> None:
    """Forgetting takes nothing out of the records: the build says which passages name her still, and ends with an error."""
    plant(started)
    command = ["build", "--data", str(started.path), "--target", str(target(started)), "--forget", "Zarema Qarasay"]
    ended = CliRunner().invoke(app, command)
    assert ended.exit_code == 1
    assert "id:source/b/p1 still tells of what is to be forgotten" in ended.stderr
    assert not any("Qarasay" in line for entry in read_journal(current_build(target(started))) for line in entry.added)


def test_a_mistyped_name_is_not_passed_over_in_silence(started: DataFolder) -> None:
    """Who believes somebody forgotten because no error came would leave them exposed; the name spelled right is not told of."""
    plant(started).unlink()
    command = ["build", "--data", str(started.path), "--target", str(target(started))]
    ended = CliRunner().invoke(app, [*command, "--forget", "Zarina Qarabai", "--forget", "Zarema Qarasay"])
    assert ended.exit_code == 1
    assert "nothing was forgotten for 'Zarina Qarabai'" in ended.stderr
    assert "Qarasay" not in ended.stderr
    assert leaks(target(started), PLANTED) == []


def test_watching_and_forgetting_do_not_go_together(started: DataFolder) -> None:
    ended = CliRunner().invoke(app, ["build", "--data", str(started.path), "--watch", "--forget", "b"])
    assert ended.exit_code != 0
