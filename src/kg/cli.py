"""The `kg` command: one thin command per verb.

Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 the input or the question is at fault (each
mistake is told), 2 the command line itself is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kg.errors import KgError, QueryError

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


class Projection(StrEnum):
    """Which network."""

    official_case = "official-case"
    official_official = "official-official"
    official_person = "official-person"
    body_body = "body-body"


class Audience(StrEnum):
    """For whom a build is made."""

    public = "public"
    restricted = "restricted"
    confidential = "confidential"


@app.callback()
def root() -> None:
    """A knowledge graph of persecution networks: every link between an official and a persecuted person can be followed,
    questioned and cited."""


@app.command()
def new(
    publisher: Annotated[str, typer.Option(help="Key in data/publishers.yaml.")],
    url: Annotated[str, typer.Option(help="Where the page was read.")],
    title: Annotated[str, typer.Option(help="Title of the page.")],
    published: Annotated[str | None, typer.Option(help="2025-10-14, 2025-10 or 2025, as the page says.")] = None,
    language: Annotated[str, typer.Option(help="Two-letter code.")] = "en",
    data: DataOption = DATA,
) -> None:
    """Start a record.

    Example: `kg new --publisher zmina --url https://zmina.info/… --title "…" --published 2025-10-14`
    """
    from kg.records import new_record, parse_date

    if published:
        try:
            parse_date(published)
        except ValueError as error:
            raise KgError(f"--published {published}: {error}") from None
    out.print(new_record(data, publisher, url, title, published, language), highlight=False, soft_wrap=True)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Record files; without any, the whole data folder.")] = None,
    data: DataOption = DATA,
) -> None:
    """Check records: every mistake with file, line, column and a hint.

    Example: `kg check data/records/zmina/2025-10-14-khalilov-rearrest.yaml`
    """
    from kg.records import data_folder_of, read_corpus, read_registries, try_record

    if files:
        problems = []
        for path in files:
            registries = read_registries(data_folder_of(path) or data)
            problems += [*registries.problems, *try_record(path, str(path), registries)[1]]
        count = len(files)
    else:
        corpus = read_corpus(data)
        problems, count = corpus.problems, len(corpus.files) + len(corpus.refused)
    for problem in sorted(set(problems)):
        typer.echo(str(problem))
    talk.print(f"{count} records, {len(set(problems))} problems")
    if problems:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the record format, for completion in editors.

    Example: `kg schema > record.schema.json`
    """
    import json

    from kg.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command()
def build(
    data: DataOption = DATA,
    target: Annotated[Path, typer.Option("--target", help="Folder of builds.")] = Path(BUILD),
    audience: Annotated[Audience, typer.Option(help="Material marked above this never enters.")] = Audience.public,
    strict: Annotated[bool, typer.Option("--strict", help="Any refused record stops the build.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
) -> None:
    """Build the graph from records and decisions; the earlier build serves until the new one is complete.

    Example: `kg build --strict`
    """
    from kg.graph.build import build as make
    from kg.graph.build import manifest

    with _progress() as show:
        report = make(data, target, audience=audience.value, strict=strict, force=force, progress=show)
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
    if report.problems:
        talk.print(f"{len(report.problems)} problems: the files concerned were left out; kg check shows them again")
        raise typer.Exit(1)


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


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


@app.command()
def network(
    kind: Annotated[Projection, typer.Argument(help="Which network.")] = Projection.official_case,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write .graphml, .gexf, .csv or .json instead of the table.")
    ] = None,
    sort: Annotated[str, typer.Option(help="Measure to sort by.")] = "weighted degree",
    limit: Annotated[int, typer.Option(help="Rows shown.", min=1)] = 25,
    store: StoreOption = BUILD,
) -> None:
    """Measure a network, or export it.

    Examples: `kg network official-official`; `kg network official-case -o officials.graphml`
    """
    from kg.graph import Graph
    from kg.network import MEASURES, measures, projection, write_network

    graph = projection(Graph.open(store), kind.value)
    if output is not None:
        write_network(graph, output)
        talk.print(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges written to {output}", soft_wrap=True)
        return
    if sort not in MEASURES:
        raise KgError(f"there is no measure '{sort}': sort by one of {', '.join(MEASURES)}")
    rows = sorted(measures(graph).items(), key=lambda item: (-item[1][sort], str(item[0])))
    table = Table(
        "name", "kind", *MEASURES, title=f"{kind.value}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"
    )
    for node, values in rows[:limit]:
        numbers = (_number(values[name]) for name in MEASURES)
        table.add_row(graph.nodes[node]["label"], graph.nodes[node]["kind"], *numbers)
    out.print(table)
    talk.print("A name stands high here when the sources collected so far name it often: absence from the record is not innocence.")


@app.command("map")
def link_map(
    official: Annotated[str | None, typer.Option(help="Name or address of an official.")] = None,
    case: Annotated[str | None, typer.Option(help="Name or address of a case.")] = None,
    person: Annotated[str | None, typer.Option(help="Name or address of a persecuted person.")] = None,
    court: Annotated[str | None, typer.Option(help="Name or address of a court or other body.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole network.")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("link-map.html"),
    store: StoreOption = BUILD,
) -> None:
    """Draw the link map official - case - person as one HTML page that works offline.

    Examples: `kg map --official Demenok`; `kg map --all -o map.html`
    """
    from kg.graph import Graph
    from kg.present import build_link_map, write_page

    focus = {"official": official, "case": case, "person": person, "court": court}
    given = [name for name, value in focus.items() if value]
    if len(given) + everything != 1:
        raise typer.BadParameter("give exactly one of --official, --case, --person, --court or --all")
    model = build_link_map(Graph.open(store), **focus)
    write_page(model, output)
    talk.print(
        f"{len(model.nodes)} nodes and {len(model.edges)} links written to {output}: open it in a browser, it needs no network",
        soft_wrap=True,
    )


def _answer(graph: Any, query: str, parameters: dict[str, str], format: Format, limit: int | None) -> None:
    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.graph import Rows

    text = graph.text(query, **parameters)
    answer = graph.backend.query(text)
    if isinstance(answer, QueryBoolean):
        typer.echo(
            '{"head": {}, "boolean": ' + str(bool(answer)).lower() + "}" if format is Format.json else ("yes" if answer else "no")
        )
    elif isinstance(answer, QuerySolutions):
        _rows(Rows.read(answer), format, limit)
    else:
        if format not in (Format.turtle, Format.table):
            raise QueryError(f"this query gives a graph: print it with --format turtle, not {format.value}")
        typer.echo(graph.construct(text), nl=False)


def _rows(rows: Any, format: Format, limit: int | None) -> None:
    from kg.graph import shown

    if format is Format.csv:
        typer.echo(rows.to_csv(), nl=False)
    elif format is Format.json:
        typer.echo(rows.to_json())
    elif format is Format.turtle:
        raise QueryError("this query gives rows: print them with --format table, csv or json")
    else:
        columns = rows.readable_columns()
        table = Table()
        for column in columns:
            table.add_column(column, overflow="fold")
        most = 50 if limit is None else limit
        for row in list(rows)[:most]:
            table.add_row(*(shown(row[column]) for column in columns))
        out.print(table)
        more = f", the first {most} shown (--limit, or --format csv for all)" if len(rows) > most else ""
        hidden = (
            f"; addresses of {', '.join(name for name in rows.variables if name not in columns)} with --format csv"
            if len(columns) < len(rows.variables)
            else ""
        )
        talk.print(f"{len(rows)} rows{more}{hidden}", soft_wrap=True)


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


class _progress:  # noqa: N801 - reads as a function where it is used
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


def main() -> None:
    """Run the command line; every KgError becomes a message and exit code 1."""
    try:
        app()
    except KgError as error:
        typer.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
