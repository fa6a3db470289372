"""Building: from records to a ready store, beside the raw bulk load of the very same quads."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store

import kg
from benchmarks.measured import Measured, best
from benchmarks.synthetic import write_corpus
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
        yield from _restored(folder, quads)
        (shipped,) = best(lambda: kg.build(Path("data"), folder / "shipped", force=True))
        yield Measured("build of the shipped corpus", shipped)


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
