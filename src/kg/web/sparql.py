"""/sparql: the SPARQL 1.1 protocol for strangers: read-only, limited in time, size and number; errors show the line."""

from __future__ import annotations

import io
import re
from http import HTTPStatus
from http.client import HTTPException as BrokenAnswer
from http.client import HTTPResponse
from typing import IO, cast
from urllib.parse import parse_qs

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, QueryError
from kg.graph.backend import query_form
from kg.graph.rows import Rows
from kg.graph.visibility.safety import refuse_unsafe
from kg.vocabulary import PREFIXES, sparql_prefixes
from kg.web.context import Context
from kg.web.results import ROW_FORMATS, write_rows
from kg.web.sparql_server import Answering
from kg.web.turns import Turns

MAX_QUERY = 100_000
"""Longest query, in bytes."""
MAX_ROWS = 20_000
"""Rows or triples that are given; what is left out is said."""
MAX_BYTES = 100_000_000
_AT_ONCE = 4
_PATIENCE = 10.0
"""Seconds a query waits for its turn."""
GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_PLACE = re.compile(r"(?:at |line )?(\d+):(\d+)")


def routes(context: Context) -> list[BaseRoute]:
    """/sparql, if there is a SPARQL server behind the explorer."""
    server, turns = context.settings.sparql, Turns(_AT_ONCE, _PATIENCE)
    if server is None:
        return []

    async def sparql(request: Request) -> Response:
        query = await _query(request)
        accept = request.headers.get("accept", "")
        if query is None:
            if "text/html" in accept:
                return RedirectResponse("/workbench", 303)
            raise HTTPException(400, "the parameter 'query' is missing (SPARQL 1.1 Protocol, section 2.1)")
        try:
            return await run_in_threadpool(_answer, server, turns, query, accept)
        except KgError as error:
            return _refused(error, query)

    return [Route("/sparql", sparql, methods=["GET", "POST"])]


async def _query(request: Request) -> str | None:
    if request.method == "GET":
        return request.query_params.get("query")
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > MAX_QUERY:
        raise HTTPException(413, f"a query may have {MAX_QUERY:,} bytes")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/sparql-query":
        return (await _body(request)).decode("utf-8", "replace")
    if kind == "application/x-www-form-urlencoded":
        return parse_qs((await _body(request)).decode("utf-8", "replace")).get("query", [None])[0]
    raise HTTPException(415, "send the query as application/sparql-query or as the form field 'query'")


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_QUERY:
            raise HTTPException(413, f"a query may have {MAX_QUERY:,} bytes")
    return body


def _answer(server: Answering, turns: Turns, query: str, accept: str) -> Response:
    if len(query) > MAX_QUERY:
        raise HTTPException(413, f"a query may have {MAX_QUERY:,} bytes")
    refuse_unsafe(query)
    form = query_form(query)
    if not form:
        raise QueryError("this is no SELECT, ASK, CONSTRUCT or DESCRIBE query")
    triples = form in ("CONSTRUCT", "DESCRIBE")
    with turns.turn(), _asked(server, query, triples) as answer:
        return _graph(answer, accept) if triples else _rows(answer, accept)


def _asked(server: Answering, query: str, triples: bool) -> HTTPResponse:
    ours = sparql_prefixes(query)
    try:
        return server.ask(ours + query, "application/n-triples" if triples else "application/sparql-results+json")
    except QueryError as error:
        raise QueryError(_moved(str(error), len(ours))) from None


def _moved(detail: str, prefix: int) -> str:
    """The server's message with places as the asker counts them: our prefixes stand in front of the first line."""

    def moved(match: re.Match[str]) -> str:
        line, column = int(match[1]), int(match[2])
        return f"line {line}, column {column - prefix if line == 1 else column}"

    return _PLACE.sub(moved, detail, count=1)


def _rows(answer: HTTPResponse, accept: str) -> Response:
    result = parse_query_results(cast(IO[bytes], _Limited(answer)), QueryResultsFormat.JSON)
    if not isinstance(result, QuerySolutions):
        return JSONResponse({"head": {}, "boolean": bool(result)}, media_type="application/sparql-results+json")
    variables = tuple(variable.value for variable in result.variables)
    terms: list[tuple[NamedNode | Literal | BlankNode | None, ...]] = []
    truncated = ""
    try:
        for solution in result:
            if len(terms) == MAX_ROWS:
                truncated = f"{MAX_ROWS} rows"
                break
            terms.append(tuple(solution[name] for name in variables))
    except (ValueError, SyntaxError, OSError, BrokenAnswer):  # the server ended the answer in its middle, or it became too long
        truncated = "the time or size limit"
    media = next((media for media in ROW_FORMATS if media in accept), "application/sparql-results+json")
    return Response(write_rows(Rows(variables, terms), media, truncated), media_type=media, headers=_said(truncated))


def _graph(answer: HTTPResponse, accept: str) -> Response:
    triples: list[Triple] = []
    truncated = ""
    try:
        for triple in parse(cast(IO[bytes], _Limited(answer)), RdfFormat.N_TRIPLES):
            if len(triples) == MAX_ROWS:
                truncated = f"{MAX_ROWS} triples"
                break
            triples.append(triple.triple)
    except (ValueError, SyntaxError, OSError, BrokenAnswer):  # the server ended the answer in its middle, or it became too long
        truncated = "the time or size limit"
    media = next((media for media in GRAPH_FORMATS if media in accept), "text/turtle")
    content = serialize(triples, format=GRAPH_FORMATS[media], prefixes=PREFIXES) or b""
    return Response(content, media_type=media, headers=_said(truncated))


def _said(truncated: str) -> dict[str, str]:
    return {"KG-Truncated": truncated} if truncated else {}


class _Limited(io.RawIOBase):
    """A response that ends after MAX_BYTES."""

    def __init__(self, response: HTTPResponse) -> None:
        self._response, self._left = response, MAX_BYTES

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; nothing when the limit is reached."""
        chunk = self._response.read(min(size if size > 0 else 65536, self._left))
        self._left -= len(chunk)
        return chunk


def _refused(error: KgError, query: str) -> Response:
    """Why there is no answer, with the place in the query where there is one."""
    status = 400 if isinstance(error, QueryError) else 503
    detail = str(error) if status == 400 else "The query was cut at its time limit, or the store does not answer: ask for less."
    told: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail[:2000]}
    place = re.search(r"line (\d+), column (\d+)", detail)
    if place is not None:
        line = int(place[1])
        lines = query.splitlines()
        told |= {"line": line, "column": int(place[2]), "text": lines[line - 1][:500] if 0 < line <= len(lines) else ""}
    return JSONResponse(told, status, media_type="application/problem+json")
