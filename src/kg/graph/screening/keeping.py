"""A screening as a record: the version of the list is the source, each person it was searched for a passage, and so is each hit.

The finding about a person, "no hit" or "possible hit", is an event of its own, dated to the day of the search. Whether an entry
*is* the person of the graph stays open until an identity decision says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.extract.keys import slug
from kg.graph import iris
from kg.graph.screening.known import KnownPerson
from kg.graph.screening.lists import Hit, Screening, iso_day
from kg.identity import Decision, append_decisions
from kg.ingest.lists import ListEntry, ListVersion
from kg.ingest.streaming import Streamed, write_stream
from kg.records import Registries
from kg.records.model import BodyFact, EventFact, Passage, PersonFact, Source
from kg.vocabulary import ID

TABLE = "screenings"
"""The decision table that says whom a screening searched for: known from the search itself, not from names being alike."""
_LISTER = "lister"


@dataclass(frozen=True)
class Kept:
    """The record of a screening, and how many decisions were added that say whom it searched for."""

    record: Streamed
    decisions: int


def keep_screening(
    screening: Screening, known: Sequence[KnownPerson], data: Path, on: str, registries: Registries, *, visibility: str = "public"
) -> Kept:
    """Write what a screening of `known` found, on the day `on` (ISO 8601), as a record below `data`/records.

    The same screening kept again changes nothing; on a later day it moves the date. Raises KgError when the list has no date
    (the finding would say nothing) or its publisher is not registered.
    """
    version = screening.version
    if version.date is None:
        raise KgError(f"{version.files[0].name}: which version of the list is this? give --list-date, such as 2021-07-07")
    if version.publisher not in registries.publishers.entries:
        raise KgError(f"'{version.publisher}' is not in data/publishers.yaml: add the keeper of the list there")
    source = screening_source(version, visibility)
    folder = data / "records" / version.publisher
    record = write_stream(source, _passages(screening, known, on), folder, "kg screen")
    labels = {person.iri: person.label for person in known}
    decisions = [_searched_for(source.id, person, on) for person in known]
    labels |= {decision.subject: labels[decision.object] for decision in decisions}
    return Kept(record, append_decisions(data, TABLE, decisions, labels))


def screening_source(version: ListVersion, visibility: str = "public") -> Source:
    """The version of the list as a source."""
    files = ", ".join(path.name for path in version.files)
    return Source(
        id=f"screening-{version.key}-{slug(version.date or 'undated')}",
        publisher=version.publisher,
        title=f"{version.title}: version of {version.date}",
        language=version.language if version.language != "mul" else "en",
        url=version.url,
        locator=f"{files} (SHA-256 {version.sha256})",
        published=version.date,  # type: ignore[arg-type]
        visibility=visibility,
    )


def entry_key(entry: ListEntry) -> str:
    """The local key of an entry's person."""
    return f"entry-{slug(entry.id)}"


def person_key(person: KnownPerson) -> str:
    """The local key under which a screening speaks of a person of the graph."""
    return f"searched-{slug(person.iri.removeprefix(ID))}"


def _passages(screening: Screening, known: Sequence[KnownPerson], on: str) -> Iterator[Passage]:
    version = screening.version
    authority = version.authority or version.title
    lister = BodyFact(body=_LISTER, name=authority, kind="organization")
    summary = f"{authority} keeps the list: {version.title}. The version of {version.date} has {screening.entries:,} entries."
    yield Passage(id="list", locator="the list as a whole", summary=summary, facts=[lister])
    entries = {hit.entry.id: hit.entry for hit in screening.hits}
    for entry in entries.values():
        yield _entry(entry, version)
    for person in known:
        yield _finding(person, [hit for hit in screening.hits if hit.person.iri == person.iri], screening, on)


def _entry(entry: ListEntry, version: ListVersion) -> Passage:
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
        body=[_LISTER],
        people={"designee": [key]},
        programme="; ".join([version.title, *entry.programmes]),
        note=f"listed, as printed: {entry.listed}" if entry.listed and not listed else None,
    )
    said = [("names", entry.names), ("born", entry.born), ("programme", entry.programmes), ("position", entry.positions)]
    summary = "; ".join(f"{what}: {', '.join(values)}" for what, values in said if values)
    return Passage(id=key, locator=entry.locator, summary=summary, facts=[person, designation])


def _finding(person: KnownPerson, hits: Sequence[Hit], screening: Screening, on: str) -> Passage:
    key = person_key(person)
    version, names = screening.version, len(person.names)
    searched = f"The version of {version.date} was searched for {person.label} ({names} {'name' if names == 1 else 'names'})"
    if hits:
        like = "; ".join(f"entry {hit.entry.id}, {hit.listed_as}, score {hit.score:.2f}" for hit in hits)
        text = f"{searched}; alike: {like}. Whether this is the same person is decided apart."
    else:
        text = f"{searched}; no entry is alike with a score of {screening.threshold} or more. This says nothing about other lists."
    event = EventFact(
        event=f"{key}-screening",
        kind="sanctions-screening",
        date=on,  # type: ignore[arg-type]
        body=[_LISTER],
        people={"screened-person": [key]},
        programme=version.named,
        outcome="possible-hit" if hits else "no-hit",
        text=text,
    )
    return Passage(id=key, locator="the list as a whole", summary=text, facts=[PersonFact(person=key, name=person.label), event])


def _searched_for(source: str, person: KnownPerson, on: str) -> Decision:
    comment = "the screening was made of this person of the graph: said by the search, not by a likeness of names"
    subject = iris.entity(source, person_key(person))
    return Decision("", 0, subject, True, person.iri, "kg screen", on, "semapv:ManualMappingCuration", comment)
