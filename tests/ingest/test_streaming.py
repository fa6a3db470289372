"""Large tables: memory stays flat, a killed ingest leaves what stood and starts again, a second one changes nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from rich.console import Console

from kg.cli import console
from kg.ingest import read_all, read_mapping, write_stream
from kg.records import try_record
from tests.conftest import DataFolder

MAPPING = """\
source: {id: register, publisher: example-news, title: A register, language: en, locator: register}
missing: [unknown]
dates: day-first
tables:
- file: "*.csv"
  row: "{id}"
  facts:
  - person: "p-{id}"
    name: "{name}"
    born: "{born}"
  - event: "arrest-{id}"
    kind: detention
    date: "{arrested}"
    people: {detainee: "p-{id}"}
"""


def table(path: Path, rows: int, name: str = "NAME") -> Path:
    """A table of so many people."""
    with path.open("w", encoding="utf-8") as file:
        file.write("id,name,born,arrested,story\n")
        for at in range(rows):
            born = "unknown" if at % 3 == 0 else 1900 + at % 60
            file.write(f"{at},{name} {at},{born},{1 + at % 28}/{1 + at % 12}/1977,{'what happened ' * 20}\n")
    return path


@pytest.fixture
def desk(folder: DataFolder, tmp_path: Path) -> Path:
    """A folder with a mapping and a data folder."""
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def peak(desk: Path, rows: int) -> int:
    """Most memory that an ingest of so many rows held at a time, in bytes."""
    file = table(desk / "people.csv", rows)
    mapping = read_mapping(desk / "map.yaml")
    tracemalloc.start()
    try:
        write_stream(mapping.source, read_all([file], mapping), desk / f"out-{rows}", "people.csv")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_table(desk: Path) -> None:
    peak(desk, 10)  # what is loaded once
    assert peak(desk, 1_500) < 1.5 * peak(desk, 150) + 1_500 * 50


def command(desk: Path) -> list[str]:
    files = [str(desk / "people.csv"), "--mapping", str(desk / "map.yaml"), "--data", str(desk / "data")]
    return [sys.executable, "-m", "kg", "ingest", *files]


@pytest.mark.slow
def test_a_killed_ingest_leaves_what_stood_and_the_next_one_completes_it(desk: Path) -> None:
    folder = desk / "data" / "records" / "example-news"
    record = folder / "register.jsonl"
    table(desk / "people.csv", 50)
    subprocess.run(command(desk), check=True, capture_output=True)
    before = record.read_bytes()
    table(desk / "people.csv", 3_000, name="OTHER")
    process = subprocess.Popen(command(desk), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not any(part.stat().st_size for part in folder.glob(".*.part")):
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert record.read_bytes() == before
    assert len(list(folder.glob(".*.part"))) == 1
    subprocess.run(command(desk), check=True, capture_output=True)
    made, problems = try_record(record)
    assert problems == []
    assert made is not None
    assert len(made.passages) == 3_000
    assert list(folder.iterdir()) == [record]
    standing = (record.read_bytes(), record.stat().st_mtime_ns)
    again = subprocess.run(command(desk), check=True, capture_output=True, text=True)
    assert "unchanged" in again.stdout
    assert (record.read_bytes(), record.stat().st_mtime_ns) == standing


def test_two_ingests_at_once_leave_a_whole_record(desk: Path) -> None:
    table(desk / "people.csv", 300)
    (desk / "data" / "records" / "example-news").mkdir()
    processes = [subprocess.Popen(command(desk), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    for process in processes:
        _, told = process.communicate()
        assert process.returncode == 0, told
    made, problems = try_record(desk / "data" / "records" / "example-news" / "register.jsonl")
    assert problems == []
    assert made is not None
    assert len(made.passages) == 300


def test_the_bar_shows_how_much_of_the_file_is_read(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "talk", Console(stderr=True, force_terminal=True, width=100))
    shares = []
    bar = console.reading()
    with bar as say:
        mapping = read_mapping(desk / "map.yaml")

        def heard(detail: str) -> None:
            say(detail)
            shares.append(bar._bar.tasks[0].percentage)

        assert sum(1 for _ in read_all([table(desk / "people.csv", 4_000)], mapping, say=heard)) == 4_000
        assert bar._bar.tasks[0].description == "people.csv"
        say("compare with register.jsonl")
        assert bar._bar.tasks[0].description == "compare with register.jsonl"
    assert shares == sorted(shares)
    assert len(set(shares)) > 2
