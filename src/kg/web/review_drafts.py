"""/review/drafts/…: the facts of a draft beside their words; the same review as `kg review drafts`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.extract.review import Review, read_anew
from kg.records import read_registries
from kg.web.access import Session
from kg.web.context import Context


def routes(context: Context) -> list[BaseRoute]:
    """One draft, and decisions about its facts."""
    access = context.access
    if access is None:
        return []

    async def draft(request: Request) -> Response:
        session = access.required(request)
        return await run_in_threadpool(_show, context, request, session)

    async def decide(request: Request) -> Response:
        session, fields = await access.form(request)
        return await run_in_threadpool(_decide, context, request, session, fields)

    path = "/review/drafts/{path:path}"
    return [Route(path, draft), Route(path, decide, methods=["POST"])]


def _draft(context: Context, request: Request) -> Path:
    """The draft at a path below data/records; nothing outside of it."""
    data = context.settings.data
    if data is None:
        raise HTTPException(404)
    records = (data / "records").resolve()
    path: Path = (records / request.path_params["path"]).resolve()
    if not path.is_relative_to(records) or path.suffix != ".yaml" or not path.is_file():
        raise HTTPException(404, "there is no such draft")
    return path


def _review(context: Context, session: Session, path: Path) -> Review:
    name = f"draft {path}"
    if name not in session.open:
        data = context.settings.data
        registries = read_registries(data) if data is not None and (data / "publishers.yaml").exists() else None
        read_anew(path, registries)
        session.open[name] = Review.open(path, session.reviewer, registries)
    review: Review = session.open[name]
    review.refresh()
    return review


def _show(context: Context, request: Request, session: Session, problem: str = "") -> Response:
    path = _draft(context, request)
    with session.lock:
        review = _review(context, session, path)
        passages: dict[str, dict[str, Any]] = {}
        for fact in review.facts:
            start, end = review.paragraph(fact.passage)
            entry = passages.setdefault(fact.passage, {"text": review.proposal.text[start:end], "facts": []})
            value = yaml.safe_dump(fact.value or {}, allow_unicode=True, sort_keys=False)
            entry["facts"].append({"fact": fact, "words": review.words(fact), "value": value})
        values = {
            "session": session,
            "name": path.name,
            "title": review.proposal.source.title,
            "passages": passages,
            "decided": review.decided,
            "total": len(review.facts),
            "problem": problem,
            "action": quote(request.url.path),
        }
    return context.html(request, "review/draft.html", values, 409 if problem else 200)


def _decide(context: Context, request: Request, session: Session, fields: dict[str, str]) -> Response:
    path = _draft(context, request)
    fact, do = fields.get("fact", ""), fields.get("do", "")
    version = int(fields["version"]) if fields.get("version", "").isdecimal() else None
    try:
        with session.lock:
            review = _review(context, session, path)
            match do:
                case "accept":
                    review.accept(fact, version)
                case "reject":
                    review.reject(fact, fields.get("reason") or None, version)
                case "edit":
                    review.edit(fact, _value(fields.get("value", "")), version)
                case "undo":
                    review.undo(fact)
                case "finish":
                    review.finish(leave_out_open=fields.get("leave_out") == "1")
                    return RedirectResponse("/review", 303)
                case "":
                    pass  # Enter pressed in a field decides nothing
                case _:
                    raise HTTPException(400, "this is no decision")
    except KgError as error:
        return _show(context, request, session, str(error))
    return RedirectResponse(f"{quote(request.url.path)}#fact-{quote(fact)}", 303)


def _value(text: str) -> dict[str, Any]:
    try:
        value = yaml.safe_load(text[:20_000])
    except (yaml.YAMLError, RecursionError) as error:
        raise KgError(f"the value cannot be read as YAML: {error}") from None
    if not isinstance(value, dict):
        raise KgError("a fact is a mapping, such as  person: judge")
    return value
