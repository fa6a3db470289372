"""The command that prints the accountability list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import BUILD, Format, StoreOption, app, print_records, talk
from kg.errors import KgError


@app.command("officials")
def officials_(
    on: Annotated[str | None, typer.Option(help="Only officials on this list: eu, ofac, or words of its name.")] = None,
    not_on: Annotated[str | None, typer.Option(help="Only officials not known to be on this list: the accountability gap.")] = None,
    role: Annotated[str | None, typer.Option(help="Only with this word in the role: judge, prosecutor, …")] = None,
    body: Annotated[str | None, typer.Option(help="Only with these words in the body: a court, a service.")] = None,
    at_least: Annotated[int, typer.Option(help="Only who acted against so many people.", min=0)] = 0,
    everybody: Annotated[bool, typer.Option("--all", help="Also officials not known to have acted against anybody.")] = False,
    publishers: Annotated[int, typer.Option(help="Only what so many independent publishers tell.", min=0)] = 0,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write .xlsx, .csv, .pdf or .html with the passages behind each row.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="With --output: en (default) or uk.")] = None,
    store: StoreOption = BUILD,
) -> None:
    """The accountability list: officials by the number of people they acted against, and what is known of sanctions.

    It ranks what the collected sources tell, not guilt. That no list has somebody is known only for the versions that were
    searched (`kg screen --list … --keep`); "not searched" is not "not listed".

    Examples: `kg officials`; `kg officials --not-on eu --at-least 3`; `kg officials --role judge --body military --format csv`;
    `kg officials --not-on eu -o gap.xlsx`; `kg officials -o perelik.pdf --language uk`
    """
    from kg.graph import Graph
    from kg.graph.screening.accountability import standings

    if on and not_on:
        raise KgError("give --on or --not-on, not both")
    if language and output is None:
        raise KgError("--language goes with --output: -o list.xlsx, .csv, .pdf or .html")
    found = [
        standing
        for standing in standings(Graph.open(store), on or not_on, everybody)
        if (not on or standing.listed)
        and (not not_on or not standing.listed)
        and (role or "").casefold() in standing.role.casefold()
        and (body or "").casefold() in standing.body.casefold()
        and standing.people >= at_least
        and standing.publishers >= publishers
    ]
    if output is not None:
        from kg.present.accountability import read_accountability, write_accountability

        write_accountability(read_accountability(Graph.open(store), found, language or "en"), output)
        talk.print(f"{len(found)} officials written to {output}, with the passages behind each", soft_wrap=True)
        return
    rows = [standing.as_row() for standing in found]
    print_records(rows, format, ["name", "role", "body", "people", "alleged", "cases", "publishers", "listed", "searched"], limit)
    if not_on:
        silent = sum(1 for standing in found if not standing.searched)
        told = f"{len(found)} are not known to be on it; {silent} of them were searched for in no version: unknown, not unlisted"
        talk.print(told, soft_wrap=True)
