"""A SPARQL server process over a store on disk, for queries of strangers: read-only, each query cut at a time limit.

Oxigraph's own limit (--timeout-s) looks at the clock between rows and so never ends a join that gives none for minutes. Here a
process with a query that is over its time is retired: a fresh one takes new queries at once, and the old one is ended as
soon as only such queries are left in it.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Protocol

from kg.errors import QueryError, StoreError

TIME_LIMIT = 20
"""Seconds that a query from outside may take."""
MEMORY = 4 << 30
"""Bytes of memory that a server process may take, where the system can hold it to that."""
_START = 30.0

_KEEPER = f"""
import subprocess, sys
def limit():
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_DATA, ({MEMORY}, {MEMORY}))
    except (ImportError, OSError, ValueError):
        pass
limit()
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    sys.stdin.buffer.read()
finally:
    child.kill()
    child.wait()
"""
"""Ends its child when the pipe to its parent closes, which also happens when the parent is killed."""


class Answering(Protocol):
    """Something that answers SPARQL over HTTP."""

    def ask(self, text: str, media: str) -> HTTPResponse:
        """The answer to a query in the format `media`, to be closed by who asked.

        Raises QueryError when the query is malformed, StoreError when there is no answer in time.
        """
        ...


class RemoteEndpoint:
    """A SPARQL endpoint elsewhere; its own limits hold besides ours."""

    def __init__(self, url: str, time_limit: int = TIME_LIMIT) -> None:
        self.url, self.time_limit = url, time_limit

    def ask(self, text: str, media: str) -> HTTPResponse:
        """See Answering."""
        return _post(self.url, text, media, self.time_limit)


class _Process:
    """One server process, the queries in it, and those of them that are over their time."""

    def __init__(self, store: Path, time_limit: int) -> None:
        port = _free_port()
        bind = ["--bind", f"127.0.0.1:{port}", "--timeout-s", str(time_limit)]
        command = [sys.executable, "-c", _KEEPER, program(), "serve-read-only", "--location", str(store), *bind]
        self.url = f"http://127.0.0.1:{port}/query"
        self.running = 0
        self.late = 0
        self._keeper = subprocess.Popen(command, stdin=subprocess.PIPE)
        try:
            self._wait()
        except StoreError:
            self.end()
            raise

    def _wait(self) -> None:
        limit = time.monotonic() + _START
        while self._keeper.poll() is None and time.monotonic() < limit:
            try:
                urllib.request.urlopen(f"{self.url}?query=ASK%7B%7D", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise StoreError("the SPARQL server did not start")

    def end(self) -> None:
        """End the process, whatever it is doing."""
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait()


class SparqlServer:
    """Answers queries over the store at `store` from a process of its own, replaced whenever a query runs away in it."""

    def __init__(self, store: Path, time_limit: int = TIME_LIMIT) -> None:
        self._store, self._time_limit = store, time_limit
        self._lock = threading.Lock()
        self._current = _Process(store, time_limit)
        self._retired: set[_Process] = set()

    def ask(self, text: str, media: str) -> HTTPResponse:
        """See Answering; the time limit also holds for reading the answer."""
        with self._lock:
            process = self._current
            process.running += 1
        query = _Query(self, process, self._time_limit)
        try:
            answer = _post(process.url, text, media, self._time_limit + 5)
        except QueryError:
            query.done()
            raise
        except StoreError:
            query.done()
            self._replace_if_dead(process)
            raise
        return _closing(answer, query)

    def finished(self, process: _Process, late: bool) -> None:
        """A query in `process` has ended; `late` if it was over its time."""
        with self._lock:
            process.running -= 1
            process.late -= late
            self._end_if_spent(process)

    def overran(self, process: _Process) -> None:
        """A query in `process` is over its time."""
        with self._lock:
            process.late += 1
            if process is self._current:
                self._current = _Process(self._store, self._time_limit)
                self._retired.add(process)
            self._end_if_spent(process)

    def _end_if_spent(self, process: _Process) -> None:
        if process in self._retired and process.running == process.late:
            self._retired.discard(process)
            process.end()

    def _replace_if_dead(self, process: _Process) -> None:
        with self._lock:
            if process is self._current and not _alive(process.url):
                process.end()
                self._current = _Process(self._store, self._time_limit)

    def serve(self, store: Path) -> None:
        """Answer from the store at `store` from now on; queries that are running end in the old one."""
        with self._lock:
            old, self._store = self._current, store
            self._current = _Process(store, self._time_limit)
            self._retired.add(old)
            self._end_if_spent(old)

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            for process in {self._current, *self._retired}:
                process.end()


class _Query:
    """One query's clock: rings once, unless it is done before."""

    def __init__(self, server: SparqlServer, process: _Process, time_limit: int) -> None:
        self._server, self._process = server, process
        self._lock, self._over, self._late = threading.Lock(), False, False
        self._timer = threading.Timer(time_limit, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def _ring(self) -> None:
        with self._lock:
            if self._over:
                return
            self._late = True
        self._server.overran(self._process)

    def done(self) -> None:
        """The query has ended, in whatever way."""
        with self._lock:
            if self._over:
                return
            self._over = True
        self._timer.cancel()
        self._server.finished(self._process, self._late)


@contextmanager
def sparql_server(store: Path, time_limit: int = TIME_LIMIT) -> Iterator[SparqlServer]:
    """A SparqlServer that is gone afterwards. Raises StoreError when the server program is missing or does not start."""
    server = SparqlServer(store, time_limit)
    try:
        yield server
    finally:
        server.close()


def _closing(answer: HTTPResponse, query: _Query) -> HTTPResponse:
    """The answer; closing it also stops the clock."""
    close = answer.close

    def closed() -> None:
        close()
        query.done()

    answer.close = closed  # type: ignore[method-assign]
    return answer


def _post(url: str, text: str, media: str, timeout: float) -> HTTPResponse:
    headers = {"Content-Type": "application/sparql-query", "Accept": media}
    try:
        answer: HTTPResponse = urllib.request.urlopen(urllib.request.Request(url, text.encode(), headers), timeout=timeout)
        return answer
    except urllib.error.HTTPError as error:
        detail = error.read(4000).decode(errors="replace").strip()
        raise (QueryError if error.code == 400 else StoreError)(detail) from None
    except (HTTPException, OSError) as error:
        raise StoreError(f"the SPARQL server gave no answer: {error}") from None


def _alive(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5).close()
    except OSError:
        return False
    return True


def program() -> str:
    """The `oxigraph` program that pip puts beside Python, or one on the path."""
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        raise StoreError("the SPARQL server 'oxigraph' is not installed: pip install oxigraph, or serve without it (--no-sparql)")
    return found


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
