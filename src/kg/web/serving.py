"""Running the explorer: the web server, and behind it the SPARQL server that answers strangers' queries."""

from __future__ import annotations

import errno
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kg.errors import StoreError
from kg.graph import Graph
from kg.graph.build_folder import current_build
from kg.web.app import create_app
from kg.web.context import Context, Settings
from kg.web.officials import accountability
from kg.web.searching import names_of
from kg.web.sparql_server import TIME_LIMIT, Answering, RemoteEndpoint, SparqlServer, sparql_server

PORT = 8000
"""The usual port; another is taken when it is not free."""


@dataclass(frozen=True)
class Options:
    """Where and what to serve. `store` is a folder of builds or the address of an endpoint; `review` opens the review desk."""

    store: str = "build"
    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = PORT
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
        if isinstance(sparql, SparqlServer):
            app.state.context.when_renewed(lambda: sparql.serve(current_build(Path(options.store)) / "store"))
        threading.Thread(target=_warm, args=(app.state.context,), daemon=True).start()
        with _listening(options.host, options.port) as door:
            host = f"[{options.host}]" if ":" in options.host else options.host
            told(f"http://{host}:{door.getsockname()[1]}/", token)
            uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False)).run(sockets=[door])


def _warm(context: Context) -> None:
    """Read ahead what the first visitors would wait for."""
    context.conflicts()
    names_of(context)
    accountability(context)


def _listening(host: str, port: int) -> socket.socket:
    """A socket on that port or, when it is taken and the usual one, on any free one; port 0 is any."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except socket.gaierror:
        raise StoreError(f"there is no address {host} on this machine") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE and port == PORT:
            return _listening(host, 0)
        raise StoreError(f"{host}:{port} cannot be listened on ({error.strerror}): try another --port") from None


@contextmanager
def _endpoint(options: Options) -> Iterator[Answering | None]:
    if options.store.startswith(("http://", "https://")):
        yield RemoteEndpoint(options.store, options.time_limit)
    elif options.sparql:
        with sparql_server(current_build(Path(options.store)) / "store", options.time_limit) as server:
            yield server
    else:
        yield None
