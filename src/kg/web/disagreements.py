"""/conflicts: where passages give different values, side by side; /coverage: which stages of each case are sourced."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.graph.conflicts import Conflict, conflicts
from kg.web.context import Context

STAGES = ("searched", "detained", "charged", "custody", "sentenced", "appealed", "transferred", "released")


def routes(context: Context) -> list[BaseRoute]:
    """/conflicts (also as JSON), /coverage."""

    async def disagreements(request: Request) -> Response:
        found = await run_in_threadpool(_conflicts, context, request)
        if request.query_params.get("format") == "json":
            return JSONResponse([conflict.as_json() for conflict in found])
        return await context.page(request, "conflicts.html", lambda: _shown(request, found))

    async def coverage(request: Request) -> Response:
        return await context.page(request, "coverage.html", _coverage, context, request)

    return [Route("/conflicts", disagreements, name="conflicts"), Route("/coverage", coverage, name="coverage")]


def _shown(request: Request, found: list[Conflict]) -> dict[str, Any]:
    return {"found": found, "about": request.query_params.get("about", ""), "every": request.query_params.get("every", "")}


def _conflicts(context: Context, request: Request) -> list[Conflict]:
    about, every = request.query_params.get("about", "").strip()[:500], request.query_params.get("every", "") == "1"
    if about:
        return conflicts(context.graph, about, every)
    if not every:
        return context.conflicts()
    found: list[Conflict] = context.remembered("every conflict", lambda: conflicts(context.graph, every=True))
    return found


def _coverage(context: Context, request: Request) -> dict[str, Any]:
    cases = context.remembered("coverage", lambda: list(context.graph.select("case-coverage")))
    missing = request.query_params.get("missing", "")
    shown = [case for case in cases if missing not in STAGES or not int(str(case[missing]))]
    sourced = {stage: sum(1 for case in cases if int(str(case[stage]))) for stage in STAGES}
    return {"cases": shown, "all": len(cases), "stages": STAGES, "sourced": sourced, "missing": missing}
