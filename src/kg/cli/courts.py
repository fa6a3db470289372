"""The command that matches the courts of the graph with a register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import BUILD, Format, StoreOption, app, print_records, progress, talk


@app.command("courts")
def courts_(
    register: Annotated[Path, typer.Argument(help="A register of courts: the JSON of sudrfparser.")],
    threshold: Annotated[float | None, typer.Option(help="Lowest score shown.", min=0.5, max=1.0)] = None,
    ambiguous: Annotated[bool, typer.Option("--ambiguous", help="Also names that fit several entries equally well.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
    store: StoreOption = BUILD,
) -> None:
    """Match the courts of the graph with a register by their names in English, Russian, Ukrainian or German, with reasons.

    A proposal, no identity. What the register lists in occupied Crimea stays in Ukraine. `kg ingest` takes the register in.

    Examples: `kg courts sudrf_websites.json`; `kg courts sudrf_websites.json --ambiguous --format csv`
    """
    from kg.graph import Graph
    from kg.graph.screening.courts import ENOUGH, screen_courts
    from kg.ingest.courts import read_courts
    from kg.vocabulary import compress

    entries = read_courts(register)
    with progress() as say:
        say("compare", f"{len(entries):,} courts")
        found = screen_courts(Graph.open(store), entries, ENOUGH if threshold is None else threshold)
    rows = [
        {
            "score": hit.score,
            "in the graph": hit.label,
            "in the register": hit.court.name,
            "number": hit.court.id,
            "territory": "occupied, of Ukraine" if hit.court.occupied else "",
            "fits as well": hit.rivals,
            "why": "; ".join(hit.reasons),
            "court": compress(hit.iri),
        }
        for hit in found.hits
        if ambiguous or not hit.rivals
    ]
    print_records(rows, format, ["score", "in the graph", "in the register", "number", "territory", "why", "court"], limit)
    several = sum(1 for hit in found.hits if hit.rivals)
    told = f"{len(found.hits) - several} courts match one of {len(entries):,}, {several} fit several, {len(found.without)} none"
    talk.print(told, soft_wrap=True)
