"""Is an entry of a list this person, or of a register this court of the graph? A person decides, with name and reason, and the log
keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import ContradictionError, KgError
from kg.graph import iris
from kg.graph.graph import Graph
from kg.graph.screening.keeping import screening_source
from kg.graph.screening.known import KnownPerson
from kg.identity import Decision
from kg.identity.decisions import MANUAL, holding
from kg.identity.review import contradictions
from kg.identity.tables import writing
from kg.ingest.courts import Court
from kg.ingest.lists import ListVersion
from kg.ingest.lists.passages import entry_key
from kg.ingest.writing import find_records


def confirm(
    person: KnownPerson, version: ListVersion, entry: str, data: Path, *, same: bool, author: str, on: str, reason: str
) -> Decision:
    """Decide that the entry with the list's number `entry` is, or with `same` False is not, `person`.

    The screening that found it must be kept (`keep_screening`): its record is what the decision speaks of. Raises KgError when
    it is not, when the list has no such entry, or when author or reason are missing, and ContradictionError when the decision
    cannot stand beside earlier ones.
    """
    _need_author(author, reason)
    found = next((one for one in version.entries() if one.id.casefold() == entry.casefold()), None)
    if found is None:
        raise KgError(f"{version.files[0].name} has no entry '{entry}': the numbers stand in the answer of kg screen --list")
    source = screening_source(version).id
    standing = _record(data, version.publisher, source)
    subject = iris.entity(source, entry_key(found))
    if standing is None or f'"{entry_key(found)}"' not in standing.read_text(encoding="utf-8"):
        raise KgError(f"no kept screening has this entry: first kg screen --list {version.files[0]} --keep, then kg build")
    decision = Decision("", 0, subject, same, person.iri, author.strip(), on, MANUAL, reason.strip())
    return _decide(data, "people", decision, {subject: found.names[0], person.iri: person.label})


def confirm_court(
    graph: Graph, register: Sequence[Court], number: str, court: str, data: Path, *, same: bool, author: str, on: str, reason: str
) -> Decision:
    """Decide that the entry `number` of `register` is, or with `same` False is not, `court` (a name or an address) of `graph`.

    The register must have been ingested and built: its entry is what the decision speaks of. Raises KgError when it was not, when
    it has no such entry, or when author or reason are missing, NotFoundError for `court`, and ContradictionError when the decision
    cannot stand beside earlier ones.
    """
    _need_author(author, reason)
    found = next((one for one in register if one.id.casefold() == number.casefold()), None)
    if found is None:
        raise KgError(f"the register has no court '{number}': the numbers stand in the answer of kg courts")
    known = graph.resolve(court)
    passages = [str(row["passage"]) for row in graph.select(_ENTRY.replace("$KEY", found.key))]
    if len(passages) != 1:
        told = f"{len(passages)} records of the graph have the entry {found.id}"
        raise KgError(f"{told}: kg ingest takes a register in, once, and kg build builds it")
    entry = iris.entity(passages[0].split("/")[-2], found.key)
    decision = Decision("", 0, entry, same, known.iri, author.strip(), on, MANUAL, reason.strip())
    return _decide(data, "bodies", decision, {entry: found.name, known.iri: known.label})


def _decide(data: Path, table: str, decision: Decision, labels: dict[str, str]) -> Decision:
    """Append `decision` to `table`, unless it holds already or cannot stand beside earlier ones."""
    with writing(data) as log:
        held = holding(log.standing).get(decision.pair)
        if held is not None and held.verdict is decision.verdict:
            return held
        if problems := contradictions(log.standing, decision):
            raise ContradictionError(problems)
        return log.append(table, decision, labels, reason=decision.comment)


def _need_author(author: str, reason: str) -> None:
    if not author.strip() or not reason.strip():
        raise KgError("a decision says who made it and why: give --author and --reason")


_ENTRY = 'SELECT DISTINCT ?passage WHERE { ?passage a pn:Passage FILTER(STRENDS(STR(?passage), "/$KEY")) }'


def _record(data: Path, publisher: str, source: str) -> Path | None:
    path = data / "records" / publisher / f"{source}.jsonl"
    return path if path.exists() else find_records(data, {source}).get(source)
