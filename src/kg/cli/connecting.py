"""`kg path`: how two people, cases or bodies are linked, with the evidence of every step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from kg.cli.console import BUILD, Format, StoreOption, app, out, talk
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.present.connections import Connection, Step
    from kg.present.whole_map import WholeMap


@app.command()
def path(
    start: Annotated[str, typer.Argument(help="Name or address of the one.")],
    end: Annotated[str, typer.Argument(help="Name or address of the other.")],
    count: Annotated[int, typer.Option("--count", "-k", help="How many of the shortest ways.", min=1, max=50)] = 3,
    lawyers: Annotated[bool, typer.Option("--through-lawyers", help="Let ways lead through defence lawyers too.")] = False,
    format: Annotated[Format, typer.Option(help="A table to read, or JSON with every passage in full.")] = Format.table,
    store: StoreOption = BUILD,
) -> None:
    """How two are linked: the shortest ways from one to the other, with who says so at every step.

    Examples: `kg path Saprunov Kolpikov`; `kg path Saprunov Kolpikov -k 5 --format json`
    """
    from kg.graph import Graph
    from kg.present.connections import as_json, connections
    from kg.present.whole_map import WholeMap

    if format not in (Format.table, Format.json):
        raise QueryError("a path is printed with --format table or json")
    graph = Graph.open(store)
    whole = WholeMap.read(graph)
    found = connections(whole, graph.resolve(start).iri, graph.resolve(end).iri, count, lawyers)
    if format is Format.json:
        typer.echo(json.dumps(as_json(whole, found), ensure_ascii=False, indent=1))
        return
    if not found:
        talk.print("Nothing in the record joins these two.")
        return
    out.print(_table(whole, found))
    talk.print("A chain of links says that records meet, not that people acted together. It is as strong as its weakest step.")


def _table(whole: WholeMap, found: list[Connection]) -> Table:
    table = Table("way", "from", "as", "to", "when", "stated", "who says so")
    for number, connection in enumerate(found, 1):
        for index, step in enumerate(connection.steps):
            first = min((edge.first for edge in step.edges if edge.first), default="")
            last = max((edge.last for edge in step.edges if edge.last), default="")
            when = first if first == last else f"{first} – {last}"
            roles = ", ".join(sorted({role for edge in step.edges for role in edge.roles}))
            stated = "yes" if step.stated else "inferred"
            table.add_row(
                "" if index else str(number), step.source.label, roles, step.target.label, when, stated, _cited(whole, step)
            )
        table.add_section()
    return table


def _cited(whole: WholeMap, step: Step) -> str:
    """Publisher, title and address of each passage, once."""
    known = whole.model.evidence.passages
    passages = {s.passage: known[s.passage] for edge in step.edges for s in edge.statements if s.passage in known}
    return "\n".join(
        dict.fromkeys(f"{p.publisher}: {p.title}{', ' + p.published if p.published else ''}" for p in passages.values())
    )
