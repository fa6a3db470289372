"""Reading a source: its text into the archive, the hash and the time into its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from kg.archive.noting import write_access
from kg.archive.quotes import same_words
from kg.archive.sources import ArchivedSource
from kg.archive.store import Archive
from kg.errors import ArchiveError
from kg.records import parse_date
from kg.records.model import Access

NEW, UNCHANGED, CHANGED = "new", "unchanged", "changed"


@dataclass(frozen=True)
class Reading:
    """What came of a reading: new, unchanged or changed against the text kept last, and the hash of what was read."""

    outcome: str
    hash: str
    read: str


def read_source(archive: Archive, source: ArchivedSource, text: str, origin: str, when: datetime | None = None) -> Reading:
    """Keep `text` as what `source` said `when` (UTC; now when left out) and note it in its record.

    A text with the same words as the one kept last is logged in the archive and not noted in the record again. Raises
    ArchiveError when it cannot be kept or noted.
    """
    read = (when or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    known = source.record.source.access
    last = archive.text(known[-1].hash) if known else None
    name = archive.keep(text)
    archive.log(source.record.source.id, name, read, origin)
    if known and (name == known[-1].hash or (last is not None and same_words(last, text))):
        return Reading(UNCHANGED, known[-1].hash, read)
    if known and read <= known[-1].read:
        raise ArchiveError(f"{source.name}: the reading before is of {known[-1].read}: a later one is noted after it")
    write_access(source.path, source.record, [*known, Access(read=read, hash=name)])
    return Reading(CHANGED if known else NEW, name, read)


def mark_reviewed(source: ArchivedSource, reviewer: str, day: date | None = None) -> Access:
    """Note in the record that `reviewer` compared its passages with the text of the last reading.

    Raises ArchiveError when there is no reading to review.
    """
    known = source.record.source.access
    if not known:
        raise ArchiveError(f"{source.name}: no text was kept for it: kg archive add {source.record.source.id}")
    reviewed = parse_date((day or datetime.now(UTC).date()).isoformat())
    last = known[-1].model_copy(update={"reviewed": reviewed, "reviewed_by": reviewer})
    write_access(source.path, source.record, [*known[:-1], last])
    return last
