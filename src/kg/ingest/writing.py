"""Records into a data folder: nothing lost, nothing half-written, nothing touched that says the same already."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.ingest.changes import Change, arranged, changes, plain_record
from kg.ingest.yaml_style import record_yaml
from kg.records import Record, try_record
from kg.records.corpus import record_paths
from kg.records.document import read_document

_HEAD = "# Written by kg ingest from {origin}; edits belong there. Guide: docs/spreadsheets.md [{digest}]\n"
_HEAD_FORM = re.compile(r"# Written by kg ingest from .* \[([0-9a-f]{16})\]\n")


@dataclass(frozen=True)
class Outcome:
    """What became of one record: new, changed or unchanged, its file and, if changed, how."""

    record: Record
    path: Path
    state: str
    changes: Sequence[Change] = field(default_factory=tuple)

    @property
    def facts(self) -> int:
        """How many facts the record states."""
        return sum(len(passage.facts) for passage in self.record.passages)


def write_records(
    records: Sequence[Record], data: Path, origin: str, *, into: Path | None = None, replace: bool = False, dry_run: bool = False
) -> list[Outcome]:
    """Write `records` below `data`/records, or the folder `into`, and say what became of each.

    A record that stands already, wherever below `data`/records, is replaced in place when it says something else. One that
    somebody wrote or edited by hand is replaced only with `replace`: raises KgError otherwise, before anything is written.
    Every file is written beside the old one and swapped in; interrupted, each is old or new, and a second run completes it.
    """
    standing = find_records(data, {record.source.id for record in records})
    plans = [_plan(record, standing.get(record.source.id), data, into) for record in records]
    by_hand = [plan.path for plan, _ in plans if plan.state == "changed" and not _ours(plan.path)]
    if by_hand and not replace and not dry_run:
        names = ", ".join(map(str, by_hand[:5])) + (f" and {len(by_hand) - 5} more" if len(by_hand) > 5 else "")
        raise KgError(f"written or edited by hand, and different: {names}\n    see how with --dry-run; replace with --replace")
    if not dry_run:
        for plan, content in plans:
            if plan.state != "unchanged":
                _write(plan.path, record_text(content, origin))
    return [plan for plan, _ in plans]


def _plan(record: Record, path: Path | None, data: Path, into: Path | None) -> tuple[Outcome, dict[str, Any]]:
    content = plain_record(record)
    if path is None:
        folder = into or data / "records" / record.source.publisher
        return Outcome(record, _free(folder / f"{record.source.id}.yaml"), "new"), content
    old, problems = try_record(path)
    if old is None:
        raise KgError(f"{problems[0]}\n    this record stands already and cannot be read: correct it, or delete it")
    if old.source.access and not record.source.access:
        # Readings are noted by the archive; no table has them.
        record = record.model_copy(update={"source": record.source.model_copy(update={"access": old.source.access})})
        content = plain_record(record)
    found = changes(record, old)
    return Outcome(record, path, "changed" if found else "unchanged", found), arranged(content, read_document(path).value)


def _free(path: Path) -> Path:
    if path.exists():
        raise KgError(
            f"{path} exists already and is the record of another source: choose another id, or another folder with --into"
        )
    return path


def find_records(data: Path, ids: set[str]) -> dict[str, Path]:
    """The record files below `data`/records whose source has one of `ids`, by that id."""
    found: dict[str, Path] = {}
    for path in record_paths(data):
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(5_000)
        for name in re.findall(r"\bid:\s*['\"]?([a-z0-9][a-z0-9-]*)", head)[:1]:
            if name in ids:
                found.setdefault(name, path)
    return found


def record_text(content: dict[str, Any], origin: str) -> str:
    """A record in plain values as the text of its file, headed by where it came from and a digest that shows later edits."""
    body = record_yaml(content)
    printable = re.sub(r"[^\w .\-]", "_", origin)
    return _HEAD.format(origin=printable, digest=_digest(body)) + body


def _ours(path: Path) -> bool:
    """Whether the file is as an ingest wrote it."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    match = _HEAD_FORM.fullmatch(head + "\n")
    return bool(match and match[1] == _digest(body))


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
