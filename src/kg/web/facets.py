"""Lists and their facets, declared as property paths beside the queries (queries/lists.yaml), and what was chosen in them."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import yaml
from starlette.datastructures import QueryParams

from kg.graph import Graph
from kg.graph.facts import rows
from kg.vocabulary import compress, expand, locate
from kg.web.reading import Asked

NONE = "none"
"""In a selection: those for which the facet has no value at all."""
MOST_THINGS = 500
"""Things of a selection that a picture shows: those about which most is told."""
OFFERED = 14
"""Values of a facet that are offered at once, the most frequent."""


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


@dataclass(frozen=True)
class Listing:
    """A list as it is declared: patterns that find its members and lead from them to events, people and nodes, and its facets.

    Without a pattern for `nodes` the members themselves stand on the link map.
    """

    name: str
    members: str
    events: str
    people: str
    nodes: str
    details: str
    facets: tuple[Facet, ...]


@functools.cache
def read_listings() -> Mapping[str, Listing]:
    """All lists by name, in their order."""
    declared = yaml.safe_load((locate("queries") / "lists.yaml").read_text(encoding="utf-8"))
    return {name: _listing(name, entry) for name, entry in declared.items()}


def _listing(name: str, entry: Mapping[str, Any]) -> Listing:
    facets = tuple(Facet(one["key"], one["kind"], one.get("pattern") or f"?thing {one['path']} ?value") for one in entry["facets"])
    patterns = {part: entry.get(part, "") for part in ("members", "events", "people", "nodes", "details")}
    return Listing(name, facets=facets, **patterns)


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


@dataclass(frozen=True)
class Chosen:
    """A list, what was chosen in it, and the things that are left, those with most behind them first."""

    listing: Listing
    selection: Selection
    things: tuple[str, ...]

    @property
    def token(self) -> str:
        """What the parameter `chosen` holds."""
        return f"{self.listing.name}?{self.selection.query_string()}"

    @property
    def query(self) -> str:
        """The query string that hands the selection on to a picture."""
        return "chosen=" + quote(self.token, safe="")

    @property
    def page(self) -> str:
        """The address of the list with this selection."""
        return f"/{self.listing.name}?{self.selection.query_string()}"

    @property
    def shown(self) -> tuple[str, ...]:
        """The things that a picture shows."""
        return self.things[:MOST_THINGS]


def offered(
    asked: Asked,
    table: Mapping[str, Mapping[str, Collection[str]]],
    facet: Facet,
    things: Collection[str],
    selection: Selection,
    whole: bool,
) -> dict[str, Any]:
    """A facet as it is offered: its values with their names and how many things each would give, all other facets as chosen.

    Unless the `whole` facet is asked for, the most frequent values come with the number of those that are `left`.
    """
    found = counts(table, facet, things, selection)
    chosen = selection.chosen.get(facet.key, ())
    names = value_names(asked, facet, [*found, *chosen])
    by_name = sorted(found, key=lambda value: (-found[value], names[value]))
    order = sorted(found, reverse=True) if facet.kind == "year" else by_name
    shown = [value for value in order if value in chosen] + [value for value in order if value not in chosen][
        : None if whole else OFFERED
    ]
    values = [{"value": value, "label": names[value], "count": found[value], "chosen": value in chosen} for value in shown]
    return {"key": facet.key, "values": values, "left": len(order) - len(shown)}


def value_names(asked: Asked, facet: Facet, values: Collection[str]) -> dict[str, str]:
    """What values of a facet are called."""
    things = asked.things(value for value in values if value.startswith("http"))
    names = {value: things[value].label if value in things else value for value in values}
    names[NONE] = asked.t(f"facet.{'not_listed' if facet.key == 'listed' else 'none'}")
    return names


def counts(
    table: Mapping[str, Mapping[str, Collection[str]]], facet: Facet, things: Collection[str], selection: Selection
) -> Counter[str]:
    """How many things each value of a facet would give, all other facets as chosen; NONE counts those without a value."""
    found: Counter[str] = Counter()
    for thing in things:
        if selection.holds(table, thing, facet.key):
            found.update(table[facet.key].get(thing, ()) or (NONE,))
    return found
