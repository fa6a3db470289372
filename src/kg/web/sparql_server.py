"""A SPARQL server process over a store on disk: read-only, with a time limit per query, gone when we are gone."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

TIME_LIMIT = 20
"""Seconds that a query from outside may take."""
_START = 30.0

_KEEPER = """
import subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    sys.stdin.buffer.read()
finally:
    child.kill()
    child.wait()
"""
"""Ends its child when the pipe to its parent closes, which also happens when the parent is killed."""


@contextmanager
def sparql_server(store: Path, time_limit: int = TIME_LIMIT) -> Iterator[str]:
    """Serve the store at `store` on a free port of the loopback interface; gives the address of its query endpoint.

    Queries are cut after `time_limit` seconds. Raises StoreError when the server program is missing or does not start.
    """
    port = _free_port()
    command = [
        _program(),
        "serve-read-only",
        "--location",
        str(store),
        "--bind",
        f"127.0.0.1:{port}",
        "--timeout-s",
        str(time_limit),
    ]
    keeper = subprocess.Popen([sys.executable, "-c", _KEEPER, *command], stdin=subprocess.PIPE)
    try:
        url = f"http://127.0.0.1:{port}/query"
        _wait_for(url, keeper)
        yield url
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait()


def _program() -> str:
    """The `oxigraph` program that pip puts beside Python, or one on the path."""
    beside = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("oxigraph")
    if found is None:
        raise StoreError("the SPARQL server 'oxigraph' is not installed: pip install oxigraph, or serve without it (--no-sparql)")
    return found


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(url: str, keeper: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START
    while keeper.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise StoreError("the SPARQL server did not start")
