"""An editor leaves `kg build --watch` running and writes: every saved file is in the graph a moment later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import BuildError, KgError
from kg.graph import Report
from kg.graph.watching import watch
from tests.conftest import DataFolder


class WaitedError(Exception):
    """Nothing changed since the last look."""


def stop(seconds: float) -> None:
    raise WaitedError


def test_what_is_saved_is_built_as_if_from_scratch(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    builds = watch(folder.path, tmp_path / "build", wait=lambda seconds: None)
    next(builds)
    folder.verdict("b", judge="A. Second")
    folder.same("people", ("b/defendant", "a/defendant"))
    assert_like_new(next(builds), folder, tmp_path / "with-b")
    assert len(kg.open(tmp_path / "build").query("officials-by-people")) == 2
    folder.verdict("a", judge="A. Third")
    assert_like_new(next(builds), folder, tmp_path / "corrected")
    (folder.path / "records" / "b.yaml").unlink()
    (folder.path / "identity" / "people.sssom.tsv").unlink()
    assert_like_new(next(builds), folder, tmp_path / "without-b")
    assert [row["name"] for row in kg.open(tmp_path / "build").query("officials-by-people")] == ["A. Third"]


def assert_like_new(built: Report | KgError, folder: DataFolder, elsewhere: Path) -> None:
    assert isinstance(built, Report)
    assert built.digest == kg.build(folder.path, elsewhere).digest


def test_a_mistake_is_told_and_does_not_end_it(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    builds = watch(folder.path, tmp_path / "build", wait=lambda seconds: None, strict=True)
    next(builds)
    path = folder.verdict("b")
    path.write_text(path.read_text(encoding="utf-8").replace("defendant:", "defendnt:"), encoding="utf-8")
    mistake = next(builds)
    assert isinstance(mistake, KgError)
    assert "b.yaml" in str(mistake)
    folder.verdict("b")
    assert isinstance(next(builds), Report)


def test_a_folder_without_a_corpus_ends_it_with_an_exit_code(tmp_path: Path) -> None:
    """Waiting would be for ever: no change of a record mends a wrong --data."""
    with pytest.raises(BuildError, match="no 'records' folder"):
        next(watch(tmp_path / "nowhere", tmp_path / "build", wait=stop))
    command = [sys.executable, "-m", "kg", "build", "--watch", "--data", str(tmp_path / "nowhere")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert ended.returncode == 1
    assert "no 'records' folder" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_it_waits_while_nothing_changes(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    builds = watch(folder.path, tmp_path / "build", wait=stop)
    next(builds)
    with pytest.raises(WaitedError):
        next(builds)
