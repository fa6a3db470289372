"""The first page: what this is, how much of it there is, and where to begin."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.graph import Graph
from kg.web.context import Context

_COUNTS = {
    "officials": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x pn:actedAgainst ?y }",
    "persecuted": "SELECT (COUNT(?x) AS ?n) { ?x a pn:PersecutedPerson }",
    "cases": "SELECT (COUNT(?x) AS ?n) { ?x a pn:Case }",
    "events": "SELECT (COUNT(?x) AS ?n) { ?x a pn:Event }",
    "sources": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?p pn:inSource ?x ; pn:originPublisher ?y }",
    "passages": "SELECT (COUNT(?x) AS ?n) { ?x pn:originPublisher ?y ; a pn:Passage }",
}


def routes(context: Context) -> list[BaseRoute]:
    """/ and /about-this-site."""

    async def home(request: Request) -> Response:
        return await context.page(request, "home.html", lambda: context.remembered("home", lambda: _home(context.graph)))

    async def about(request: Request) -> Response:
        return await context.page(request, "about.html", lambda: {"digest": context.digest})

    return [Route("/", home, name="home"), Route("/about-this-site", about, name="about-this-site")]


def _home(graph: Graph) -> dict[str, Any]:
    counts = {name: int(str(graph.select(query).column("n")[0])) for name, query in _COUNTS.items()}
    return {"counts": counts, "officials": list(graph.select("officials-by-people"))[:10]}
