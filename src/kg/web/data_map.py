"""What the explorer's scripts ask for: views of the link map, names, the overview, timelines and transfers, as JSON.

Everything a picture shows is also on a page as text; these answers only feed the pictures.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import KgError, NotFoundError
from kg.graph import Graph
from kg.present.map_view import MapViews, View
from kg.present.overview import overview
from kg.present.timeline import read_timeline, timeline_data
from kg.present.transfers import read_transfers, transfers_data
from kg.present.whole_map import WholeMap
from kg.vocabulary import compress

MOST_FOUND = 12
"""Names in one answer to a search."""


class HasGraph(Protocol):
    """What these routes need of the application."""

    @property
    def graph(self) -> Graph:
        """The graph that is served."""
        ...


class Maps:
    """The link map of a graph, read when first asked for and kept: one for all readers."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._lock = Lock()
        self.overview = lru_cache(maxsize=1)(self._overview)

    @cached_property
    def _views(self) -> MapViews:
        return MapViews(WholeMap.read(self.graph), lambda name: self.graph.resolve(name).iri)

    @property
    def views(self) -> MapViews:
        """Answers views; the first call reads all links."""
        with self._lock:
            return self._views

    def _overview(self) -> str:
        return _json(overview(self.views.whole))

    def find(self, text: str) -> list[dict[str, str]]:
        """Whatever on the map answers to `text` in any spelling, best first."""
        whole = self.views.whole
        nodes = (whole.model.nodes.get(match.iri) for match in self.graph.find(text))
        return [{"address": compress(n.iri), "name": n.label, "kind": n.kind} for n in nodes if n is not None][:MOST_FOUND]


def routes(context: HasGraph) -> list[Route]:
    """The routes, to be mounted at the root of the application."""
    maps = lru_cache(maxsize=1)(lambda: Maps(context.graph))

    def view(request: Request) -> Any:
        return maps().views.answer(view_of(request))

    def find(request: Request) -> Any:
        text = request.query_params.get("q", "").strip()[:200]
        return {"found": maps().find(text) if len(text) > 1 else []}

    def whole(request: Request) -> Any:
        return maps().overview()

    def timeline(request: Request) -> Any:
        return timeline_data(read_timeline(context.graph, _about(request)))

    def transfers(request: Request) -> Any:
        return transfers_data(read_transfers(context.graph, request.query_params.get("about") or None))

    answers: dict[str, Callable[[Request], Any]] = {
        "/map/data.json": view,
        "/map/find.json": find,
        "/network/data.json": whole,
        "/timeline/data.json": timeline,
        "/transfers/data.json": transfers,
    }
    return [Route(path, _answering(answer), name=path.strip("/").replace("/", "-")) for path, answer in answers.items()]


def view_of(request: Request) -> View:
    """The view that an address tells; raises QueryError or NotFoundError when it is answered, not here."""
    query = request.query_params
    number = query.get("k", "3")
    return View(
        about=tuple(query.getlist("about")),
        mode=query.get("mode", "union"),
        expanded=tuple(query.getlist("expanded")),
        collapsed=tuple(query.getlist("collapsed")),
        path=tuple(query.getlist("path")),
        k=int(number) if number.isdecimal() and len(number) < 4 else 0,
    )


def _about(request: Request) -> str:
    about = request.query_params.get("about", "")
    if not about:
        raise NotFoundError("say whose timeline: about=<address>")
    return about


def _answering(answer: Callable[[Request], Any]) -> Callable[[Request], Response]:
    """The answer as JSON; a mistake as JSON with `error`, 404 for what is not there and 400 for the rest."""

    def respond(request: Request) -> Response:
        try:
            found = answer(request)
        except KgError as error:
            status = 404 if isinstance(error, NotFoundError) else 400
            return Response(_json({"error": str(error)}), status, media_type="application/json")
        return Response(found if isinstance(found, str) else _json(found), media_type="application/json")

    return respond


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
