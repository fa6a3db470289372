"""The command that serves the explorer."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.console import BUILD, DATA, DataOption, StoreOption, app, talk


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port; a free one is taken when 8000 is not, or with 0.", min=0, max=65535)] = 8000,
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than this machine reach only what is not loopback.")
    ] = "127.0.0.1",
    review: Annotated[bool, typer.Option("--review", help="Open the review desk; prints the token that it asks for.")] = False,
    sparql: Annotated[bool, typer.Option("--sparql/--no-sparql", help="Answer SPARQL queries at /sparql.")] = True,
    time_limit: Annotated[int, typer.Option(help="Seconds that a SPARQL query may take.", min=1)] = 20,
    data: DataOption = DATA,
    store: StoreOption = BUILD,
) -> None:
    """Serve the explorer: pages, search, lists, maps and a SPARQL endpoint, on this machine only unless told otherwise.

    Examples: `kg serve`; `kg serve --port 9000 --review`; `kg serve --store https://graph.example/query`
    """
    from kg.web.serving import Options
    from kg.web.serving import serve as run

    def told(address: str, token: str) -> None:
        talk.print(f"The explorer is at {address} (Ctrl-C ends it)", soft_wrap=True, highlight=False)
        if token:
            talk.print(f"Review desk: {address}review?token={token}", soft_wrap=True)
        if host not in ("127.0.0.1", "::1", "localhost"):
            talk.print(
                "Others can reach it. Put a server that speaks HTTPS in front before you let the internet in.", soft_wrap=True
            )

    run(Options(store, data, host, port, review, sparql, time_limit), told)
