"""Writing a dossier as a file of any of its formats."""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import KgError
from kg.present.dossier.html import to_html
from kg.present.dossier.model import Dossier

FORMATS = ("html", "pdf", "docx", "json")


def write_dossier(dossier: Dossier, path: Path, format: str | None = None) -> None:
    """Write `dossier` to `path`, as `format` or as the ending of `path` says.

    Raises KgError for another format, for a file that cannot be written, and for a PDF where Pango is not installed.
    """
    format = format or path.suffix.removeprefix(".")
    if format not in FORMATS:
        raise KgError(f"{path}: a dossier is written as {', '.join(FORMATS)}, not as '{format}'")
    content = render(dossier, format)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise KgError(f"{path} cannot be written: {error.strerror}") from None


def render(dossier: Dossier, format: str) -> bytes:
    """The content of the file of a dossier in one of FORMATS."""
    if format == "pdf":
        from kg.present.pages_pdf import to_pdf

        return to_pdf(to_html(dossier))
    if format == "docx":
        from kg.present.dossier.docx import to_docx

        return to_docx(dossier)
    if format == "json":
        return (json.dumps(dossier.as_json(), ensure_ascii=False, indent=1) + "\n").encode()
    return to_html(dossier).encode()
