"""A view of the link map: what somebody has opened, expanded, collapsed and joined by a path, as one question and one answer.

A view is told completely by a few addresses, so that it fits into a link and can be sent to somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kg.errors import NotFoundError, QueryError
from kg.present.connections import Connection, connections
from kg.present.link_map import LinkMap
from kg.present.map_data import edge_name, map_data
from kg.present.whole_map import MODES, WholeMap
from kg.vocabulary import compress

MOST_STEPS = 60
"""Expansions and collapses that one view may hold."""


@dataclass(frozen=True)
class View:
    """`about` names what the map is around: nothing, one, or two things put together as `mode` says; `among` are many at once,
    called `title`, which the address tells as `chosen` (a list and what was chosen in it). `expanded` and
    `collapsed` are nodes in the order in which they were clicked; `path` joins two nodes by their `k` shortest connections."""

    about: tuple[str, ...] = ()
    mode: str = "union"
    expanded: tuple[str, ...] = ()
    collapsed: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    k: int = 3
    chosen: str = ""
    among: tuple[str, ...] = ()
    title: str = ""

    def checked(self) -> View:
        """The view itself; raises QueryError when it asks for too much or for what makes no sense."""
        if len(self.about) > 2:
            raise QueryError("a map is around one thing, or around two put together")
        if self.mode not in MODES:
            raise QueryError(f"two maps go together as {', '.join(MODES)}, not as '{self.mode}'")
        if len(self.path) not in (0, 2):
            raise QueryError("a path has two ends: give path= twice")
        if not 1 <= self.k <= 10:
            raise QueryError("k is the number of paths, from 1 to 10")
        if len(self.expanded) + len(self.collapsed) > MOST_STEPS:
            raise QueryError(f"a view holds at most {MOST_STEPS} expanded and collapsed nodes: start a new map")
        if self.among and self.about:
            raise QueryError("a map is of a selection or around something, not both")
        if not self.about and not self.path and not self.among:
            raise QueryError("say what the map is around: about=<address>, or path= twice")
        return self


class MapViews:
    """Answers views over one WholeMap. Maps around things are laid out once and kept."""

    def __init__(self, whole: WholeMap, resolve: Callable[[str], str]) -> None:
        self.whole = whole
        self._resolve = resolve
        self._base = lru_cache(maxsize=128)(self._laid_out)
        self._of_many = lru_cache(maxsize=16)(self._laid_out_among)

    def answer(self, view: View) -> dict[str, Any]:
        """The data of `view` (see map_data) with `paths`, each a list of node and edge ids and its weakest step.

        New nodes carry `near`, the node they were expanded from, and no position: the browser places them, so that nothing
        that is already there moves. Raises QueryError, NotFoundError.
        """
        view = self._with_addresses(view.checked())
        base = self._of_many(view.among, view.title) if view.among else self._base(view.about, view.mode) if view.about else None
        found = connections(self.whole, view.path[0], view.path[1], view.k) if view.path else []
        shown, near = self._shown(view, base, found)
        model = self.whole.between(shown, self._title(view, base), view.about[0] if view.about else None)
        if base is not None and view.mode != "union" and len(view.about) == 2:
            model = self._only_of(model, base["edges"], near)
        data = map_data(model, self.whole, base["points"] if base else None)
        for node in data["nodes"]:
            if node["id"] in near:
                node["near"] = near[node["id"]]
        return data | {"paths": [_path(connection) for connection in found], "sought": bool(view.path), "view": _addresses(view)}

    def _with_addresses(self, view: View) -> View:
        def all_of(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(self._resolve(name) for name in names)

        view = replace(
            view,
            about=all_of(view.about),
            expanded=all_of(view.expanded),
            collapsed=all_of(view.collapsed),
            path=all_of(view.path),
        )
        for iri in (*view.about, *view.expanded, *view.collapsed, *view.path):
            self.whole.node(iri)
        if len(set(view.path)) == 1:
            raise NotFoundError("a path needs two different ends")
        return view

    def _laid_out(self, about: tuple[str, ...], mode: str) -> dict[str, Any]:
        return self._points(self.whole.around(about[0]) if len(about) == 1 else self.whole.together(about[0], about[1], mode))

    def _laid_out_among(self, among: tuple[str, ...], title: str) -> dict[str, Any]:
        return self._points(self.whole.among(among, title))

    def _points(self, model: LinkMap) -> dict[str, Any]:
        points = {str(node["id"]): (node["x"], node["y"]) for node in map_data(model, self.whole)["nodes"]}
        return {"nodes": tuple(model.nodes), "title": model.title, "edges": {edge_name(e) for e in model.edges}, "points": points}

    def _shown(self, view: View, base: dict[str, Any] | None, found: list[Connection]) -> tuple[dict[str, None], dict[str, str]]:
        """The nodes of the view, and for each that is not of the base map the node it came with."""
        shown: dict[str, None] = dict.fromkeys(base["nodes"] if base else view.path)
        near: dict[str, str] = {}
        for connection in found:
            for step in connection.steps:
                if base is not None and step.target.iri not in shown:
                    near[step.target.iri] = step.source.iri
                shown |= {step.source.iri: None, step.target.iri: None}
        for iri in view.expanded:
            for other in self.whole.expanded(shown, iri):
                shown[other] = None
                near[other] = iri
        for iri in view.collapsed:
            for other in self.whole.collapsed(shown, iri) - {*view.about, *view.path}:
                shown.pop(other)
        return shown, near

    def _only_of(self, model: LinkMap, kept: set[str], near: dict[str, str]) -> LinkMap:
        """A difference or an overlap stays one: of its own nodes only its own links are drawn."""
        edges = [edge for edge in model.edges if edge_name(edge) in kept or edge.source in near or edge.target in near]
        return LinkMap(model.title, model.nodes, edges, model.evidence, model.focus)

    def _title(self, view: View, base: dict[str, Any] | None) -> str:
        if base is not None:
            return str(base["title"])
        one, other = (self.whole.node(iri).label for iri in view.path)
        return f"{one} – {other}"


def _addresses(view: View) -> dict[str, list[str]]:
    """The view told by short addresses, however it was asked for."""
    return {name: [compress(iri) for iri in getattr(view, name)] for name in ("about", "expanded", "collapsed", "path")}


def _path(connection: Connection) -> dict[str, Any]:
    steps = connection.steps
    return {
        "nodes": [steps[0].source.iri, *(step.target.iri for step in steps)],
        "edges": [[edge_name(edge) for edge in step.edges] for step in steps],
        "stated": connection.weakest.stated,
        "publishers": connection.weakest.publishers,
    }
