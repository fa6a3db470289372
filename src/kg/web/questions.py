"""/queries: the library of questions, a form for the parameters of each, and its answer as a table, CSV or JSON."""

from __future__ import annotations

import itertools
from typing import Any

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, QueryError
from kg.graph import Rows, shown
from kg.graph.library import LibraryQuery
from kg.graph.rows import to_python
from kg.web.context import Context
from kg.web.errors import status_of

MOST = 300
"""Rows of a table; the downloads have all."""


def routes(context: Context) -> list[BaseRoute]:
    """/queries and /queries/{name}."""

    async def library(request: Request) -> Response:
        groups = [(group, list(found)) for group, found in itertools.groupby(context.graph.library.values(), lambda q: q.group)]
        return await context.page(request, "queries.html", lambda: {"groups": groups})

    async def question(request: Request) -> Response:
        query = context.graph.library.get(request.path_params["name"])
        if query is None:
            raise HTTPException(404, "there is no question of that name")
        return await run_in_threadpool(_question, context, request, query)

    return [Route("/queries", library, name="queries"), Route("/queries/{name}", question)]


def _question(context: Context, request: Request, query: LibraryQuery) -> Response:
    given = {p.name: value for p in query.parameters if (value := request.query_params.get(p.name, "").strip()[:1000])}
    format = request.query_params.get("format", "")
    if format in ("csv", "json"):
        return _download(query.name, format, answer(context, query, given))
    if format == "rq":
        return Response(query.text, media_type="application/sparql-query")
    values: dict[str, Any] = {"question": query, "given": given, "table": None, "problem": ""}
    status = 200
    if "run" in request.query_params or not query.parameters:
        try:
            values["table"] = _table(answer(context, query, given))
        except KgError as error:
            status, values["problem"] = status_of(error), str(error)
    return context.html(request, "query.html", values, status)


def answer(context: Context, query: LibraryQuery, given: dict[str, str]) -> Rows:
    """The rows of a library query; kept ones from the build, others from the SPARQL server, which cuts them at its time limit."""
    if not given and context.graph.tables:
        return context.graph.select(query.name)
    text = context.graph.text(query.name, **{name.replace("-", "_"): value for name, value in given.items()})
    server = context.settings.sparql
    if server is None:
        return context.graph.select(text)
    with server.ask(text, "application/sparql-results+json") as response:
        result = parse_query_results(response, QueryResultsFormat.JSON)
        if not isinstance(result, QuerySolutions):
            raise QueryError("this question is answered by yes or no")
        return Rows.read(result)


def _table(rows: Rows) -> dict[str, Any]:
    """Readable columns; what an address stands beside is linked to it: ?official ?name shows the name, linked."""
    columns = rows.readable_columns()
    links: dict[str, int] = {}
    waiting = None
    for place, name in enumerate(rows.variables):
        if name not in columns:
            waiting = place
        elif waiting is not None:
            links[name] = waiting
            waiting = None
    places = [(name, rows.variables.index(name)) for name in columns]
    cells = [[_cell(row, place, links.get(name)) for name, place in places] for row in rows.terms[:MOST]]
    return {"columns": columns, "rows": cells, "total": len(rows), "most": MOST}


def _cell(row: tuple[Any, ...], place: int, link: int | None) -> tuple[str, str]:
    """What a cell shows, and the address it leads to, if any."""
    term = row[place]
    target = term if isinstance(term, NamedNode) else row[link] if link is not None else None
    return shown(to_python(term)), target.value if isinstance(target, NamedNode) else ""


def _download(name: str, format: str, rows: Rows) -> Response:
    content, media = (rows.to_csv(), "text/csv") if format == "csv" else (rows.to_json(), "application/sparql-results+json")
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}.{format}"'})
