"""Commands that keep the texts of sources and check quotes against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import DATA, DataOption, Format, app, out, print_records, talk
from kg.cli.reviewing import ReviewerOption, reviewer_name
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.archive import QuoteCheck, Reopened

archive = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Keep the text a source had when it was read, and check quotes against it.\n\n"
    "Examples: `kg archive add zmina-2025-10-14-khalilov-rearrest page.html`; `kg archive check`; `kg archive list`",
)
app.add_typer(archive, name="archive")

ArchiveOption = Annotated[
    Path, typer.Option("--archive", help="Folder of kept texts: outside git and outside every build.", envvar="KG_ARCHIVE")
]
SourceArgument = Annotated[str | None, typer.Argument(help="Id of a source, or its record file; without one, all with kept texts.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="table, csv or json.")]
ARCHIVE = Path("archive")


@archive.command()
def add(
    source: Annotated[str, typer.Argument(help="Id of the source, or its record file.")],
    where: Annotated[
        str | None, typer.Argument(help="A file (text, HTML, PDF, DOCX), an address, or - ; else the address in the record.")
    ] = None,
    data: DataOption = DATA,
    folder: ArchiveOption = ARCHIVE,
) -> None:
    """Keep the text of a source as it reads now; its hash and the time go into the record.

    Examples: `kg archive add zmina-2025-10-14-khalilov-rearrest`; `kg archive add dw-2023-ziza page.html`
    """
    from kg.archive import Archive, read_source, source_record
    from kg.extract.reading import read_article

    found = source_record(data, source)
    origin = where or found.record.source.url
    if origin is None:
        raise KgError(f"{found.name} gives no address: say where the text is, a file or - for standard input")
    made = read_source(Archive(folder), found, read_article(origin).text, origin)
    told = {
        "new": f"kept, and noted in {found.name}",
        "unchanged": "the same words as at the last reading; the record stays as it is",
        "changed": f"kept, and noted in {found.name}. The text has changed: its passages wait for review, kg archive review",
    }
    typer.echo(made.hash)
    talk.print(f"{found.record.source.id}: {told[made.outcome]}", soft_wrap=True)


@archive.command()
def check(
    source: SourceArgument = None, data: DataOption = DATA, folder: ArchiveOption = ARCHIVE, format: FormatOption = Format.table
) -> None:
    """Look up every quote in the text its source had, and say how many could not be. Exit code 1 when one is not there.

    Line breaks, kinds of quotation mark and dash do not count; a quote that is not found comes with the nearest words.

    Examples: `kg archive check`; `kg archive check zmina-2025-10-14-khalilov-rearrest --format json`
    """
    from kg.archive import Archive, archived_sources, check_quotes, reopened, unread_quotes

    kept, quotes, waiting = Archive(folder), [], 0
    for one in archived_sources(data, source):
        quotes += list(check_quotes(kept, one))
        waiting += any(True for _ in reopened(kept, one))
    missing = sum(found.status == "not found" for found in quotes)
    if format is Format.table:
        for found in quotes:
            if found.status != "found":
                typer.echo(_told(found))
    else:
        _print(quotes, format)
    absent = sum(found.status == "no text kept" for found in quotes)
    unread = unread_quotes(data) if source is None else 0
    checked, every = len(quotes) - absent, len(quotes) + unread
    reasons = [f"{absent} whose text is not kept in {folder}"] if absent else []
    reasons += [f"{unread} of sources of which no text was kept (kg archive add)"] if unread else []
    more = f"; {every - checked} cannot be checked: {', '.join(reasons)}" if reasons else ""
    changed = f"; {waiting} sources have changed since: kg archive review" if waiting else ""
    talk.print(f"{checked} of {every} quotes checked, {missing} not found{more}{changed}", soft_wrap=True)
    if missing:
        raise typer.Exit(1)


@archive.command()
def forget(
    source: Annotated[str, typer.Argument(help="Id of the source; its record may be gone already.")],
    folder: ArchiveOption = ARCHIVE,
) -> None:
    """Remove the kept texts of one source for good, with when and from where they were read.

    A text that another source had word for word stays. `kg build --forget` does the same for the history of builds.

    Example: `kg archive forget daily-2021-08-16`
    """
    from kg.archive import Archive

    gone = Archive(folder).forget(source)
    talk.print(f"{source}: {gone} texts removed from {folder}, and its lines of the log", soft_wrap=True)


@archive.command()
def review(
    source: SourceArgument = None,
    done: Annotated[bool, typer.Option("--done", help="Note in the record that its passages were compared with the text.")] = False,
    reviewer: ReviewerOption = None,
    data: DataOption = DATA,
    folder: ArchiveOption = ARCHIVE,
    format: FormatOption = Format.table,
) -> None:
    """List the passages whose source reads otherwise now, or mark those of one source as reviewed.

    Examples: `kg archive review`; `kg archive review zmina-2025-10-14-khalilov-rearrest --done --reviewer "A. Editor"`
    """
    from kg.archive import Archive, archived_sources, mark_reviewed, reopened, source_record

    if done:
        if source is None:
            raise KgError("say which source was reviewed: kg archive review SOURCE --done")
        found = source_record(data, source)
        last = mark_reviewed(found, reviewer_name(reviewer))
        talk.print(f"{found.record.source.id}: reviewed by {last.reviewed_by} against the text of {last.read}", soft_wrap=True)
        return
    kept = Archive(folder)
    waiting = [passage for one in archived_sources(data, source) for passage in reopened(kept, one)]
    if format is not Format.table:
        _print(waiting, format)
    else:
        for passage in waiting:
            typer.echo(_waiting(passage, kept.path(passage.old), kept.path(passage.new)))
    talk.print(f"{len(waiting)} passages wait for a second look", soft_wrap=True)


@archive.command("list")
def list_sources(
    source: SourceArgument = None, data: DataOption = DATA, folder: ArchiveOption = ARCHIVE, format: FormatOption = Format.table
) -> None:
    """List every reading: when, its hash, and whether the text is kept here.

    Examples: `kg archive list`; `kg archive list --format csv`
    """
    from kg.archive import Archive, archived_sources

    kept = Archive(folder)
    rows = []
    for one in archived_sources(data, source):
        for access in one.record.source.access:
            text = kept.text(access.hash)
            rows.append(
                {
                    "source": one.record.source.id,
                    "read": access.read,
                    "hash": access.hash,
                    "letters": len(text) if text is not None else "not kept here",
                    "reviewed": " by ".join(str(part) for part in (access.reviewed, access.reviewed_by) if part),
                }
            )
    if format is not Format.table:
        print_records(rows, format, [])
        return
    table = Table("source", "read", "hash", "letters", "reviewed")
    for row in rows:
        table.add_row(*(Text(str(row[name])[:12] if name == "hash" else str(row[name])) for name in row))
    out.print(table)
    talk.print(f"{len(rows)} readings", soft_wrap=True)


def _told(found: QuoteCheck) -> str:
    head = f"{found.file}:{found.file_line}: {found.source}/{found.passage}: {found.status}\n  quote    {found.quote}"
    if found.status == "no text kept":
        return head
    return (
        f"{head}\n  nearest  {found.nearest or '(nothing)'}  ({found.likeness:.0f} % alike, line {found.line} of {found.hash[:12]})"
    )


def _waiting(passage: Reopened, old: Path, new: Path) -> str:
    head = f"{passage.file}:{passage.file_line}: {passage.source}/{passage.passage}: the text changed by {passage.read}"
    return f"{head}\n  quote    {passage.quote}\n  compare  {old} {new}"


def _print(found: Sequence[Any], format: Format) -> None:
    print_records([asdict(one) for one in found], format, [])
