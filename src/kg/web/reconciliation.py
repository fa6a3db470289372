"""/reconcile: the Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), for OpenRefine and its like.

Scores are those of `kg.graph.matching`, 0 to 100, with their reasons. A candidate is marked as a match only by an address or an
identifier, so that no tool takes somebody for somebody because names are alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import NotFoundError
from kg.graph.matching import TYPES, Hit, Matcher
from kg.vocabulary import ID, PN
from kg.web.context import Context
from kg.web.links import href
from kg.web.reading.entity import HIDDEN

BATCH = 50
"""Queries answered in one request; OpenRefine sends ten."""
LARGEST = 1_000_000
"""Bytes of a request."""
LONGEST = 300
"""Letters of a name that are looked at."""
MOST = 25
"""Candidates given for one query."""
_CORS = {"Access-Control-Allow-Origin": "*"}
_FRAMED = {"Content-Security-Policy": "default-src 'none'; frame-ancestors *", "X-Content-Type-Options": "nosniff"}
"""A preview is shown in a frame of the tool that asks."""
_PROPERTIES = """SELECT DISTINCT ?p ?label WHERE { VALUES ?class { $CLASSES } ?thing a ?class ; ?p ?value . ?p rdfs:label ?label
  FILTER(LANG(?label) = "en" && STRSTARTS(STR(?p), STR(pn:))) } ORDER BY ?label"""


def routes(context: Context) -> list[BaseRoute]:
    """The service, its suggestions, previews and data extension, all under /reconcile."""
    service = _Service(context)
    return [
        Route("/reconcile", service.answer, methods=["GET", "POST"]),
        Route("/reconcile/suggest/entity", _suggesting(service.entities)),
        Route("/reconcile/suggest/type", _suggesting(service.types)),
        Route("/reconcile/suggest/property", _suggesting(service.properties)),
        Route("/reconcile/properties", service.proposed),
        Route("/reconcile/preview", service.preview),
    ]


class _Service:
    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def matcher(self) -> Matcher:
        found: Matcher = self.context.remembered("matcher", lambda: Matcher(self.context.graph))
        return found

    async def answer(self, request: Request) -> Response:
        """The manifest; candidates for `queries`; or values of properties for `extend`."""
        given = await _parameters(request)
        if "queries" in given:
            queries = _object(given["queries"], "queries")
            return JSONResponse(await run_in_threadpool(self._batch, queries), headers=_CORS)
        if "extend" in given:
            return JSONResponse(await run_in_threadpool(self._extended, _object(given["extend"], "extend")), headers=_CORS)
        return JSONResponse(self._manifest(str(request.base_url).rstrip("/")), headers=_CORS)

    def _manifest(self, base: str) -> dict[str, Any]:
        suggest = {
            name: {"service_url": base, "service_path": f"/reconcile/suggest/{name}"} for name in ("entity", "type", "property")
        }
        return {
            "versions": ["0.2"],
            "name": "Persecution networks",
            "identifierSpace": ID,
            "schemaSpace": PN,
            "view": {"url": f"{base}/id/{{{{id}}}}"},
            "defaultTypes": [_type(name) for name in TYPES],
            "suggest": suggest,
            "preview": {"url": f"{base}/reconcile/preview?id={{{{id}}}}", "width": 430, "height": 220},
            "extend": {
                "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
                "property_settings": [],
            },
        }

    # --- matching ---
    def _batch(self, queries: Mapping[str, Any]) -> dict[str, Any]:
        if len(queries) > BATCH:
            raise HTTPException(413, f"at most {BATCH} queries in one request")
        return {name: {"result": [_candidate(hit) for hit in self._hits(query)]} for name, query in queries.items()}

    def _hits(self, query: Any) -> list[Hit]:
        if not isinstance(query, dict):
            raise HTTPException(400, "each query is an object with a 'query' or 'properties'")
        wanted = query.get("type") or []
        types = [str(name).removeprefix(PN) for name in ([wanted] if isinstance(wanted, str) else wanted)]
        properties: dict[str, list[str]] = {}
        for entry in query.get("properties") or []:
            if isinstance(entry, dict) and "pid" in entry and "v" in entry:
                properties.setdefault(str(entry["pid"]).removeprefix(PN), []).extend(_values(entry["v"]))
        limit = query.get("limit")
        most = min(int(limit), MOST) if isinstance(limit, int | float) and limit >= 1 else 10
        return self.matcher.match(str(query.get("query") or "")[:LONGEST].strip(), types, properties, most)

    # --- suggestions ---
    def entities(self, prefix: str) -> list[dict[str, Any]]:
        """Things whose names have the words typed so far."""
        found = [match for match in self.context.graph.find(prefix) if match.iri.startswith(ID)][:MOST]
        return [
            {
                "id": _id(match.iri),
                "name": match.label,
                "description": match.type,
                "notable": [_type(match.type)] if match.type else [],
            }
            for match in found
        ]

    def types(self, prefix: str) -> list[dict[str, Any]]:
        """Types whose name has what was typed."""
        return [_type(name) for name in TYPES if prefix.casefold() in name.casefold()]

    def properties(self, prefix: str) -> list[dict[str, Any]]:
        """Properties whose label or name has what was typed."""
        return [one for one in self._known_properties(TYPES) if prefix.casefold() in f"{one['name']} {one['id']}".casefold()][:MOST]

    def _known_properties(self, types: Iterable[str]) -> list[dict[str, str]]:
        chosen = [name for name in types if name in TYPES] or list(TYPES)

        def read() -> list[dict[str, str]]:
            rows = self.context.graph.select(_PROPERTIES.replace("$CLASSES", " ".join(f"pn:{name}" for name in chosen)))
            found = {str(row["p"]): str(row["label"]) for row in rows}
            return [{"id": iri.removeprefix(PN), "name": label} for iri, label in found.items() if iri not in HIDDEN]

        made: list[dict[str, str]] = self.context.remembered(f"properties of {' '.join(chosen)}", read)
        return made

    # --- data extension ---
    async def proposed(self, request: Request) -> Response:
        """Properties that things of a type have."""
        wanted = request.query_params.get("type", "").removeprefix(PN)
        found = await run_in_threadpool(self._known_properties, [wanted])
        limit = request.query_params.get("limit", "")
        found = found[: int(limit)] if limit.isdecimal() else found
        return JSONResponse(
            {"type": wanted, "properties": found, **({"limit": int(limit)} if limit.isdecimal() else {})}, headers=_CORS
        )

    def _extended(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        ids = [str(id) for id in asked.get("ids") or []][: BATCH * 10]
        properties = [str(one["id"]) for one in asked.get("properties") or [] if isinstance(one, dict) and "id" in one][:MOST]
        known = {one["id"]: one["name"] for one in self._known_properties(TYPES)}
        current = {id: self._current(id) for id in ids}
        rows: dict[str, dict[str, Any]] = {id: {name: [] for name in properties} for id in ids}
        for name in properties:
            values = self.matcher.values({iri for iri in current.values() if iri}, name) if name in known else {}
            for id, iri in current.items():
                rows[id][name] = [_cell(value, label) for value, label in values.get(iri, [])]
        return {"rows": rows, "meta": [{"id": name, "name": known.get(name, name)} for name in properties]}

    def _current(self, id: str) -> str:
        try:
            return self.context.graph.canonical_of(ID + id)
        except (NotFoundError, ValueError):
            return ""

    async def preview(self, request: Request) -> Response:
        """A few lines about one thing, for a frame."""
        return await run_in_threadpool(self._preview, request.query_params.get("id", ""))

    def _preview(self, id: str) -> Response:
        iri = self._current(id)
        if not iri:
            return HTMLResponse("<!doctype html><title>Not found</title><p>Nothing has this address.</p>", 404, _FRAMED)
        hit = self.matcher.hit(iri)
        lines = [
            f"<dt>{escape(one['name'])}</dt><dd>{escape('; '.join(label or value for value, label in values[:4]))}</dd>"
            for one in self._known_properties(hit.types)
            if one["id"] in _SHOWN and (values := self.matcher.values([iri], one["id"]).get(iri))
        ]
        title = escape(hit.label)
        page = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1><a href="{escape(href(iri))}"'
            f' target="_blank" rel="noopener">{title}</a></h1><p>{escape(", ".join(hit.types))}</p><dl>{"".join(lines)}</dl></html>'
        )
        return HTMLResponse(page, headers=_FRAMED)


_SHOWN = frozenset(("otherName", "bornOn", "occupation", "locatedIn", "bodyKind", "caseDefendant", "actedInCase", "within"))
"""Properties in a preview."""


def _candidate(hit: Hit) -> dict[str, Any]:
    reasons = [{"id": reason, "value": True} for reason in hit.reasons]
    agreements = [{"id": name, "value": value} for name, value in hit.features.items()]
    return {
        "id": _id(hit.iri),
        "name": hit.label,
        "description": "; ".join(hit.reasons),
        "type": [_type(name) for name in hit.types],
        "score": round(100 * hit.score, 1),
        "match": hit.certain,
        "features": [{"id": "likeness", "value": round(hit.score, 3)}, *agreements, *reasons],
    }


def _id(iri: str) -> str:
    return iri.removeprefix(ID)


def _type(name: str) -> dict[str, str]:
    return {"id": name, "name": name}


def _cell(value: str, label: str) -> dict[str, str]:
    return {"id": _id(value), "name": label or _id(value)} if value.startswith(ID) else {"str": label or value}


def _values(given: Any) -> list[str]:
    """A value, a list of them, or things matched before, as text."""
    values = given if isinstance(given, list) else [given]
    return [str(value.get("id", "")) if isinstance(value, dict) else str(value) for value in values]


def _suggesting(find: Callable[[str], list[dict[str, Any]]]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        prefix = request.query_params.get("prefix", "")[:LONGEST].strip()
        cursor = request.query_params.get("cursor", "0")
        found = await run_in_threadpool(find, prefix) if prefix else []
        return JSONResponse({"result": found[int(cursor) if cursor.isdecimal() else 0 :]}, headers=_CORS)

    return answer


async def _parameters(request: Request) -> Mapping[str, str]:
    if request.method == "GET":
        return dict(request.query_params)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST:
        raise HTTPException(413, f"at most {LARGEST:,} bytes, with their length said beforehand")
    form = await request.form(max_files=0, max_fields=10)
    return {name: str(value) for name, value in form.items()}


def _object(text: str, name: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise HTTPException(400, f"'{name}' is not JSON") from None
    if not isinstance(value, dict):
        raise HTTPException(400, f"'{name}' is not a JSON object")
    return value
