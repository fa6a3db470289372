"""Answers are kept until the graph changes: pages of one build are the same for everybody who asks alike."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.context import Context
from kg.web.texts import language_of

MOST_BYTES = 64_000_000
"""Bytes of answers kept; the longest unused are forgotten first."""
_LARGEST = 2_000_000
_NEVER = ("/review", "/sparql", "/static", "/styles", "/reconcile")


@dataclass(frozen=True)
class _Kept:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: str


class PageCache:
    """Keeps answers to GET by address, language and what is accepted; answers 304 when the browser still has it (RFC 9110)."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self.app, self.context = app, context
        self._kept: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        self._bytes, self._lock = 0, threading.Lock()
        context.when_renewed(self.clear)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as an ASGI application."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_NEVER):
            await self.app(scope, receive, send)
            return
        await self.context.renew()
        request = Request(scope)
        key = self._key(request)
        kept = self._kept.get(key)
        if kept is None:
            await self._ask(scope, receive, send, key)
        else:
            self._kept.move_to_end(key, last=True)
            await _answer(kept, request.headers, send)

    def _key(self, request: Request) -> tuple[str, ...]:
        headers = request.headers
        packed = str("gzip" in headers.get("accept-encoding", ""))
        return (request.url.path, request.url.query, headers.get("accept", "")[:300], packed, language_of(request))

    async def _ask(self, scope: Scope, receive: Receive, send: Send, key: tuple[str, ...]) -> None:
        started: list[Message] = []
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(started[0], b"".join(parts), key, Headers(scope=scope), send)

        await self.app(scope, receive, collect)

    async def _finish(self, start: Message, body: bytes, key: tuple[str, ...], asked: Headers, send: Send) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        if start["status"] != 200:
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        tag = f'"{sha256(body).hexdigest()[:20]}"'
        headers["ETag"] = tag
        headers.setdefault("Cache-Control", "no-cache")
        kept = _Kept(list(headers.raw), body, tag)
        if "set-cookie" not in headers and len(body) <= _LARGEST:
            self._keep(key, kept)
        await _answer(kept, asked, send)

    def _keep(self, key: tuple[str, ...], kept: _Kept) -> None:
        with self._lock:
            if key not in self._kept:
                self._bytes += len(kept.body)
            self._kept[key] = kept
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._kept.popitem(last=False)[1].body)


async def _answer(kept: _Kept, asked: Headers, send: Send) -> None:
    if asked.get("if-none-match") == kept.tag:
        headers = [(name, value) for name, value in kept.headers if name not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
    await send({"type": "http.response.body", "body": kept.body})
