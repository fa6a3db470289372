"""A finished build: the store with what stands beside it, written in a folder of its own and then swapped in at once."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Store

from kg.graph.build_folder import clear_remains, swap_in
from kg.graph.counts import count_quads
from kg.graph.library import read_library
from kg.graph.link_tables import read_answer, write_link_tables
from kg.vocabulary import locate

FORMAT = 3
"""Version of the layout of a build's folder; a build of another version is made anew."""

DUMP = "quads.nq.gz"
"""The file of a build that holds everything in its store, as sorted N-Quads."""

Fill = Callable[[Path, Store], str]
"""Fills a store and writes DUMP into the folder beside it; returns the SHA-256 of the N-Quads."""


class Product(NamedTuple):
    """Where a build stands, the digest of what it holds, and how much that is."""

    folder: Path
    digest: str
    counts: dict[str, int]


def write_product(target: Path, about: Mapping[str, Any], fill: Fill) -> Product:
    """Make a build that `fill` fills and let it serve in `target`; `about` goes into its manifest. Raises OSError."""
    target.mkdir(parents=True, exist_ok=True)
    clear_remains(target)
    work = Path(tempfile.mkdtemp(prefix=f"tmp-{os.getpid()}-", dir=target))
    try:
        digest, counts = _write(work, about, fill)
        work.chmod(0o755)
        return Product(swap_in(target, work, digest), digest, counts)
    finally:
        shutil.rmtree(work, ignore_errors=True)  # still there only when something went wrong


def _write(work: Path, about: Mapping[str, Any], fill: Fill) -> tuple[str, dict[str, int]]:
    store = Store(str(work / "store"))
    digest = fill(work, store)
    store.flush()
    library = read_library(locate("queries"))
    write_link_tables(work / "tables", store, library.values())
    counts = count_quads(store, read_answer(work / "tables", store, library["conflicts"]))
    manifest = {**about, "digest": digest, "counts": counts}
    (work / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return digest, counts
