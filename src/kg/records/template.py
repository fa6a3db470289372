"""The beginning of a new record: a file that an editor fills in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from kg.errors import KgError

_TEMPLATE = """\
# Guide: docs/records.md. Check this file with:  kg check {path}
source:
  id: {id}
  publisher: {publisher}
  url: {url}
  title: {title}
{published}  language: {language}
passages:
- id: p1
  locator: paragraph 1
  summary: In your own words, what this passage says.
  facts:
  - person: somebody
    name: Name as the page prints it
"""


def new_record(data: Path, publisher: str, url: str, title: str, published: str | None, language: str) -> Path:
    """Write a record skeleton below `data`/records/<publisher>/ and return its path.

    Raises KgError when the file exists already.
    """
    day = published or "undated"
    slug = "-".join(_slug(title).split("-")[:6]) or "record"
    path = data / "records" / publisher / f"{day}-{slug}.yaml"
    if path.exists():
        raise KgError(f"{path} exists already: edit it, or give another title")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _TEMPLATE.format(
        path=path,
        id=f"{publisher}-{day}-{slug}",
        publisher=publisher,
        url=_quoted(url),
        title=_quoted(title),
        published=f"  published: {published}\n" if published else "",
        language=language,
    )
    path.write_text(text, encoding="utf-8")
    return path


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\n", " ") + "'"
