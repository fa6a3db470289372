"""Asking the explorer in this process, without a network: the pages that are published are those it serves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What the explorer answered to one address."""

    status: int
    type: str
    location: str
    body: bytes


class Client:
    """Asks an ASGI application for addresses, one after the other."""

    def __init__(self, app: ASGIApp, language: str) -> None:
        self.app, self.language = app, language
        self._loop = asyncio.new_event_loop()
        # A thread of its own: whoever publishes may already run a loop in this one, as notebooks do.
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Client:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._loop.shutdown_default_executor(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def get(self, address: str) -> Answer:
        """The answer to a GET of a path with its query; the explorer sees a reader who prefers this client's language."""
        return asyncio.run_coroutine_threadsafe(self._get(address), self._loop).result()

    async def _get(self, address: str) -> Answer:
        parts = urlsplit(address)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(b"host", b"localhost"), (b"accept", b"text/html"), (b"accept-language", self.language.encode())],
            "server": ("localhost", 80),
            "client": ("127.0.0.1", 1),
        }
        status, headers, body = 500, dict[str, str](), bytearray()

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers.update(_read(message.get("headers", ())))
            else:
                body.extend(message.get("body", b""))

        await self.app(scope, receive, send)
        return Answer(status, headers.get("content-type", "").split(";")[0], headers.get("location", ""), bytes(body))


def _read(raw: object) -> Mapping[str, str]:
    return {name.decode().lower(): value.decode() for name, value in raw}  # type: ignore[attr-defined]
