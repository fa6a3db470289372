"""The command that says how much is sourced."""

from __future__ import annotations

import csv
import json
import sys
from typing import Annotated

import typer

from kg.cli.console import BUILD, Format, StoreOption, app, talk
from kg.errors import QueryError


@app.command()
def coverage(
    case: Annotated[str | None, typer.Argument(help="A case by name or address; without one, all of them.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="table, csv or json.")] = Format.table,
    store: StoreOption = BUILD,
) -> None:
    """Say which stages of a prosecution are sourced, by how many independent publishers, and what to look for next.

    No source means that none in the corpus tells of it, not that it did not happen.

    Examples: `kg coverage "Alushta"`; `kg coverage --format csv > coverage.csv`
    """
    from kg.graph import Graph
    from kg.graph.coverage import base
    from kg.graph.coverage import coverage as cover
    from kg.graph.rows import safe_cell

    if format is Format.turtle:
        raise QueryError("coverage is printed as table, csv or json")
    graph = Graph.open(store)
    found = cover(graph, case)
    if format is Format.json:
        typer.echo(json.dumps([one.as_json() for one in found], indent=2, ensure_ascii=False))
    elif format is Format.csv:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(["case", "name", "stage", "events", "publishers", "first"])
        for one in found:
            for stage in one.stages:
                out.writerow(
                    map(safe_cell, (one.case, one.name, stage.name, str(stage.events), str(stage.publishers), stage.first))
                )
    else:
        typer.echo("\n\n".join(map(str, found)))
    talk.print(f"{len(found)} cases; rankings of officials rest on {base(graph, 'officials-by-people')}", soft_wrap=True)
