"""Templates: everything is escaped, and what may run in another direction is kept from reordering its surroundings."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.vocabulary import compress
from kg.web.links import href, web_address

TEMPLATES = Path(__file__).parent / "templates"
LONGEST = 400
"""Characters of a name that are shown; a name longer than that is no name."""


def environment() -> Environment:
    """The templates of the explorer, with autoescape; an unknown variable is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["href"] = href
    made.filters |= {"name": name, "web": web_address, "curie": compress}
    return made


def name(text: object) -> Markup:
    """A text that somebody else wrote, isolated (<bdi>) and cut at LONGEST characters."""
    shown = str(text)
    cut = shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"
    return Markup("<bdi>{}</bdi>").format(escape(cut))
