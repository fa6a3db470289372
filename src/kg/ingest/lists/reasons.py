"""Why somebody is listed, in prose -> a draft record of what the reason says of judges, courts, defendants and terms.

The text of a draft is the name and office of the entry as one sentence, then the reason as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract import Draft, extract_article
from kg.extract.keys import slug
from kg.ingest.lists.entry import ListEntry, ListVersion
from kg.ingest.lists.words import words
from kg.records import Registries

_CAPITALS = re.compile(r"\b[^\W\d_]{3,}\b")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
SHORTEST = 60
"""Reasons with fewer characters say nothing that a draft could hold."""


def chosen(version: ListVersion, wanted: Iterable[str] = ()) -> Iterator[ListEntry]:
    """The people of the list with these numbers; without any, those whose office or reason speaks of courts and the like."""
    numbers = {number.casefold() for number in wanted}
    for entry in version.entries():
        told = f"{' '.join(entry.positions)} {entry.reason}".casefold()
        of_office = any(word in told for word in words()["officials"])
        if entry.kind == "person" and (entry.id.casefold() in numbers if numbers else of_office):
            yield entry


def draft_of(entry: ListEntry, version: ListVersion, registries: Registries | None = None) -> Draft | None:
    """The draft that the reason of `entry` gives; None when it has none worth reading."""
    if len(entry.reason) < SHORTEST:
        return None
    name = _CAPITALS.sub(lambda word: word[0].capitalize() if word[0].isupper() else word[0], entry.names[0].partition(" (")[0])
    office = f"{name} is {entry.positions[0].rstrip('.')}." if entry.positions else f"{name}."
    day = _DAY.fullmatch(entry.listed)
    draft = extract_article(
        f"{office}\n{entry.reason}",
        title=f"{version.title}, entry {entry.id}: {name}",
        language="en",
        published=f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}" if day else None,
        publisher=version.publisher,
        url=version.url,
        registries=registries,
    )
    read = f"version of {version.date}" if version.date else "version without a date"
    source = draft.record.source.model_copy(
        update={
            "id": f"{version.key}-{slug(entry.id)}",
            "locator": f"{entry.locator} ({read}, SHA-256 {version.sha256})",
            "note": "The first sentence is put together from the name and office of the entry; the rest is the printed reason.",
        }
    )
    return replace(draft, record=draft.record.model_copy(update={"source": source}))
