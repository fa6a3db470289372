"""Things of the graph that a name from elsewhere may mean, with a score and its reasons: what a spreadsheet is matched against.

Names are compared as `kg.identity` compares them. A match is certain only by an address or an identifier, never by likeness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import NotFoundError
from kg.graph.graph import Graph
from kg.identity.candidates.bodies import compare_bodies, words_of
from kg.identity.names import NameMatch, blocking_keys, compare_names, score_names
from kg.records.dates import parse_date
from kg.vocabulary import ID, PN, expand

TYPES = ("Person", "Organization", "Court", "Case", "Place")
"""Classes whose things can be matched by name."""
IDENTIFIERS = ("wikidataId", "identifier")
"""Properties of which one value belongs to one thing."""
LEAST = 0.3
"""Likeness of names below which nothing is proposed."""
AGREES, DIFFERS = 0.05, -0.15
"""What a further property adds to the score when it agrees, and when both sides have one and they differ."""

_NAMES = """SELECT DISTINCT ?thing ?class ?name WHERE {
  VALUES ?class { $CLASSES } ?thing a ?class ; pn:name|pn:otherName|rdfs:label ?name }"""
_LABELS = 'SELECT ?thing ?label WHERE { VALUES ?thing { $VALUES } ?thing rdfs:label ?label FILTER(LANG(?label) IN ("", "en")) }'
_VALUES = """SELECT DISTINCT ?thing ?value ?label WHERE { VALUES ?thing { $VALUES } ?thing $PROPERTY ?value
  OPTIONAL { ?value rdfs:label ?label FILTER(LANG(?label) IN ("", "en")) } }"""


@dataclass(frozen=True)
class Hit:
    """A thing that may be meant: its types (local names), a score from 0 to 1 and the reasons; `features` says which of the further
    properties agreed. `certain` only when an address or identifier says so."""

    iri: str
    label: str
    types: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]
    features: Mapping[str, bool] = field(default_factory=dict)
    certain: bool = False


class Matcher:
    """Matches names against the things of `graph`, from an index of their names made once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._names: dict[str, dict[str, None]] = defaultdict(dict)
        self._types: dict[str, set[str]] = defaultdict(set)
        self._index: dict[str, set[str]] = defaultdict(set)
        for row in graph.select(_NAMES.replace("$CLASSES", " ".join(f"pn:{name}" for name in TYPES))):
            thing, kind, name = str(row["thing"]), str(row["class"]).removeprefix(PN), str(row["name"])
            self._names[thing][name] = None
            self._types[thing].add(kind)
        for thing, names in self._names.items():
            for name in names:
                for key in self._keys(name, "Person" in self._types[thing]):
                    self._index[key].add(thing)

    def match(
        self, text: str, types: Iterable[str] = (), properties: Mapping[str, Iterable[str]] | None = None, limit: int = 10
    ) -> list[Hit]:
        """What `text` may mean, best first: a name, an address (also one that was merged into another) or an identifier.

        `types` are local names of classes (any when empty); `properties` maps local names of properties to the values that the
        thing should have. Unknown properties agree with nothing.
        """
        wanted, properties = set(types), properties or {}
        certain = self._certain(text, wanted, properties)
        if certain:
            return certain[:limit]
        found = [hit for hit in self._alike(text, wanted) if hit.score >= LEAST]
        best = sorted(found, key=lambda hit: (-hit.score, hit.iri))[: max(limit, 25)]
        for name, values in properties.items():
            best = self._weighed(best, name, [value for value in values if value.strip()])
        best = self._labelled(best)
        return sorted(best, key=lambda hit: (-hit.score, hit.label, hit.iri))[:limit]

    def hit(self, iri: str, score: float = 1.0, reasons: tuple[str, ...] = (), certain: bool = False) -> Hit:
        """The thing with that address as a hit; raises NotFoundError when the graph has none."""
        current = self.graph.canonical_of(iri)
        label = next(iter(self._names.get(current, ())), current.removeprefix(ID))
        return self._labelled([Hit(current, label, tuple(sorted(self._types.get(current, ()))), score, reasons, {}, certain)])[0]

    def values(self, iris: Iterable[str], property: str) -> dict[str, list[tuple[str, str]]]:
        """For each address the values of the property with that local name: each as text or address, with its label if any."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        values = " ".join(str(NamedNode(iri)) for iri in iris)
        query = _VALUES.replace("$PROPERTY", str(NamedNode(PN + property))).replace("$VALUES", values)
        for row in self.graph.select(query):
            found[str(row["thing"])].append((str(row["value"]), str(row["label"] or "")))
        return found

    # --- certain ---
    def _certain(self, text: str, wanted: set[str], properties: Mapping[str, Iterable[str]]) -> list[Hit]:
        found = []
        if text.startswith(("id:", ID)):
            try:
                found = [self.hit(_checked(expand(text)), reasons=("the address itself",), certain=True)]
            except (NotFoundError, ValueError):
                return []
        for name in IDENTIFIERS:
            for value in [*properties.get(name, ()), text]:
                for iri in self._identified(name, value.strip()):
                    found.append(self.hit(iri, reasons=(f"has the identifier {value.strip()}",), certain=True))
        distinct = {hit.iri: hit for hit in found if not wanted or wanted & set(hit.types)}
        # An identifier that two things have settles nothing: somebody has to decide about them first.
        return [replace(hit, certain=len(distinct) == 1) for hit in distinct.values()]

    def _identified(self, property: str, value: str) -> list[str]:
        if not value:
            return []
        rows = self.graph.select(f"SELECT DISTINCT ?thing WHERE {{ ?thing <{PN}{property}> {Literal(value)} }}")
        return [str(row["thing"]) for row in rows]

    # --- alike ---
    def _alike(self, text: str, wanted: set[str]) -> Iterable[Hit]:
        person = not wanted or "Person" in wanted
        others = not wanted or bool(wanted - {"Person"})
        keys = {*(self._keys(text, True) if person else ()), *(self._keys(text, False) if others else ())}
        for iri in {thing for key in keys for thing in self._index.get(key, ())}:
            types = self._types[iri]
            if wanted and not wanted & types:
                continue
            best = self._best(text, iri)
            label = next(iter(self._names[iri]))
            yield Hit(iri, label, tuple(sorted(types)), best.score, best.reasons)

    def _best(self, text: str, iri: str) -> NameMatch:
        if "Person" in self._types[iri]:
            return compare_names(text, max(self._names[iri], key=lambda name: score_names(text, name)))
        return max((compare_bodies(text, name) for name in self._names[iri]), key=lambda match: match.score)

    def _keys(self, name: str, person: bool) -> set[str]:
        if person:
            return {f"person {key}" for key in blocking_keys(name)}
        return {f"word {word.folded}" for word in words_of(name)}

    def _labelled(self, hits: list[Hit]) -> list[Hit]:
        if not hits:
            return []
        values = " ".join(str(NamedNode(hit.iri)) for hit in hits)
        labels = {str(row["thing"]): str(row["label"]) for row in self.graph.select(_LABELS.replace("$VALUES", values))}
        return [replace(hit, label=labels.get(hit.iri, hit.label)) for hit in hits]

    # --- further properties ---
    def _weighed(self, hits: list[Hit], property: str, wanted: list[str]) -> list[Hit]:
        if not property.isidentifier() or not hits or not wanted:
            return hits
        have = self.values([hit.iri for hit in hits], property)
        return [self._one_weighed(hit, property, wanted, have.get(hit.iri, [])) for hit in hits]

    def _one_weighed(self, hit: Hit, property: str, wanted: list[str], have: list[tuple[str, str]]) -> Hit:
        if not have:
            return hit
        agrees = any(_agree(value, held) or (label and _agree(value, label)) for value in wanted for held, label in have)
        shown = ", ".join(label or value for value, label in have[:3])
        reason = f"{property} {'agrees' if agrees else 'differs'}: {shown}"
        score = min(1.0, max(0.0, hit.score + (AGREES if agrees else DIFFERS)))
        return replace(hit, score=score, reasons=(*hit.reasons, reason), features={**hit.features, property: agrees})


def _checked(iri: str) -> str:
    """The address, if it is one; raises ValueError."""
    return NamedNode(iri).value


def _agree(value: str, held: str) -> bool:
    """Whether a value given and one held are the same address, can be the same date, or are spellings of one text."""
    if held.startswith(ID):
        return expand(value) == held or ID + value == held
    first, second = _date(value), _date(held)
    if first and second:
        return not (
            (first.latest and second.earliest and first.latest < second.earliest)
            or (second.latest and first.earliest and second.latest < first.earliest)
        )
    return value.casefold().split() == held.casefold().split() or compare_bodies(value, held).score >= 0.8


def _date(text: str) -> Any:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None
