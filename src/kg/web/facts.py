"""What the passages say about things, fact by fact, with who says it; read in bulk for one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.graph import Graph
from kg.graph.facts import Term, rows_about
from kg.graph.iris import INFERRED
from kg.vocabulary import PN
from kg.web.evidence import Witness, voices
from kg.web.names import Thing

_FACTS = (
    """SELECT ?s ?p ?o ?g ?m WHERE { VALUES ?s { $VALUES } GRAPH ?g { ?s ?p ?o } OPTIONAL { GRAPH ?g { ?s pn:modality ?m } } }"""
)


@dataclass(frozen=True)
class Fact:
    """One statement. `value` is what it says (a Thing when that has an address), `witnesses` the passages that say it, none when it
    is derived; `modality` what passages qualify it as (alleged, charged …); `disputed` whether passages give other values too."""

    subject: str
    term: Thing
    value: Thing | str
    witnesses: tuple[Witness, ...] = ()
    modality: tuple[Thing, ...] = ()
    disputed: bool = False
    language: str = ""

    @property
    def derived(self) -> bool:
        """Whether no passage says it: a rule does."""
        return not self.witnesses

    @property
    def publishers(self) -> int:
        """How many independent publishers say it."""
        return voices(self.witnesses)

    @property
    def mark(self) -> str:
        """The evidence mark: conflict, derived, several or one."""
        if self.disputed:
            return "conflict"
        if self.derived:
            return "derived"
        return "several" if self.publishers > 1 else "one"

    @property
    def text(self) -> str:
        """The value in words."""
        return self.value.label if isinstance(self.value, Thing) else self.value

    @property
    def object(self) -> str:
        """The address of the value, or the value itself."""
        return self.value.iri if isinstance(self.value, Thing) else self.value


@dataclass
class Description:
    """A thing with everything said about it."""

    thing: Thing
    facts: list[Fact] = field(default_factory=list)

    def all(self, *names: str) -> list[Fact]:
        """Facts by these properties (local names), in the order of the names."""
        return [fact for name in names for fact in self.facts if fact.term.iri == PN + name]

    def first(self, name: str) -> str:
        """The first value of a property in words; empty when there is none."""
        return min((fact.text for fact in self.all(name)), default="")

    def things(self, *names: str) -> list[Thing]:
        """The things that these properties lead to, each once."""
        found = {fact.value.iri: fact.value for fact in self.all(*names) if isinstance(fact.value, Thing)}
        return sorted(found.values(), key=lambda thing: (thing.label, thing.iri))

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """Every passage that says something about it, each once."""
        return tuple({witness.passage: witness for fact in self.facts for witness in fact.witnesses}.values())

    @property
    def publishers(self) -> int:
        """How many independent publishers say something about it."""
        return voices(self.witnesses)

    @property
    def modality(self) -> tuple[Thing, ...]:
        """How passages qualify it, each qualification once."""
        return tuple({thing.iri: thing for thing in self.things("modality")}.values())


Disputed = frozenset[tuple[str, str]]
"""(thing, property) about which passages disagree."""


Said = dict[tuple[str, str, Term], dict[str, str]]
"""Statements about things: for each the graphs that make it, with how they qualify it."""


def read_statements(graph: Graph, subjects: Iterable[str]) -> Said:
    """Everything said about `subjects` (addresses)."""
    said: Said = defaultdict(dict)
    for row in rows_about(graph, _FACTS, subjects):
        said[row["s"].value, row["p"].value, row["o"]][row["g"].value] = ""
    qualified = {(s, g): o.value for (s, p, o), graphs in said.items() if p == PN + "modality" for g in graphs}
    for (s, _, _), graphs in said.items() if qualified else ():
        graphs.update({g: qualified.get((s, g), "") for g in graphs})
    return said


def addresses_in(said: Said) -> set[str]:
    """Every address in statements that has a name to show."""
    found = {part for s, p, o in said for part in (s, p, *([o.value] if isinstance(o, NamedNode) else []))}
    return found | {modality for graphs in said.values() for modality in graphs.values() if modality}


def graphs_in(said: Said) -> set[str]:
    """The passages that make statements."""
    return {g for graphs in said.values() for g in graphs if g != INFERRED}


def describe(
    said: Said, wanted: Iterable[str], things: Mapping[str, Thing], witnesses: Mapping[str, Witness], disputed: Disputed
) -> dict[str, Description]:
    """The statements as facts, by the thing that they are about."""
    found = {iri: Description(things[iri]) for iri in wanted}
    for (s, p, o), graphs in said.items():
        by = tuple(sorted((witnesses[g] for g in graphs if g in witnesses), key=lambda w: (w.publisher, w.title, w.passage)))
        modality = {m: things[m] for m in graphs.values() if m} if p != PN + "modality" else {}
        value = things[o.value] if isinstance(o, NamedNode) else o.value
        tongue = (o.language or "") if isinstance(o, Literal) else ""
        found[s].facts.append(Fact(s, things[p], value, by, tuple(modality.values()), (s, p) in disputed, tongue))
    for description in found.values():
        description.facts.sort(key=lambda fact: (fact.term.label, fact.text, fact.object))
    return found
