"""/explain: why a fact stands in the graph, down to the passages, as a page or JSON."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.graph.explanation.explain import explain
from kg.graph.explanation.proof import Proof
from kg.web.context import Context
from kg.web.errors import status_of
from kg.web.turns import Turns

_TURNS = Turns(2, 20)
_FIELDS = ("subject", "predicate", "object")


def routes(context: Context) -> list[BaseRoute]:
    """/explain?subject=&predicate=&object=&all=, names or addresses; JSON with Accept: application/json or format=json."""

    async def page(request: Request) -> Response:
        asked = {name: request.query_params.get(name, "").strip()[:2000] for name in _FIELDS}
        if _wants_json(request):
            proofs = await run_in_threadpool(_proofs, context, request, asked)
            return JSONResponse({"proofs": [proof.as_json() for proof in proofs]})
        return await run_in_threadpool(_page, context, request, asked)

    return [Route("/explain", page, name="explain")]


def _wants_json(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.query_params.get("format") == "json" or ("application/json" in accept and "text/html" not in accept)


def _proofs(context: Context, request: Request, asked: dict[str, str]) -> list[Proof]:
    subject, predicate, value = (asked[name] for name in _FIELDS)
    with _TURNS.turn():
        return explain(context.graph, subject, predicate, value, all=request.query_params.get("all", "") in ("1", "yes", "true"))


def _page(context: Context, request: Request, asked: dict[str, str]) -> Response:
    values: dict[str, Any] = {"asked": asked, "proofs": [], "problem": ""}
    status = 200
    if all(asked.values()):
        try:
            values["proofs"] = _proofs(context, request, asked)
        except KgError as error:
            status, values["problem"] = status_of(error), str(error)
    return context.html(request, "explain.html", values, status)
