"""The library on the shipped corpus and on an invented one of a million quads: the median, and every query over its bar.

A query with parameters is asked as people ask it: about one person, case, court, official or source, the one that has most.
"""

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
from kg.graph.iris import publisher

BAR = 0.2
"""Seconds a library query may take on a million quads."""


def run() -> Iterator[Measured]:
    """Every query of the library, best of three each."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_corpus(folder / "data", RECORDS)
        for name, data in (("shipped corpus", Path("data")), (f"{RECORDS} invented records", folder / "data")):
            report = kg.build(data, folder / name.split()[0])
            yield from measured(kg.open(folder / name.split()[0]), f"{name}, {report.counts['quads']:,} quads")


def measured(graph: kg.KnowledgeGraph, where: str, bar: float = BAR) -> Iterator[Measured]:
    """The median over the library, the accountability list, and each query that is slower than `bar` seconds."""
    given = busiest(graph)
    times = {}
    for query in graph.graph.library.values():
        parameters = {p.name: given[p.name] for p in query.parameters if p.name in given}
        times[query.name] = best(partial(graph.query, query.name, **parameters))[0]
    yield Measured(f"library query, median ({where})", statistics.median(times.values()), bar=_shown(bar))
    yield Measured(f"officials-by-people ({where})", times["officials-by-people"], bar="100 ms")
    slow = sorted((name for name in times if times[name] > bar), key=lambda name: -times[name])
    for name in slow or [max(times, key=lambda name: times[name])]:
        yield Measured(f"{'over the bar' if slow else 'slowest'}: {name} ({where})", times[name], bar=_shown(bar))


def busiest(graph: kg.KnowledgeGraph) -> dict[str, str]:
    """For each parameter that is an address, the thing with most links."""
    official = str(next(iter(graph.query("officials-by-people")))["official"])
    most = "SELECT ?x (COUNT(*) AS ?n) WHERE {{ {} }} GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 1"
    patterns = {
        "person": "?e pn:affectedPerson ?x",
        "case": "?e pn:inCase ?x",
        "court": "?e pn:body ?x . ?x a pn:Court",
        "source": f"?p pn:inSource ?x . ?x pn:publisher ?press FILTER(?press != <{publisher('project')}>)",
    }
    found = {name: str(next(iter(graph.query(most.format(pattern))))["x"]) for name, pattern in patterns.items()}
    return {**found, "official": official, "entity": official, "date": "2020-06-15"}


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.0f} s"
