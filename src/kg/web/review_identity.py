"""/review/identity: who is who, pair by pair, with the reasons and the context; the same review as `kg review identity`."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import ContradictionError, KgError
from kg.identity import Verdict
from kg.identity.candidates import KINDS
from kg.identity.review import IdentityReview
from kg.web.access import Session
from kg.web.context import Context

_VERDICTS = {verdict.name: verdict for verdict in (Verdict.same, Verdict.different, Verdict.unsure)}


def routes(context: Context) -> list[BaseRoute]:
    """The pair to decide, and the decision."""
    access = context.access
    if access is None:
        return []

    async def pair(request: Request) -> Response:
        session = access.required(request)
        return await run_in_threadpool(_show, context, request, session)

    async def decide(request: Request) -> Response:
        session, fields = await access.form(request)
        return await run_in_threadpool(_decide, context, request, session, fields)

    return [Route("/review/identity", pair), Route("/review/identity", decide, methods=["POST"])]


def _kind(value: str) -> str:
    return value if value in KINDS else ""


def _review(context: Context, session: Session, kind: str) -> IdentityReview:
    """The session's review of one kind of thing, opened when first asked for."""
    name = f"identity {kind}"
    if name not in session.open:
        data = context.settings.data
        if data is None:
            raise KgError("this server has no records to decide about: start it with --data")
        session.open[name] = IdentityReview.open(data, session.reviewer, (kind,) if kind else KINDS)
    review: IdentityReview = session.open[name]
    return review


def _show(context: Context, request: Request, session: Session, problem: str = "", given: dict[str, str] | None = None) -> Response:
    kind = _kind(request.query_params.get("kind", (given or {}).get("kind", "")))
    with session.lock:
        review = _review(context, session, kind)
        review.refresh()
        candidate = review.next()
        values: dict[str, Any] = {
            "session": session,
            "kinds": KINDS,
            "kind": kind,
            "candidate": candidate,
            "sides": list(zip((candidate.one, candidate.other), candidate.labels, strict=True)) if candidate else [],
            "left": len(review.candidates),
            "made": list(review.made),
            "problem": problem,
            "reason": (given or {}).get("reason", ""),
            "contradiction": bool(given and given.get("contradiction")),
        }
    return context.html(request, "review/identity.html", values, 409 if problem else 200)


def _decide(context: Context, request: Request, session: Session, fields: dict[str, str]) -> Response:
    kind, do, pair = _kind(fields.get("kind", "")), fields.get("do", ""), fields.get("pair", "")
    try:
        with session.lock:
            review = _review(context, session, kind)
            if do == "undo":
                review.undo(reason=fields.get("reason", ""))
            elif do == "skip":
                review.skip(pair)
            elif do in _VERDICTS:
                evidence = fields.get("evidence", "").split()
                despite = fields.get("despite") == "1"
                review.decide(pair, _VERDICTS[do], fields.get("reason", ""), evidence, despite_contradiction=despite)
    except KgError as error:
        more = {"contradiction": "1"} if isinstance(error, ContradictionError) else {}
        return _show(context, request, session, str(error), fields | more)
    return RedirectResponse(f"/review/identity?kind={kind}", 303)
