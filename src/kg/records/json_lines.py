"""Records of many thousand rows as JSON lines: the source in the first line, one passage in each line after, an end mark last.

The content is that of a YAML record (docs/records.md); positions are lines. Such files are written by `kg ingest --mapping`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.records.document import Document

SUFFIX = ".jsonl"
MAX_LINE = 4_000_000
"""Longest line read, in bytes."""


def read_json_lines(path: Path, document: Document) -> Document:
    """Parse the file at `path` into `document`; every mistake ends in `document.problems`, none is raised."""
    passages: list[Any] = []
    ended = False
    try:
        for number, line in _lines(path):
            value = _parsed(line, number, document)
            if value is None:
                return _refused(document)
            if number == 1:
                document.value = {field: part for field, part in value.items() if field != "ingest"} | {"passages": passages}
                document.positions[()] = document.positions[("source",)] = (1, 1)
            elif ended:
                return _refused(document, number, "a line after the end mark", "each file holds one record")
            elif "end" in value:
                ended = True
            else:
                document.positions[("passages", len(passages))] = (number, 1)
                passages.append(value)
    except OSError as error:
        return _refused(document, 1, f"cannot be read: {error.strerror}")
    return document if ended else _refused(document, len(passages) + 1, "the file is cut off after this line", "ingest it again")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            yield number, line


def _parsed(line: bytes, number: int, document: Document) -> dict[str, Any] | None:
    if len(line) > MAX_LINE:
        _refused(document, number, f"a line of more than {MAX_LINE:,} bytes", "split the passage")
        return None
    try:
        # Numbers stay the text that was written, as in YAML records.
        value = json.loads(line, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        _refused(document, number, f"not UTF-8 text (byte {error.start:,} of the line)", "save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        _refused(document, number, f"not a line of JSON: {error}", "each line holds one JSON object; ingest it again")
    else:
        if isinstance(value, dict):
            return value
        _refused(document, number, "each line holds one JSON object", "in braces")
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in the same place")
    return found


def _refused(document: Document, line: int = 0, message: str = "", hint: str = "") -> Document:
    if line:
        document.positions[()] = (line, 1)
        document.report((), message, hint)
    document.value = None
    return document
