"""The texts that sources had when they were read, kept outside git and outside every build, so that each quote can be checked.

`Archive` keeps texts under their hash, `read_source` notes a reading in the record, `check_quotes` looks every quote up,
`reopened` tells which passages wait for a second look because the text has changed.
"""

from kg.archive.checking import QuoteCheck, Reopened, check_quotes, reopened
from kg.archive.quotes import Nearest, find_quote
from kg.archive.reading import Reading, mark_reviewed, read_source
from kg.archive.sources import ArchivedSource, archived_sources, source_record, unread_quotes
from kg.archive.store import Archive

__all__ = [
    "Archive",
    "ArchivedSource",
    "Nearest",
    "QuoteCheck",
    "Reading",
    "Reopened",
    "archived_sources",
    "check_quotes",
    "find_quote",
    "mark_reviewed",
    "read_source",
    "reopened",
    "source_record",
    "unread_quotes",
]
