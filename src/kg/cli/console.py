"""What all commands share: the application, the two consoles, common options, tables and progress."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from kg.errors import QueryError

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="markdown", pretty_exceptions_enable=False)
# Tables that go to a file or a pipe are not squeezed into the 80 columns of a terminal that is not there.
out = Console(width=None if sys.stdout.isatty() else 150)
talk = Console(stderr=True)

DataOption = Annotated[Path, typer.Option("--data", help="Folder of records, registries and decisions.", envvar="KG_DATA")]
StoreOption = Annotated[str, typer.Option("--store", help="Build folder, or address of a SPARQL endpoint.", envvar="KG_STORE")]
DATA, BUILD = Path("data"), "build"


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    turtle = "turtle"


def _version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """A knowledge graph of persecution networks: every link between an official and a persecuted person can be followed,
    questioned and cited."""


def print_rows(rows: Any, format: Format, limit: int | None) -> None:
    """Print the rows of an answer; a table shows `limit` of them (50 when None), the other formats all."""
    if format is Format.csv:
        typer.echo(rows.to_csv(), nl=False)
    elif format is Format.json:
        typer.echo(rows.to_json())
    elif format is Format.turtle:
        raise QueryError("this query gives rows: print them with --format table, csv or json")
    else:
        _print_table(rows, 50 if limit is None else limit)


def _print_table(rows: Any, most: int) -> None:
    from kg.graph import shown

    columns = rows.readable_columns()
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in list(rows)[:most]:
        table.add_row(*(shown(row[column]) for column in columns))
    out.print(table)
    more = f", the first {most} shown (--limit, or --format csv for all)" if len(rows) > most else ""
    addresses = ", ".join(name for name in rows.variables if name not in columns)
    hidden = f"; addresses of {addresses} with --format csv" if addresses else ""
    talk.print(f"{len(rows)} rows{more}{hidden}", soft_wrap=True)


def visible(text: str) -> str:
    """Text from outside as a terminal may show it, character for character: nothing in it can command the terminal.

    Control characters become their pictures (U+2400), and marks that reverse the order of what is shown the replacement character.
    """
    return text.translate(_SHOWN)


_SHOWN = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_SHOWN |= {0x7F: 0x2421, **dict.fromkeys([*range(0x80, 0xA0), 0x202D, 0x202E], 0xFFFD)}


class reading:  # noqa: N801 - reads as a function where it is used
    """A progress bar for one file after the other, on standard error; silent when that is not a terminal.

    What it is told is shown; where that ends in a share, such as `victims.csv: 45 %`, the bar goes there.
    """

    def __enter__(self) -> Callable[[str], None]:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, TimeRemainingColumn(), console=talk, transient=True, disable=not talk.is_terminal)
        self._bar.start()
        task = self._bar.add_task("", total=None)

        def say(detail: str) -> None:
            told, _, share = detail.removesuffix(" %").rpartition(": ")
            if detail.endswith(" %") and share.isdecimal():
                self._bar.update(task, description=told, total=100, completed=int(share))
            else:
                self._bar.update(task, description=detail, total=None)

        return say

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def print_records(rows: list[dict[str, Any]], format: Format, columns: list[str], limit: int | None = None) -> None:
    """Print rows: a table of `columns` and at most `limit` rows (50), or all of every row as CSV or JSON."""
    from kg.graph.rows import safe_cell

    if format is Format.turtle:
        raise QueryError("this gives rows: print them with --format table, csv or json")
    if format is Format.json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif format is Format.csv:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]) if rows else columns)
        writer.writeheader()
        writer.writerows({name: safe_cell(str(value)) for name, value in row.items()} for row in rows)
        typer.echo(text.getvalue(), nl=False)
    else:
        _print_records_table(rows, columns, 50 if limit is None else limit)


def _print_records_table(rows: list[dict[str, Any]], columns: list[str], most: int) -> None:
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows[:most]:
        table.add_row(*(Text(str(row[column])) for column in columns))
    if rows:
        out.print(table)
    if len(rows) > most:
        talk.print(f"{len(rows):,} rows, the first {most} shown (--format csv for all)", soft_wrap=True)


class progress:  # noqa: N801 - reads as a function where it is used
    """Shows the stages of long work on standard error; silent when that is not a terminal."""

    def __enter__(self) -> Callable[[str, str], None]:
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=talk,
            transient=True,
            disable=not talk.is_terminal,
        )
        self._bar.start()
        task = self._bar.add_task("")
        return lambda stage, detail: self._bar.update(task, description=f"{stage} {detail}")

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
