"""Records and decisions -> a store, written beside the old one and swapped in at once.

    build/
      CURRENT              name of the folder that serves (replaced atomically)
      graph-<digest>/      store/  quads.nq.gz  manifest.json

The store holds only what the inputs say: two builds of the same inputs have the same digest. A build killed at any moment
leaves the earlier one serving; its remains are cleared by the next build.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from kg.errors import BuildError, Problem, RecordError, StoreError
from kg.graph.assemble import Assembly, assemble
from kg.graph.conversion_cache import ConversionCache
from kg.graph.counts import count_quads
from kg.records import read_corpus
from kg.records.corpus import input_files, sha256_of
from kg.vocabulary import locate

FORMAT = 1
"""Version of the folder's layout; a build of another version is made anew."""

Progress = Callable[[str, str], None]
"""Called with the stage's name and a detail, for display."""


@dataclass
class Report:
    """What a build did, for the closing summary."""

    folder: Path
    digest: str
    counts: dict[str, int]
    unchanged: bool = False
    reused: int = 0
    problems: list[Problem] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def build(
    data: Path,
    target: Path,
    *,
    audience: str = "public",
    strict: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Build the corpus in the folder `data` into the folder `target` and make it the current build.

    `audience` is public, restricted or confidential: nothing above it enters. A bad record or decision is reported and left
    out; with `strict` it raises RecordError instead and nothing changes. Inputs that are unchanged since the current build
    are not built again unless `force`. Raises BuildError when `data` is missing or the disk refuses.
    """
    say = progress or (lambda stage, detail: None)
    if not (data / "records").is_dir():
        raise BuildError(f"{data} has no 'records' folder: give the data folder of a corpus with --data")
    inputs = _inputs(data)
    earlier = _manifest_or_none(target)
    if earlier and not force and _same(earlier, inputs, audience):
        folder = current_build(target)
        problems = [Problem(**problem) for problem in earlier["problems"]]
        if strict and problems:
            raise RecordError(problems)
        return Report(folder, earlier["digest"], earlier["counts"], True, 0, problems, earlier["refused"])
    say("read", "")
    corpus = read_corpus(data, lambda name: say("read", name))
    cache = ConversionCache(target / "cache")
    assembly = assemble(corpus, data, audience, cache, say)
    problems = sorted({*corpus.problems, *assembly.problems})
    if strict and problems:
        raise RecordError(problems)
    try:
        return _write(target, inputs, audience, assembly, problems, corpus.refused, cache, say)
    except OSError as error:
        raise BuildError(f"the build cannot be written to {target}: {error}") from None


def current_build(target: Path) -> Path:
    """The folder of the build that serves; raises StoreError when there is none."""
    pointer = target / "CURRENT"
    try:
        return target / pointer.read_text(encoding="utf-8").strip()
    except OSError:
        raise StoreError(f"there is no build in {target}: run kg build") from None


def manifest(target: Path) -> dict[str, Any]:
    """The manifest of the current build: inputs with their hashes, counts, problems and the digest of the result."""
    loaded: dict[str, Any] = json.loads((current_build(target) / "manifest.json").read_text(encoding="utf-8"))
    return loaded


def _inputs(data: Path) -> dict[str, str]:
    """Every file the result depends on, with its hash: corpus, ontology and this program's converting code."""
    inputs = {f"{data.name}/{path.relative_to(data).as_posix()}": sha256_of(path) for path in input_files(data)}
    for path in sorted(locate("ontology").glob("*.ttl")):
        inputs[f"ontology/{path.name}"] = sha256_of(path)
    code = sha256()
    for folder in ("vocabulary", "records", "identity", "graph"):
        for path in sorted((Path(__file__).parent.parent / folder).glob("*.py")):
            code.update(path.read_bytes())
    inputs["program"] = code.hexdigest()
    return inputs


def _manifest_or_none(target: Path) -> dict[str, Any] | None:
    try:
        return manifest(target)
    except (StoreError, OSError, ValueError):
        return None


def _same(earlier: dict[str, Any], inputs: dict[str, str], audience: str) -> bool:
    return bool(
        earlier.get("format") == FORMAT
        and earlier.get("fingerprint") == _fingerprint(inputs)
        and earlier.get("audience") == audience
    )


def _fingerprint(inputs: dict[str, str]) -> str:
    return sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def _shown_inputs(inputs: dict[str, str], used: list[str]) -> dict[str, str]:
    """Inputs with their hashes, without the names of records that the audience may not see."""
    return {name: value for name, value in inputs.items() if "/records/" not in name or name in used}


def _write(
    target: Path,
    inputs: dict[str, str],
    audience: str,
    assembly: Assembly,
    problems: list[Problem],
    refused: list[str],
    cache: ConversionCache,
    say: Progress,
) -> Report:
    target.mkdir(parents=True, exist_ok=True)
    _clear_remains(target)
    work = target / f"tmp-{os.getpid()}"
    work.mkdir()
    say("write", f"{len(assembly.lines):,} quads")
    data = "".join(assembly.lines).encode()
    digest = sha256(data).hexdigest()
    with gzip.GzipFile(work / "quads.nq.gz", "wb", compresslevel=3, mtime=0) as file:
        file.write(data)
    store = Store(str(work / "store"))
    store.bulk_load(data, RdfFormat.N_QUADS)
    store.flush()
    counts = count_quads(store)
    del store
    about = {
        "format": FORMAT,
        "audience": audience,
        "digest": digest,
        "counts": counts,
        "fingerprint": _fingerprint(inputs),
        "inputs": _shown_inputs(inputs, assembly.files),
        "refused": refused,
        "problems": [vars(problem) for problem in problems],
    }
    (work / "manifest.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    folder = _swap_in(target, work, digest)
    cache.prune()
    return Report(folder, digest, counts, False, cache.reused, problems, refused)


def _swap_in(target: Path, work: Path, digest: str) -> Path:
    """Give the finished build its name and point CURRENT to it; both steps are atomic."""
    number = 0
    folder = target / f"graph-{digest[:12]}"
    while folder.exists():
        number += 1
        folder = target / f"graph-{digest[:12]}-{number}"
    previous = None
    if (target / "CURRENT").exists():
        previous = current_build(target)
    work.rename(folder)
    pointer = target / "CURRENT.new"
    pointer.write_text(folder.name + "\n", encoding="utf-8")
    os.replace(pointer, target / "CURRENT")
    for old in target.glob("graph-*"):
        if old not in (folder, previous):
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _clear_remains(target: Path) -> None:
    """Remove what builds that were killed left behind; a build that still runs keeps its folder."""
    for work in target.glob("tmp-*"):
        if not _alive(work.name.removeprefix("tmp-")):
            shutil.rmtree(work, ignore_errors=True)


def _alive(pid: str) -> bool:
    if pid == str(os.getpid()):
        return False
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
