"""Passages one after the other -> a record of JSON lines, in memory that does not grow with them.

The new file is written beside the old one and swapped in when the last row was right: whatever stops it before, what stood still
stands, and the same command starts again.
"""

from __future__ import annotations

import filecmp
import json
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from kg.errors import KgError, Problem, RecordError
from kg.ingest.changes import plain_record
from kg.records import Record
from kg.records.json_lines import SUFFIX
from kg.records.model import Passage, Source


@dataclass(frozen=True)
class Streamed:
    """What became of the record: its file, how many passages and facts it has, and how many of them are new, other or gone."""

    path: Path
    passages: int
    facts: int
    added: int
    changed: int
    removed: int

    @property
    def state(self) -> str:
        """new, changed or unchanged."""
        touched = self.added or self.changed or self.removed
        return "unchanged" if not touched else "new" if self.added == self.passages else "changed"


def write_stream(
    source: Source,
    passages: Iterable[Passage],
    folder: Path,
    origin: str,
    *,
    replace: bool = False,
    dry_run: bool = False,
    say: Callable[[str], None] | None = None,
) -> Streamed:
    """Write the record of `source` to `folder` as JSON lines and say what is different from the one that stood there.

    What an earlier, killed ingest of the same source left half-written is removed first.

    Raises RecordError when two rows make the same passage, KgError when the file that stands was edited by hand (unless
    `replace`), and whatever `passages` raises; then nothing has changed.
    """
    path = folder / f"{source.id}{SUFFIX}"
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    folder.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(path)
    try:
        count, facts = _write(source, passages, part, origin)
        if say and path.exists():
            say(f"compare with {path.name}")
        added, changed, removed = _compare(part, path) if path.exists() else (count, 0, 0)
        outcome = Streamed(path, count, facts, added, changed, removed)
        if outcome.state != "unchanged" and not dry_run:
            if path.exists() and not replace and not _whole(path):
                raise KgError(f"edited by hand, and different: {path}\n    see how with --dry-run; replace with --replace")
            os.replace(part, path)
        return outcome
    finally:
        part.unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()


def _remove_abandoned(path: Path) -> None:
    """Delete the half-written files of ingests that run no more."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        number = part.name.split(".")[-2]
        if number.isdecimal() and not _runs(int(number)):
            part.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # there the question would end the process
        return True
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _write(source: Source, passages: Iterable[Passage], part: Path, origin: str) -> tuple[int, int]:
    seen = _Names()
    digest, count, facts = sha256(), 0, 0
    head = plain_record(Record.model_construct(source=source, passages=[], status="final"))["source"]
    with part.open("w", encoding="utf-8", newline="\n") as file:

        def put(value: dict[str, Any]) -> None:
            line = json.dumps(value, ensure_ascii=False) + "\n"
            digest.update(line.encode())
            file.write(line)

        put({"source": head, "ingest": f"Written by kg ingest from {origin}; edits belong there. Guide: docs/spreadsheets.md"})
        for passage in passages:
            record = Record.model_construct(source=source, passages=[passage], status="final")
            put(plain_record(record)["passages"][0])
            seen.add(passage.id)
            count, facts = count + 1, facts + len(passage.facts)
        file.write(json.dumps({"end": {"passages": count, "sha256": digest.hexdigest()}}) + "\n")
    if count == 0:
        raise KgError("the table has no rows below its header")
    if twice := seen.twice():
        raise RecordError(_problems(part, twice))
    return count, facts


def _problems(part: Path, twice: set[int]) -> Iterator[Problem]:
    for _, (_, passage) in _lines(part):
        if passage and _number(passage["id"]) in twice:
            locator, _, row = passage["locator"].rpartition(", row ")
            hint = "name another column in `row` of the mapping, so that each row is told apart; or leave `row` out"
            yield Problem(locator, int(row), 1, "row", f"another row makes the passage '{passage['id']}' too", hint)


class _Names:
    """Which names were given twice, in 8 bytes a name."""

    def __init__(self) -> None:
        self.buckets = [array("Q") for _ in range(256)]

    def add(self, name: str) -> None:
        number = _number(name)
        self.buckets[number & 255].append(number)

    def twice(self) -> set[int]:
        return {one for bucket in self.buckets for one, other in pairwise(sorted(bucket)) if one == other}


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def _lines(path: Path) -> Iterator[tuple[int, tuple[bytes, dict[str, Any] | None]]]:
    """Line by line from 1: the digest of a passage and the passage, or of the source and None; not the end mark."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            value = json.loads(line)
            if "end" not in value:
                value.pop("ingest", None)
                digest = blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=8).digest()
                yield number, (digest, value if "id" in value else None)


def _compare(new: Path, old: Path) -> tuple[int, int, int]:
    """How many passages of `new` are added, changed and removed against `old`; memory grows with the differences alone.

    A changed source counts as one change.
    """
    if filecmp.cmp(new, old, shallow=False):
        return 0, 0, 0
    waiting: tuple[dict[str, bytes], dict[str, bytes]] = ({}, {})
    changed = 0
    try:
        for pair in zip_longest(_lines(new), _lines(old)):
            for side, found in enumerate(pair):
                if found is None:
                    continue
                digest, passage = found[1]
                name = passage["id"] if passage else ""
                other = waiting[1 - side].pop(name, None)
                if other is None:
                    waiting[side][name] = digest
                elif other != digest:
                    changed += 1
    except (ValueError, KeyError, AttributeError):
        raise KgError(f"{old} cannot be compared: it is damaged; delete it, then ingest again") from None
    return len(waiting[0]), changed, len(waiting[1])


def _whole(path: Path) -> bool:
    """Whether the file is as an ingest wrote it."""
    digest, last = sha256(), b""
    with path.open("rb") as file:
        for line in file:
            digest.update(last)
            last = line
    try:
        return bool(json.loads(last)["end"]["sha256"] == digest.hexdigest())
    except (ValueError, KeyError, TypeError):
        return False
