"""/static (built scripts) and /styles."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.web.assets import BUILT, STYLES
from kg.web.context import Context


class _Lasting(StaticFiles):
    """Files whose address changes with their content may be kept for good."""

    def file_response(self, *arguments: object, **more: object) -> Response:
        response = super().file_response(*arguments, **more)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


def routes(context: Context) -> list[BaseRoute]:
    """Files as they are."""
    return [
        Mount("/static", _Lasting(directory=BUILT, check_dir=False)),
        Mount("/styles", _Lasting(directory=STYLES)),
        Route("/favicon.ico", _icon),
    ]


async def _icon(request: Request) -> Response:
    return FileResponse(STYLES / "icon.svg", media_type="image/svg+xml")
