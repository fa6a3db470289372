"""The command that matches the courts of the graph with a register."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import BUILD, DATA, DataOption, Format, StoreOption, app, print_records, progress, talk
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.ingest.courts import Court


@app.command("courts")
def courts_(
    register: Annotated[Path, typer.Argument(help="A register of courts: the JSON of sudrfparser.")],
    threshold: Annotated[float | None, typer.Option(help="Lowest score shown.", min=0.5, max=1.0)] = None,
    ambiguous: Annotated[bool, typer.Option("--ambiguous", help="Also names that fit several entries equally well.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
    same: Annotated[
        tuple[str, str] | None, typer.Option("--same", help="A number and a court: decide that they are one, and stop.")
    ] = None,
    different: Annotated[
        tuple[str, str] | None, typer.Option("--different", help="A number and a court: decide that they are two, and stop.")
    ] = None,
    author: Annotated[str, typer.Option(help="With --same or --different: who decides.")] = "",
    reason: Annotated[str, typer.Option(help="With --same or --different: why, in words.")] = "",
    data: DataOption = DATA,
    store: StoreOption = BUILD,
) -> None:
    """Match the courts of the graph with a register by their names in English, Russian, Ukrainian or German, with reasons.

    A proposal, no identity. What the register lists in occupied Crimea stays in Ukraine. `kg ingest` takes the register in; then
    --same and --different decide about an entry. The log of decisions keeps it, and `kg review identity --undo` takes it back.

    Examples: `kg courts sudrf_websites.json`; `kg courts sudrf_websites.json --ambiguous --format csv`;
    `kg courts sudrf_websites.json --same 91RS0002 "Kyiv District Court of Simferopol" --author "M. Koval" --reason "one city"`
    """
    from kg.graph import Graph
    from kg.graph.screening.courts import ENOUGH, screen_courts
    from kg.ingest.courts import read_courts
    from kg.vocabulary import compress

    entries = read_courts(register)
    if same or different:
        _decide(entries, same, different, author, reason, data, store)
        return
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


def _decide(
    register: list[Court],
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    author: str,
    reason: str,
    data: Path,
    store: str,
) -> None:
    from kg.graph import Graph
    from kg.graph.screening.confirming import confirm_court

    if same and different:
        raise KgError("give --same or --different, not both")
    number, court = same or different or ("", "")
    day = date.today().isoformat()
    made = confirm_court(
        Graph.open(store), register, number, court, data, same=same is not None, author=author, on=day, reason=reason
    )
    talk.print(f"decided: {made}; kg build applies it", soft_wrap=True)
