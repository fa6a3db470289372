"""A knowledge graph of persecution networks: every link can be followed, questioned and cited.

`open` a graph, then `.query`, `.network`; `link_map` and `write_link_map` draw it; `build` makes it from records. Errors are
in `kg.errors`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, link_map, open, write_link_map
    from kg.errors import KgError
    from kg.graph import Rows, build

__version__ = "0.1.0"
__all__ = ["KgError", "KnowledgeGraph", "Rows", "build", "link_map", "open", "write_link_map"]

_HOMES = {
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.api",
    "Rows": "kg.graph",
    "build": "kg.graph",
    "link_map": "kg.api",
    "open": "kg.api",
    "write_link_map": "kg.api",
}


def __getattr__(name: str) -> Any:
    """Import public names when first used, so that the command line starts without loading what it does not need."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
