"""Where things are shown: an address of the graph and its page on this server."""

from __future__ import annotations

from urllib.parse import quote

from kg.vocabulary import ID, PN, VOC

_SAFE = "/:@!$'()*,;~-._"


def href(iri: str) -> str:
    """The path of the page about `iri`; foreign addresses are shown by query string."""
    if iri.startswith(ID):
        return "/id/" + quote(iri[len(ID) :], safe=_SAFE)
    if iri.startswith(VOC):
        return "/vocabulary/" + quote(iri[len(VOC) :], safe=_SAFE)
    if iri.startswith(PN):
        return "/ontology/" + quote(iri[len(PN) :], safe=_SAFE)
    return "/about?iri=" + quote(iri, safe="")


def web_address(url: str) -> str:
    """`url` if it leads to the web, else nothing: what a record gives as address may be anything, also a script."""
    return url if url.startswith(("https://", "http://")) else ""
