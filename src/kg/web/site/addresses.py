"""From addresses of the explorer to the files of a published site: stable, readable, and safe on every file system."""

from __future__ import annotations

import re
from hashlib import sha256
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from kg.vocabulary import ID, expand
from kg.web.links import href

LONGEST = 72
"""Characters of one part of a file's path; the whole stays well below the 260 that Windows allows."""

_UNFIT = re.compile(r"[^a-z0-9._-]")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$")
"""Names that Windows keeps for devices (Microsoft, Naming Files, Paths, and Namespaces)."""

PAGED = frozenset(("page", "about", "iri", "subject", "predicate", "object"))
"""Parameters that make another page; a link with any other parameter needs a server."""

DYNAMIC = ("/search", "/sparql", "/workbench", "/review", "/api/", "/dossier", "/export")
"""Paths that only a server answers."""


def normal(address: str) -> str | None:
    """An address of the explorer in the one form by which pages are known; None when no page of a static site answers it."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(DYNAMIC):
        return None
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "lang" and value]
    if any(name not in PAGED for name, _ in query):
        return None
    if parts.path in ("/map", "/timeline", "/transfers"):
        query = [(name, expand(value)) for name, value in query]
        if any(not value.startswith(("http://", "https://")) for _, value in query):
            return None
    path = quote(unquote(parts.path), safe="/:@!$'()*,;~-._")
    return path + ("?" + urlencode(sorted(query)) if query else "")


def page_of(iri: str) -> str:
    """The normal address of the page about something."""
    return normal(href(iri)) or href(iri)


def file_of(address: str) -> str:
    """The path, from the site's root, of the file that holds the page of a normal address."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/") or "index"
    names = [_name(part) for part in path.split("/") if part] or ["index"]
    if parts.query:
        about = dict(parse_qsl(parts.query))
        told = about.get("about") or about.get("iri") or about.get("subject") or parts.query
        names.append(_name(told.removeprefix(ID).replace("/", "-"))[:LONGEST] + "-" + _hash(parts.query))
    return "/".join(names) + ".html"


def relative(source: str, target: str) -> str:
    """The way from one file of the site to another, as a link says it."""
    return quote(relpath(target, dirname(source) or "."), safe="/:@!$'()*,;~-._")


def _name(part: str) -> str:
    """One part of a path: small ASCII letters, digits and a few signs; whatever had to be changed gets a mark, so that no two fall
    together, not even where capital and small letters are one."""
    plain = _UNFIT.sub("-", part.lower()).rstrip(".")[:LONGEST]
    if plain != part or _RESERVED.match(plain) or not plain.strip(".-"):
        plain = f"{plain.strip('.')[: LONGEST - 9]}-{_hash(part)}"
    return plain


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
