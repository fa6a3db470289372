"""The people of a graph with every name and date of birth that sources give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.graph import Graph
from kg.identity.names import blocking_keys
from kg.vocabulary import ID

UNDECIDED = f"{ID}screening-"
"""How addresses begin that only the record of a screening knows."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody in the graph: address, label, all names, dates of birth as stated, and what the graph knows them as."""

    iri: str
    label: str
    names: tuple[str, ...]
    born: tuple[str, ...]
    official: bool
    known_as: str


def people(graph: Graph) -> list[KnownPerson]:
    """Everybody in the graph, by label; entries of lists that a kept screening found count once they are decided to be somebody."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for row in graph.select(_NAMES):
        names[str(row["person"])][str(row["name"])] = None
    born: dict[str, dict[str, None]] = defaultdict(dict)
    for row in graph.select(_BORN):
        born[str(row["person"])][str(row["born"])] = None
    found = []
    for row in graph.select(_PEOPLE):
        iri, label = str(row["person"]), str(row["label"])
        if iri.startswith(UNDECIDED):
            continue
        kinds = [word for word in ("official", "persecuted", "lawyer") if row[word]]
        known_as = {"official": "official", "persecuted": "persecuted person", "lawyer": "defence lawyer"}
        told = ", ".join(known_as[kind] for kind in kinds) or "person"
        found.append(KnownPerson(iri, label, tuple(names[iri] or {label: None}), tuple(born[iri]), bool(row["official"]), told))
    return sorted(found, key=lambda person: (person.label, person.iri))


def officials(graph: Graph) -> list[KnownPerson]:
    """The officials among them: who acted in an official role in an event, or held a post of the state."""
    return [person for person in people(graph) if person.official]


class NameIndex:
    """Names by what their spellings share, so that a name is compared only with those that it may be a spelling of."""

    def __init__(self, known: Iterable[KnownPerson]) -> None:
        self._by_key: dict[str, dict[tuple[str, str], KnownPerson]] = defaultdict(dict)
        for person in known:
            for name in person.names:
                # A surname alone is borne by too many.
                if len(name.split()) > 1:
                    for key in blocking_keys(name):
                        self._by_key[key][person.iri, name] = person

    def near(self, name: str) -> list[tuple[KnownPerson, str]]:
        """The people, each with the name of theirs that is worth comparing with `name`."""
        found = {entry: person for key in blocking_keys(name) for entry, person in self._by_key.get(key, {}).items()}
        return [(person, known) for (_, known), person in found.items()]


_NAMES = (
    "SELECT DISTINCT ?person ?name WHERE { ?person a pn:Person ; pn:name|pn:otherName|rdfs:label ?name } ORDER BY ?person ?name"
)
_BORN = "SELECT DISTINCT ?person ?born WHERE { ?person a pn:Person ; pn:bornOn ?born } ORDER BY ?person ?born"
_PEOPLE = """
SELECT ?person (MIN(?name) AS ?label) (MAX(?isOfficial) AS ?official) (MAX(?isPersecuted) AS ?persecuted)
       (MAX(?isLawyer) AS ?lawyer) WHERE {
  ?person a pn:Person ; rdfs:label ?name .
  BIND(EXISTS { ?person a pn:Official } || EXISTS { ?event pn:actingOfficial ?person } AS ?isOfficial)
  BIND(EXISTS { ?person a pn:PersecutedPerson } AS ?isPersecuted)
  BIND(EXISTS { ?person a pn:DefenceLawyer } AS ?isLawyer)
} GROUP BY ?person"""
