"""/review: the review desk, if `kg serve --review` opened it. Decisions are those of `kg review`, journalled alike."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.extract.review import waiting_drafts
from kg.graph.conflict_notes import ConflictNotes
from kg.web.access import COOKIE, Access, Session, read_form
from kg.web.context import Context


def routes(context: Context) -> list[BaseRoute]:
    """The door and the overview of the desk."""
    access = context.access
    if access is None:
        return []

    async def desk(request: Request) -> Response:
        session = access.session(request)
        if session is None:
            return _door(context, request, access)
        return await run_in_threadpool(lambda: context.html(request, "review/desk.html", _overview(context, session)))

    async def enter(request: Request) -> Response:
        fields = await read_form(request)
        response = RedirectResponse("/review", 303)
        access.enter(fields.get("token", ""), fields.get("reviewer", ""), response)
        return response

    async def leave(request: Request) -> Response:
        await access.form(request)
        response = RedirectResponse("/", 303)
        response.delete_cookie(COOKIE, path="/review")
        return response

    return [
        Route("/review", desk, name="review"),
        Route("/review/enter", enter, methods=["POST"]),
        Route("/review/leave", leave, methods=["POST"]),
    ]


def _door(context: Context, request: Request, access: Access) -> Response:
    token = request.query_params.get("token", "")
    wrong = bool(token) and not access.fits(token)
    return context.html(request, "review/door.html", {"token": "" if wrong else token, "wrong": wrong}, 403 if wrong else 200)


def _overview(context: Context, session: Session) -> dict[str, Any]:
    data = context.settings.data
    drafts = waiting_drafts(data) if data is not None and (data / "records").is_dir() else []
    found = context.conflicts()
    unnoted = len(ConflictNotes(data, session.reviewer).waiting(found)) if data is not None else len(found)
    return {"session": session, "drafts": drafts, "conflicts": len(found), "unnoted": unnoted, "data": data}
