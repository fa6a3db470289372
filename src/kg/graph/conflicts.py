"""Where passages give different values for what has one: side by side, with who says so, and how they differ.

Which properties have one value, and how values are compared, is said in the ontology (pn:comparedAs). The library query
`conflicts` is the same comparison in SPARQL, pair by pair.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from kg.graph.facts import Term, labels, rows
from kg.graph.graph import Graph
from kg.records.dates import parse_date
from kg.vocabulary import compress

INCOMPATIBLE, MORE_PRECISE = "incompatible", "more precise"

_VALUES = """
SELECT DISTINCT ?how ?term ?thing ?value ?g ?publisher ?title ?url ?published ?summary ?voice ?counted ?modality WHERE {
  ?term pn:comparedAs ?how .
  GRAPH ?g { ?thing ?term ?value }
  ?g pn:inSource ?source ; pn:summary ?summary ; pn:originPublisher/pn:voice ?voice .
  ?voice rdfs:label ?counted . ?source dcterms:title ?title ; pn:publisher/rdfs:label ?publisher .
  $ABOUT
  FILTER(?how != "place" || EXISTS { ?thing a pn:Event })
  FILTER EXISTS { GRAPH ?other { ?thing ?term ?otherValue } FILTER(!sameTerm(?otherValue, ?value)) }
  OPTIONAL { ?source pn:url ?url } OPTIONAL { ?source pn:publishedOn ?published }
  OPTIONAL { GRAPH ?g { ?thing pn:modality ?m } ?m skos:prefLabel ?modality FILTER(LANG(?modality) = "en") }
} ORDER BY ?thing ?term ?value ?publisher ?g"""
_ABOUT = """{ BIND($IRI AS ?thing) } UNION { $IRI ?link ?thing } UNION { ?thing ?link $IRI }
  UNION { ?event ?link $IRI ; pn:hasPenalty|pn:hasRequestedPenalty ?thing }"""
_HOLDERS = (
    "SELECT ?thing ?holder WHERE { VALUES ?thing { $VALUES } ?holder pn:hasPenalty|pn:hasRequestedPenalty|pn:hasTenure ?thing }"
)
_WITHIN = "SELECT ?place ?whole WHERE { ?place pn:within+ ?whole }"


@dataclass(frozen=True)
class Witness:
    """A passage that gives a value: `voice` is the publisher it counts for (what cites or repeats
    somebody counts for them), `counted` its name."""

    passage: str
    publisher: str
    voice: str
    counted: str
    title: str
    url: str
    published: str
    summary: str
    modality: str


@dataclass(frozen=True)
class Reading:
    """One of the values, with all passages that give it."""

    value: Term
    shown: str
    witnesses: tuple[Witness, ...]

    @property
    def publishers(self) -> int:
        """How many independent publishers give it."""
        return len({witness.voice for witness in self.witnesses})


@dataclass(frozen=True)
class Conflict:
    """A thing for which passages give different values of one property; `difference` says whether both can hold, `term` is the
    property's address."""

    thing: str
    label: str
    property: str
    difference: str
    readings: tuple[Reading, ...]
    term: str = ""

    def as_json(self) -> dict[str, Any]:
        """Everything about it, for other programs."""
        told = [
            {"value": reading.shown, "publishers": reading.publishers, "passages": [vars(witness) for witness in reading.witnesses]}
            for reading in self.readings
        ]
        return {
            "thing": self.thing,
            "label": self.label,
            "property": self.property,
            "difference": self.difference,
            "readings": told,
        }

    def __str__(self) -> str:
        lines = [f"{self.label}: {self.property} ({self.difference})  <{compress(self.thing)}>"]
        for reading in self.readings:
            count = f"{reading.publishers} publisher{'' if reading.publishers == 1 else 's'}"
            lines.append(f"  {reading.shown}  ({count})")
            for witness in reading.witnesses:
                when = f", {witness.published}" if witness.published else ""
                hedge = f" [{witness.modality}]" if witness.modality else ""
                whose = f", counted for {witness.counted}" if witness.counted != witness.publisher else ""
                lines.append(f"    {witness.publisher}{whose}, “{witness.title}”{when} ({compress(witness.passage)}){hedge}")
                lines.append(f"      {witness.summary}")
        return "\n".join(lines)


def conflicts(graph: Graph, about: str | None = None, every: bool = False) -> list[Conflict]:
    """Conflicts in `graph`: values that cannot both hold, with `every` also those of which one is only more precise.

    `about` is a name or an address: only what concerns it, its events, penalties and posts. Raises NotFoundError for a name.
    """
    scope = _ABOUT.replace("$IRI", f"<{graph.resolve(about).iri}>") if about else ""
    groups: dict[tuple[str, str, str], dict[Term, dict[str, Witness]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows(graph, _VALUES.replace("$ABOUT", scope)):
        witness = _witness({name: term.value for name, term in row.items()})
        groups[row["thing"].value, row["term"].value, row["how"].value][row["value"]][witness.passage] = witness
    whole = _wholes(graph)
    differing = {
        key: difference
        for key, values in groups.items()
        if len(values) > 1 and (difference := _difference(key[2], list(values), whole)) and (every or difference == INCOMPATIBLE)
    }
    return _told(graph, groups, differing)


def _witness(row: dict[str, str]) -> Witness:
    fields = {name: row.get(name, "") for name in Witness.__dataclass_fields__}
    return Witness(**{**fields, "passage": row["g"]})


def _wholes(graph: Graph) -> dict[str, set[str]]:
    """Each place with everything it lies in."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(graph, _WITHIN):
        found[row["place"].value].add(row["whole"].value)
    return found


def _difference(how: str, values: Sequence[Term], wholes: dict[str, set[str]]) -> str:
    """How `values` differ, or nothing when they only look different."""
    for one, other in itertools.combinations([value.value for value in values], 2):
        if how == "value" or (how == "date" and not _overlap(one, other)):
            return INCOMPATIBLE
        if how == "place" and one not in wholes[other] and other not in wholes[one]:
            return INCOMPATIBLE
    return MORE_PRECISE


def _overlap(one: str, other: str) -> bool:
    """Whether two dates have a day in common."""
    first, second = parse_date(one), parse_date(other)
    return not (
        (first.latest and second.earliest and first.latest < second.earliest)
        or (second.latest and first.earliest and second.latest < first.earliest)
    )


def _told(
    graph: Graph,
    groups: dict[tuple[str, str, str], dict[Term, dict[str, Witness]]],
    differing: dict[tuple[str, str, str], str],
) -> list[Conflict]:
    nodes = {NamedNode(part) for thing, term, _ in differing for part in (thing, term)}
    nodes |= {value for key in differing for value in groups[key] if isinstance(value, NamedNode)}
    holders = dict(_holders(graph, [thing for thing, _, _ in differing]))
    names = labels(graph, nodes | {NamedNode(holder) for holder in holders.values()})
    found = []
    for (thing, term, how), difference in differing.items():
        readings = tuple(
            Reading(
                value, names.get(value, value.value) if isinstance(value, NamedNode) else value.value, tuple(witnesses.values())
            )
            for value, witnesses in sorted(groups[thing, term, how].items(), key=lambda item: item[0].value)
        )
        label = names.get(NamedNode(thing)) or names.get(NamedNode(holders.get(thing, thing))) or compress(thing)
        found.append(Conflict(thing, label, names.get(NamedNode(term), compress(term)), difference, readings, term))
    return sorted(found, key=lambda conflict: (conflict.difference, conflict.label, conflict.thing, conflict.property))


def _holders(graph: Graph, things: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(penalty or post, event or person that it belongs to)."""
    values = " ".join(f"<{thing}>" for thing in things)
    for row in rows(graph, _HOLDERS.replace("$VALUES", values)):
        yield row["thing"].value, row["holder"].value
