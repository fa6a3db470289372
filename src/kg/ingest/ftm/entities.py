"""FollowTheMoney files, line by line: entities, or deltas of them (`{"op": "ADD"|"MOD"|"DEL", "entity": ...}`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.ingest.encodings import text_lines
from kg.ingest.safety import fail

OPERATIONS = ("ADD", "MOD", "DEL")
MAX_ID = 500
"""Longest entity id, in characters; the model allows 512."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity at one line of a file; `operation` is that of a delta, None in a file of entities."""

    file: str
    line: int
    id: str
    schema: str
    properties: dict[str, list[str]]
    caption: str = ""
    operation: str | None = None

    def values(self, name: str) -> list[str]:
        """The values of a property, none if it has none."""
        return self.properties.get(name, [])


def read_entities(path: Path, say: Callable[[str], None] | None = None) -> Iterator[Entity]:
    """The entities of the file at `path` (plain or gzip), in memory that does not grow with it.

    Raises RecordError at the first line that is no entity, with its number.
    """
    size = path.stat().st_size or 1 if path.exists() else 1
    progress = (lambda done: say(f"{path.name}: {done * 100 // size} %")) if say else None
    for number, line in enumerate(text_lines(path, path.name, "utf-8", progress), 1):
        if line.strip():
            yield _entity(path.name, number, _parsed(path.name, number, line))


def _parsed(file: str, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        hint = "each line holds one JSON object; is the file cut off, or one big JSON document?"
        raise fail(file, f"not a line of JSON: {error.msg}", hint, number, error.colno) from None
    except (ValueError, RecursionError) as error:
        raise fail(file, f"not a line of JSON: {error}", "each line holds one JSON object", number) from None
    if not isinstance(value, dict):
        raise fail(file, "each line holds one JSON object", "in braces", number)
    return value


def _entity(file: str, line: int, value: dict[str, Any]) -> Entity:
    operation = value.get("op")
    if operation is not None:
        if operation not in OPERATIONS:
            raise fail(file, f"'{operation}' is no operation of a delta", f"one of: {', '.join(OPERATIONS)}", line)
        inner = value.get("entity")
        value = inner if isinstance(inner, dict) else {}
    name, schema, properties = value.get("id"), value.get("schema"), value.get("properties", {})
    if not isinstance(name, str) or not 0 < len(name) <= MAX_ID:
        raise fail(file, "an entity without an id", "FollowTheMoney entities have id, schema and properties", line)
    if operation == "DEL":
        return Entity(file, line, name, "", {}, "", operation)
    if not isinstance(schema, str) or not schema:
        raise fail(file, f"the entity '{name}' has no schema", "FollowTheMoney entities have id, schema and properties", line)
    try:
        texts = {str(key): _texts(values) for key, values in properties.items()}
    except (AttributeError, TypeError):
        raise fail(file, f"the properties of '{name}' are not lists of text", "properties: {name: [...]}", line) from None
    caption = value.get("caption")
    return Entity(file, line, name, schema, texts, caption if isinstance(caption, str) else "", operation)


def _texts(values: Any) -> list[str]:
    if isinstance(values, (str, int, float)):
        return [str(values)]
    if not isinstance(values, list) or not all(isinstance(value, (str, int, float)) for value in values):
        raise TypeError
    return [text for value in values if (text := str(value).strip())]
