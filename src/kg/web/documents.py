"""Files to send: dossiers, and the selected part of the accountability list with its citations."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.graph.screening.accountability import standings
from kg.present import accountability as listing
from kg.present import dossier
from kg.web.context import Context
from kg.web.officials import selected
from kg.web.texts import language_of
from kg.web.turns import Turns

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def routes(context: Context) -> list[BaseRoute]:
    """/dossier?about=&format=&layout= and /officials.xlsx, .pdf and .html with a selection."""
    turns = Turns(2, 60)  # setting a PDF takes a processor for seconds

    def in_turn(make: Callable[[Context, Request], Response], request: Request) -> Response:
        with turns.turn():
            return make(context, request)

    async def a_dossier(request: Request) -> Response:
        return await run_in_threadpool(in_turn, _dossier, request)

    async def a_list(request: Request) -> Response:
        return await run_in_threadpool(in_turn, _list, request)

    return [Route("/dossier", a_dossier, name="dossier"), Route("/officials.{format}", a_list)]


def _dossier(context: Context, request: Request) -> Response:
    query = request.query_params
    about, format = query.get("about", "")[:1000], query.get("format", "pdf")
    if format not in dossier.FORMATS:
        raise HTTPException(400, f"a dossier comes as {', '.join(dossier.FORMATS)}")
    made = dossier.build_dossier(context.graph, about, query.get("layout", "case-summary"), language_of(request))
    return _file(dossier.render(made, format), f"dossier.{format}", format)


def _list(context: Context, request: Request) -> Response:
    format = request.path_params["format"]
    if format not in listing.FORMATS:
        raise HTTPException(404, f"the list comes as {', '.join(listing.FORMATS)}")
    _, rows = selected(context, request)
    known = {one.iri: one for one in standings(context.graph)}
    chosen = [known[row.iri] for row in rows if row.iri in known]
    made = listing.read_accountability(context.graph, chosen, language_of(request))
    return _file(listing.render(made, format), f"officials.{format}", format)


def _file(content: bytes, name: str, format: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Vary": "Accept-Language, Cookie"}
    return Response(content, media_type=MEDIA[format], headers=headers)
