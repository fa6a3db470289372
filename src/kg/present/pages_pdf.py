"""HTML pages as PDF, set by WeasyPrint without any request: not to the network, and not to files either."""

from __future__ import annotations

from typing import Any, NoReturn

from kg.errors import KgError

MISSING = (
    "PDFs need the Pango library of the system, which is not installed: sudo apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core (Debian, Ubuntu) or brew install pango (macOS); "
    "HTML and DOCX need nothing"
)


def to_pdf(html: str) -> bytes:
    """`html` as PDF, tagged for screen readers (PDF/UA-1); the same page gives the same bytes.

    Raises KgError where Pango is not installed.
    """
    try:
        import weasyprint
    except OSError:
        raise KgError(MISSING) from None
    document = weasyprint.HTML(string=html, url_fetcher=_refuse)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=_identifier(html)))


def _identifier(html: str) -> bytes:
    """An identifier of the file that comes from its content, not from a clock (ISO 32000-1, 14.4)."""
    from hashlib import sha256

    return sha256(html.encode()).digest()[:16]


def _refuse(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError(f"a page that is printed loads nothing: {url[:200]}")
