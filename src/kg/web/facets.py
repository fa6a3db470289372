"""Facets: what a list can be narrowed by, declared as property paths (facets.yaml), and the selection that an address bar holds."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import yaml
from starlette.datastructures import QueryParams

from kg.graph import Graph
from kg.graph.proof_facts import rows
from kg.vocabulary import compress, expand

NONE = "none"
"""In a selection: those for which the facet has no value at all."""


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: `kind` is thing or year, `pattern` leads from ?thing to ?value."""

    key: str
    kind: str
    pattern: str

    def values(self, graph: Graph) -> dict[str, frozenset[str]]:
        """For each thing the values it has: addresses or years."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows(graph, f"SELECT DISTINCT ?thing ?value WHERE {{ {self.pattern} }}"):
            value = row["value"].value
            found[row["thing"].value].add(value[:4] if self.kind == "year" else value)
        return {thing: frozenset(values) for thing, values in found.items()}


@functools.cache
def read_facets(name: str) -> tuple[Facet, ...]:
    """The facets of the list `name`, in their order."""
    declared = yaml.safe_load((Path(__file__).parent / "facets.yaml").read_text(encoding="utf-8"))
    return tuple(
        Facet(entry["key"], entry["kind"], entry.get("pattern") or f"?thing {entry['path']} ?value") for entry in declared[name]
    )


@dataclass(frozen=True)
class Selection:
    """What was chosen: values by facet. Within one facet any of them will do; every facet must be met."""

    chosen: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, query: QueryParams, facets: Sequence[Facet]) -> Selection:
        """The selection that a query string holds; unknown parameters are none of its business."""
        found = {}
        for facet in facets:
            values = tuple(dict.fromkeys(expand(value) for value in query.getlist(facet.key)[:50] if value))
            if values:
                found[facet.key] = values
        return cls(found)

    def query_string(self, **more: str) -> str:
        """The query string that holds it, short addresses in it, with other parameters."""
        pairs = [(key, compress(value)) for key, values in self.chosen.items() for value in values]
        return urlencode([*pairs, *((name, value) for name, value in more.items() if value)])

    def without(self, key: str, value: str) -> Selection:
        """The selection with one value given up."""
        left = {name: tuple(v for v in values if (name, v) != (key, value)) for name, values in self.chosen.items()}
        return Selection({name: values for name, values in left.items() if values})

    def holds(self, table: Mapping[str, Mapping[str, Collection[str]]], thing: str, but: str = "") -> bool:
        """Whether `thing` is selected, judged by every facet except `but`."""
        for key, wanted in self.chosen.items():
            having = table[key].get(thing, ())
            if key != but and not any(value in having or (value == NONE and not having) for value in wanted):
                return False
        return True


def counts(
    table: Mapping[str, Mapping[str, Collection[str]]], facet: Facet, things: Collection[str], selection: Selection
) -> Counter[str]:
    """How many things each value of a facet would give, all other facets as chosen; NONE counts those without a value."""
    found: Counter[str] = Counter()
    for thing in things:
        if selection.holds(table, thing, facet.key):
            found.update(table[facet.key].get(thing, ()) or (NONE,))
    return found
