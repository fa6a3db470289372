"""/conflicts: where passages give different values, side by side; /coverage: which stages of each case are sourced."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.graph.conflicts import Conflict, conflicts
from kg.graph.coverage import CaseCoverage
from kg.graph.coverage import coverage as cover
from kg.vocabulary import expand
from kg.web.context import Context
from kg.web.texts import language_of

_WHERE = 'SELECT ?stage ?where WHERE { ?stage pn:stageNumber ?_n ; skos:scopeNote ?where FILTER(LANG(?where) = "$LANGUAGE") }'
"""Where each stage of a prosecution can be looked for, in the language of the page."""


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
    cases: list[CaseCoverage] = context.remembered("coverage", lambda: cover(context.graph))
    stages = [stage.iri for stage in cases[0].stages] if cases else []
    missing = expand(request.query_params.get("missing", ""))
    told = [(case, {stage.iri: stage.publishers for stage in case.stages}) for case in cases]
    language = language_of(request)
    return {
        "where": {str(row["stage"]): str(row["where"]) for row in context.graph.select(_WHERE.replace("$LANGUAGE", language))},
        "cases": [(case, publishers) for case, publishers in told if missing not in stages or not publishers[missing]],
        "all": len(cases),
        "stages": stages,
        "named": context.asked(language).things(stages),
        "sourced": {stage: sum(publishers[stage] > 0 for _, publishers in told) for stage in stages},
        "missing": missing,
    }
