"""A version of a list as a source, and an entry of it as a passage: the person as listed, and the designation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.extract.keys import slug
from kg.ingest.lists.entry import ListEntry, ListVersion
from kg.records.model import BodyFact, EventFact, Passage, PersonFact, Source

LISTER = "lister"
"""The local key of whoever keeps the list."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{1,2})[. ](\d{1,2}|[a-z]{3})[a-z]*\.?[. ]((?:19|20)\d\d)", re.IGNORECASE)


def list_source(version: ListVersion, prefix: str = "", visibility: str = "public") -> Source:
    """The version of the list as a source; `prefix` opens its id."""
    files = ", ".join(path.name for path in version.files)
    return Source(
        id=f"{prefix}{version.key}-{slug(version.date or 'undated')}",
        publisher=version.publisher,
        title=f"{version.title}: version of {version.date}",
        language=version.language if version.language != "mul" else "en",
        url=version.url,
        locator=f"{files} (SHA-256 {version.sha256})",
        published=version.date,  # type: ignore[arg-type]
        visibility=visibility,
    )


def list_passage(version: ListVersion, entries: int | None = None) -> Passage:
    """The passage about the list as a whole, which declares who keeps it."""
    authority = version.authority or version.title
    count = f" has {entries:,} entries" if entries is not None else ""
    summary = f"{authority} keeps the list: {version.title}; the version of {version.date}{count or ' is read here'}."
    lister = BodyFact(body=LISTER, name=authority, kind="organization")
    return Passage(id="list", locator="the list as a whole", summary=summary, facts=[lister])


def people_of(version: ListVersion, left_out: Counter[tuple[str, str]]) -> Iterator[Passage]:
    """The list and a passage for each person on it; what is no person is counted in `left_out`."""
    yield list_passage(version)
    for entry in version.entries():
        if entry.kind == "person":
            yield entry_passage(entry, version)
        else:
            left_out["entry", "no person: lists do not say alike what else an entry is"] += 1


def entry_passage(entry: ListEntry, version: ListVersion) -> Passage:
    """The passage of one entry about a person."""
    key = entry_key(entry)
    born = [day for text in entry.born if (day := iso_day(text))]
    notes = [f"born, as printed: {'; '.join(entry.born)}"] if entry.born and len(born) != 1 else []
    person = PersonFact(
        person=key,
        name=entry.names[0],
        other_names=list(entry.names[1:]),
        born=born[0] if len(born) == 1 else None,  # type: ignore[arg-type]
        note="; ".join(notes) or None,
    )
    listed = iso_day(entry.listed)
    designation = EventFact(
        event=f"{key}-designation",
        kind="sanction-designation",
        date=listed,  # type: ignore[arg-type]
        body=[LISTER],
        people={"designee": [key]},
        programme="; ".join([version.title, *entry.programmes]),
        note=f"listed, as printed: {entry.listed}" if entry.listed and not listed else None,
    )
    said = [("names", entry.names), ("born", entry.born), ("programme", entry.programmes), ("position", entry.positions)]
    summary = "; ".join(f"{what}: {', '.join(values)}" for what, values in said if values)
    return Passage(id=key, locator=entry.locator, summary=summary, facts=[person, designation])


def entry_key(entry: ListEntry) -> str:
    """The local key of an entry's person."""
    return f"entry-{slug(entry.id)}"


def iso_day(text: str) -> str | None:
    """A day as lists print it (23.4.1956, 18 Mar 1980) in ISO 8601; None when the text gives none."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    found = _DAY.search(text)
    if not found:
        return None
    day, month, year = found.groups()
    months = {name: number for number, name in enumerate(_MONTHS, 1)}
    number = int(month) if month.isdecimal() else months.get(month.lower(), 0)
    return f"{year}-{number:02d}-{int(day):02d}" if 1 <= number <= 12 and 1 <= int(day) <= 31 else None
