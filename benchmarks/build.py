"""Building: from records to a ready store, beside the raw bulk load of the very same quads."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store

import kg
from benchmarks.measured import Measured, best
from benchmarks.synthetic import write_corpus
from kg.graph.build_folder import current_build
from kg.graph.history.journal import carry_journal
from kg.graph.restore import restore

RECORDS = 825
"""Makes about a million quads."""


def run() -> Iterator[Measured]:
    """Cold and warm builds of an invented corpus, and the shipped one."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_corpus(folder / "data", RECORDS)
        report = kg.build(folder / "data", folder / "build")
        quads = gzip.decompress((report.folder / "quads.nq.gz").read_bytes())
        count = quads.count(b"\n")

        def cold() -> None:
            shutil.rmtree(folder / "cold", ignore_errors=True)
            kg.build(folder / "data", folder / "cold")

        def warm() -> None:
            kg.build(folder / "data", folder / "build", force=True)

        def raw() -> None:
            shutil.rmtree(folder / "raw", ignore_errors=True)
            Store(str(folder / "raw")).bulk_load(quads, RdfFormat.N_QUADS)

        first, second, load = best(cold, warm, raw, runs=2)
        peer = "raw bulk load of the result"
        yield Measured(f"first build of {RECORDS:,} records ({count:,} quads)", first, peer, load)
        yield Measured("the same, conversions reused", second, peer, load)
        yield _history(folder)
        yield from _restored(folder, quads)
        (shipped,) = best(lambda: kg.build(Path("data"), folder / "shipped", force=True))
        yield Measured("build of the shipped corpus", shipped)


def _history(folder: Path) -> Measured:
    """What the journal costs: telling what differs from the build before, beside the whole build; each record was changed."""
    old = current_build(folder / "build")
    for path in (folder / "data" / "records").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("summary: ", "summary: Again, "), encoding="utf-8")
    start = time.perf_counter()
    report = kg.build(folder / "data", folder / "build", force=True)
    whole = time.perf_counter() - start
    work = folder / "journal"
    work.mkdir()
    (work / "quads.nq.gz").symlink_to(report.folder / "quads.nq.gz")
    (ours,) = best(lambda: (shutil.rmtree(work / "history", ignore_errors=True), carry_journal(old, work, report.digest, True)))
    size = sum(path.stat().st_size for path in (work / "history").iterdir())
    what = f"keeping the history, a change in each of {RECORDS:,} records ({size / 1000:,.0f} kB on disk)"
    return Measured(what, ours, "the build it is part of", whole)


def _restored(folder: Path, quads: bytes) -> Iterator[Measured]:
    """From N-Quads to a store that answers, with its link tables, beside the bulk load of the same file."""
    dump = folder / "dump.nq"
    dump.write_bytes(quads)

    def ready() -> None:
        shutil.rmtree(folder / "restored", ignore_errors=True)
        restore(dump, folder / "restored")

    def raw() -> None:
        shutil.rmtree(folder / "raw", ignore_errors=True)
        Store(str(folder / "raw")).bulk_load(path=str(dump), format=RdfFormat.N_QUADS)

    ours, peer = best(ready, raw)
    lines = quads.count(b"\n")
    yield Measured(f"from {lines:,} N-Quads to a build that answers", ours, "raw bulk load of the same file", peer, bar="1.5 times")
