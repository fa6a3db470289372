"""What the explorer's scripts ask for: views of the link map, names, the overview, timelines, transfers, the workbench.

Everything that a picture shows also stands on its page as text; these answers feed the pictures.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import NotFoundError
from kg.graph import Graph
from kg.present.map_view import MapViews, View
from kg.present.overview import overview
from kg.present.timeline import Timeline, read_timeline, read_timeline_of, timeline_data
from kg.present.transfers import Transfers, read_transfers, read_transfers_of, transfers_data
from kg.present.whole_map import WholeMap
from kg.vocabulary import PN, compress, load_vocabulary
from kg.web.chosen import chosen_of, events_of, nodes_of, people_of, words
from kg.web.context import Context
from kg.web.links import href
from kg.web.texts import language_of
from kg.web.workbench_data import bound, workbench_data

_ROLES = 'SELECT ?role ?label WHERE { ?role a owl:ObjectProperty ; rdfs:label ?label FILTER(LANG(?label) = "$LANGUAGE") }'
MOST_FOUND = 12
"""Names in one answer to a search."""


class Maps:
    """The link map of one graph, read when first asked for and kept for all readers."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._lock = Lock()
        # A page and then its script ask for the same view; so does everybody to whom a link was sent.
        self.answer = lru_cache(maxsize=32)(self._answer)

    @cached_property
    def _views(self) -> MapViews:
        return MapViews(WholeMap.read(self.graph), lambda name: self.graph.resolve(name).iri)

    @property
    def views(self) -> MapViews:
        """Answers views; the first call reads all links."""
        with self._lock:
            return self._views

    @cached_property
    def overview(self) -> str:
        """The overview as JSON."""
        return _json(overview(self.views.whole))

    def _answer(self, view: View, language: str = "en") -> dict[str, Any]:
        """The data of a view, not to be changed; nodes also carry the address of their page, roles are called as `language`
        does."""
        data = self.views.answer(view)
        for node in data["nodes"]:
            node["page"] = href(node["id"])
        return data | {"roles": data["roles"] | self._roles(language)}

    def _roles(self, language: str) -> dict[str, str]:
        if language == "en":
            return {}
        named = {str(row["role"]): str(row["label"]) for row in self.graph.select(_ROLES.replace("$LANGUAGE", language))}
        known = {role.key: named[role.iri] for role in load_vocabulary().roles.values() if role.iri in named}
        return known | {"body": named.get(PN + "body", "")}

    def find(self, text: str) -> list[dict[str, str]]:
        """Whatever on the map answers to `text` in any spelling, best first."""
        whole = self.views.whole
        nodes = (whole.model.nodes.get(match.iri) for match in self.graph.find(text))
        return [{"address": compress(n.iri), "name": n.label, "kind": n.kind} for n in nodes if n is not None][:MOST_FOUND]


def maps(context: Context) -> Maps:
    """The maps of the graph that is served."""
    found: Maps = context.remembered("maps", lambda: Maps(context.graph))
    return found


def routes(context: Context) -> list[BaseRoute]:
    """/map/data.json, /map/find.json, /overview/data.json, /timeline/data.json, /transfers/data.json, /workbench/….json"""

    def find(request: Request) -> Any:
        text = request.query_params.get("q", "").strip()[:200]
        return {"found": maps(context).find(text) if len(text) > 1 else []}

    def timeline(request: Request) -> Any:
        found = timeline_of(context, request)
        if found is None:
            raise NotFoundError("say whose timeline: about=<address>, or chosen=<list and what was chosen in it>")
        return timeline_data(found)

    answers: dict[str, Callable[[Request], Any]] = {
        "/map/data.json": lambda request: maps(context).answer(view_of(context, request), language_of(request)),
        "/map/find.json": find,
        "/overview/data.json": lambda request: maps(context).overview,
        "/timeline/data.json": timeline,
        "/transfers/data.json": lambda request: transfers_data(transfers_of(context, request)),
        "/workbench/data.json": lambda request: context.remembered("workbench", lambda: _json(workbench_data(context.graph))),
        "/workbench/bind.json": lambda request: {"text": bound(context.graph, request.query_params)},
    }
    return [Route(path, _answering(answer)) for path, answer in answers.items()]


def timeline_of(context: Context, request: Request) -> Timeline | None:
    """The timeline of the one thing, or of the selection, that an address names; None when it names neither."""
    if chosen := chosen_of(context, request):
        return read_timeline_of(context.graph, events_of(context, chosen)[0], words(context, chosen, request), context.conflicts())
    about = request.query_params.get("about", "").strip()
    return read_timeline(context.graph, about, context.conflicts()) if about else None


def transfers_of(context: Context, request: Request) -> Transfers:
    """The transfers of the one thing, or of the selection, that an address names, or all."""
    if chosen := chosen_of(context, request):
        return read_transfers_of(context.graph, people_of(context, chosen))
    return read_transfers(context.graph, request.query_params.get("about", "").strip() or None)


def view_of(context: Context, request: Request) -> View:
    """The view that the address of a page tells; what makes no sense is refused when it is answered."""
    query, chosen = request.query_params, chosen_of(context, request)
    number = query.get("k", "3")
    return View(
        about=tuple(filter(None, query.getlist("about"))),
        mode=query.get("mode", "union"),
        expanded=tuple(query.getlist("expanded")),
        collapsed=tuple(query.getlist("collapsed")),
        path=tuple(filter(None, query.getlist("path"))),
        k=int(number) if number.isdecimal() and len(number) < 4 else 0,
        chosen=chosen.token if chosen else "",
        among=nodes_of(context, chosen) if chosen else (),
        title=words(context, chosen, request) if chosen else "",
    )


def _answering(answer: Callable[[Request], Any]) -> Callable[[Request], Response]:
    """A handler that answers with JSON, or with text that already is JSON."""

    def respond(request: Request) -> Response:
        found = answer(request)
        return Response(found if isinstance(found, str) else _json(found), media_type="application/json")

    return respond


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
