"""The lists of people, cases and events: narrowed by facets, sorted, with how much evidence there is; as page, CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.vocabulary import compress
from kg.web.context import Context
from kg.web.facets import Selection, read_listings
from kg.web.listed import COLUMNS, MOST_DETAILS, Member, members
from kg.web.narrowing import csv_of, page_of
from kg.web.texts import language_of


def routes(context: Context) -> list[BaseRoute]:
    """/people, /cases, /events, and /api/ before each."""

    def page(name: str) -> Callable[[Request], Any]:
        async def respond(request: Request) -> Response:
            if request.query_params.get("format") == "csv":
                return _csv(name, _selected(context, name, request)[1])
            return await context.page(request, "listed.html", _page, context, name, request)

        return respond

    def data(name: str) -> Callable[[Request], Response]:
        def respond(request: Request) -> Response:
            selection, found = _selected(context, name, request)
            return JSONResponse({"selection": dict(selection.chosen), name: [vars(row) | {"url": row.url} for row in found]})

        return respond

    return [route for name in COLUMNS for route in (Route(f"/{name}", page(name), name=name), Route(f"/api/{name}", data(name)))]


def _selected(context: Context, name: str, request: Request) -> tuple[Selection, list[Member]]:
    return members(context, name).asked(request, read_listings()[name])


def _page(context: Context, name: str, request: Request) -> dict[str, Any]:
    selection, found = _selected(context, name, request)
    page = page_of(context, request, read_listings()[name], members(context, name), found, selection)
    shown = {iri for row in page["rows"] for iri in (row.iri, *row.details[:MOST_DETAILS])}
    named = context.asked(language_of(request)).things(shown)
    return page | {"name": name, "columns": COLUMNS[name], "named": named, "most": MOST_DETAILS}


def _csv(name: str, found: list[Member]) -> Response:
    rows = (vars(row) | {"details": " ".join(map(compress, row.details))} for row in found)
    return csv_of(name, Member.__dataclass_fields__, (row.values() for row in rows))
