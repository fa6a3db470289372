"""The command that builds the graph."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from kg.cli.console import BUILD, DATA, DataOption, app, out, progress, talk

if TYPE_CHECKING:
    from kg.graph import Report


class Audience(StrEnum):
    """For whom a build is made."""

    public = "public"
    restricted = "restricted"
    confidential = "confidential"


class Redact(StrEnum):
    """Whom a build shows by their role."""

    relative = "relative"
    witness = "witness"
    expert = "expert"
    lawyer = "lawyer"


@app.command()
def build(
    data: DataOption = DATA,
    target: Annotated[Path, typer.Option("--target", help="Folder of builds.")] = Path(BUILD),
    audience: Annotated[Audience, typer.Option(help="Material marked above this never enters.")] = Audience.public,
    redact: Annotated[list[Redact] | None, typer.Option(help="Show these by their role, not their name; may be repeated.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Any refused record stops the build.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
    forget: Annotated[
        list[str] | None, typer.Option(help="Take a source, an address or a name out of the history for good; may be repeated.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on: build again after every change, until Ctrl-C.")] = False,
) -> None:
    """Build the graph from records and decisions; the earlier build serves until the new one is complete.

    Examples: `kg build --strict`; `kg build --redact relative --redact witness`; `kg build --watch`;
    `kg build --audience restricted --target build/desk`; `kg build --forget daily-2021-08-16 --forget "Petro Koval"`
    """
    from kg.errors import BuildError
    from kg.graph.build import build as make

    options: dict[str, Any] = {"audience": audience.value, "redact": [role.value for role in redact or ()], "strict": strict}
    if watch and forget:
        raise BuildError("--forget is for one build: run it first, then kg build --watch")
    if watch:
        _watch(data, target, options)
        return
    with progress() as show:
        report = make(data, target, force=force, forget=forget or (), progress=show, **options)
    _tell(report, target)
    if report.problems:
        talk.print(f"{len(report.problems)} problems; files with mistakes were left out: kg check shows them again")
    unsettled = [*map(_still_told, report.forgotten.still), *map(_nothing_told, report.forgotten.unknown)]
    for told in unsettled:
        typer.echo(f"kg: {told}", err=True)
    if report.problems or unsettled:
        raise typer.Exit(1)


def _still_told(passage: str) -> str:
    from kg.vocabulary import compress

    told = f"{compress(passage)} still tells of what is to be forgotten"
    return f"{told}: delete it or mark it (visibility), then build with --forget again"


def _nothing_told(name: str) -> str:
    return f"nothing was forgotten for '{name}': no record and no earlier build tells of it; kg find shows how names are spelled"


def _tell(report: Report, target: Path) -> None:
    from kg.graph.build import manifest

    for problem in report.problems:
        typer.echo(str(problem), err=True)
    _print_counts("Nothing changed: the build stands" if report.unchanged else "Built", report.counts)
    read = len(manifest(target)["inputs"])
    talk.print(
        f"{read} inputs, {report.reused} conversions reused, {len(report.refused)} records refused; "
        f"digest {report.digest[:12]}; {report.folder}",
        soft_wrap=True,
    )
    if report.drafts:
        names = ", ".join(report.drafts)
        talk.print(f"{len(report.drafts)} drafts left out, for nobody has reviewed them: {names}", soft_wrap=True)


def _watch(data: Path, target: Path, options: dict[str, Any]) -> None:
    from kg.errors import KgError
    from kg.graph.watching import watch

    try:
        for number, built in enumerate(watch(data, target, **options)):
            if isinstance(built, KgError):
                typer.echo(f"kg: {built}", err=True)
            elif number == 0:
                _tell(built, target)
                talk.print(f"watching {data}: each change is built; Ctrl-C ends it", soft_wrap=True)
            else:
                for problem in built.problems:
                    typer.echo(str(problem), err=True)
                quads = f"{built.counts['quads']:,} quads, {len(built.problems)} problems; digest {built.digest[:12]}"
                talk.print(f"{datetime.now():%H:%M:%S} {'as before' if built.unchanged else 'built'}: {quads}", soft_wrap=True)
    except KeyboardInterrupt:
        talk.print("stopped; the last build stands")


@app.command()
def restore(
    dump: Annotated[Path, typer.Argument(help="The N-Quads of a build: quads.nq.gz, or unpacked.")],
    target: Annotated[Path, typer.Option("--target", help="Folder of builds.")] = Path(BUILD),
    audience: Annotated[
        Audience, typer.Option(help="Who may see it, if no manifest.json beside the file says so.")
    ] = Audience.confidential,
) -> None:
    """Make the graph from the data of a build that somebody passed on, without its records.

    Example: `kg restore downloads/quads.nq.gz --target elsewhere`, then `kg query --store elsewhere`
    """
    from kg.graph.restore import restore as make

    with progress() as show:
        show("restore", dump.name)
        product = make(dump, target, audience.value)
    _print_counts("Restored", product.counts)
    talk.print(f"digest {product.digest[:12]}; {product.folder}", soft_wrap=True)


def _print_counts(title: str, counts: dict[str, int]) -> None:
    table = Table(title=title, show_header=False)
    for name, number in counts.items():
        table.add_row(name, f"{number:,}")
    out.print(table)
