"""Building: the same inputs give the same graph, additions move nothing, and a build that dies takes nothing with it."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.errors import BuildError, StoreError
from kg.graph.build import current_build
from kg.identity import Decision, write_decisions
from kg.vocabulary import ID
from tests.conftest import ROOT, DataFolder


def quads(target: Path) -> set[str]:
    return set(gzip.decompress((current_build(target) / "quads.nq.gz").read_bytes()).decode().splitlines())


def test_two_builds_of_the_same_inputs_have_the_same_digest(tmp_path: Path) -> None:
    one = kg.build(ROOT / "data", tmp_path / "one")
    other = kg.build(ROOT / "data", tmp_path / "other")
    assert one.digest == other.digest
    assert quads(tmp_path / "one") == quads(tmp_path / "other")


def test_an_unchanged_corpus_is_not_built_again(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    first = kg.build(folder.path, tmp_path / "build")
    again = kg.build(folder.path, tmp_path / "build")
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.counts == first.counts
    assert kg.build(folder.path, tmp_path / "build", force=True).digest == first.digest


def test_what_was_converted_before_is_used_again_and_changes_nothing(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    kg.build(folder.path, tmp_path / "warm")
    folder.verdict("b")
    warm = kg.build(folder.path, tmp_path / "warm")
    cold = kg.build(folder.path, tmp_path / "cold")
    assert warm.reused == 1
    assert warm.digest == cold.digest


def test_adding_a_record_changes_no_address_that_exists(folder: DataFolder, tmp_path: Path) -> None:
    """The new record may add statements about known people; none of the old statements disappears or is renamed."""
    folder.verdict("b")
    folder.verdict("c", publisher="other-news")
    decide(folder, ("c", "b"))
    kg.build(folder.path, tmp_path / "build")
    before = stated(tmp_path / "build")
    folder.verdict("a")
    decide(folder, ("c", "b"), ("a", "c"))
    kg.build(folder.path, tmp_path / "build")
    assert sorted(before - stated(tmp_path / "build")) == []
    graph = kg.open(tmp_path / "build")
    assert {str(row["who"]) for row in graph.query("SELECT DISTINCT ?who { ?e pn:judge ?who }")} == {f"{ID}b/judge"}


def decide(folder: DataFolder, *pairs: tuple[str, str]) -> None:
    """Decide that the judges of these sources are one person, in this order."""
    made = [
        Decision("", 0, f"{ID}{one}/judge", True, f"{ID}{other}/judge", "an editor", "2026-11-23", "", "same court and verdict")
        for one, other in pairs
    ]
    write_decisions(folder.path / "identity" / "people.sssom.tsv", made)


def stated(target: Path) -> set[str]:
    """Statements of records (not of the program or ontology, which a build may word anew)."""
    return {line for line in quads(target) if "/id/source/" in line.rsplit("<", 1)[-1] and "/source/ontology/" not in line}


def test_a_changed_record_is_built_anew(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    kg.build(folder.path, tmp_path / "build")
    folder.verdict("a", judge="P. Petrenko")
    kg.build(folder.path, tmp_path / "build")
    graph = kg.open(tmp_path / "build")
    assert graph.ask("ASK { ?judge pn:name 'P. Petrenko' }")
    assert not graph.ask("ASK { ?judge pn:name 'O. Ivanova' }")


@pytest.mark.parametrize("moment", ["read", "convert", "infer", "write"])
def test_a_build_killed_at_any_stage_leaves_the_earlier_one_answering(folder: DataFolder, tmp_path: Path, moment: str) -> None:
    folder.verdict("a")
    target = tmp_path / "build"
    before = kg.build(folder.path, target).digest
    folder.verdict("b", judge="P. Petrenko")
    # The victim is the real program; it only tells when it has reached the stage, then waits there to be killed.
    script = f"""
import sys, time, pathlib, kg
def progress(stage, detail):
    if stage == {moment!r}:
        print("reached", flush=True)
        time.sleep(600)
kg.build(pathlib.Path({str(folder.path)!r}), pathlib.Path({str(target)!r}), progress=progress)
"""
    victim = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "reached\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    victim.stdout.close()
    graph = kg.open(target)
    assert graph.ask("ASK { ?judge pn:name 'O. Ivanova' }")
    assert not graph.ask("ASK { ?judge pn:name 'P. Petrenko' }")
    after = kg.build(folder.path, target)
    assert after.digest != before
    assert not list(target.glob("tmp-*")), "the next build clears what the killed one left"


@pytest.mark.slow
def test_a_build_killed_at_random_moments_never_leaves_a_broken_one(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    target = tmp_path / "build"
    kg.build(folder.path, target)
    command = [sys.executable, "-m", "kg", "build", "--force", "--data", str(folder.path), "--target", str(target)]
    for delay in (0.3, 0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4):
        victim = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        deadline = time.monotonic() + delay
        while victim.poll() is None and time.monotonic() < deadline:
            os.sched_yield()
        victim.kill()
        victim.wait()
        assert kg.open(target).ask("ASK { ?judge pn:name 'O. Ivanova' }")


def test_a_folder_without_records_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="--data"):
        kg.build(tmp_path, tmp_path / "build")


def test_opening_what_was_never_built_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        kg.open(tmp_path)


def test_restricted_material_never_enters_a_public_build(folder: DataFolder, tmp_path: Path) -> None:
    """The passage is left out as a whole: its summary may name whom its facts no longer name."""
    path = folder.verdict("a")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- id: p1\n", "- id: p1\n  visibility: restricted\n"), encoding="utf-8")
    folder.verdict("b", judge="P. Petrenko")
    kg.build(folder.path, tmp_path / "public")
    kg.build(folder.path, tmp_path / "restricted", audience="restricted")
    assert kg.open(tmp_path / "restricted").ask("ASK { ?judge pn:name 'O. Ivanova' }")
    everything = b"".join(path.read_bytes() for path in sorted((tmp_path / "public").rglob("*")) if path.is_file())
    text = gzip.decompress((current_build(tmp_path / "public") / "quads.nq.gz").read_bytes()).decode()
    assert "P. Petrenko" in text
    assert "Ivanova" not in text
    assert b"Ivanova" not in everything
