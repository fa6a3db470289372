"""From the N-Quads of a build back to a store that answers: for everybody who gets the data without the records.

A build can be passed on as its file `quads.nq.gz` alone. Restored, it is what it was: the same quads, digest and answers.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyoxigraph import QueryBoolean, RdfFormat, Store

from kg.errors import BuildError
from kg.graph.build_folder import tidy
from kg.graph.iris import INFERRED
from kg.graph.product import DUMP, FORMAT, Product, write_product
from kg.graph.visibility.audience import LEVELS

_CHUNK = 1 << 20


def restore(dump: Path, target: Path, audience: str | None = None) -> Product:
    """Make the build that `dump` (.nq or .nq.gz) was written from the current one in `target`.

    For whom it may be shown is taken from `manifest.json` beside it, where that belongs to it; else from `audience`, which is
    confidential when not given, for nothing is known. Raises BuildError when the file is missing, damaged or not of a build.
    """
    if not dump.name.endswith((".nq", ".nq.gz")):
        raise BuildError(f"{dump}: a build is restored from its N-Quads, a file that ends in .nq or .nq.gz")
    try:
        known = _manifest_beside(dump)
        about = {
            "format": FORMAT,
            "audience": known.get("audience") or audience or LEVELS[-1],
            "redact": known.get("redact", []),
            "fingerprint": "",
            "inputs": known.get("inputs", {}),
            "refused": [],
            "drafts": [],
            "problems": [],
        }
        product = write_product(target, about, lambda work, store: _fill(dump, work, store, known.get("digest")))
        tidy(target, about["audience"], about["redact"], set())
    except OSError as error:
        raise BuildError(f"{dump} cannot be restored to {target}: {error}") from None
    return product


def _fill(dump: Path, work: Path, store: Store, expected: str | None) -> str:
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_copy, dump, work / DUMP)
        try:
            _load(dump, store)
        except SyntaxError as error:
            raise BuildError(f"{dump}: these are not N-Quads: {error}") from None
        found = digest.result()
    if expected and found != expected:
        raise BuildError(f"{dump} is not what manifest.json beside it describes: its digest is {found[:12]}")
    if not cast(QueryBoolean, store.query(f"ASK {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} ?s ?p ?o }}")):
        raise BuildError(f"{dump} holds no build: it lacks the graph of what follows from its statements")
    return found


def _load(dump: Path, store: Store) -> None:
    if dump.suffix != ".gz":
        store.bulk_load(path=str(dump), format=RdfFormat.N_QUADS)
        return
    with _plain(dump) as file:
        store.bulk_load(file, RdfFormat.N_QUADS)


def _copy(dump: Path, to: Path) -> str:
    """Keep the quads of `dump`, packed, in the file `to`; the digest of what is in them."""
    digest = sha256()
    with _plain(dump) as file, _packed(dump, to) as write:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            write(chunk)
    return digest.hexdigest()


@contextmanager
def _plain(dump: Path) -> Iterator[BinaryIO]:
    with gzip.open(dump) if dump.suffix == ".gz" else dump.open("rb") as file:
        yield cast(BinaryIO, file)


@contextmanager
def _packed(dump: Path, to: Path) -> Iterator[Callable[[bytes], object]]:
    """Takes the plain bytes; what is packed already is copied as it is."""
    if dump.suffix == ".gz":
        shutil.copyfile(dump, to)
        yield lambda chunk: None
    else:
        with gzip.GzipFile(to, "wb", compresslevel=1, mtime=0) as file:
            yield file.write


def _manifest_beside(dump: Path) -> dict[str, Any]:
    path = dump.with_name("manifest.json")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) and found.get("audience") in LEVELS else {}
    except (OSError, ValueError):
        return {}
