"""What all pages share: the graph, its digest, the templates, and how a page is written."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import StoreError
from kg.graph import Graph
from kg.graph.build_folder import current_build, manifest_or_none
from kg.graph.conflicts import Conflict, conflicts
from kg.web.access import Access
from kg.web.assets import Assets
from kg.web.evidence import read_witnesses
from kg.web.memory import Remembered
from kg.web.names import read_names
from kg.web.reading.ask import Asked
from kg.web.rendering import environment
from kg.web.sparql_server import Answering
from kg.web.texts import LANGUAGES, Texts, language_of

T = TypeVar("T")
WORKERS = 4
"""Pages that are made at the same time."""


@dataclass(frozen=True)
class Settings:
    """What one server offers beyond reading.

    `build` is the folder of builds that `graph` comes from, if it does; `sparql` answers what is asked at /sparql, if
    anything does; `review_token` opens the review desk, empty for none.
    """

    build: Path | None = None
    sparql: Answering | None = None
    review_token: str = ""
    data: Path | None = None


class Context:
    """The graph being shown and everything needed to show it. Handlers read `graph` anew on every request."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self.graph = graph
        self.settings = settings
        self.access = Access(settings.review_token) if settings.review_token else None
        self.texts = Texts.load()
        self.assets = Assets()
        self.templates = environment()
        self.navigation: list[dict[str, str]] = []
        self._making = threading.RLock()
        self._workers = CapacityLimiter(WORKERS)
        self._renewed: list[Callable[[], None]] = []
        self._looked, self._serving = time.monotonic(), self._build()
        self._forget()

    def _forget(self) -> None:
        self._memory: dict[str, Any] = {}
        self._names = Remembered(lambda iris: read_names(self.graph, iris))
        self._passages = Remembered(lambda iris: read_witnesses(self.graph, iris))

    def _build(self) -> Path | None:
        try:
            return current_build(self.settings.build) if self.settings.build else None
        except StoreError:
            return None

    def when_renewed(self, call: Callable[[], None]) -> None:
        """Have `call()` called whenever another build has taken the place of the one shown."""
        self._renewed.append(call)

    async def renew(self) -> None:
        """Show the build that serves now, if another has been swapped in; looked at once a second at most."""
        now = time.monotonic()
        if self.settings.build is None or now - self._looked < 1:
            return
        self._looked = now
        build = self._build()
        if build is not None and build != self._serving:
            self._serving = build
            self.graph = await run_in_threadpool(Graph.open, self.settings.build)
            self._forget()
            for call in self._renewed:
                await run_in_threadpool(call)

    @property
    def digest(self) -> str:
        """The digest of the build being shown; empty for an endpoint."""
        made = manifest_or_none(self.settings.build) if self.settings.build else None
        found: str = (made or {}).get("digest", "")
        return found

    def remembered(self, key: str, make: Any) -> Any:
        """What `make()` gave the first time it was asked for by `key`; for what one graph gives once and for all."""
        if key not in self._memory:
            with self._making:
                if key not in self._memory:
                    self._memory[key] = make()
        return self._memory[key]

    async def work(self, function: Callable[..., T], *arguments: Any) -> T:
        """`function(*arguments)` in a thread, a few at a time: more would only wait for each other."""
        return await to_thread.run_sync(function, *arguments, limiter=self._workers)

    def asked(self, language: str) -> Asked:
        """The question of a page in one language."""
        found = self.conflicts()
        disputed = frozenset((conflict.thing, conflict.term) for conflict in found)
        return Asked(self.graph, language, self.texts.translator(language), tuple(found), disputed, self._names, self._passages)

    def conflicts(self) -> list[Conflict]:
        """Where passages give values that cannot both hold."""
        found: list[Conflict] = self.remembered("conflicts", lambda: conflicts(self.graph))
        return found

    def html(self, request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """The page that `template` makes of `values`, in the language of the request.

        Every template also has `t` (texts), `called` (what an address is called), `language`, `languages`, `request_path`, `query`,
        `asset` and `href`.
        """
        language = language_of(request)
        page = self.templates.get_template(template).render({**self.common(request, language), **values})
        response = HTMLResponse(page, status, {"Content-Language": language, "Vary": "Accept, Accept-Language, Cookie"})
        if request.url.path.startswith("/review"):
            response.headers["Cache-Control"] = "no-store"
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie("lang", language, max_age=31_536_000, samesite="lax", httponly=True)
        return response

    def common(self, request: Request, language: str) -> dict[str, Any]:
        """What every template may use."""
        return {
            "t": self.texts.translator(language),
            "called": lambda iri: self.asked(language).things([iri])[iri].label,
            "language": language,
            "languages": LANGUAGES,
            "request_path": request.url.path,
            "query": request.query_params,
            "other_language": lambda code: request.url.include_query_params(lang=code).replace(scheme="", netloc=""),
            "asset": self.assets.url,
            "has_asset": self.assets.has,
            "navigation": self.navigation,
        }

    async def page(self, request: Request, template: str, read: Any, *arguments: Any) -> Response:
        """The page of what `read(*arguments)` gives, a mapping for the template; both run beside the other requests."""
        return await self.work(lambda: self.html(request, template, read(*arguments)))
