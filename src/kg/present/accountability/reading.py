"""What stands behind each row of the accountability list: acts, people, cases, publishers, passages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.graph import Graph
from kg.graph.facts import rows
from kg.graph.screening.accountability import Standing
from kg.present.dossier.provenance import Provenance, provenance
from kg.present.plain_text import plain, short
from kg.vocabulary import ID

_ACTS = """SELECT DISTINCT ?official ?event ?what ?role ?date ?passage ?summary ?locator
  ?publisher ?title ?url ?published ?modality ?voice WHERE {
  VALUES ?official { $VALUES }
  ?acting rdfs:subPropertyOf* pn:actingOfficial ; rdfs:label ?role FILTER(LANG(?role) = "en")
  GRAPH ?passage { ?event ?acting ?official }
  ?passage pn:inSource ?source ; pn:summary ?summary ; pn:originPublisher/pn:voice ?voice .
  ?source dcterms:title ?title ; pn:publisher/rdfs:label ?publisher . ?event rdfs:label ?what .
  OPTIONAL { ?event pn:earliest ?date } OPTIONAL { ?passage pn:locator ?locator }
  OPTIONAL { ?source pn:url ?url } OPTIONAL { ?source pn:publishedOn ?published }
  OPTIONAL { GRAPH ?passage { ?event pn:modality ?m } ?m skos:prefLabel ?modality FILTER(LANG(?modality) = "en") }
} ORDER BY ?official ?date ?event ?passage ?role"""
_NAMED = """SELECT DISTINCT ?official ?kind ?name ?thing WHERE { VALUES ?official { $VALUES }
  { ?official pn:actedAgainst ?thing . ?thing rdfs:label ?name BIND("people" AS ?kind) }
  UNION { ?official pn:actedInCase ?thing . ?thing rdfs:label ?name BIND("cases" AS ?kind) }
  UNION { ?official pn:name|pn:otherName ?name BIND("names" AS ?kind) }
  UNION { ?official pn:servesIn/rdfs:label ?name BIND("bodies" AS ?kind) }
} ORDER BY ?official ?kind ?name"""
_CONCERNED = """SELECT DISTINCT ?official ?event ?thing WHERE { VALUES ?official { $VALUES } ?event pn:actingOfficial ?official .
  { ?event a pn:AdverseEvent ; pn:affectedPerson ?thing } UNION { ?event pn:inCase/pn:partOfCase? ?thing } }"""
BATCH = 200
REPORTED = "reported"
"""How an act without a mark is put (concept of the vocabulary modality)."""


@dataclass(frozen=True)
class Act:
    """One passage that gives an official a role in an event; `modality` is empty where it is told as plain fact."""

    official: str
    event: str
    what: str
    role: str
    date: str
    passage: str
    summary: str
    locator: str
    publisher: str
    title: str
    url: str
    published: str
    modality: str
    voice: str

    @property
    def citation(self) -> str:
        """The source in one line."""
        told = (self.publisher, f"“{self.title}”", self.published, self.locator, self.url)
        return ", ".join(part for part in told if part)


@dataclass(frozen=True)
class Entry:
    """A row of the list with what stands behind it; `page` is the path of the official's page in the explorer.

    Behind each of `people` and `cases` stands in brackets how passages put what the official did there, unless all report it.
    """

    standing: Standing
    names: tuple[str, ...]
    bodies: tuple[str, ...]
    people: tuple[str, ...]
    cases: tuple[str, ...]
    acts: tuple[Act, ...]

    @property
    def page(self) -> str:
        """Where the explorer shows the official."""
        return "/id/" + self.standing.iri.removeprefix(ID)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Everybody who publishes one of the passages."""
        return tuple(sorted({act.publisher for act in self.acts}))

    @property
    def put_as(self) -> str:
        """How many passages put it forward in which way: "alleged 1; reported 3"."""
        counts = Counter(act.modality or REPORTED for act in self.acts)
        return "; ".join(f"{modality} {count}" for modality, count in sorted(counts.items()))


@dataclass(frozen=True)
class Listing:
    """The list: its rows in order, and what it was made from."""

    entries: tuple[Entry, ...]
    origin: Provenance


def read_accountability(graph: Graph, standings: Iterable[Standing]) -> Listing:
    """The list of `standings` (kg.graph.screening.accountability), each with its acts and passages."""
    ranked = list(standings)
    acts: dict[str, list[Act]] = defaultdict(list)
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for start in range(0, len(ranked), BATCH):
        values = " ".join(f"<{one.iri}>" for one in ranked[start : start + BATCH])
        for row in rows(graph, _ACTS.replace("$VALUES", values)):
            fields = {name: plain(row[name].value) if name in row else "" for name in Act.__dataclass_fields__}
            acts[fields["official"]].append(Act(**fields))
        put = _put(acts, rows(graph, _CONCERNED.replace("$VALUES", values)))
        for row in rows(graph, _NAMED.replace("$VALUES", values)):
            official, thing = row["official"].value, row["thing"].value if "thing" in row else ""
            mark = _mark(put.get((official, thing), set()))
            named[official, row["kind"].value].append(short(row["name"].value) + mark)
    return Listing(tuple(_entry(one, named, acts[one.iri]) for one in ranked), provenance(graph))


def _put(acts: dict[str, list[Act]], concerned: Iterable[dict[str, Any]]) -> dict[tuple[str, str], set[str]]:
    """How passages put what each official did to each person and in each case."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for act in (act for of_one in acts.values() for act in of_one):
        told[act.official, act.event].add(act.modality or REPORTED)
    put: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in concerned:
        official = row["official"].value
        put[official, row["thing"].value] |= told[official, row["event"].value]
    return put


def _mark(put: set[str]) -> str:
    return f" ({', '.join(sorted(put))})" if put - {REPORTED} else ""


def _entry(one: Standing, named: dict[tuple[str, str], list[str]], acts: list[Act]) -> Entry:
    kinds = (tuple(dict.fromkeys(named[one.iri, kind])) for kind in ("names", "bodies", "people", "cases"))
    names, bodies, people, cases = kinds
    return Entry(one, names, bodies, people, cases, tuple(acts))
