"""Noting a reading in a record file without touching anything else in it: comments, order and style stay as the editor left them.

The place is found by the parser's own marks, and the result is read back before it replaces the file: when it says anything
else than the record with the new reading, the file stays as it was.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from kg.errors import ArchiveError
from kg.records import Record
from kg.records.json_lines import SUFFIX
from kg.records.model import Access
from kg.records.reader import try_record

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def write_access(path: Path, record: Record, access: Sequence[Access]) -> None:
    """Give the record file at `path`, which says `record`, the readings `access`: the last one is new, or has a new mark.

    Raises ArchiveError when the file cannot be changed without changing what else it says.
    """
    wanted = record.model_copy(update={"source": record.source.model_copy(update={"access": list(access)})})
    text = path.read_text(encoding="utf-8")
    new = _in_json_lines(text, access) if path.suffix == SUFFIX else _in_yaml(text, record.source.access, access[-1])
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(new)
        if try_record(Path(temporary), str(path))[0] != wanted:
            raise ArchiveError(
                f"{path}: the reading cannot be noted without rewriting the file: add under source: {_flow(access[-1])}"
            )
        os.chmod(temporary, path.stat().st_mode & 0o777)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _values(access: Access) -> dict[str, str]:
    values = {name.replace("_", "-"): getattr(access, name) for name in Access.model_fields}
    return {key: getattr(value, "text", value) for key, value in values.items() if value is not None}


def _flow(access: Access) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in _values(access).items()) + "}"


def _scalar(value: str) -> str:
    """Plain where YAML reads it back as it is; a time in UTC and a hash do, a name may not."""
    plain = value.isascii() and value.replace("-", "").replace(":", "").isalnum() and not value.isdigit() and ": " not in value
    return value if plain else json.dumps(value, ensure_ascii=False)


def _in_json_lines(text: str, access: Sequence[Access]) -> str:
    first, separator, rest = text.partition("\n")
    head = json.loads(first)
    head["source"]["access"] = [_values(one) for one in access]
    return json.dumps(head, ensure_ascii=False) + separator + rest


def _in_yaml(text: str, before: Sequence[Access], new: Access) -> str:
    source = _value(yaml.compose(text, Loader=_LOADER), "source")
    known = _value(source, "access")
    lines = text.split("\n")
    if known is not None and before and before[-1].read == new.read:
        _replace(lines, known.value[-1], _flow(new))
    elif known is None:
        _append(lines, source, f"access: [{_flow(new)}]" if source.flow_style else f"access:\n- {_flow(new)}")
    else:
        _append(lines, known, _flow(new) if known.flow_style else f"- {_flow(new)}")
    return "\n".join(lines)


def _value(mapping: Any, key: str) -> Any:
    return next((value for name, value in mapping.value if name.value == key), None) if mapping is not None else None


def _append(lines: list[str], node: Any, text: str) -> None:
    """Add `text` as the last part of a mapping or sequence, in the style it has."""
    line, column = node.end_mark.line, node.end_mark.column
    if node.flow_style:
        comma = ", " if node.value else ""
        lines[line] = f"{lines[line][: column - 1].rstrip()}{comma}{text}{lines[line][column - 1 :]}"
        return
    at = _end(node)
    indent = " " * node.start_mark.column
    lines[at:at] = [indent + part for part in text.split("\n")]


def _end(node: Any) -> int:
    """The number of the line after the last one of a node in block style; comments below it are not its."""
    while isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return int(node.end_mark.line) + (1 if node.end_mark.column else 0)


def _replace(lines: list[str], node: Any, text: str) -> None:
    start = node.start_mark
    if node.flow_style:
        end = node.end_mark
        lines[start.line : end.line + 1] = [lines[start.line][: start.column] + text + lines[end.line][end.column :]]
    else:
        lines[start.line : _end(node)] = [lines[start.line][: start.column] + text]
