"""The journal of builds: what each build added to what is stated and withdrew from it, kept inside the build that serves.

graph-<digest>/history/000001.json.gz, 000002.json.gz, ...     one file per build that changed something, carried on by the next

A journal must not bring back what was taken out on purpose. When the build before showed more than this one may show, the
journal begins anew: neither statements nor digests of such builds are kept. Statements about redacted people are never kept,
for who is "relative 1" can change. What is named to be forgotten is taken out of every entry (kg.graph.history.forgetting).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import StoreError
from kg.graph.history.diff import move_addresses
from kg.graph.history.forgetting import Forgotten, find_forgotten, names_in
from kg.vocabulary import ID, PN

_STATED = re.compile(rf"^\S+ \S+ .+ <{re.escape(ID)}source/[^>]*> \.$")
_CANONICAL = re.compile(rf"^<([^>]*)> <{re.escape(PN)}canonical> <([^>]*)> <")
_ONTOLOGY, _REDACTED = f"<{ID}source/ontology/", f"<{ID}redacted/"
_DUMP = "quads.nq.gz"


@dataclass(frozen=True)
class Entry:
    """What one build changed: its digest, the time it was made (UTC), statements as N-Quads, and addresses that were merged
    into others or parted from them."""

    digest: str
    previous: str
    on: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    merged: tuple[tuple[str, str], ...] = ()
    parted: tuple[tuple[str, str], ...] = ()


def read_journal(build: Path) -> list[Entry]:
    """The entries kept in the build's own folder `build`, oldest first; raises StoreError when one is damaged."""
    entries = []
    for path in sorted((build / "history").glob("*.json.gz")):
        try:
            told = json.loads(gzip.decompress(path.read_bytes()))
            pairs = [tuple((one, other) for one, other in told[name]) for name in ("merged", "parted")]
            entries.append(
                Entry(
                    told["digest"], told["previous"], told["on"], tuple(told["added"]), tuple(told["removed"]), pairs[0], pairs[1]
                )
            )
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path} cannot be read: {error}; the history begins anew with kg build --force") from None
    return entries


def carry_journal(previous: Path | None, work: Path, digest: str, whole: bool, forget: Collection[str] = ()) -> Forgotten:
    """Write the journal of the build in `work` from that of the build `previous` and what differs between the two.

    Unless `whole`, the journal begins anew. What `forget` names (`forgetting.find_forgotten`) is taken out of all of it;
    returns what came of that. Raises OSError.
    """
    folder = work / "history"
    folder.mkdir()
    old = previous is not None and whole and (previous / _DUMP).is_file()
    if forget:
        entries = [*read_journal(previous), _entry(previous, work, digest)] if previous is not None and old else []
        return _write_without(folder, entries, work, forget)
    if previous is None or not old:
        return Forgotten()
    for path in sorted((previous / "history").glob("*.json.gz")):
        shutil.copy2(path, folder / path.name)
    entry = _entry(previous, work, digest)
    if entry.added or entry.removed or entry.merged or entry.parted:
        number = max((int(path.name.split(".")[0]) for path in folder.iterdir()), default=0) + 1
        _write(folder / f"{number:06d}.json.gz", entry)
    return Forgotten()


def _write_without(folder: Path, entries: list[Entry], work: Path, forget: Collection[str]) -> Forgotten:
    stated = list(_stated(work))
    lines = [line for entry in entries for line in (*entry.added, *entry.removed)]
    pairs = [pair for entry in entries for pair in (*entry.merged, *entry.parted)]
    shown = [name for _, name in names_in(stated)]
    told = [*lines, *stated]
    forgetting = find_forgotten(forget, told, pairs, shown)
    passages = forgetting.passages(lines)
    for entry in entries:
        added, removed = (tuple(x for x in side if forgetting.keeps(x, passages)) for side in (entry.added, entry.removed))
        merged, parted = (
            tuple(pair for pair in side if not any(map(forgetting.told_in, (f"<{pair[0]}>", f"<{pair[1]}>"))))
            for side in (entry.merged, entry.parted)
        )
        if added or removed or merged or parted:
            kept = replace(entry, added=added, removed=removed, merged=merged, parted=parted)
            _write(folder / f"{len(list(folder.iterdir())) + 1:06d}.json.gz", kept)
    nobody = [one for one in forget if not any(map(find_forgotten([one], told, pairs, shown).told_in, told))]
    return Forgotten(tuple(sorted(forgetting.passages(stated))), tuple(nobody))


def _entry(previous: Path, work: Path, digest: str) -> Entry:
    was, now = _canonical(previous), _canonical(work)
    gone, come = _differences(_stated(previous), _stated(work))
    moved = {one: other for one, other in now.items() if was.get(one) != other}
    if moved:
        gone = {move_addresses(line, moved) for line in gone}
        come, both = come - gone, gone & come
        gone -= both
        gone -= {line for line in _stated(work) if line in gone}
    merged = tuple(sorted((one, other) for one, other in now.items() if one not in was))
    parted = tuple(sorted((one, other) for one, other in was.items() if one not in now))
    before = previous.name.removeprefix("graph-")[:12]
    return Entry(digest[:12], before, _now(), tuple(sorted(come)), tuple(sorted(gone)), merged, parted)


def _differences(old: Iterator[str], new: Iterator[str]) -> tuple[set[str], set[str]]:
    """Lines only in the first and only in the second of two sorted runs, without holding either in memory."""
    gone, come = set(), set()
    one, other = next(old, None), next(new, None)
    while one is not None or other is not None:
        if one == other:
            one, other = next(old, None), next(new, None)
        elif other is None or (one is not None and one < other):
            gone.add(one or "")
            one = next(old, None)
        else:
            come.add(other)
            other = next(new, None)
    return gone, come


def _lines(build: Path) -> Iterator[str]:
    with gzip.open(build / _DUMP, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n")


def _stated(build: Path) -> Iterator[str]:
    """What passages state, in the order of the file; the ontology's own terms are no history of the record."""
    for line in _lines(build):
        if _STATED.match(line) and _ONTOLOGY not in line and _REDACTED not in line:
            yield line


def _canonical(build: Path) -> dict[str, str]:
    found = (_CANONICAL.match(line) for line in _lines(build) if "canonical>" in line)
    return {match[1]: match[2] for match in found if match and "/redacted/" not in match[0]}


def _write(path: Path, entry: Entry) -> None:
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(json.dumps(vars(entry), ensure_ascii=False).encode())


def _now() -> str:
    """The time of the build; SOURCE_DATE_EPOCH (reproducible-builds.org) sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
