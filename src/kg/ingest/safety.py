"""Looking at a file before opening it: what it really is, and whether unpacking it would flood the machine."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from kg.errors import Problem, RecordError

MAX_UNPACKED = 4_000_000_000
"""Largest sum of a workbook's unpacked parts, in bytes: a sheet of the million rows that Excel allows, thirty columns wide."""
MAX_RATIO = 400
"""How much larger than its packed form a part may be; XML of real workbooks packs 5 to 50 times, bombs a thousand times."""
SMALL = 20_000_000
"""Parts up to this many bytes are harmless at any ratio."""

_XML_PROLOG = 1_000_000
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|<\x00!\x00(D|E)|\x00<\x00!\x00(D|E)", re.IGNORECASE)
_ELEMENT = re.compile(rb"<\x00?[A-Za-z_]")
_KINDS = {
    b"\xd0\xcf\x11\xe0": "an old Excel file or one with a password: save it as .xlsx without a password",
    b"%PDF": "a PDF: ingest takes tables, .xlsx or .csv",
    b"{\\rtf": "a text document: ingest takes tables, .xlsx or .csv",
}


def fail(file: str, message: str, hint: str = "", line: int = 1, column: int = 1) -> RecordError:
    """The error for a file that cannot be read on."""
    return RecordError([Problem(file, line, column, "", message, hint)])


def first_bytes(path: Path, name: str, count: int = 8) -> bytes:
    """The first bytes of the file at `path`, called `name` in messages; raises RecordError when it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(count)
    except OSError as error:
        raise fail(name, f"cannot be read: {error.strerror}") from None
    for mark, what in _KINDS.items():
        if start.startswith(mark):
            raise fail(name, f"this is {what}")
    return start


def check_workbook(path: Path, name: str) -> None:
    """Raise RecordError unless the .xlsx file at `path` can be unpacked and parsed without harm."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts, path.stat().st_size, name)
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise fail(name, "this is not an .xlsx workbook", "save it as .xlsx or .csv")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_xml(archive, part, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise fail(name, f"the workbook is damaged: {error}", "download or save it again") from None


def _check_sizes(parts: list[zipfile.ZipInfo], size: int, name: str) -> None:
    if sum(part.compress_size for part in parts) > size:
        raise fail(name, "the parts of the workbook overlap", "this is no real workbook: do not open it")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise fail(name, f"unpacked it would have more than {MAX_UNPACKED:,} bytes", "split it, or save it as .csv")
    for part in parts:
        if part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            message = f"the part {part.filename} unpacks from {part.compress_size:,} to {part.file_size:,} bytes"
            raise fail(name, message, "a packing bomb: do not open it; if it is a real table, save it as .csv")


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    with archive.open(part) as file:
        start = file.read(_XML_PROLOG)
    # Declarations stand before the first element: where that has begun, none can follow.
    if _DECLARATION.search(start) or not _ELEMENT.search(start):
        hint = "no spreadsheet program writes that: do not open it"
        raise fail(name, f"the part {part.filename} declares a document type or entities, or is no XML", hint)
