"""The command that says what changed from one build to the next."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import BUILD, Format, StoreOption, app, talk
from kg.errors import QueryError


@app.command()
def diff(
    old: Annotated[
        Path | None, typer.Argument(help="A build folder or quads.nq.gz; else the build before the current one.")
    ] = None,
    new: Annotated[Path | None, typer.Argument(help="The same for the newer one; else the current build.")] = None,
    about: Annotated[str | None, typer.Option(help="A name or an address: only what concerns it.")] = None,
    derived: Annotated[bool, typer.Option("--derived", help="Also links that follow from the statements.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="table (by record) or json.")] = Format.table,
    target: Annotated[Path, typer.Option("--target", help="Folder of builds.")] = Path(BUILD),
) -> None:
    """Say what was added, changed and withdrawn between two builds, and by which record or decision.

    Examples: `kg diff`; `kg diff published/graph-0a1b2c3d4e5f build`; `kg diff --about "Bohdan Ziza" --derived`
    """
    from kg.graph import Graph
    from kg.graph.build import current_build
    from kg.graph.history.diff import diff as compare
    from kg.graph.history.diff import previous_build
    from kg.vocabulary import compress

    if format not in (Format.table, Format.json):
        raise QueryError(f"a comparison is printed as table or json, not as {format.value}")
    newer = new or current_build(target)
    address = Graph.open(target if new is None else new).resolve(about).iri if about else None
    found = compare(old or previous_build(target), newer, address)
    if format is Format.json:
        typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
        return
    for one, other in found.merged:
        typer.echo(f"{compress(one)} is now {compress(other)}")
    for one, other in found.parted:
        typer.echo(f"{compress(one)} is no longer {compress(other)}")
    for record, changes in itertools.groupby(found.stated, key=lambda change: change.record):
        typer.echo(f"\n{record}")
        for change in changes:
            typer.echo(str(change))
    if derived:
        typer.echo("\nderived links")
        for change in found.derived:
            typer.echo(str(change))
    kinds = [change.kind for change in found.stated]
    told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("added", "changed", "withdrawn"))
    more = "" if derived else f"; {len(found.derived)} derived links differ (--derived)"
    talk.print(f"{told}{more}", soft_wrap=True)


@app.command()
def history(
    entity: Annotated[str, typer.Argument(help="A name or an address.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="table (by build) or json.")] = Format.table,
    store: StoreOption = BUILD,
) -> None:
    """Say what was added, changed and withdrawn about one thing, by which record or decision, since which build.

    Examples: `kg history "Bohdan Ziza"`; `kg history id:zmina-2025-10-14-khalilov-rearrest/khalilov --format json`
    """
    from kg.graph import Graph
    from kg.graph.history.of_thing import history as tell

    if format not in (Format.table, Format.json):
        raise QueryError(f"a history is printed as table or json, not as {format.value}")
    found = tell(Graph.open(store), entity)
    typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if format is Format.json else str(found))
