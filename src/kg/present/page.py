"""The link map as one HTML file that works offline: drawing, search, filters, a panel of passages, and the same as a table.

Nothing is loaded from anywhere: script, style and data stand in the file, and its content security policy forbids everything
else. Data goes in as JSON that cannot close its script element, and comes out as text, never as markup.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup

from kg.errors import KgError
from kg.present.bundles import bundle
from kg.present.link_map import LinkMap
from kg.present.map_data import embeddable, map_data

MAX_NODES = 5000
"""Above this vis-network draws too slowly to be of use."""


def write_page(model: LinkMap, path: Path) -> None:
    """Write `model` to `path`; raises KgError when it is too large to draw or the file cannot be written."""
    if len(model.nodes) > MAX_NODES:
        raise KgError(
            f"{len(model.nodes):,} nodes are more than a page can draw ({MAX_NODES:,}): map one official, case, person or court"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(model), encoding="utf-8")
    except OSError as error:
        raise KgError(f"{path} cannot be written: {error.strerror}") from None


def page(model: LinkMap) -> str:
    """The whole page as text; raises KgError when the script has not been built."""
    # A file must not end the elements that hold them; the builder escapes the script, styles have no reason to.
    script = bundle("link_map.js").replace("</script", "<\\/script")
    style = (bundle("standalone.css") + bundle("link_map.css")).replace("</", "<\\/")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(files("kg.present").joinpath("assets", "link_map.html").read_text(encoding="utf-8"))
    return template.render(
        title=model.title,
        nodes=len(model.nodes),
        links=len(model.edges),
        script_hash=_hash(script),
        style_hash=_hash(style),
        style=Markup(style),
        script=Markup(script),
        data=Markup(embeddable(map_data(model))),
    )


def _hash(text: str) -> Markup:
    """How a content security policy names an element with that text (CSP Level 3, 2.3.1)."""
    return Markup(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
