"""Who may decide at the review desk: whoever brings the token that `kg serve --review` prints, under a name of their own.

The token is compared in constant time and exchanged for a cookie that scripts cannot read and other sites cannot send; every form
also carries a secret of its session.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "review"
LASTS = 12 * 3600
"""Seconds that a session lasts."""
_MOST_SESSIONS = 100
_MAX_FORM = 200_000


@dataclass
class Session:
    """One reviewer at work: `secret` stands in every form, `open` holds the reviews that are open, `lock` guards them."""

    reviewer: str
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    until: float = field(default_factory=lambda: time.monotonic() + LASTS)
    open: dict[str, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Access:
    """The desk's door."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._sessions: dict[str, Session] = {}

    def enter(self, token: str, reviewer: str, response: Response) -> None:
        """Open a session for `reviewer` and put its cookie into `response`. Raises HTTPException 403 for a wrong token."""
        if not self.fits(token):
            raise HTTPException(403, "this is not the token that kg serve --review has printed")
        name = " ".join(reviewer.split())[:100]
        if not name:
            raise HTTPException(400, "every decision carries the name of who made it: give yours")
        now = time.monotonic()
        live = {key: session for key, session in self._sessions.items() if session.until > now}
        self._sessions = dict(list(live.items())[-_MOST_SESSIONS + 1 :])
        key = secrets.token_urlsafe(32)
        self._sessions[key] = Session(name)
        response.set_cookie(COOKIE, key, max_age=LASTS, path="/review", httponly=True, samesite="strict")

    def fits(self, token: str) -> bool:
        """Whether this is the token; takes as long for a wrong one."""
        return secrets.compare_digest(token.encode(), self._token.encode())

    def session(self, request: Request) -> Session | None:
        """The session of a request, if it has one."""
        session = self._sessions.get(request.cookies.get(COOKIE, ""))
        return session if session is not None and session.until > time.monotonic() else None

    def required(self, request: Request) -> Session:
        """The session of a request; raises HTTPException 403 when there is none."""
        session = self.session(request)
        if session is None:
            raise HTTPException(403, "the review desk asks for its token: open /review")
        return session

    async def form(self, request: Request) -> tuple[Session, dict[str, str]]:
        """The session and the fields of a form that this site made; raises HTTPException 403 for any other."""
        session = self.required(request)
        fields = await read_form(request)
        if not secrets.compare_digest(fields.get("secret", "").encode(), session.secret.encode()):
            raise HTTPException(403, "this form was not made for you: go back, load the page again and decide once more")
        return session, fields


async def read_form(request: Request) -> dict[str, str]:
    """The text fields of a form; raises HTTPException when it comes from another site or is too large."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "this form comes from another site")
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MAX_FORM:
        raise HTTPException(413, f"a form may have {_MAX_FORM:,} bytes")
    async with request.form(max_files=0, max_fields=50) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}
