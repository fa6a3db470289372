"""What a dossier was made from: the build's digest and audience, and how new its sources are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.graph import Graph
from kg.graph.backend import EmbeddedStore
from kg.graph.build_folder import manifest_of
from kg.graph.facts import rows

_DATES = """SELECT ?day WHERE { ?source a pn:Source . { ?source pn:publishedOn ?day } UNION { ?source pn:updatedOn ?day }
  UNION { ?source pn:accessedOn ?day } UNION { ?source pn:hasAccess/pn:accessedOn ?day } }"""


@dataclass(frozen=True)
class Provenance:
    """Digest and audience of the build (empty for an endpoint), roles that are redacted in it, and the days of its oldest and
    newest source (publication, update or reading; empty when no source has one)."""

    digest: str
    audience: str
    redacted: tuple[str, ...]
    oldest: str
    newest: str


def provenance(graph: Graph) -> Provenance:
    """Where the statements of `graph` come from. No clock is asked: the data's own dates say how new it is."""
    about = _manifest(graph)
    days = sorted(row["day"].value for row in rows(graph, _DATES) if row["day"].value[:1].isdigit())
    return Provenance(
        str(about.get("digest", "")),
        str(about.get("audience", "")),
        tuple(about.get("redact", ())),
        days[0] if days else "",
        days[-1] if days else "",
    )


def _manifest(graph: Graph) -> dict[str, Any]:
    if not isinstance(graph.backend, EmbeddedStore):
        return {}
    try:
        return manifest_of(Path(graph.backend.name).parent)
    except (OSError, ValueError):
        return {}
