"""The accountability list as XLSX, CSV and PDF. Cells are text: nothing in them can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from kg.errors import KgError
from kg.graph.rows import safe_cell
from kg.present.accountability.reading import Entry, Listing
from kg.present.archives import timeless
from kg.present.dossier.html import link, shown

FORMATS = ("xlsx", "csv", "pdf", "html")
LONGEST_CELL = 32_767
"""Characters that a cell of an .xlsx sheet holds (Excel specifications and limits)."""

COLUMNS = (
    *("name", "other names", "role", "body", "bodies", "people", "alleged", "cases", "publishers", "listed", "searched"),
    *("people acted against", "cases acted in", "first act", "last act"),
    *("only alleged", "put as", "sources", "passages", "official", "page"),
)
CITATIONS = (
    "official",
    "name",
    "event",
    "what",
    "role",
    "date",
    "put as",
    "passage",
    "says",
    "locator",
    "publisher",
    "title",
    "published",
    "url",
)
_WIDTHS = {"sources": 60, "passages": 60, "says": 60, "How this list was made": 110, "publishers": 11} | dict.fromkeys(
    ("people", "alleged", "cases"), 10
)
NOTES = (
    "It ranks what the collected sources tell, not guilt. That a list does not name somebody "
    "is known only for the versions that were searched.",
    "People acted against and cases acted in are derived from the passages on the sheet “citations”; "
    "publishers count once per independent voice. People of whom an official is only alleged or charged to have acted against "
    "them, or denies it, are counted apart (alleged); in brackets behind a name stands how passages put it, unless all report it.",
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
    if format == "xlsx":
        return _workbook(listing)
    if format == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([safe_cell(str(value)) for value in row_of(entry)] for entry in listing.entries)
        return text.getvalue().encode("utf-8-sig")
    page = to_html(listing)
    if format == "html":
        return page.encode()
    from kg.present.pages_pdf import to_pdf

    return to_pdf(page)


def row_of(entry: Entry) -> tuple[str | int, ...]:
    """The cells of one official, in the order of COLUMNS."""
    one = entry.standing
    days = sorted(act.date for act in entry.acts if act.date)
    hedged = sorted({act.modality for act in entry.acts if act.modality}) if all(act.modality for act in entry.acts) else []
    return (
        *(one.name, "; ".join(name for name in entry.names if name != one.name), one.role, one.body, "; ".join(entry.bodies)),
        *(one.people, one.alleged, one.cases, one.publishers, "; ".join(one.listed), "; ".join(one.searched) or "not searched"),
        *("; ".join(entry.people), "; ".join(entry.cases), days[0] if days else "", days[-1] if days else ""),
        *(", ".join(hedged), entry.put_as),
        "\n".join(dict.fromkeys(act.citation for act in entry.acts)),
        "\n".join(dict.fromkeys(act.passage for act in entry.acts)),
        *(one.iri, entry.page),
    )


def _citations(entries: Iterable[Entry]) -> Iterable[tuple[str, ...]]:
    for entry in entries:
        for act in entry.acts:
            where = (act.passage, act.summary, act.locator, act.publisher, act.title, act.published, act.url)
            yield (act.official, entry.standing.name, act.event, act.what, act.role, act.date, act.modality or "reported", *where)


def _workbook(listing: Listing) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    _sheet(book.active, "officials", COLUMNS, (row_of(entry) for entry in listing.entries))
    _sheet(book.create_sheet(), "citations", CITATIONS, _citations(listing.entries))
    about = [*((note,) for note in NOTES), *((f"{name}: {value}",) for name, value in _about(listing))]
    _sheet(book.create_sheet(), "about", ("How this list was made",), about)
    content = io.BytesIO()
    book.save(content)
    return timeless(content.getvalue())


def _sheet(sheet: Any, name: str, columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = name
    sheet.append(columns)
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


def _about(listing: Listing) -> list[tuple[str, str]]:
    origin = listing.origin
    return [
        ("build", origin.digest or "unknown"),
        ("audience", origin.audience or "unknown"),
        ("newest source", origin.newest or "unknown"),
        ("officials", str(len(listing.entries))),
    ]


def to_html(listing: Listing) -> str:
    """The list as one page: a table, and under it the passages behind each row."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.present.accountability", "assets"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "link": link}
    style = files("kg.present.accountability").joinpath("assets", "list.css").read_text(encoding="utf-8")
    return environment.get_template("list.html").render(entries=listing.entries, about=_about(listing), notes=NOTES, style=style)
