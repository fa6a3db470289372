"""A file of the user's -> the list it holds, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from kg.errors import KgError
from kg.ingest.encodings import text_lines
from kg.ingest.lists.entry import ListVersion
from kg.ingest.lists.eu import eu_list
from kg.ingest.lists.followthemoney import ftm_list
from kg.ingest.lists.ofac import looks_like_ofac, ofac_list
from kg.ingest.lists.words import words
from kg.ingest.safety import fail
from kg.records.dates import parse_date

_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d-[01]\d(?:-[0-3]\d)?|(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)")


def open_list(path: Path, date: str | None = None, say: Callable[[str], None] | None = None) -> ListVersion:
    """The sanctions list in the file at `path`: EU annex (CSV), OFAC SDN (CSV), or FollowTheMoney (JSON lines); gzip is read too.

    `date` is that of the version (ISO 8601); left out, one in the file's name is taken. Raises RecordError when the file is no
    such list or cannot be read, KgError for a `date` that is none.
    """
    version = date or _date_in(path.name)
    if version:
        try:
            parse_date(version)
        except ValueError as error:
            raise KgError(f"the date of the list, {version}: {error}") from None
    if path.name.removesuffix(".gz").endswith((".json", ".jsonl", ".ftm")):
        return ftm_list(path, version, say)
    head = next(text_lines(path, path.name, None, dos_end=True), "")
    if not head.strip():
        raise fail(path.name, "the file is empty", "give a sanctions list: docs/screening.md says which are read")
    if set(words()["eu"]["columns"]) & set(head.strip().split(",")):
        return eu_list(path, version, say)
    if looks_like_ofac(path):
        return ofac_list(path, version, say)
    hint = "read are annexes of EU regulations (CSV), OFAC's sdn.csv and FollowTheMoney files (.json): docs/screening.md"
    raise fail(path.name, "this is no sanctions list that is known here", hint)


def _date_in(name: str) -> str | None:
    found = _DATED.search(name)
    if not found:
        return None
    text = found[1]
    return text if "-" in text else f"{text[:4]}-{text[4:6]}-{text[6:]}"
