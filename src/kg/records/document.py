"""YAML text -> plain values that remember where they stood.

Records come from outside and are hostile until parsed: sizes and nesting are capped, aliases (the anchor bomb) and
tags are refused, duplicate keys are mistakes. Plain `null`, `true` and `false` get their YAML meaning; every other scalar
stays the text that was written, so that a date, a number or the word `no` is never reinterpreted before its field is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.errors import Problem

MAX_BYTES = 2_000_000
"""Largest file read, in bytes: a hundred times the longest record in the shipped corpus."""
MAX_DEPTH = 20
"""Deepest nesting of lists and mappings; the format needs nine."""

Path_ = tuple[str | int, ...]
Value = Any

_PLAIN = {"null": None, "~": None, "": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """A parsed file: its `value` and, for each path inside it, the (line, column) where that value starts, from 1."""

    file: str
    value: Value = None
    positions: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def position(self, path: Path_) -> tuple[int, int]:
        """Line and column of `path`, or of its nearest ancestor that exists in the file."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.positions:
                return self.positions[path[:length]]
        return (1, 1)

    def report(self, path: Path_, message: str, hint: str = "") -> None:
        """Note a problem at `path`."""
        line, column = self.position(path)
        self.problems.append(Problem(self.file, line, column, dotted(path), message, hint))


def dotted(path: Path_) -> str:
    """`("passages", 0, "facts")` -> `passages[0].facts`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_document(path: Path, name: str | None = None) -> Document:
    """Parse the YAML file at `path`; every mistake ends in `Document.problems`, none is raised.

    `name` is how the file is called in messages (default: the path as given).
    """
    document = Document(name or str(path))
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            document.report((), f"the file has {size:,} bytes, the limit is {MAX_BYTES:,}", "split it into one record per source")
            return document
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        document.report((), f"not UTF-8 text (byte {error.start:,})", "save the file as UTF-8")
        return document
    except OSError as error:
        document.report((), f"cannot be read: {error.strerror}")
        return document
    return parse_document(text, document)


def parse_document(text: str, document: Document) -> Document:
    """Parse YAML `text` into `document`."""
    try:
        events = yaml.parse(text, Loader=_LOADER)
        _Builder(document).build(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = error.problem or error.context or "not valid YAML"
        hint = "check the indentation: items of one list start in the same column, and text with ': ' or '#' needs quotes"
        document.problems.append(Problem(document.file, line, column, "", f"YAML cannot be read here: {what}", hint))
        document.value = None
    except yaml.YAMLError as error:
        document.report((), f"YAML cannot be read: {error}", "remove control characters; save the file as UTF-8")
        document.value = None
    except RecursionError:
        document.report((), f"nested deeper than {MAX_DEPTH} levels")
        document.value = None
    return document


class _Builder:
    """Builds values from the parser's events, so that aliases and depth are seen before anything is expanded."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self.document.value = self._node(event, events, ())
                break
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._report_at(event, "a second YAML document starts here", "one file is one record: remove the '---'")
                break

    def _node(self, event: Any, events: Iterator[Any], path: Path_) -> Value:
        self.document.positions.setdefault(path, _position(event))
        if len(path) > MAX_DEPTH:
            raise RecursionError
        if isinstance(event, yaml.AliasEvent):
            self._report_at(event, f"alias *{event.anchor} is not allowed", "write the value out", path)
            return None
        if getattr(event, "anchor", None):
            self._report_at(event, f"anchor &{event.anchor} is not allowed", "remove it and write values out", path)
        if event.tag is not None and event.tag != "!":
            self._report_at(event, f"tag {event.tag} is not allowed", "remove it", path)
        if isinstance(event, yaml.ScalarEvent):
            return _PLAIN.get(event.value, event.value) if event.style is None else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[Any], path: Path_) -> list[Value]:
        values: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._node(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[Any], path: Path_) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._report_at(event, "a key must be a plain word", "check the indentation and the braces", path)
                self._node(event, events, (*path, "?"))
                self._node(next(events), events, (*path, "?"))
                continue
            key = str(event.value)
            duplicate = key in values
            if duplicate:
                self._report_at(event, "this key stands twice in the same place", "keep one of the two", (*path, key))
            else:
                self.document.positions[(*path, key)] = _position(event)
            value = self._node(next(events), events, (*path, key))
            if not duplicate:
                values[key] = value
        return values

    def _report_at(self, event: Any, message: str, hint: str, path: Path_ = ()) -> None:
        line, column = _position(event)
        self.document.problems.append(Problem(self.document.file, line, column, dotted(path), message, hint))


def _position(event: Any) -> tuple[int, int]:
    """Line and column of `event`, counted from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1
