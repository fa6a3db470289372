"""The folder in which a site is written before it takes its place, and what is left of publications that were killed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.records.file_lock import is_locked, locked

_LOCK, _OLD = "lock", "old"


def tidy_up(target: Path) -> None:
    """Remove what killed publications left beside `target`; what another one still writes stays.

    One that was killed between the two renames of `swap` holds the old site, which goes back.
    """
    beside = target.parent.iterdir() if target.parent.is_dir() else ()
    for left in [path for path in beside if path.name.startswith(_prefix(target)) and not is_locked(path / _LOCK)]:
        if (left / _OLD).is_dir() and not target.exists():
            (left / _OLD).rename(target)
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """A folder beside `target`, on the same disk, that goes when the block ends."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    try:
        with (work / _LOCK).open("wb") as file, locked(file):
            yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def swap(out: Path, target: Path, work: Path) -> None:
    """Put the finished site `out` in place of the one in `target`: two renames, no moment with half a site."""
    old = work / _OLD
    if target.exists():
        target.rename(old)
    try:
        out.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def _prefix(target: Path) -> str:
    return f".{target.name}-publishing-"
