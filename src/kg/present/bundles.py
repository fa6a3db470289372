"""The scripts and styles that scripts/assets builds from src/kg/web/frontend, for pages that carry them inside."""

from __future__ import annotations

from importlib.resources import files

from kg.errors import KgError


def bundle(name: str) -> str:
    """The text of a built script or style, e.g. link_map.js; raises KgError when it has not been built."""
    path = files("kg").joinpath("web", "static", name)
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise KgError(f"the page's {name} is not built yet: run scripts/assets (make demo does) in the project's folder") from None
