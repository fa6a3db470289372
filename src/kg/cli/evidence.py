"""The command that lists where sources disagree."""

from __future__ import annotations

import csv
import json
import sys
from typing import Annotated

import typer

from kg.cli.console import BUILD, Format, StoreOption, app, talk
from kg.errors import QueryError


@app.command()
def conflicts(
    about: Annotated[str | None, typer.Argument(help="A name or an address: only what concerns it.")] = None,
    all: Annotated[bool, typer.Option("--all", help="Also values of which one is only more precise.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="table (side by side), csv or json.")] = Format.table,
    store: StoreOption = BUILD,
) -> None:
    """List where passages give different values for what has one, side by side, with who says so.

    Nothing is decided: each value stays in the graph with its passages. 2019-06 and 2019-06-10 are no conflict.

    Examples: `kg conflicts`; `kg conflicts "Lenur Khalilov"`; `kg conflicts --all --format csv > conflicts.csv`
    """
    from kg.graph import Graph
    from kg.graph.conflicts import INCOMPATIBLE
    from kg.graph.conflicts import conflicts as find
    from kg.graph.rows import safe_cell

    if format is Format.turtle:
        raise QueryError("conflicts are printed as table, csv or json: every value stands in the graph itself, ask kg ask for it")
    found = find(Graph.open(store), about, all)
    if format is Format.json:
        typer.echo(json.dumps([conflict.as_json() for conflict in found], indent=2, ensure_ascii=False))
    elif format is Format.csv:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(["thing", "label", "property", "difference", "value", "publisher", "published", "passage", "url"])
        for one in found:
            for reading in one.readings:
                for by in reading.witnesses:
                    head = (one.thing, one.label, one.property, one.difference, reading.shown)
                    out.writerow(map(safe_cell, (*head, by.publisher, by.published, by.passage, by.url)))
    else:
        for one in found:
            typer.echo(f"{one}\n")
    grave = sum(one.difference == INCOMPATIBLE for one in found)
    rest = f", {len(found) - grave} more precise" if all else " (values that are only more precise: --all)"
    talk.print(f"{grave} conflicts{rest}", soft_wrap=True)
