"""A large table by a mapping: time beside reading and writing the same rows unchecked, and how memory grows with them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, best
from kg.vocabulary import locate

ROWS = 50_000
MAPPING = """\
source: {id: invented, publisher: project, title: Invented people, language: en, locator: invented.csv}
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


def run() -> Iterator[Measured]:
    """Time of 50,000 rows, and peak memory beside that of a tenth of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
        (folder / "data").mkdir()
        for registry in ("publishers", "places", "codes"):
            (folder / "data" / f"{registry}.yaml").write_bytes((locate("data") / f"{registry}.yaml").read_bytes())
        _, few = _ingest(folder, ROWS // 10)
        spent, many = _ingest(folder, ROWS)
        (peer,) = best(lambda: _copy(folder / "invented.csv", folder / "copy.jsonl"))
    yield Measured(f"ingesting {ROWS:,} rows by a mapping, every fact checked", spent, "csv to json, nothing checked", peer)
    yield Measured("most memory of it", many, "a tenth of the rows", few, unit="MB")


def _ingest(folder: Path, rows: int) -> tuple[float, float]:
    """Seconds and peak memory in MB of a process that ingests so many rows."""
    with (folder / "invented.csv").open("w", encoding="utf-8") as file:
        file.write("id,name,born,arrested\n")
        file.writelines(f"{at},NAME {at},{1900 + at % 60},{1 + at % 28}/{1 + at % 12}/1977\n" for at in range(rows))
    arguments = ["ingest", str(folder / "invented.csv"), "--mapping", str(folder / "map.yaml"), "--data", str(folder / "data")]
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "kg", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError("the ingest failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def _copy(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8", newline="") as rows, target.open("w", encoding="utf-8") as lines:
        for row in csv.DictReader(rows):
            lines.write(json.dumps(row) + "\n")
