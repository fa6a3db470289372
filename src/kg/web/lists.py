"""The lists of people, cases and events: narrowed by facets, sorted, with how much evidence there is; as page, CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.graph.rows import safe_cell
from kg.vocabulary import compress
from kg.web.context import Context
from kg.web.facets import Chosen, Selection, offered, read_listings
from kg.web.listed import MOST_DETAILS, SORTS, Member, members, paged
from kg.web.texts import language_of

LISTS = ("people", "cases", "events")
"""The lists of this module; that of officials has columns of its own."""
COLUMNS = {
    "people": ("name", "details", "events", "publishers", "last"),
    "cases": ("name", "details", "people", "events", "publishers", "last"),
    "events": ("last", "name", "details", "people", "publishers"),
}


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

    return [route for name in LISTS for route in (Route(f"/{name}", page(name), name=name), Route(f"/api/{name}", data(name)))]


FIRST_SORT = {"people": "events", "cases": "people", "events": "last"}


def _sort(name: str, request: Request) -> str:
    wanted = request.query_params.get("sort", "")
    return wanted if wanted in SORTS and wanted in COLUMNS[name] else FIRST_SORT[name]


def _selected(context: Context, name: str, request: Request) -> tuple[Selection, list[Member]]:
    selection = Selection.read(request.query_params, read_listings()[name].facets)
    return selection, members(context, name).selected(selection, _sort(name, request))


def _page(context: Context, name: str, request: Request) -> dict[str, Any]:
    listing, whole = read_listings()[name], request.query_params.get("more")
    selection, found = _selected(context, name, request)
    asked, everything = context.asked(language_of(request)), members(context, name)
    page = paged(request, found)
    return page | {
        "name": name,
        "columns": COLUMNS[name],
        "named": asked.things({iri for row in page["rows"] for iri in (row.iri, *row.details[:MOST_DETAILS])}),
        "most": MOST_DETAILS,
        "all": len(everything.rows),
        "sort": _sort(name, request),
        "first_sort": FIRST_SORT[name],
        "sorts": SORTS,
        "selection": selection,
        "whole": whole,
        "chosen": Chosen(listing, selection, ()).query,
        "facets": [
            offered(asked, everything.table, facet, everything.rows, selection, facet.key == whole) for facet in listing.facets
        ],
    }


def _csv(name: str, found: list[Member]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Member.__dataclass_fields__)
    for row in found:
        cells = vars(row) | {"details": " ".join(map(compress, row.details))}
        writer.writerow([safe_cell(str(value)) for value in cells.values()])
    return Response(out.getvalue(), media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})
