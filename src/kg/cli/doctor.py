"""`kg doctor`: whether everything is in place."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kg.cli.console import BUILD, DATA, DataOption, Format, StoreOption, app, out, talk
from kg.errors import QueryError


@app.command()
def doctor(
    format: Annotated[Format, typer.Option("--format", "-f", help="Lines to read, or json.")] = Format.table,
    data: DataOption = DATA,
    store: StoreOption = BUILD,
) -> None:
    """Look whether everything is in place: packages, browser scripts, SPARQL server, PDF, the build and its store.

    Changes nothing. Exit code 1 when something does not work.

    Examples: `kg doctor`; `kg doctor --store https://graph.example/query`; `kg doctor --format json`
    """
    from kg.cli.diagnosis import State, diagnose

    if format not in (Format.table, Format.json):
        raise QueryError("a diagnosis is printed with --format table or json")
    found = list(diagnose(data, store))
    if format is Format.json:
        typer.echo(json.dumps([vars(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            out.print(f"{_MARKS[one.state]}  {one.what:<14} {one.told}", soft_wrap=True, highlight=False, markup=False)
            if one.remedy:
                out.print(f"   {'':<14} → {one.remedy}", soft_wrap=True, highlight=False, markup=False)
    bad = sum(one.state is State.bad for one in found)
    talk.print(f"{bad} of {len(found)} do not work" if bad else "Everything that is needed works.", soft_wrap=True)
    raise typer.Exit(1 if bad else 0)


_MARKS = {"good": "ok  ", "note": "note", "bad": "BAD "}
