"""A question of a page: which graph, in which language, what is disputed in it, and what is known of it already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph import Graph
from kg.graph.conflicts import Conflict
from kg.graph.facts import rows
from kg.web.evidence import Witness
from kg.web.facts import Description, Disputed, addresses_in, describe, graphs_in, read_statements
from kg.web.memory import Remembered
from kg.web.names import Named, Thing
from kg.web.texts import Translator


@dataclass(frozen=True)
class Asked:
    """What readers need: the graph, the language of names, the words of the interface, and the conflicts of the whole graph."""

    graph: Graph
    language: str
    t: Translator
    conflicts: tuple[Conflict, ...]
    disputed: Disputed
    names: Remembered[Named]
    passages: Remembered[Witness]

    def describe(self, iris: Iterable[str]) -> dict[str, Description]:
        """Everything said about things, in the order given."""
        wanted = list(dict.fromkeys(iris))
        said = read_statements(self.graph, wanted)
        things = self.things(addresses_in(said) | set(wanted))
        return describe(said, wanted, things, self.passages.get(graphs_in(said)), self.disputed)

    def things(self, iris: Iterable[str]) -> dict[str, Thing]:
        """Names and kinds."""
        return {iri: named.thing(iri, self.language) for iri, named in self.names.get(iris).items()}

    def witnesses(self, iris: Iterable[str]) -> dict[str, Witness]:
        """The passages at these addresses."""
        return self.passages.get(iris)

    def addresses(self, pattern: str, iri: str) -> list[tuple[str, ...]]:
        """The solutions of a pattern about `iri` (written $IRI), as addresses in the order of its variables ?a ?b …, each once."""
        query = f"SELECT DISTINCT * WHERE {{ {pattern.replace('$IRI', f'<{iri}>')} }}"
        return sorted({tuple(row[name].value for name in sorted(row)) for row in rows(self.graph, query)})

    def conflicts_about(self, iris: Iterable[str]) -> list[Conflict]:
        """The conflicts about any of these things."""
        wanted = set(iris)
        return [conflict for conflict in self.conflicts if conflict.thing in wanted]
