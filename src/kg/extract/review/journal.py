"""Where the journal of a review stands; `kg.records.journal` keeps it."""

from __future__ import annotations

from pathlib import Path

from kg.records.journal import Entry, Journal, Writer

__all__ = ["Entry", "Journal", "Writer", "journal_path"]


def journal_path(record: Path) -> Path:
    """Where the journal stands, beside the record file `record`."""
    return record.with_suffix(".review.ndjson")
