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
from kg.graph.screening.lists import Hit, Screening
from kg.identity import Decision, append_decisions
from kg.ingest.lists import ListVersion
from kg.ingest.lists.passages import LISTER, entry_passage, list_passage, list_source
from kg.ingest.streaming import Streamed, write_stream
from kg.records import Registries
from kg.records.model import EventFact, Passage, PersonFact, Source
from kg.vocabulary import ID

TABLE = "screenings"
"""The decision table that says whom a screening searched for: known from the search itself, not from names being alike."""


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
    """The version of the list as the source of what was found in it."""
    return list_source(version, "screening-", visibility)


def person_key(person: KnownPerson) -> str:
    """The local key under which a screening speaks of a person of the graph."""
    return f"searched-{slug(person.iri.removeprefix(ID))}"


def _passages(screening: Screening, known: Sequence[KnownPerson], on: str) -> Iterator[Passage]:
    yield list_passage(screening.version, screening.entries)
    entries = {hit.entry.id: hit.entry for hit in screening.hits}
    for entry in entries.values():
        yield entry_passage(entry, screening.version)
    for person in known:
        yield _finding(person, [hit for hit in screening.hits if hit.person.iri == person.iri], screening, on)


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
        body=[LISTER],
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
