"""The accountability list as XLSX, CSV and PDF. Cells are text: nothing in them can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from kg.errors import KgError
from kg.graph.rows import safe_cell
from kg.graph.screening.accountability import Finding
from kg.present.accountability.reading import REPORTED, Entry, Listing
from kg.present.archives import timeless
from kg.present.dossier.html import link, shown
from kg.present.words import Words

_PACKAGE = "kg.present.accountability"
FORMATS = ("xlsx", "csv", "pdf", "html")
LONGEST_CELL = 32_767
"""Characters that a cell of an .xlsx sheet holds (Excel specifications and limits)."""

COLUMNS = (
    *("name", "other names", "role", "body", "people", "alleged", "cases", "publishers", "listed", "searched"),
    *("people acted against", "cases acted in", "first act", "last act"),
    *("only alleged", "put as", "sources", "passages", "official", "page"),
)
"""Columns of the list. A CSV file has these names in every language, so that programs can read it."""
CITATIONS = (
    *("official", "name", "event", "what", "role", "date", "put as", "passage", "says"),
    *("locator", "publisher", "title", "published", "url"),
)
"""Columns of the sheet of passages."""
_WIDTHS = {"sources": 60, "passages": 60, "says": 60, "about": 110, "publishers": 11} | dict.fromkeys(
    ("people", "alleged", "cases"), 10
)


def write_accountability(listing: Listing, path: Path) -> None:
    """Write `listing` as the ending of `path` says.

    Raises KgError for another ending, for a file that cannot be written, and for a PDF where Pango is not installed.
    """
    format = path.suffix.removeprefix(".")
    if format not in FORMATS:
        raise KgError(f"{path}: the list is written as {', '.join('.' + one for one in FORMATS)}")
    content = render(listing, format)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise KgError(f"{path} cannot be written: {error.strerror}") from None


def render(listing: Listing, format: str) -> bytes:
    """The content of the file in one of FORMATS; the same build gives the same bytes."""
    words = Words(listing.language, _PACKAGE)
    if format == "xlsx":
        return _workbook(listing, words)
    if format == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([safe_cell(str(value)) for value in row_of(entry, words)] for entry in listing.entries)
        return text.getvalue().encode("utf-8-sig")
    page = to_html(listing)
    if format == "html":
        return page.encode()
    from kg.present.pages_pdf import to_pdf

    return to_pdf(page)


def row_of(entry: Entry, words: Words) -> tuple[str | int, ...]:
    """The cells of one official, in the order of COLUMNS."""
    one = entry.standing
    days = sorted(act.date for act in entry.acts if act.date)
    hedged = sorted({act.modality for act in entry.acts if act.modality}) if all(act.modality for act in entry.acts) else []
    return (
        *(entry.name, "; ".join(name for name in entry.names if name != entry.name), "; ".join(entry.roles)),
        *("; ".join(entry.bodies), one.people, one.alleged, one.cases, one.publishers),
        *("; ".join(_findings(words, one.listed)), "; ".join(_findings(words, one.searched)) or words("not-searched")),
        *("; ".join(entry.people), "; ".join(entry.cases), days[0] if days else "", days[-1] if days else ""),
        *(", ".join(hedged), entry.put_as),
        "\n".join(dict.fromkeys(act.citation for act in entry.acts)),
        "\n".join(dict.fromkeys(act.passage for act in entry.acts)),
        *(one.iri, entry.page),
    )


def _findings(words: Words, found: Iterable[Finding]) -> list[str]:
    """What is known of sanctions lists, in words."""
    return [words(f"finding.{one.outcome}", day=one.day or words("no-date"), list=one.list) for one in found]


def _citations(listing: Listing) -> Iterable[tuple[str, ...]]:
    for entry in listing.entries:
        for act in entry.acts:
            what = (act.official, entry.name, act.event, act.what, act.role, act.date, act.modality or REPORTED[listing.language])
            yield (*what, act.passage, act.summary, act.locator, act.publisher, act.title, act.published, act.url)


def _workbook(listing: Listing, words: Words) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    _sheet(book.active, "officials", COLUMNS, (row_of(entry, words) for entry in listing.entries), words)
    _sheet(book.create_sheet(), "citations", CITATIONS, _citations(listing), words)
    about = [*((note,) for note in words.texts["notes"]), *((f"{name}: {value}",) for name, value in _about(listing, words))]
    _sheet(book.create_sheet(), "about", ("about",), about, words)
    content = io.BytesIO()
    book.save(content)
    return timeless(content.getvalue())


def _sheet(sheet: Any, name: str, columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]], words: Words) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = words(f"sheet.{name}")
    sheet.append([words(f"column.{column}") for column in columns])
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at)
            if isinstance(value, str):
                # Set as text, whatever it begins with: openpyxl would take a leading = for a formula.
                cell.value = value[:LONGEST_CELL]
                cell.data_type = "s"
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, column in enumerate(columns, 1):
        width = _WIDTHS.get(column, 28)
        sheet.column_dimensions[sheet.cell(1, at).column_letter].width = width
    sheet.freeze_panes = "B2" if len(columns) > 1 else "A2"
    if len(columns) > 1:
        sheet.auto_filter.ref = sheet.dimensions


def _about(listing: Listing, words: Words) -> list[tuple[str, str]]:
    origin, unknown = listing.origin, words("unknown")
    return [
        (words("about.build"), origin.digest or unknown),
        (words("about.audience"), origin.audience or unknown),
        (words("about.newest"), origin.newest or unknown),
        (words("about.officials"), str(len(listing.entries))),
    ]


def to_html(listing: Listing) -> str:
    """The list as one page: a table, and under it the passages behind each row."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(_PACKAGE, "assets"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = Words(listing.language, _PACKAGE)
    environment.filters |= {"shown": shown, "link": link, "findings": partial(_findings, words)}
    style = files(_PACKAGE).joinpath("assets", "list.css").read_text(encoding="utf-8")
    return environment.get_template("list.html").render(
        entries=listing.entries, about=_about(listing, words), t=words, notes=words.texts["notes"], style=style
    )
