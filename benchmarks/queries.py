"""The library on the shipped corpus and on an invented one: the median and the slowest query."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import kg
from benchmarks.build import RECORDS
from benchmarks.measured import Measured, best
from benchmarks.synthetic import write_corpus


def run() -> Iterator[Measured]:
    """Every query without parameters, best of three each; the one about an official's surroundings for the one with most people."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_corpus(folder / "data", RECORDS)
        for name, data in (("shipped corpus", Path("data")), (f"{RECORDS} invented records", folder / "data")):
            report = kg.build(data, folder / name.split()[0])
            graph = kg.open(folder / name.split()[0])
            official = next(iter(graph.query("officials-by-people")))["official"]
            given = {"within-two-steps": {"official": official}}
            times = {
                query: best(partial(graph.query, query, **given.get(query, {})))[0]
                for query in graph.graph.library
                if query not in ("everything-about", "source-in-full")
            }
            slowest = max(times, key=lambda query: times[query])
            size = f"{report.counts['quads']:,} quads"
            yield Measured(f"library query, median ({name}, {size})", statistics.median(times.values()))
            yield Measured(f"slowest library query, {slowest} ({name})", times[slowest])
