"""The application: every module of this package that has `routes(context)` adds its pages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import yaml
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

from kg.graph import Graph
from kg.web.caching import PageCache
from kg.web.context import Context, Settings
from kg.web.errors import HANDLERS
from kg.web.headers import SecurityHeaders


def create_app(graph: Graph, settings: Settings | None = None) -> Starlette:
    """The explorer over `graph` as an ASGI application; `settings` says what else it offers (see Settings).

    The application's `state.context` is the Context that all pages share.
    """
    context = Context(graph, settings or Settings())
    found = list(_routes(context))
    context.navigation = _navigation(found)
    app = Starlette(
        routes=found,
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(PageCache, context=context),
            Middleware(GZipMiddleware, minimum_size=1500),
        ],
    )
    app.state.context = context
    return app


def _routes(context: Context) -> Iterator[BaseRoute]:
    for module in sorted(pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda found: found.name):
        if not module.ispkg:
            offered = getattr(importlib.import_module(f"kg.web.{module.name}"), "routes", None)
            if offered is not None:
                yield from offered(context)


def _navigation(found: list[BaseRoute]) -> list[dict[str, str]]:
    """The items of navigation.yaml whose pages there are."""
    items: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "navigation.yaml").read_text(encoding="utf-8"))
    paths = {getattr(route, "path", "") for route in found}
    return [item for item in items if item["path"] in paths]
