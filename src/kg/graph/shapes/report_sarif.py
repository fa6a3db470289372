"""Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020): what CI services read to annotate lines of files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from kg.graph.shapes.findings import Finding, Severity
from kg.graph.shapes.places import Located
from kg.graph.shapes.shape import Shape

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.violation: "error", Severity.warning: "warning", Severity.info: "note"}


def sarif_report(found: Sequence[Located], shapes: Sequence[Shape], version: str) -> str:
    """One run of the tool `kg validate`; each shape is a rule, each finding a result at the line of its first passage."""
    rules = {shape.iri: shape for shape in shapes}
    index = {iri: number for number, iri in enumerate(rules)}
    driver = {"name": "kg validate", "version": version, "rules": [_rule(shape) for shape in rules.values()]}
    results = [_result(located, index) for located in found]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(shape: Shape) -> dict[str, Any]:
    return {
        "id": _rule_id(shape.iri),
        "name": shape.name,
        "shortDescription": {"text": shape.label},
        "fullDescription": {"text": shape.reason},
        "defaultConfiguration": {"level": _LEVELS[shape.severity]},
    }


def _rule_id(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _result(located: Located, index: dict[str, int]) -> dict[str, Any]:
    finding = located.finding
    places = [_location(located.places[s.passage], s.summary) for s in located.statements if s.passage in located.places]
    result: dict[str, Any] = {
        "ruleId": _rule_id(finding.shape),
        "ruleIndex": index[finding.shape],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{located.about}. {located.message}"},
        # What stays the same when lines move: with it a service recognises a finding that it has shown before.
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }
    result["locations"] = places[:1] or [{"logicalLocations": [{"fullyQualifiedName": str(finding.focus).strip("<>")}]}]
    if places[1:]:
        result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(places[1:], 1)]
    return result


def _location(place: tuple[str, int], summary: str) -> dict[str, Any]:
    file, line = place
    return {
        "physicalLocation": {"artifactLocation": {"uri": file}, "region": {"startLine": line}},
        "message": {"text": summary},
    }


def _fingerprint(finding: Finding) -> str:
    return sha256(f"{finding.shape}\n{finding.component}\n{finding.focus}\n{finding.value}".encode()).hexdigest()
