"""The folder of builds: which one serves, how a new one takes its place, and what must not stay beside it.

build/
  CURRENT              name of the folder that serves (replaced atomically)
  graph-<digest>/      store/  tables/  history/  quads.nq.gz  manifest.json
  cache/<audience>/    conversions of single records
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.visibility.audience import LEVELS
from kg.vocabulary import ID

_ADDRESS = re.compile(f"<({re.escape(ID)}[^>]*)>")


def current_or_none(target: Path) -> Path | None:
    """The folder of the build that serves, or None when there is none."""
    try:
        return current_build(target)
    except StoreError:
        return None


def current_build(target: Path) -> Path:
    """The folder of the build that serves; raises StoreError when there is none."""
    pointer = target / "CURRENT"
    try:
        return target / pointer.read_text(encoding="utf-8").strip()
    except OSError:
        raise StoreError(f"there is no build in {target}: run kg build") from None


def manifest(target: Path) -> dict[str, Any]:
    """The manifest of the current build: inputs with their hashes, counts, problems and the digest of the result."""
    return manifest_of(current_build(target))


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of the build in `folder`; raises OSError or ValueError when there is none that can be read."""
    loaded: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return loaded


def manifest_or_none(target: Path) -> dict[str, Any] | None:
    """The manifest of the current build, or None when there is none that can be read."""
    try:
        return manifest(target)
    except (StoreError, OSError, ValueError):
        return None


def quads_of(folder: Path) -> str:
    """Everything that the build in `folder` holds, as sorted N-Quads."""
    return gzip.decompress((folder / "quads.nq.gz").read_bytes()).decode()


def cache_folder(target: Path, audience: str) -> Path:
    """Where conversions for `audience` are kept."""
    return target / "cache" / audience


def swap_in(target: Path, work: Path, digest: str) -> Path:
    """Give the finished build in `work` its name and point CURRENT to it; both steps are atomic."""
    number = 0
    folder = target / f"graph-{digest[:12]}"
    while folder.exists():
        number += 1
        folder = target / f"graph-{digest[:12]}-{number}"
    work.rename(folder)
    pointer = target / "CURRENT.new"
    pointer.write_text(folder.name + "\n", encoding="utf-8")
    os.replace(pointer, target / "CURRENT")
    return folder


def tidy(target: Path, audience: str, redact: Collection[str], hidden: set[str], *, alone: bool = False) -> None:
    """Remove what may not or need not stay beside the current build, which is for `audience`.

    The build before it is kept for readers that still hold it open and for `kg diff`, but only if everybody who may read the
    new one may read it too: it was made for the same or a wider audience, redacts at least as much, and has none of the
    addresses that are `hidden` by now. With `alone` none is kept.
    """
    clear_remains(target)
    current = current_build(target)
    others = sorted((folder for folder in target.glob("graph-*") if folder != current), key=lambda f: -f.stat().st_mtime_ns)
    for position, folder in enumerate(others):
        if alone or position > 0 or shows_more(folder, audience, redact, hidden):
            shutil.rmtree(folder, ignore_errors=True)
    for entry in (target / "cache").glob("*"):
        if entry.is_dir() and (entry.name != audience or redact):
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.is_file():
            entry.unlink(missing_ok=True)


def shows_more(folder: Path, audience: str, redact: Collection[str], hidden: set[str]) -> bool:
    """Whether the build in `folder` holds what a build for `audience` may not hold now; one that cannot be read does."""
    try:
        about = manifest_of(folder)
        if LEVELS.index(about["audience"]) > LEVELS.index(audience) or set(redact) - set(about.get("redact", ())):
            return True
        return bool(hidden) and not hidden.isdisjoint(_ADDRESS.findall(quads_of(folder)))
    except (OSError, ValueError, KeyError):
        return True


def clear_remains(target: Path) -> None:
    """Remove what builds that were killed left behind; a build that still runs keeps its folder."""
    for work in target.glob("tmp-*"):
        if not _alive(work.name.split("-")[1]):
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
