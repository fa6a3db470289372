"""One shape for everything that goes wrong: a page for people, a problem document (RFC 9457) for programs; no internals."""

from __future__ import annotations

import logging
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import KgError, NotFoundError, QueryError, StoreError
from kg.web.context import Context
from kg.web.headers import HEADERS

_log = logging.getLogger("kg.web")
LONGEST = 2000
"""Characters of a message that are told."""


def problem(request: Request, status: int, detail: str = "", **more: object) -> Response:
    """The answer that says what is wrong; JSON for /api and /sparql and for who does not accept HTML."""
    title = HTTPStatus(status).phrase
    detail = detail[:LONGEST]
    if wants_html(request):
        context: Context = request.app.state.context
        return context.html(request, "error.html", {"status": status, "title": title, "detail": detail}, status)
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(told, status, media_type="application/problem+json")


def wants_html(request: Request) -> bool:
    """Whether a person in a browser asks."""
    machine = request.url.path.startswith(("/api/", "/sparql", "/reconcile"))
    return not machine and "text/html" in request.headers.get("accept", "")


def status_of(error: KgError) -> int:
    """The HTTP status that fits an error of the program."""
    match error:
        case NotFoundError():
            return 404
        case QueryError():
            return 400
        case StoreError():
            return 503
        case _:
            return 400


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    status = status_of(error)
    if status == 503:
        _log.error("%s: %s", request.url.path, error)
        return problem(request, status, "The store does not answer at the moment. Try again in a minute.")
    return problem(request, status, str(error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = "" if error.detail == HTTPStatus(error.status_code).phrase else str(error.detail)
    response = problem(request, error.status_code, detail)
    response.headers.update(error.headers or {})
    return response


async def _unexpected(request: Request, error: Exception) -> Response:
    _log.exception("%s", request.url.path, exc_info=error)
    told = "Something went wrong here, not with what you asked. It has been noted in the server's log."
    response = problem(request, 500, told)
    response.headers.update(HEADERS)  # this answer is given outside of all middleware
    return response


HANDLERS = {KgError: _told, HTTPException: _http, Exception: _unexpected}
"""Handlers for Starlette, by class of exception."""
