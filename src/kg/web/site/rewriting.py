"""A page of the explorer made fit for a folder: links to files, pictures with their data inside, nothing that needs a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
from lxml import etree

from kg.web.site.addresses import normal

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' file: data: blob:",
        "font-src 'self' file: data:",
        "connect-src 'none'",
        "form-action 'self' file:",
        "base-uri 'none'",
    )
)
"""Content security policy of every page: files of the site, and no request to anywhere (W3C CSP Level 3). `file:` is for pages that
are opened from a disk, whose own origin browsers do not count as 'self'."""

_PICTURES = {"data-timeline": "timeline-data", "data-transfers": "transfers-data", "data-overview": "overview-data"}


class Rewriter:
    """Rewrites pages. `find(address)` gives the link to a normal address from this page, or None when there is no such page;
    `asset(path)` that of a script or style; `data(address)` what the server would answer there, as embeddable JSON; `search` leads
    to the page of the search, `data_called` is the name of the page of the data, which stands in for the SPARQL endpoint."""

    def __init__(
        self,
        find: Callable[[str], str | None],
        asset: Callable[[str], str],
        data: Callable[[str], str | None],
        search: str,
        data_called: str,
    ) -> None:
        self.find, self.asset, self.data, self.search, self.data_called = find, asset, data, search, data_called

    def rewrite(self, page: bytes, others: dict[str, str], extra: list[tuple[str, str]], query: str) -> bytes:
        """The page as a file. `others` gives the link to the same page in each other language, `extra` links (address, text) that
        stand in place of the map that a server would draw, `query` what the address of the page asked for."""
        tree = lxml.html.document_fromstring(page.decode())
        self._head(tree)
        self._languages(tree, others)
        self._slot(tree, extra)
        self._pictures(tree, query)
        self._forms(tree)
        for tabs in tree.xpath('//nav[contains(@class, "tabs")]'):  # pictures of a selection are made by a server
            tabs.getparent().remove(tabs)
        for link in list(tree.iter("a")):
            self._link(link)
        for notice in tree.xpath('//footer//*[contains(@class, "notice")]'):  # about scripts of a server
            notice.getparent().remove(notice)
        written: bytes = lxml.html.tostring(tree, encoding="utf-8")
        return b"<!doctype html>\n" + written

    def _head(self, tree: Any) -> None:
        policy = etree.Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
        tree.head.insert(1, policy)
        tree.head.insert(2, etree.Element("meta", {"name": "referrer", "content": "no-referrer"}))
        for element in [*tree.iter("link"), *tree.iter("script")]:
            for attribute in ("href", "src"):
                address = element.get(attribute)
                if address and address.startswith("/"):
                    element.set(attribute, self.asset(address))
            if element.tag == "script" and element.get("src"):
                # Browsers load modules over http only; the scripts are built so that they need not be any.
                element.attrib.pop("type", None)
                element.set("defer", "")

    def _languages(self, tree: Any, others: dict[str, str]) -> None:
        for nav in tree.xpath('//nav[contains(@class, "languages")]'):
            for link in list(nav.iter("a")):
                to = others.get(link.get("hreflang", ""))
                if to is None:
                    link.getparent().remove(link)
                else:
                    link.set("href", to)
                    link.set("data-kept", "")
            if len(list(nav.iter("a"))) < 2:
                nav.getparent().remove(nav)

    def _slot(self, tree: Any, extra: list[tuple[str, str]]) -> None:
        """What else there is about the page's subject, in place of the map around it, to which the page links."""
        for root in tree.xpath("//*[@data-link-map and @data-query]"):
            line = etree.Element("p", {"class": "map-slot"})
            for number, (address, text) in enumerate(extra):
                link = etree.SubElement(line, "a", {"href": address, "data-kept": ""})
                link.text, link.tail = text, "" if number == len(extra) - 1 else " · "
            root.getparent().replace(root, line) if extra else root.getparent().remove(root)
        for offer in tree.xpath('//p[.//a[starts-with(@href, "/dossier")]]'):  # made on demand, by a server
            offer.getparent().remove(offer)

    def _pictures(self, tree: Any, query: str) -> None:
        for root in tree.xpath("//*[@data-live]"):
            self._embed(root, "data-live", "data", f"{root.get('data-live')}data.json?{query}")
        for kind, id in _PICTURES.items():
            for root in tree.xpath(f"//*[@{kind} and @data-source]"):
                self._embed(root, "data-source", id, root.get("data-source"))
                root.attrib.pop("data-map", None)

    def _embed(self, root: Any, attribute: str, id: str, address: str) -> None:
        """Put what the picture would fetch into the page."""
        root.attrib.pop(attribute)
        data = self.data(address)
        if data is None:
            return
        script = etree.Element("script", {"type": "application/json", "id": id})
        script.text = data
        root.addnext(script)

    def _forms(self, tree: Any) -> None:
        for form in list(tree.iter("form")):
            action = form.get("action", "")
            names = [field for field in form.iter("input") if field.get("name")]
            if action == "/search" or (len(names) == 1 and names[0].get("name") == "about"):
                form.set("action", self.search)
                for field in names:
                    field.set("name", "q")
                    field.attrib.pop("data-suggest", None)
            else:
                form.getparent().remove(form)

    def _link(self, link: Any) -> None:
        address = link.get("href", "")
        if link.attrib.pop("data-kept", None) is not None or not address.startswith("/"):
            return
        plain, _, fragment = address.partition("#")
        known = "/data" if plain == "/sparql" or "format=" in plain.partition("?")[2] else normal(plain)
        found = self.find(known) if known is not None else None
        if plain == "/sparql":
            link.text = self.data_called
        if found is not None:
            link.set("href", found + ("#" + fragment if fragment else ""))
            return
        # What only a server can answer stays as words.
        link.tag = "span"
        for name in ("href", "download", "rel", "hreflang"):
            link.attrib.pop(name, None)


def links(page: bytes) -> Iterator[str]:
    """The normal addresses that a page links to."""
    for link in lxml.html.document_fromstring(page.decode()).iter("a"):
        address = normal(link.get("href", "").partition("#")[0]) if link.get("href", "").startswith("/") else None
        if address is not None:
            yield address
