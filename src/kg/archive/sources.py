"""Records as the archive sees them: which source has which readings, and where its passages stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ArchiveError, RecordError
from kg.records import Record
from kg.records.corpus import record_paths
from kg.records.document import Document, read_document
from kg.records.json_lines import SUFFIX, read_json_lines
from kg.records.reader import try_record


@dataclass(frozen=True)
class ArchivedSource:
    """A record with the file it stands in; `name` is how messages call the file."""

    path: Path
    name: str
    record: Record

    def lines(self) -> list[int]:
        """The line of each passage, from 1."""
        document = read_json_lines(self.path, Document(self.name)) if self.path.suffix == SUFFIX else read_document(self.path)
        return [document.position(("passages", number))[0] for number in range(len(self.record.passages))]


def source_record(data: Path, source: str) -> ArchivedSource:
    """The record of `source` (its id, or the path of the record file) below the folder `data`, drafts included.

    Raises ArchiveError when there is none, RecordError when it has mistakes.
    """
    if Path(source).is_file():
        record, problems = try_record(Path(source), source)
        if record is None:
            raise RecordError(problems)
        return ArchivedSource(Path(source), source, record)
    for path in record_paths(data):
        # The id stands near the top; parsing every record to find one would take seconds.
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(4000)
        if source in head:
            found = _read(path)
            if found is not None and found.record.source.id == source:
                return found
    raise ArchiveError(f"no record below {data}/records has the source id '{source}': kg query sources lists them")


def archived_sources(data: Path, only: str | None = None) -> Iterator[ArchivedSource]:
    """Every record with readings in the order of its files, or the one of the source `only`; records with mistakes are left out."""
    if only:
        yield source_record(data, only)
        return
    for path in record_paths(data):
        if b"access" in path.read_bytes():
            found = _read(path)
            if found is not None and found.record.source.access:
                yield found


def unread_quotes(data: Path) -> int:
    """How many quotes below the folder `data` stand in records of which no reading is noted: nothing can check them."""
    found = 0
    for path in record_paths(data):
        if b"quote" in path.read_bytes() and (one := _read(path)) is not None and not one.record.source.access:
            found += sum(passage.quote is not None for passage in one.record.passages)
    return found


def _read(path: Path) -> ArchivedSource | None:
    record, _ = try_record(path, path.as_posix())
    return ArchivedSource(path, path.as_posix(), record) if record is not None else None
