"""The representations of a thing: HTML for people, Turtle, JSON-LD and CSV for programs."""

from __future__ import annotations

from starlette.requests import Request

FORMATS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
}
"""Names of formats, as in ?format=, and their media types."""


def wanted_format(request: Request) -> str:
    """The format asked for by ?format= or the Accept header (RFC 9110, section 12.5.1); HTML when anything will do."""
    named = request.query_params.get("format", "")
    if named in FORMATS:
        return named
    weights = _accepted(request.headers.get("accept", "*/*")[:1000])
    scored = [(_weight(media, weights), -place, name) for place, (name, media) in enumerate(FORMATS.items())]
    weight, _, name = max(scored)
    return name if weight > 0 else "html"


def _accepted(header: str) -> dict[str, float]:
    weights = {}
    for part in header.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            weights[media.lower()] = float(quality)
        except ValueError:
            continue
    return weights


def _weight(media: str, weights: dict[str, float]) -> float:
    return next((weights[name] for name in (media, media.split("/")[0] + "/*", "*/*") if name in weights), 0.0)
