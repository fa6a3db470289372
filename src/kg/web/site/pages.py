"""Which pages a published site has: asked of the explorer one after the other, following its links."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from kg.graph import Graph
from kg.graph.facts import rows
from kg.present.map_data import embeddable
from kg.vocabulary import ID
from kg.web.context import Context
from kg.web.data_map import maps
from kg.web.site.addresses import file_of, normal, page_of, relative
from kg.web.site.client import Client
from kg.web.site.rewriting import Rewriter, links

START = (
    "/",
    "/officials",
    "/people",
    "/cases",
    "/events",
    "/overview",
    "/map",
    "/timeline",
    "/transfers",
    "/conflicts",
    "/coverage",
    "/new",
    "/queries",
    "/about-this-site",
)
"""Pages to begin with; those that the explorer does not have are left out."""

SEARCH, DATA = "search.html", "data.html"
_THINGS = f'SELECT DISTINCT ?s WHERE {{ ?s a ?class FILTER(STRSTARTS(STR(?s), "{ID}")) }} ORDER BY ?s'

Say = Callable[[str, str], None]


@dataclass
class Pages:
    """The pages of one language: `files` by normal address, as raw pages of the explorer in the folder `raw`."""

    language: str
    prefix: str
    raw: Path
    files: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def find(self, address: str) -> str | None:
        """The file of a normal address, following what has moved; None when there is no such page."""
        for _ in range(5):
            if address in self.files:
                return self.files[address]
            if address not in self.moved:
                return None
            address = self.moved[address]
        return None


def things_of(graph: Graph) -> list[str]:
    """Everything that has an address of this project and a class."""
    return [row["s"].value for row in rows(graph, _THINGS)]


def read_pages(client: Client, context: Context, pages: Pages, things: Iterable[str], say: Say) -> None:
    """Ask for all pages, beginning with START and those of `things`, and keep them."""
    pictured = set(maps(context).views.whole.model.nodes)
    listed = list(things)
    first = [*START, *map(page_of, listed)]
    first += [address for thing in listed if thing in pictured for address in pictures_of(thing)]
    waiting = deque(dict.fromkeys(first))
    seen = set(waiting)
    while waiting:
        address = waiting.popleft()
        say("pages", f"{pages.language}: {len(pages.files):,} of {len(seen):,}")
        answer = client.get(address)
        new: Iterable[str] = ()
        if answer.status in (301, 302, 307, 308):
            target = normal(answer.location)
            if target is not None:
                pages.moved[address] = target
                new = (target,)
        elif answer.status == 200 and answer.type == "text/html":
            file = pages.prefix + file_of(address)
            pages.files[address] = file
            path = pages.raw / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(answer.body)
            new = links(answer.body)
        for link in new:
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def pictures_of(thing: str) -> list[str]:
    """The addresses of the link map and the timeline of something."""
    return [address for path in ("map", "timeline") if (address := normal(f"/{path}?about={thing}"))]


@dataclass
class Writer:
    """Writes the pages of one language as files of the site; collects the `assets` that they use."""

    client: Client
    context: Context
    pages: Pages
    others: list[Pages]
    out: Path
    dossiers: dict[str, str]
    assets: set[str] = field(default_factory=set)

    def write_all(self, say: Say) -> None:
        """Write every page that was read, the page of the search, and that of the data."""
        t = self.context.texts.translator(self.pages.language)
        for number, (address, file) in enumerate(self.pages.files.items(), 1):
            say("files", f"{self.pages.language}: {number:,} of {len(self.pages.files):,}")
            self._write(file, (self.pages.raw / file).read_bytes(), address, self._extra(address, file, t))
        for name, template in ((SEARCH, "site_search.html"), (DATA, "site_data.html")):
            file = self.pages.prefix + name
            self._write(file, self._own(template, relative(file, "search-index.js"), relative(file, "data/x")[:-1]), f"/{name}", [])

    def _own(self, template: str, index: str, data: str) -> bytes:
        """A page that only a published site has."""
        language = self.pages.language
        header = [(b"accept-language", language.encode())]
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": header,
            "scheme": "http",
            "server": ("localhost", 80),
        }
        t = self.context.texts.translator(language)
        kinds = {key: t(f"kind.{key}") for key in ("person", "court", "case", "place", "event", "source", "body", "thing")}
        kinds |= {key: t(f"role.{key}") for key in ("official", "persecuted", "lawyer")}
        words = {"none": t("published.none"), "found": t("published.found"), "also": t("published.also"), "kinds": kinds}
        values = {"words": json.dumps(words, ensure_ascii=False), "index": index, "data": data}
        return bytes(self.context.html(Request(scope), template, values).body)

    def _extra(self, address: str, file: str, t: Callable[..., str]) -> list[tuple[str, str]]:
        """A link to the dossier of the thing that a page is about."""
        if not address.startswith("/id/"):
            return []
        iri = ID + address.removeprefix("/id/")
        return [(relative(file, self.dossiers[iri]), t("published.dossier"))] if iri in self.dossiers else []

    def _write(self, file: str, page: bytes, address: str, extra: list[tuple[str, str]]) -> None:
        def find(to: str) -> str | None:
            target = self.pages.prefix + DATA if to == "/data" else self.pages.find(to)
            return relative(file, target) if target is not None else None

        def asset(path: str) -> str:
            name = path.partition("?")[0]
            self.assets.add(name)
            return relative(file, "assets/" + name.rsplit("/", 1)[-1])

        others = {self.pages.language: relative(file, file)}
        for other in self.others:
            to = other.prefix + address.removeprefix("/") if address.endswith(".html") else other.find(address)
            if to is not None:
                others[other.language] = relative(file, to)
        search = relative(file, self.pages.prefix + SEARCH)
        called = self.context.texts.translator(self.pages.language)("published.data")
        rewriter = Rewriter(find, asset, lambda path: self._data(path, find), search, called)
        path = self.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        query = address.partition("?")[2]
        path.write_bytes(rewriter.rewrite(page, others, extra, query))

    def _data(self, address: str, find: Callable[[str], str | None]) -> str | None:
        """What the explorer answers to a picture, with its links to pages made links to files."""
        answer = self.client.get(address)
        if answer.status != 200:
            return None
        data = json.loads(answer.body)
        for node in data.get("nodes", ()):
            if isinstance(node, dict) and "page" in node:
                known = normal(node["page"])
                found = find(known) if known else None
                node.pop("page")
                if found:
                    node["page"] = found
        return embeddable(data)
