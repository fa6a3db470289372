"""Commands that ask the graph: library queries, SPARQL, names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kg.cli.console import BUILD, Format, StoreOption, app, out, print_rows, talk
from kg.errors import KgError, QueryError


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="Name of a library query; without one, all are listed.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="name=value, several times.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="A .rq file instead of a library query; - for standard input.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
    store: StoreOption = BUILD,
) -> None:
    """Ask a question of the library.

    Examples: `kg query` lists them; `kg query officials-by-people`; `kg query who-acted-in-case -p case="Alushta"`;
    `kg query --file my.rq --format csv`
    """
    from kg.graph import Graph, read_library
    from kg.graph.library import read_query
    from kg.vocabulary import locate

    if name is None and file is None:
        _list_queries(read_library(locate("queries")))
        return
    graph = Graph.open(store)
    if file is not None:
        if str(file) == "-":
            _answer(graph, sys.stdin.read(), {}, format, limit)
            return
        if not file.exists():
            raise QueryError(f"{file} does not exist")
        text = file.read_text(encoding="utf-8")
        if not text.lstrip().startswith("#+"):
            _answer(graph, text, {}, format, limit)
            return
        entry = read_query(file)
        graph.library[entry.name] = entry
        name = entry.name
    _answer(graph, str(name), _parameters(param), format, limit)


@app.command()
def ask(
    sparql: Annotated[
        str,
        typer.Argument(
            help="A SPARQL query of any form; the prefixes pn:, id:, voc:, rdf:, rdfs:, owl:, skos:, xsd:, dcterms: are known."
        ),
    ],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
    store: StoreOption = BUILD,
) -> None:
    """Ask the graph in SPARQL.

    Example: `kg ask 'SELECT ?judge (COUNT(DISTINCT ?e) AS ?n) { ?e pn:judge ?judge } GROUP BY ?judge ORDER BY DESC(?n)'`
    """
    from kg.graph import Graph

    _answer(Graph.open(store), sparql, {}, format, limit)


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="Part of a name, in any script that a source uses.")], store: StoreOption = BUILD
) -> None:
    """Find people, bodies, cases and events by name.

    Example: `kg find Khalilov`
    """
    from kg.graph import Graph
    from kg.vocabulary import compress

    matches = Graph.open(store).find(name)
    table = Table("name", "what", "address")
    for match in matches:
        table.add_row(match.label, match.type, compress(match.iri))
    out.print(table)
    if not matches:
        raise KgError(f"nothing answers to '{name}': try a part of the name, or another spelling")


def _answer(graph: Any, query: str, parameters: dict[str, str], format: Format, limit: int | None) -> None:
    from pyoxigraph import QueryBoolean

    from kg.graph import Rows

    answer = graph.answer(query, **parameters)
    if isinstance(answer, QueryBoolean):
        typer.echo(
            '{"head": {}, "boolean": ' + str(bool(answer)).lower() + "}" if format is Format.json else ("yes" if answer else "no")
        )
    elif isinstance(answer, Rows):
        print_rows(answer, format, limit)
        if format is Format.table:
            _print_base(graph, query)
    else:
        if format not in (Format.turtle, Format.table):
            raise QueryError(f"this query gives a graph: print it with --format turtle, not {format.value}")
        typer.echo(graph.construct(query, **parameters), nl=False)


def _print_base(graph: Any, query: str) -> None:
    from kg.graph.coverage import base

    told = base(graph, query)
    if told is not None:
        talk.print(f"rests on: {told}", soft_wrap=True)


def _list_queries(library: Any) -> None:
    group = None
    for entry in library.values():
        if entry.group != group:
            group = entry.group
            out.print(f"\n[bold]{group.replace('-', ' ')}[/bold]")
        parameters = " ".join(f"[{parameter.name}]" for parameter in entry.parameters)
        out.print(f"  {entry.name} [dim]{parameters.replace('[', chr(92) + '[')}[/dim]", highlight=False)
        out.print(f"      {entry.summary}", highlight=False)
    talk.print("\nkg query NAME -p parameter=value; all parameters are optional")


def _parameters(given: list[str] | None) -> dict[str, str]:
    parameters = {}
    for item in given or []:
        name, separator, value = item.partition("=")
        if not separator:
            raise QueryError(f"--param {item}: write name=value")
        parameters[name] = value
    return parameters
