"""A draft: a record nobody has reviewed yet, and for each of its facts where in the text it was read, by which rule.

Layers that are never mixed, each in a file of its own beside the record: the text as it was read (`<record>.source.txt`), what the
program proposed (`<record>.draft.json`: facts, offsets, rules, doubts), and what people decided (`<record>.review.ndjson`, see
`kg.extract.review`). The record itself keeps the normal format, with `status: draft` until its review is finished.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.errors import KgError
from kg.records import Record
from kg.records.model import AnyFact


@dataclass(frozen=True)
class Span:
    """Where a fact was read: `text[start:end]`, the rule that proposed it, and why it needs a look (None: it does not)."""

    start: int
    end: int
    rule: str
    needs_look: str | None = None


@dataclass(frozen=True)
class Draft:
    """A proposed record; `spans` by (passage id, index of the fact in it), `places` by passage id, both offsets into `text`.

    `engines`: what was asked besides the grammar, each by name and version, such as `llm:<model>:prompt-1`.
    """

    record: Record
    text: str
    spans: dict[tuple[str, int], Span] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    engines: tuple[str, ...] = ()

    def quote(self, passage: str, index: int) -> str:
        """The words of the article that a fact was read from."""
        span = self.spans[passage, index]
        return self.text[span.start : span.end]

    def to_yaml(self) -> str:
        """The record in the normal format, `status: draft` first."""
        return record_text(self.record, "A draft that a program proposed: nobody has checked it. Guide: docs/review.md")

    def to_json(self) -> str:
        """The proposal: digest of the text, engines, source, offsets of passages; each fact with offsets, rule and doubt."""
        values = {passage["id"]: passage.get("facts", []) for passage in plain(self.record)["passages"]}
        facts = [
            {"passage": passage, "fact": index, "start": span.start, "end": span.end, "rule": span.rule}
            | ({"needs-look": span.needs_look} if span.needs_look else {})
            | {"value": values[passage][index]}
            for (passage, index), span in self.spans.items()
        ]
        content = {
            "record": self.record.source.id,
            "text-sha256": text_digest(self.text),
            "engines": ["grammar", *self.engines],
            "source": plain(self.record)["source"],
            "passages": {passage: {"start": start, "end": end} for passage, (start, end) in self.places.items()},
            "facts": facts,
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def write(self, path: Path, *, force: bool = False) -> Path:
        """Write the record to `path`, text and proposal beside it; the path of the proposal is returned.

        Raises KgError when `path` exists and not `force`: a reviewed record must not be lost.
        """
        if path.exists() and not force:
            raise KgError(f"{path} exists already: give another file with -o, or --force to replace it")
        side = self.write_proposal(path)
        write_whole(path, self.to_yaml())
        return side

    def write_proposal(self, path: Path) -> Path:
        """Write text and proposal beside the record at `path`, which is left as it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(text_path(path), self.text)
        write_whole(proposal_path(path), self.to_json())
        return proposal_path(path)


def text_path(record: Path) -> Path:
    """Where the text of a draft stands, beside the record file `record`."""
    return record.with_suffix(".source.txt")


def proposal_path(record: Path) -> Path:
    """Where the proposal stands, beside the record file `record`."""
    return record.with_suffix(".draft.json")


def text_digest(text: str) -> str:
    """Hexadecimal SHA-256 of a text."""
    return hashlib.sha256(_bytes(text)).hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Write `text` beside `path` and swap it in: whatever happens, the file is the old one or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(_bytes(text))
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def _bytes(text: str) -> bytes:
    """UTF-8; half a pair of surrogates, which a broken page may hold, is kept as it is."""
    return text.encode("utf-8", "surrogatepass")


def record_text(record: Record, remark: str) -> str:
    """A record as the text of its file, opened by a remark; the status is written only when it is a draft."""
    status = {"status": "draft"} if record.status == "draft" else {}
    content = yaml.dump({**status, **plain(record)}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=130)
    return f"# {remark}\n{content}"


def plain(record: Record) -> dict[str, Any]:
    """The record as lists, mappings and text, without fields that say nothing."""
    return {
        "source": _values(record.source),
        "passages": [_values(passage) for passage in record.passages],
    }


def fact_values(fact: AnyFact) -> dict[str, Any]:
    """A fact as a record says it."""
    return _values(fact)


def _values(model: Any) -> dict[str, Any]:
    """Field by field rather than by pydantic's dump: dates and provisions are written as their notation."""
    values = {}
    for name, alias, usual in _fields(type(model)):
        value = getattr(model, name)
        if value != usual:
            values[alias] = _value(value)
    return values


_FIELDS: dict[Any, list[tuple[str, str, Any]]] = {}


def _fields(kind: Any) -> list[tuple[str, str, Any]]:
    """Name, name in files and default of every field of a model; looked up once, for tables of a million rows."""
    if kind not in _FIELDS:
        _FIELDS[kind] = [
            (name, info.alias or name.replace("_", "-"), info.get_default(call_default_factory=True))
            for name, info in kind.model_fields.items()
        ]
    return _FIELDS[kind]


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
