"""/review/conflicts: where sources disagree, with what reviewers noted on it; the same notes as `kg review conflicts`."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, NotFoundError
from kg.graph.conflict_notes import ConflictNotes
from kg.graph.conflicts import Conflict
from kg.vocabulary import compress
from kg.web.access import Session
from kg.web.context import Context


def routes(context: Context) -> list[BaseRoute]:
    """The conflicts with their notes, and a note."""
    access = context.access
    if access is None:
        return []

    async def every(request: Request) -> Response:
        session = access.required(request)
        return await run_in_threadpool(_show, context, request, session)

    async def note(request: Request) -> Response:
        session, fields = await access.form(request)
        return await run_in_threadpool(_note, context, request, session, fields)

    return [Route("/review/conflicts", every), Route("/review/conflicts", note, methods=["POST"])]


def _notes(context: Context, session: Session) -> ConflictNotes:
    data = context.settings.data
    if data is None:
        raise KgError("this server has no records to keep notes beside: start it with --data")
    return ConflictNotes(data, session.reviewer)


def key_of(conflict: Conflict) -> str:
    """What a form calls a conflict by."""
    return f"{compress(conflict.thing)} {compress(conflict.term)}"


def _show(context: Context, request: Request, session: Session, problem: str = "", given: dict[str, str] | None = None) -> Response:
    notes, found, given = _notes(context, session), context.conflicts(), given or {}
    waiting = notes.waiting(found)
    values: dict[str, Any] = {
        "session": session,
        "rows": [
            (key_of(conflict), conflict, notes.on(conflict))
            for conflict in sorted(found, key=lambda conflict: conflict not in waiting)
        ],
        "waiting": {key_of(conflict) for conflict in waiting},
        "problem": problem,
        "given": given,
    }
    return context.html(request, "review/conflicts.html", values, 409 if problem else 200)


def _note(context: Context, request: Request, session: Session, fields: dict[str, str]) -> Response:
    do, key = fields.get("do", ""), fields.get("conflict", "")
    try:
        with session.lock:
            notes = _notes(context, session)
            if do == "note":
                written = notes.write(_conflict(context, key), fields.get("text", ""))
                return RedirectResponse(f"/review/conflicts#note-{written.number}", 303)
            elif do.startswith("undo ") and do[5:].isdecimal():
                notes.take_back(int(do[5:]), fields.get("text", ""))
    except KgError as error:
        return _show(context, request, session, str(error), fields)
    return RedirectResponse("/review/conflicts", 303)


def _conflict(context: Context, key: str) -> Conflict:
    for conflict in context.conflicts():
        if key_of(conflict) == key:
            return conflict
    raise NotFoundError("sources no longer disagree about this: the build shown has changed")
