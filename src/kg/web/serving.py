"""Running the explorer: the web server, and behind it the SPARQL server that answers strangers' queries."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kg.graph import Graph
from kg.graph.build_folder import current_build
from kg.web.app import create_app
from kg.web.context import Settings
from kg.web.sparql_server import TIME_LIMIT, sparql_server


@dataclass(frozen=True)
class Options:
    """Where and what to serve. `store` is a folder of builds or the address of an endpoint; `review` opens the review desk."""

    store: str = "build"
    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = 8000
    review: bool = False
    sparql: bool = True
    time_limit: int = TIME_LIMIT


def serve(options: Options, told: Callable[[str, str], None]) -> None:
    """Serve until interrupted. `told(address, token)` is called before the first request, the token empty without review desk.

    Raises StoreError when there is no build, the endpoint is no address, or the SPARQL server does not start.
    """
    with _endpoint(options) as sparql:
        token = secrets.token_urlsafe(24) if options.review else ""
        remote = options.store.startswith(("http://", "https://"))
        settings = Settings(None if remote else Path(options.store), sparql, token, options.data)
        app = create_app(Graph.open(options.store), settings)
        told(f"http://{f'[{options.host}]' if ':' in options.host else options.host}:{options.port}/", token)
        uvicorn.run(app, host=options.host, port=options.port, log_level="warning", server_header=False, proxy_headers=False)


@contextmanager
def _endpoint(options: Options) -> Iterator[str]:
    if options.store.startswith(("http://", "https://")):
        yield options.store
    elif options.sparql:
        with sparql_server(current_build(Path(options.store)) / "store", options.time_limit) as url:
            yield url
    else:
        yield ""
