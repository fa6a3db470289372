"""The command that says why a fact stands in the graph."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kg.cli.console import BUILD, Format, StoreOption, app
from kg.errors import QueryError


@app.command()
def explain(
    subject: Annotated[str, typer.Argument(help="A name or an address.")],
    predicate: Annotated[str, typer.Argument(help="A property: acted against, actedAgainst or its address; a for a class.")],
    object: Annotated[str, typer.Argument(help="A name, an address, a class or a value.")],
    all: Annotated[bool, typer.Option("--all", help="Every proof from other statements too, the shortest first.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="table (sentences) or json.")] = Format.table,
    store: StoreOption = BUILD,
) -> None:
    """Say why a fact stands in the graph: axioms in words, facts, and the passages that state them.

    Examples: `kg explain "Anatoliy SOLIN" "acted against" "Bilyal Adilov"`; `kg explain "Anatoliy SOLIN" a Official --all`
    """
    from kg.graph import Graph
    from kg.graph.explanation.explain import explain as prove
    from kg.graph.explanation.explain import render

    if format not in (Format.table, Format.json):
        raise QueryError(f"an explanation is printed as table or json, not as {format.value}")
    proofs = prove(Graph.open(store), subject, predicate, object, all)
    if format is Format.json:
        typer.echo(json.dumps([proof.as_json() for proof in proofs], indent=2, ensure_ascii=False))
        return
    for number, proof in enumerate(proofs, 1):
        if len(proofs) > 1:
            typer.echo(f"{'' if number == 1 else chr(10)}Proof {number} of {len(proofs)}, {proof.steps} steps")
        typer.echo(render(proof))
