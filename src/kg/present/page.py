"""The link map as one HTML file that works offline: drawing, search, filters, a panel of passages, and the same as a table.

Nothing is loaded from anywhere: scripts, styles and data stand in the file, and its content security policy forbids
everything else. Data goes in as JSON that cannot close its script element, and comes out as text, never as markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from kg.errors import KgError
from kg.present.link_map import LinkMap
from kg.present.pyvis_network import LOOKS, OPTIONS, drawn
from kg.vocabulary import compress, load_vocabulary

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
    """The whole page as text."""
    scripts = [_vis("vis-network.min.js"), _asset("link_map.js")]
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_asset("link_map.html"))
    return template.render(
        title=model.title,
        nodes=len(model.nodes),
        links=len(model.edges),
        looks=LOOKS,
        script_hashes=hashes,
        style=_safe(_asset("link_map.css")),
        scripts=[_safe(script) for script in scripts],
        data=_safe(_json(_data(model))),
    )


def _data(model: LinkMap) -> dict[str, Any]:
    nodes, edges = drawn(model)
    roles = {role.key: role.label for role in load_vocabulary().roles.values()}
    passages = {iri: number for number, iri in enumerate(model.evidence.passages)}
    for number, (edge, told) in enumerate(zip(model.edges, edges, strict=True)):
        assert told["id"] == number
        told |= {
            "kind": edge.kind,
            "roles": sorted(edge.roles),
            "stated": edge.stated,
            "first": edge.first,
            "last": edge.last,
            "evidence": [[s.event, s.role, passages[s.passage]] for s in edge.statements if s.passage in passages],
        }
    for node, drawn_node in zip(model.nodes.values(), nodes, strict=True):
        drawn_node |= {"kind": node.kind, "bodies": list(node.bodies), "name": node.label, "address": compress(node.iri)}
    return {
        "title": model.title,
        "focus": model.focus,
        "options": OPTIONS,
        "nodes": nodes,
        "edges": edges,
        "looks": {kind: vars(look) for kind, look in LOOKS.items()},
        "roles": {**roles, "body": "acting body"},
        "passages": [vars(passage) for passage in model.evidence.passages.values()],
        "events": {iri: {"label": event.label, "modality": event.modality} for iri, event in model.evidence.events.items()},
    }


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _safe(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _asset(name: str) -> str:
    return files("kg.present").joinpath("assets", name).read_text(encoding="utf-8")


def _vis(name: str) -> str:
    """vis-network as pyvis ships it."""
    return files("pyvis").joinpath("lib", "vis-9.1.2", name).read_text(encoding="utf-8").replace("</script", "<\\/script")


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
