"""Pages of things: every address of the graph answers, as a page or as data; superseded addresses lead to the current one."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.vocabulary import ID, PN, VOC
from kg.web.changes import read_changes
from kg.web.context import Context
from kg.web.downloads import described
from kg.web.links import href
from kg.web.negotiation import wanted_format
from kg.web.reading import PARTICIPATION, READERS, canonical, read_page
from kg.web.texts import language_of


def routes(context: Context) -> list[BaseRoute]:
    """/id/…, /vocabulary/…, /ontology/… and /about?iri=… for foreign addresses."""

    def under(base: str) -> Route:
        path = {ID: "/id", VOC: "/vocabulary", PN: "/ontology"}[base]

        async def page(request: Request) -> Response:
            return await _answer(context, request, base + request.path_params["path"])

        return Route(path + "/{path:path}", page, name=path[1:])

    async def about(request: Request) -> Response:
        iri = request.query_params.get("iri", "")
        if iri.startswith((ID, VOC, PN)):
            return RedirectResponse(href(iri), 308)
        return await _answer(context, request, iri)

    return [under(ID), under(VOC), under(PN), Route("/about", about)]


async def _answer(context: Context, request: Request, iri: str) -> Response:
    if any(character in iri for character in ' <>"{}|^`\\\n') or not iri.startswith(("http://", "https://")):
        raise HTTPException(404, "this is not an address")
    current = await context.work(canonical, context.graph, iri)
    if current != iri:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(href(current) + query, 308)
    format = wanted_format(request)
    if format != "html":
        return await context.work(described, context.graph, iri, format)
    return await context.work(_page, context, request, iri)


def _page(context: Context, request: Request, iri: str) -> Response:
    asked = context.asked(language_of(request))
    page = read_page(asked, iri)
    reader, template = READERS.get(page.thing.kind), "entity.html"
    values: dict[str, Any] = {"page": page, "headline": [], "conflicts": [], "citation": f"{page.thing.label}, {iri}"}
    values["participation"] = PARTICIPATION
    values["changes"] = read_changes(context, asked, iri)
    if reader is not None:
        values |= reader(asked, page)
        template = f"things/{'body' if page.thing.kind == 'court' else page.thing.kind}.html"
    return context.html(request, template, values)
