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
    table = Table(title="Nothing changed: the build stands" if report.unchanged else "Built", show_header=False)
    for name, number in report.counts.items():
        table.add_row(name, f"{number:,}")
    out.print(table)
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
