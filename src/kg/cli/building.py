"""The command that builds the graph."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kg.cli.console import BUILD, DATA, DataOption, app, out, progress, talk


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
) -> None:
    """Build the graph from records and decisions; the earlier build serves until the new one is complete.

    Examples: `kg build --strict`; `kg build --redact relative --redact witness`;
    `kg build --audience restricted --target build/desk`
    """
    from kg.graph.build import build as make
    from kg.graph.build import manifest

    roles = [role.value for role in redact or ()]
    with progress() as show:
        report = make(data, target, audience=audience.value, redact=roles, strict=strict, force=force, progress=show)
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
    if report.problems:
        talk.print(f"{len(report.problems)} problems: the files concerned were left out; kg check shows them again")
        raise typer.Exit(1)


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
