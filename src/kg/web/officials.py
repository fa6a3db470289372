"""The accountability list: officials narrowed by facets, sorted, with how much evidence there is; as page, JSON and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.graph import Graph
from kg.web.context import Context
from kg.web.facets import Selection, read_listings
from kg.web.links import href
from kg.web.narrowing import Narrowed, Sorting, csv_of, page_of
from kg.web.texts import language_of

SORTING = Sorting({"people": True, "cases": True, "publishers": True, "passages": True, "last": True, "name": False}, "people")
_EVIDENCE = """SELECT ?official (COUNT(DISTINCT ?passage) AS ?passages) WHERE {
  ?acting rdfs:subPropertyOf* pn:actingOfficial . GRAPH ?passage { ?event ?acting ?official } ?event a pn:AdverseEvent
} GROUP BY ?official"""
_DATES = """SELECT ?official (MIN(?day) AS ?first) (MAX(?until) AS ?last) WHERE {
  ?event a pn:AdverseEvent ; pn:actingOfficial ?official ; pn:earliest ?day ; pn:latest ?until } GROUP BY ?official"""
_LISTED = """SELECT ?official (MIN(?date) AS ?since) WHERE {
  ?listing a pn:SanctionDesignation ; pn:designee ?official ; pn:date ?date } GROUP BY ?official"""


@dataclass(frozen=True)
class Row:
    """An official of the list. `alleged` counts people against whom they are only alleged or charged to have acted; `first` and
    `last` are days of the earliest and latest dated act, `listed` when first listed."""

    iri: str
    name: str
    role: str
    body: str
    people: int
    alleged: int
    cases: int
    publishers: int
    passages: int
    first: str
    last: str
    listed: str

    @property
    def url(self) -> str:
        """The official's page."""
        return href(self.iri)


def routes(context: Context) -> list[BaseRoute]:
    """/officials and /api/officials."""

    async def officials(request: Request) -> Response:
        if request.query_params.get("format") == "csv":
            return csv_of("officials", Row.__dataclass_fields__, (vars(row).values() for row in selected(context, request)[1]))
        return await context.page(request, "officials.html", _page, context, request)

    async def data(request: Request) -> Response:
        selection, found = selected(context, request)
        return JSONResponse({"selection": dict(selection.chosen), "officials": [vars(row) | {"url": row.url} for row in found]})

    return [Route("/officials", officials, name="officials"), Route("/api/officials", data)]


def accountability(context: Context) -> Narrowed[Row]:
    """The list over the whole graph, read once."""
    found: Narrowed[Row] = context.remembered("accountability", lambda: read_accountability(context.graph))
    return found


def read_accountability(graph: Graph) -> Narrowed[Row]:
    """Every official of the query officials-by-people, with evidence and the values of the facets."""
    evidence = {str(row["official"]): int(str(row["passages"])) for row in graph.select(_EVIDENCE)}
    dates = {str(row["official"]): row for row in graph.select(_DATES)}
    listed = {str(row["official"]): str(row["since"]) for row in graph.select(_LISTED)}
    found = {}
    for row in graph.select("officials-by-people"):
        iri = str(row["official"])
        fields: dict[str, Any] = {name: str(row.get(name) or "") for name in ("name", "role", "body")}
        fields |= {name: int(str(row[name])) for name in ("people", "alleged", "cases", "publishers")}
        fields |= {name: str(dates.get(iri, {}).get(name) or "") for name in ("first", "last")}
        found[iri] = Row(iri, **fields, passages=evidence.get(iri, 0), listed=listed.get(iri, ""))
    return Narrowed(found, {facet.key: facet.values(graph) for facet in read_listings()["officials"].facets}, SORTING)


def selected(context: Context, request: Request) -> tuple[Selection, list[Row]]:
    """The selection that the address of a request holds, and its rows."""
    return accountability(context).asked(request, read_listings()["officials"])


def _page(context: Context, request: Request) -> dict[str, Any]:
    selection, found = selected(context, request)
    everything = accountability(context)
    page = page_of(context, request, read_listings()["officials"], everything, found, selection)
    shown = [row.iri for row in page["rows"]]
    roles = {iri: sorted(everything.table["role"].get(iri, ())) for iri in shown}
    named = context.asked(language_of(request)).things({*shown, *(role for of_one in roles.values() for role in of_one)})
    return page | {"named": named, "roles": roles}
