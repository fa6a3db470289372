"""OFAC's list of Specially Designated Nationals in its old text form: sdn.csv, with aliases in alt.csv and addresses in add.csv.

The files have no header, `-0-` stands for an empty cell, and some end with the end-of-file mark of DOS (0x1A). Layout: OFAC,
"SDN data formats" (dat_spec.txt).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from kg.errors import RecordError
from kg.ingest.encodings import text_lines
from kg.ingest.lists.entry import ListEntry, ListVersion
from kg.ingest.lists.words import digest_of, words
from kg.ingest.safety import fail
from kg.ingest.tabular import MAX_CELL

Say = Callable[[str], None]
COLUMNS = {"sdn": 12, "alt": 5, "add": 6}
"""How many cells a row of each file has."""
_EMPTY = "-0-"
_QUOTED = re.compile(r"a\.k\.a\. '([^']+)'")


def ofac_list(path: Path, date: str | None, say: Say | None = None) -> ListVersion:
    """The version of the SDN list whose entries stand in `path`; files named alike beside it give aliases and addresses."""
    about = words()["ofac"]
    beside = {part: _beside(path, part) for part in ("alt", "add")}
    files = (path, *(file for file in beside.values() if file))
    return ListVersion(
        about["key"],
        about["title"],
        about["authority"],
        about["publisher"],
        "en",
        date,
        about["url"],
        files,
        digest_of(files),
        lambda: _entries(path, beside, say),
    )


def _beside(path: Path, part: str) -> Path | None:
    """`2021-07-sdn.csv` -> `2021-07-alt.csv`, if it exists."""
    other = path.with_name(re.sub(r"sdn(?=[^/]*$)", part, path.name, flags=re.IGNORECASE))
    return other if other != path and other.exists() else None


def _entries(path: Path, beside: dict[str, Path | None], say: Say | None) -> Iterator[ListEntry]:
    aliases: dict[str, list[list[str]]] = defaultdict(list)
    if beside["alt"]:
        for _, cells in _rows(beside["alt"], "alt", None):
            aliases[cells[0]].append(cells)
    addresses: dict[str, bytes] = defaultdict(bytes)
    if beside["add"]:
        for _, cells in _rows(beside["add"], "add", None):
            addresses[cells[0]] = blake2b(addresses[cells[0]] + repr(cells).encode(), digest_size=8).digest()
    for line, cells in _rows(path, "sdn", say):
        yield _entry(path.name, line, cells, aliases.pop(cells[0], []), addresses.pop(cells[0], b""))
    for part, left in (("alt", aliases), ("add", addresses)):
        if left and beside[part]:
            name = next(iter(left))
            raise fail(beside[part].name, f"rows for entry {name}, which {path.name} does not have", "are the files of one day?")  # type: ignore[union-attr]


def _rows(path: Path, part: str, say: Say | None) -> Iterator[tuple[int, list[str]]]:
    size = path.stat().st_size or 1
    progress = (lambda done: say(f"{path.name}: {done * 100 // size} %")) if say else None
    reader = csv.reader(text_lines(path, path.name, None, progress, dos_end=True), strict=True)
    start = 1
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise fail(path.name, f"this row is not well-formed: {error}", "download the file again", start) from None
        if cells:
            _check(path.name, start, cells, part)
            yield start, ["" if cell == _EMPTY else cell for cell in cells]
        start = reader.line_num + 1


def _check(file: str, line: int, cells: list[str], part: str) -> None:
    if len(cells) != COLUMNS[part]:
        hint = f"a row of {part}.csv has {COLUMNS[part]} cells and no header; is this OFAC's file, whole?"
        raise fail(file, f"the row has {len(cells)} cells", hint, line, min(len(cells), COLUMNS[part]))
    if not cells[0].isdecimal():
        raise fail(file, f"'{cells[0][:40]}' is no entry number", "the first cell of every row is one", line)
    if any(len(cell) > MAX_CELL for cell in cells):
        raise fail(file, "a cell too long to be one", "is a quotation mark left open?", line)


def _entry(file: str, line: int, cells: list[str], aliases: list[list[str]], address: bytes) -> ListEntry:
    number, name, kind, programmes, title, *_, remarks = cells
    said = remarks_of(remarks)
    strong = [alias[3] for alias in aliases if alias[3]]
    return ListEntry(
        number,
        file,
        line,
        "person" if kind == "individual" else "other",
        tuple(dict.fromkeys([name, *strong])),
        tuple(dict.fromkeys(_QUOTED.findall(remarks))),
        said["born"],
        said["birth-places"],
        tuple(dict.fromkeys([*([title] if title else []), *said["positions"]])),
        tuple(part.strip() for part in re.split(r"\]\s*\[|[\[\]]|;", programmes) if part.strip()),
        "",
        remarks,
        blake2b(repr((cells, aliases)).encode() + address, digest_size=8).digest(),
    )


def remarks_of(remarks: str) -> dict[str, tuple[str, ...]]:
    """What the remarks of an entry say: `born`, `birth-places` and `positions`, as printed.

    "DOB 18 Mar 1980; POB Eupatoria, Ukraine; Prosecutor of Crimea." -> 18 Mar 1980; Eupatoria, Ukraine; Prosecutor of Crimea
    """
    known = words()["ofac"]["remarks"]
    found: dict[str, list[str]] = {"born": [], "birth-places": [], "positions": []}
    for piece in (piece.strip(" .") for piece in remarks.split(";")):
        for name in ("born", "birth-places"):
            opening = next((word for word in known[name] if piece.startswith(word)), None)
            if opening:
                found[name].append(piece.removeprefix(opening))
                break
        else:
            if piece and not any(piece.casefold().startswith(word.casefold()) for word in known["other"]):
                found["positions"].append(piece)
    return {name: tuple(values) for name, values in found.items()}


def looks_like_ofac(path: Path) -> bool:
    """Whether the first row of the file is one of the SDN list: no header, a number first, `-0-` for what is empty."""
    try:
        _, cells = next(_rows(path, "sdn", None))
    except (RecordError, StopIteration):
        return False
    return len(cells) == COLUMNS["sdn"]
