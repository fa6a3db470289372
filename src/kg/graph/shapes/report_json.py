"""Findings as JSON: everything that is known of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.graph.shapes.findings import Term
from kg.graph.shapes.places import Located


def json_report(found: Sequence[Located]) -> str:
    """A list of objects, one for each finding, gravest first."""
    return json.dumps([_object(located) for located in found], indent=2, ensure_ascii=False)


def _object(located: Located) -> dict[str, Any]:
    finding, shape = located.finding, located.shape
    return {
        "severity": finding.severity.value,
        "shape": shape.name,
        "sourceShape": finding.shape,
        "component": finding.component,
        "message": located.message,
        "reason": shape.reason,
        "focus": {"address": _plain(finding.focus), "label": located.focus},
        "value": None if finding.value is None else {"value": _plain(finding.value), "label": located.value},
        "passages": [_passage(located, number) for number in range(len(located.statements))],
    }


def _passage(located: Located, number: int) -> dict[str, Any]:
    statement = located.statements[number]
    file, line = located.places.get(statement.passage, (None, None))
    return {
        "address": statement.passage,
        "publisher": statement.publisher,
        "title": statement.title,
        "url": statement.url,
        "summary": statement.summary,
        "file": file,
        "line": line,
    }


def _plain(term: Term) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)
