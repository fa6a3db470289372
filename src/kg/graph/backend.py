"""Two stores behind one face: Oxigraph on disk, and any SPARQL 1.1 endpoint."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Protocol

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from kg.errors import QueryError, StoreError
from kg.graph.visibility.safety import refuse_unsafe, tokens

Answer = QuerySolutions | QueryBoolean | QueryTriples
MAX_ANSWER = 500_000_000
"""Largest answer accepted from an endpoint, in bytes."""


class Backend(Protocol):
    """Answers SPARQL queries; never changes what it holds."""

    name: str

    def query(self, text: str) -> Answer:
        """Answer `text`; raises QueryError when it is refused or malformed, StoreError when the store fails."""
        ...


class EmbeddedStore:
    """An Oxigraph store on disk, opened read-only. The default graph holds the merged facts, each once."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        try:
            self.store = pyoxigraph.Store.read_only(str(path))
        except OSError as error:
            raise StoreError(f"the store {path} cannot be opened: {error}; run kg build") from None

    def query(self, text: str) -> Answer:
        """Answer `text` from disk; see Backend."""
        refuse_unsafe(text)
        try:
            answer: Answer = self.store.query(text)
        except SyntaxError as error:
            raise QueryError(f"the query is not valid SPARQL: {error}") from None
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store could not answer: {error}") from None
        return answer


class Endpoint:
    """A SPARQL 1.1 endpoint over HTTP (W3C SPARQL 1.1 Protocol, query via POST)."""

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        self.name, self.timeout = url, timeout
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise StoreError(f"{url} is not the address of a SPARQL endpoint: it must begin with http:// or https://")

    def query(self, text: str) -> Answer:
        """Send `text` to the endpoint; see Backend. Gives up after `timeout` seconds."""
        refuse_unsafe(text)
        triples = query_form(text) in ("CONSTRUCT", "DESCRIBE")
        media = "application/n-triples" if triples else "application/sparql-results+json"
        request = urllib.request.Request(
            self.name, text.encode(), {"Content-Type": "application/sparql-query", "Accept": media, "User-Agent": "kg"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                body = response.read(MAX_ANSWER + 1)
        except urllib.error.HTTPError as error:
            detail = error.read(2000).decode(errors="replace").strip()
            kind = QueryError if error.code == 400 else StoreError
            raise kind(f"{self.name} answered {error.code}: {detail}") from None
        except (urllib.error.URLError, TimeoutError, OSError) as error:
            raise StoreError(f"{self.name} cannot be reached: {getattr(error, 'reason', error)}") from None
        if len(body) > MAX_ANSWER:
            raise StoreError(f"{self.name} sent more than {MAX_ANSWER:,} bytes: narrow the query")
        if triples:
            return _in_memory(body)
        return pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)


def _in_memory(body: bytes) -> QueryTriples:
    store = pyoxigraph.Store()
    store.load(body, RdfFormat.N_TRIPLES)
    answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(answer, QueryTriples)
    return answer


def query_form(query: str) -> str:
    """The query form: SELECT, ASK, CONSTRUCT or DESCRIBE; empty when there is none."""
    for token in tokens(query):
        if token.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return token.upper()
    return ""
