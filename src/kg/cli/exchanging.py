"""What `kg ingest` and `kg export` do with the formats in which others exchange data: FollowTheMoney, RDF, registries of courts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import out, progress, talk
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.ingest.streaming import Streamed
    from kg.records.model import Passage, Source

FTM = (".ftm.json", ".ftm", ".delta.jsonl", ".delta.json", ".entities.json", ".jsonl", ".json")


@dataclass(frozen=True)
class Given:
    """What the command line says about the record that the files become."""

    files: list[Path]
    publisher: str | None
    id: str | None
    title: str | None
    language: str
    into: Path | None
    replace: bool
    dry_run: bool
    data: Path

    def source(self, what: str) -> Source:
        """The source that the files are; raises KgError when nobody said who published them."""
        from kg.extract.keys import slug
        from kg.records.model import Source

        first = self.files[0].name
        if self.publisher is None:
            raise KgError(f"{first}: who published it? give --publisher, a key of {self.data}/publishers.yaml")
        stem = first.removesuffix(".gz").split(".")[0]
        return Source(
            id=self.id or f"{self.publisher}-{slug(stem)}",
            publisher=self.publisher,
            title=self.title or f"{what}: {stem}",
            language=self.language,
            locator=", ".join(path.name for path in self.files),
        )


def is_ftm(path: Path) -> bool:
    """Whether the name of a file is one that FollowTheMoney files have."""
    return path.name.removesuffix(".gz").endswith(FTM)


def ingest_ftm(given: Given) -> None:
    """Entities and deltas of FollowTheMoney into a record."""
    from kg.ingest.ftm.mapping import told
    from kg.ingest.ftm.reading import FtmReader
    from kg.records import read_registries
    from kg.records.json_lines import SUFFIX

    source = given.source("FollowTheMoney entities")
    registries = read_registries(given.data)
    reader = FtmReader(given.files, registries, folder_of(given, source) / f"{source.id}{SUFFIX}")
    with progress() as say:
        made = write(given, source, registered(source, registries.publishers.entries, reader.passages(lambda at: say("read", at))))
    report(source, made, given.dry_run)
    tell_left_out(told(reader.left_out))


def ingest_rdf(given: Given, rules: list[Path], alignments: list[Path]) -> None:
    """RDF into a record, by alignments and rules."""
    from kg.ingest.ftm.mapping import told
    from kg.ingest.rdf.reading import RdfReader
    from kg.records import read_registries

    source = given.source("RDF")
    registries = read_registries(given.data)
    reader = RdfReader(given.files, registries, source.id, rules, alignments)
    with progress() as say:
        passages = reader.passages(lambda at: say("read", at))
        made = write(given, source, registered(source, registries.publishers.entries, passages))
    report(source, made, given.dry_run)
    tell_left_out(told(reader.left_out))


def is_rdf(path: Path) -> bool:
    """Whether the name of a file is one that RDF files have."""
    from kg.ingest.rdf.statements import is_rdf as known

    return known(path)


def ingest_courts(given: Given) -> None:
    """A register of courts into a record; courts of occupied Crimea stay in Ukraine."""
    from kg.ingest.courts import court_passage, read_courts
    from kg.records import read_registries

    if len(given.files) > 1:
        raise KgError("one register of courts at a time")
    source = given.source("Register of courts")
    registries = read_registries(given.data)
    passages = (court_passage(court, registries) for court in read_courts(given.files[0]))
    made = write(given, source, registered(source, registries.publishers.entries, passages))
    report(source, made, given.dry_run)


def ingest_list(given: Given) -> None:
    """The people of a sanctions list into a record, an entry a passage."""
    from kg.ingest.ftm.mapping import LeftOut, told
    from kg.ingest.lists import open_list
    from kg.ingest.lists.passages import list_source, people_of
    from kg.records import read_registries

    with progress() as say:
        version = open_list(given.files[0], None, lambda at: say("read", at))
        if version.date is None:
            name = given.files[0].name
            raise KgError(f"{name}: which version of the list is this? put its date into the file's name: 2026-07-17-{name}")
        source = list_source(version)
        own = {"id": given.id or source.id, "publisher": given.publisher or source.publisher, "title": given.title or source.title}
        source = source.model_copy(update=own)
        left_out = LeftOut()
        publishers = read_registries(given.data).publishers.entries
        made = write(given, source, registered(source, publishers, people_of(version, left_out)))
    report(source, made, given.dry_run)
    tell_left_out(told(left_out))


def is_list(path: Path) -> bool:
    """Whether a text table is a sanctions list of the EU or OFAC."""
    from kg.ingest.lists import open_list

    if not path.name.removesuffix(".gz").endswith(".csv") or not path.exists():
        return False
    try:
        open_list(path)
    except KgError:
        return False
    return True


def is_register(path: Path) -> bool:
    """Whether a file is a register of courts."""
    from kg.ingest.courts import looks_like_register

    return path.name.endswith(".json") and path.exists() and looks_like_register(path)


def folder_of(given: Given, source: Source) -> Path:
    """Where the record goes."""
    return given.into or given.data / "records" / source.publisher


def registered(source: Source, publishers: Iterable[str], passages: Iterator[Passage]) -> Iterator[Passage]:
    """`passages`, unless the publisher is unknown: raises KgError then, before anything is read."""
    if source.publisher not in publishers:
        raise KgError(f"there is no publisher '{source.publisher}': add it to data/publishers.yaml")
    return passages


def write(given: Given, source: Source, passages: Iterable[Passage]) -> Streamed:
    """The record of `source`, streamed and swapped in."""
    from kg.ingest import write_stream

    origin = ", ".join(path.name for path in given.files)
    return write_stream(source, passages, folder_of(given, source), origin, replace=given.replace, dry_run=given.dry_run)


def report(source: Source, made: Streamed, dry_run: bool) -> None:
    """Say what became of the record."""
    table = Table("record", "state", "passages", "facts", "added", "changed", "removed", "file")
    counts = (made.passages, made.facts, made.added, made.changed, made.removed)
    table.add_row(source.id, made.state, *(f"{count:,}" for count in counts), Text(str(made.path)))
    out.print(table)
    if dry_run:
        talk.print("nothing is written (--dry-run)")


def tell_left_out(lines: list[str], most: int = 30) -> None:
    """Say what had no place, most first; the whole list is long only for files with much that the graph does not hold."""
    if lines:
        talk.print(f"left out, {len(lines)} kinds:", soft_wrap=True)
    for line in lines[:most]:
        typer.echo(f"  {line}", err=True)
    if len(lines) > most:
        typer.echo(f"  … and {len(lines) - most} kinds more", err=True)


def export_ftm(file: Path, store: str, force: bool) -> None:
    """The graph as FollowTheMoney, and what that cannot say."""
    from kg.graph import Graph
    from kg.ingest.ftm.mapping import told
    from kg.present.ftm import write_ftm

    with progress() as say:
        say("write", str(file))
        exported = write_ftm(Graph.open(store), file, force=force)
    table = Table("schema", "entities")
    for schema, count in exported.entities.most_common():
        table.add_row(schema, f"{count:,}")
    out.print(table)
    talk.print(f"{sum(exported.entities.values()):,} entities written to {file}", soft_wrap=True)
    tell_left_out(told(exported.left_out))
