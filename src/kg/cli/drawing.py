"""Commands that measure networks and draw link maps."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kg.cli.console import BUILD, StoreOption, app, out, talk
from kg.errors import KgError


class Projection(StrEnum):
    """Which network."""

    official_case = "official-case"
    official_official = "official-official"
    official_person = "official-person"
    body_body = "body-body"


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

    Examples: `kg map --official Kolpikov`; `kg map --all -o map.html`
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
