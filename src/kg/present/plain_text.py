"""Text of others made fit to be shown: without control characters, without what turns the direction of its surroundings, not
endless."""

from __future__ import annotations

import re

LONGEST = 400
"""Characters of a name that are shown; a name longer than that is no name."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, which XML 1.0 (2.2) forbids or discourages, and the explicit directional formatting characters of Unicode
(UAX #9, 2): they would reorder what stands beside a text. The direction of letters themselves is untouched."""


def plain(text: object) -> str:
    """`text` without control and directional formatting characters."""
    return _UNFIT.sub("", str(text))


def short(text: object, longest: int = LONGEST) -> str:
    """`plain(text)`, cut after `longest` characters."""
    shown = plain(text)
    return shown if len(shown) <= longest else shown[:longest] + "…"


def web_address(url: str) -> str:
    """`url` if it leads to the web, else nothing: what a record gives as an address may be anything, also a script."""
    return url if re.match(r"https?://[^\s<>\"]+$", url, re.IGNORECASE) else ""
