"""Is an entry of a list this person of the graph? A person decides, with name and reason; the decision goes into the log."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError
from kg.graph import iris
from kg.graph.screening.keeping import screening_source
from kg.graph.screening.known import KnownPerson
from kg.identity import Decision, append_decisions
from kg.ingest.lists import ListVersion
from kg.ingest.lists.passages import entry_key
from kg.ingest.writing import find_records


def confirm(
    person: KnownPerson, version: ListVersion, entry: str, data: Path, *, same: bool, author: str, on: str, reason: str
) -> Decision:
    """Decide that the entry with the list's number `entry` is, or with `same` False is not, `person`.

    The screening that found it must be kept (`keep_screening`): its record is what the decision speaks of. Raises KgError when
    it is not, when the list has no such entry, or when author or reason are missing.
    """
    if not author.strip() or not reason.strip():
        raise KgError("a decision says who made it and why: give --author and --reason")
    found = next((one for one in version.entries() if one.id.casefold() == entry.casefold()), None)
    if found is None:
        raise KgError(f"{version.files[0].name} has no entry '{entry}': the numbers stand in the answer of kg screen --list")
    source = screening_source(version).id
    standing = _record(data, version.publisher, source)
    subject = iris.entity(source, entry_key(found))
    if standing is None or f'"{entry_key(found)}"' not in standing.read_text(encoding="utf-8"):
        raise KgError(f"no kept screening has this entry: first kg screen --list {version.files[0]} --keep, then kg build")
    decision = Decision("", 0, subject, same, person.iri, author.strip(), on, "semapv:ManualMappingCuration", reason.strip())
    append_decisions(data, "people", [decision], {subject: found.names[0], person.iri: person.label})
    return decision


def _record(data: Path, publisher: str, source: str) -> Path | None:
    path = data / "records" / publisher / f"{source}.jsonl"
    return path if path.exists() else find_records(data, {source}).get(source)
