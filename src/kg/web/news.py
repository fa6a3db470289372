"""/new: what the current build knows that the one before did not, by record."""

from __future__ import annotations

import itertools
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.graph.build_folder import current_build
from kg.graph.history.diff import Difference, diff, previous_build
from kg.vocabulary import ID
from kg.web.context import Context

MOST = 400
"""Changes that are listed."""


def routes(context: Context) -> list[BaseRoute]:
    """/new, where the graph comes from a folder of builds."""

    async def new(request: Request) -> Response:
        return await context.page(request, "new.html", lambda: context.remembered("news", lambda: _news(context)))

    return [Route("/new", new, name="new")] if context.settings.build else []


def _news(context: Context) -> dict[str, Any]:
    build = context.settings.build
    assert build is not None
    latest = context.graph.select(_LATEST)
    told: dict[str, Any] = {"problem": "", "records": [], "merged": (), "parted": (), "total": 0, "latest": list(latest)}
    try:
        found = diff(previous_build(build), current_build(build))
    except KgError:
        return told | {"problem": "no-earlier"}
    return told | _by_record(found)


_LATEST = """SELECT ?source ?title ?publisher ?published WHERE {
  ?source a pn:Source ; dcterms:title ?title ; pn:publishedOn ?published ;
    pn:publisher/rdfs:label ?publisher FILTER(LANG(?publisher) IN ("", "en"))
} ORDER BY DESC(STR(?published)) LIMIT 20"""


def _by_record(found: Difference) -> dict[str, Any]:
    shown = found.stated[:MOST]
    records = [
        {"record": record, "iri": f"{ID}source/{record}", "changes": list(changes)}
        for record, changes in itertools.groupby(shown, key=lambda change: change.record)
    ]
    return {"records": records, "merged": found.merged, "parted": found.parted, "total": len(found.stated)}
