"""Findings as text: grouped by shape, gravest first, each with its passages and where they stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from kg.graph.shapes.places import Located
from kg.vocabulary import compress

_PASSAGES = 6
"""Passages told for one finding; --format json tells all."""


def text_report(found: Sequence[Located], limit: int) -> str:
    """The findings as text; of each shape the first `limit`."""
    groups = itertools.groupby(found, key=lambda located: (located.finding.severity, located.shape.root))
    return "\n".join(line for _, group in groups for line in _group(list(group), limit)).rstrip()


def _group(group: list[Located], limit: int) -> Iterator[str]:
    shape, severity = group[0].shape, group[0].finding.severity
    yield f"{severity.value.upper()}: {shape.label} ({shape.name}): {len(group)}"
    yield f"  {shape.reason}"
    for number, located in enumerate(group[:limit], 1):
        yield from _finding(number, located)
    if len(group) > limit:
        yield f"  ... and {len(group) - limit} more (--limit {len(group)})"
    yield ""


def _finding(number: int, located: Located) -> Iterator[str]:
    yield f"  {number}. {located.about}"
    yield f"     {located.message} <{compress(str(located.finding.focus).strip('<>'))}>"
    for statement in located.statements[:_PASSAGES]:
        file, line = located.places.get(statement.passage, (compress(statement.passage), 0))
        yield f"     {file}:{line}" if line else f"     {file}"
        yield f"        {statement.publisher}, “{statement.title}”: {statement.summary}"
    if len(located.statements) > _PASSAGES:
        yield f"     ... and {len(located.statements) - _PASSAGES} more passages (--format json)"
