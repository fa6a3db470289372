"""Search: suggestions while one types, and a page of results that needs no script."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.graph import Graph
from kg.graph.facts import rows
from kg.vocabulary import ID, PN
from kg.web.context import Context
from kg.web.links import href
from kg.web.names import Thing
from kg.web.reading import Asked
from kg.web.suggestions import SuggestionIndex
from kg.web.texts import language_of

_NAMES = """SELECT DISTINCT ?thing ?name WHERE {
  { ?thing pn:name|pn:otherName ?name } UNION { ?thing a ?named ; rdfs:label ?name
    VALUES ?named { pn:Person pn:Organization pn:Case pn:Place pn:LegalProvision } }
  UNION { ?thing a pn:Source ; dcterms:title ?name } UNION { ?thing a pn:Event ; pn:title ?name } }"""
_WEIGHTS = "SELECT ?thing (COUNT(*) AS ?n) WHERE { ?event pn:participant|pn:body|pn:inCase|pn:place ?thing } GROUP BY ?thing"
_CONTEXT = """SELECT ?s ?class ?post ?body ?case ?group WHERE { VALUES ?s { $VALUES } {
    ?s a ?class } UNION { ?s pn:hasTenure/pn:title ?post } UNION { ?s pn:servesIn ?body } UNION { ?s pn:defendantInCase ?case }
  UNION { ?s pn:locatedIn|pn:within ?group } UNION { ?s pn:publisher ?group } UNION { ?s pn:occupation ?post } }"""
_ROLES = {"Official": "official", "PersecutedPerson": "persecuted", "DefenceLawyer": "lawyer"}


@dataclass(frozen=True)
class Suggestion:
    """A result: where it leads, what it is called, its kind and roles in words, what it is known for, and the name that was met."""

    iri: str
    url: str
    label: str
    kind: str
    roles: tuple[str, ...]
    context: str
    matched: str


def routes(context: Context) -> list[BaseRoute]:
    """/api/suggest and /search."""

    async def suggest(request: Request) -> Response:
        question = request.query_params.get("q", "")[:200]
        most = min(max(int(n) if (n := request.query_params.get("limit", "")).isdecimal() else 10, 1), 50)
        asked = context.asked(language_of(request))
        began = time.perf_counter()
        found = await context.work(results, context, asked, question, most)
        taken = f"search;dur={(time.perf_counter() - began) * 1000:.1f}"
        answer = {"query": question, "suggestions": [asdict(suggestion) for suggestion in found]}
        return JSONResponse(answer, headers={"Server-Timing": taken, "Vary": "Accept-Language, Cookie"})

    async def search(request: Request) -> Response:
        question = request.query_params.get("q", "").strip()[:200]
        if question.startswith(("http://", "https://")):
            return RedirectResponse(href(question), 303)
        asked = context.asked(language_of(request))
        return await context.page(request, "search.html", lambda: _page(context, asked, question))

    return [Route("/api/suggest", suggest), Route("/search", search, name="search")]


def _page(context: Context, asked: Asked, question: str) -> dict[str, Any]:
    found = results(context, asked, question, 50) if question else []
    kinds = sorted({suggestion.kind for suggestion in found})
    return {"question": question, "results": found, "kinds": kinds}


def results(context: Context, asked: Asked, question: str, most: int) -> list[Suggestion]:
    """What a question may mean, best first."""
    found = names_of(context).find(question, most)
    known = _known_for(asked, [hit.iri for hit in found])
    things = asked.things(hit.iri for hit in found)
    return [_suggestion(asked, things[hit.iri], hit.name, *known.get(hit.iri, ((), ()))) for hit in found]


def names_of(context: Context) -> SuggestionIndex:
    """The index of the graph being shown."""
    index: SuggestionIndex = context.remembered("suggestions", lambda: suggestion_index(context.graph))
    return index


def suggestion_index(graph: Graph) -> SuggestionIndex:
    """The index over all names of a graph."""
    names = ((str(row["thing"]), str(row["name"])) for row in graph.select(_NAMES))
    weights = {str(row["thing"]): int(str(row["n"])) for row in graph.select(_WEIGHTS)}
    return SuggestionIndex(((iri, name) for iri, name in names if iri.startswith(ID)), weights)


def _suggestion(asked: Asked, thing: Thing, matched: str, roles: tuple[str, ...], context: tuple[str, ...]) -> Suggestion:
    words = tuple(asked.t(f"role.{role}") for role in roles) or (asked.t(f"kind.{thing.kind}"),)
    shown = " · ".join(context)[:200]
    return Suggestion(thing.iri, href(thing.iri), thing.label, thing.kind, words, shown, "" if matched == thing.label else matched)


def _known_for(asked: Asked, iris: list[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Roles, and at most two posts, bodies, cases or places, of each."""
    if not iris:
        return {}
    query = _CONTEXT.replace("$VALUES", " ".join(f"<{iri}>" for iri in iris))
    roles: dict[str, dict[str, None]] = {iri: {} for iri in iris}
    known: dict[str, dict[str, None]] = {iri: {} for iri in iris}
    found = list(rows(asked.graph, query))
    things = asked.things(row[name].value for row in found for name in ("body", "case", "group") if name in row)
    for row in sorted(found, key=str):
        iri = row["s"].value
        if "class" in row:
            if (role := _ROLES.get(row["class"].value.removeprefix(PN))) is not None:
                roles[iri][role] = None
        else:
            ((name, term),) = ((name, term) for name, term in row.items() if name != "s")
            known[iri][term.value if name == "post" else things[term.value].label] = None
    order = list(_ROLES.values())
    return {iri: (tuple(sorted(roles[iri], key=order.index)), tuple(known[iri])[:2]) for iri in iris}
