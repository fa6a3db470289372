"""The record format as JSON Schema, for completion and checking in editors (for example the YAML extension of VS Code)."""

from __future__ import annotations

from typing import Any

from kg.records.model import Record
from kg.vocabulary import load_vocabulary


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record file, with the vocabulary's words as enumerations."""
    schema = Record.model_json_schema(by_alias=True)
    words = load_vocabulary()
    definitions = schema["$defs"]
    _enumerate(definitions["EventFact"], "kind", words.event_kinds)
    _enumerate(definitions["EventFact"], "outcome", words.concepts["outcome"])
    _enumerate(definitions["EventFact"], "measure", words.concepts["measure"])
    _enumerate(definitions["BodyFact"], "kind", words.concepts["body-kind"])
    _enumerate(definitions["TenureFact"], "role", {**words.concepts["role"], **words.concepts["membership"]})
    _enumerate(definitions["PenaltyTerm"], "regime", words.concepts["regime"])
    _enumerate(definitions["PenaltyTerm"], "kind", words.concepts["penalty-kind"])
    _enumerate(definitions["Source"], "reliability", words.concepts["reliability"])
    _enumerate(definitions["Source"], "visibility", words.concepts["visibility"])
    definitions["EventFact"]["properties"]["people"]["propertyNames"] = {"enum": sorted(words.roles)}
    for definition in definitions.values():
        if "modality" in definition.get("properties", {}):
            _enumerate(definition, "modality", words.concepts["modality"])
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Record: one source, its passages and the facts they state"
    return schema


def _enumerate(definition: dict[str, Any], field: str, words: dict[str, Any]) -> None:
    old = definition["properties"][field]
    kept = {key: old[key] for key in ("title", "default") if key in old}
    definition["properties"][field] = {
        **kept,
        "enum": sorted(words) + ([None] if "default" in old and old["default"] is None else []),
    }
