"""A draft: a record nobody has reviewed yet, and for each of its facts where in the text it was read, by which rule.

The record file keeps the normal format (with `status: draft`), so that a reviewed record carries no trace of the machinery;
offsets, rules and doubts stand in a side file beside it, `<record>.draft.json`, which a reviewer throws away with `status: draft`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.errors import KgError
from kg.records import Record


@dataclass(frozen=True)
class Span:
    """Where a fact was read: `text[start:end]`, the rule that proposed it, and why it needs a look (None: it does not)."""

    start: int
    end: int
    rule: str
    needs_look: str | None = None


@dataclass(frozen=True)
class Draft:
    """A proposed record; `spans` by (passage id, index of the fact in it), `places` by passage id, both offsets into `text`."""

    record: Record
    text: str
    spans: dict[tuple[str, int], Span] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def quote(self, passage: str, index: int) -> str:
        """The words of the article that a fact was read from."""
        span = self.spans[passage, index]
        return self.text[span.start : span.end]

    def to_yaml(self) -> str:
        """The record in the normal format, `status: draft` first."""
        body: dict[str, Any] = {"status": "draft", **plain(self.record)}
        head = "# A draft that a program proposed: nobody has checked it. Guide: docs/extraction.md\n"
        return head + yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=130)

    def to_json(self) -> str:
        """The side file: digest of the text, offsets of passages, and offsets, rule and doubt of each fact."""
        facts = [
            {"passage": passage, "fact": index, "start": span.start, "end": span.end, "rule": span.rule}
            | ({"needs-look": span.needs_look} if span.needs_look else {})
            for (passage, index), span in self.spans.items()
        ]
        places = {passage: {"start": start, "end": end} for passage, (start, end) in self.places.items()}
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        content = {"record": self.record.source.id, "text-sha256": digest, "text": self.text, "passages": places, "facts": facts}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def write(self, path: Path, *, force: bool = False) -> Path:
        """Write the record to `path` and the side file beside it, whose path is returned.

        Raises KgError when `path` exists and not `force`: a reviewed record must not be lost.
        """
        if path.exists() and not force:
            raise KgError(f"{path} exists already: give another file with -o, or --force to replace it")
        path.parent.mkdir(parents=True, exist_ok=True)
        side = path.with_suffix(".draft.json")
        path.write_text(self.to_yaml(), encoding="utf-8")
        side.write_text(self.to_json(), encoding="utf-8")
        return side


def plain(record: Record) -> dict[str, Any]:
    """The record as lists, mappings and text, without fields that say nothing."""
    return {
        "source": _values(record.source),
        "passages": [_values(passage) for passage in record.passages],
    }


def _values(model: Any) -> dict[str, Any]:
    """Field by field rather than by pydantic's dump: dates and provisions are written as their notation."""
    values = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if value != info.get_default(call_default_factory=True):
            values[info.alias or name.replace("_", "-")] = _value(value)
    return values


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    if hasattr(type(value), "model_fields"):
        return _values(value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else text


class _Dumper(yaml.SafeDumper):
    """Plain block style; never an alias, which the reader refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
