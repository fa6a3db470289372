"""The pages of the pictures: link map, overview, timeline, transfers, SPARQL workbench. Each can be read without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import NotFoundError
from kg.graph import Graph, Match
from kg.present.timeline import read_timeline, read_timeline_of
from kg.vocabulary import compress
from kg.web.chosen import chosen_of, events_of, words
from kg.web.context import Context
from kg.web.data_map import maps, transfers_of, view_of
from kg.web.texts import language_of

MOST_ROWS = 1000
"""Links that the page of a map tells as text."""


def routes(context: Context) -> list[BaseRoute]:
    """/map, /overview, /timeline, /transfers, /workbench"""

    def page(template: str, read: Callable[[Request], Mapping[str, Any]]) -> Callable[[Request], Response]:
        return lambda request: context.html(request, template, read(request))

    return [
        Route("/map", page("map.html", lambda request: _map(context, request))),
        Route("/overview", page("overview.html", lambda request: {"communities": _communities(context)})),
        Route("/timeline", page("timeline.html", lambda request: _timeline(context, request))),
        Route("/transfers", page("transfers.html", lambda request: _transfers(context, request))),
        Route("/workbench", page("workbench.html", lambda request: {"library": context.graph.library.values()})),
    ]


def _map(context: Context, request: Request) -> Mapping[str, Any]:
    """The view that the address tells, as rows of text; or the names that its word can mean, or neither."""
    view, chosen = view_of(context, request), chosen_of(context, request)
    choices = _choices(context.graph, [*view.about, *view.path])
    if choices or not (view.about or view.among or len(view.path) == 2):
        return {"choices": choices, "title": "", "rows": [], "asked": "", "chosen": None}
    data = maps(context).answer(view, language_of(request))
    named = {node["id"]: node["name"] for node in data["nodes"]}
    rows = [
        {
            "from": {"iri": edge["from"], "label": named[edge["from"]]},
            "to": {"iri": edge["to"], "label": named[edge["to"]]},
            "roles": ", ".join(data["roles"].get(role, role) for role in edge["roles"]),
            "when": edge["first"] if edge["first"] == edge["last"] else f"{edge['first']} – {edge['last']}",
            "stated": edge["stated"],
            "publishers": edge["publishers"],
        }
        for edge in data["edges"][:MOST_ROWS]
    ]
    return {
        "choices": [],
        "title": data["title"],
        "rows": rows,
        "asked": request.url.query,
        "chosen": chosen,
        "note": _note(context, request, len(chosen.shown), len(chosen.things)) if chosen else "",
    }


def _note(context: Context, request: Request, shown: int, of: int) -> str:
    """That a picture shows a part only."""
    return context.texts.translator(language_of(request))("facet.part", shown=shown, all=of) if shown < of else ""


def _choices(graph: Graph, names: list[str]) -> list[Match]:
    """What the first of `names` that is not clear can mean; empty when all are."""
    for name in names:
        if not name.startswith(("id:", "http://", "https://")):
            try:
                graph.resolve(name)
            except NotFoundError:
                return graph.find(name)[:30] or [Match("", name, "")]
    return []


def _communities(context: Context) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(maps(context).overview)["communities"]
    return found


def _timeline(context: Context, request: Request) -> Mapping[str, Any]:
    if chosen := chosen_of(context, request):
        events, of = events_of(context, chosen)
        found = read_timeline_of(context.graph, events, words(context, chosen, request), context.conflicts())
        note = _note(context, request, len(events), of)
        return {"timeline": found, "choices": [], "asked": "", "source": chosen.query, "chosen": chosen, "note": note}
    about = request.query_params.get("about", "").strip()
    choices = _choices(context.graph, [about]) if about else []
    if not about or choices:
        return {"timeline": None, "choices": choices, "asked": about, "chosen": None}
    timeline = read_timeline(context.graph, about, context.conflicts())
    source = "about=" + quote(compress(timeline.about), safe="")
    return {"timeline": timeline, "choices": [], "asked": about, "source": source, "chosen": None}


def _transfers(context: Context, request: Request) -> Mapping[str, Any]:
    if chosen := chosen_of(context, request):
        told = {"about": "", "source": chosen.query, "told": words(context, chosen, request)}
        return {"transfers": transfers_of(context, request), "choices": [], "chosen": chosen, **told}
    about = request.query_params.get("about", "").strip()
    choices = _choices(context.graph, [about]) if about else []
    found = transfers_of(context, request) if not choices else None
    about = about if not choices else ""
    return {
        "transfers": found,
        "choices": choices,
        "about": about,
        "source": about and "about=" + quote(about, safe=""),
        "chosen": None,
    }
