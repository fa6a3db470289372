"""What stands behind each row of the accountability list: acts, people, cases, publishers, passages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import KgError
from kg.graph import Graph
from kg.graph.facts import Row, rows
from kg.graph.iris import INFERRED
from kg.graph.screening.accountability import Standing
from kg.present.dossier.provenance import Provenance, provenance
from kg.present.dossier.reading import Names
from kg.present.plain_text import plain, short
from kg.vocabulary import ID

_ACTS = """SELECT DISTINCT ?official ?event ?what ?role ?date ?passage ?summary ?locator
  ?publisher ?title ?url ?published ?modality ?voice WHERE {
  VALUES ?official { $VALUES }
  ?acting rdfs:subPropertyOf* pn:actingOfficial ; rdfs:label ?role FILTER(LANG(?role) = "$LANGUAGE")
  GRAPH ?passage { ?event ?acting ?official }
  ?passage pn:inSource ?source ; pn:summary ?summary ; pn:originPublisher/pn:voice ?voice .
  ?source dcterms:title ?title ; pn:publisher/rdfs:label ?publisher .
  { SELECT ?event (MIN(?called) AS ?what) WHERE { $WHAT } GROUP BY ?event }
  OPTIONAL { ?event pn:earliest ?date } OPTIONAL { ?passage pn:locator ?locator }
  OPTIONAL { ?source pn:url ?url } OPTIONAL { ?source pn:publishedOn ?published }
  OPTIONAL { GRAPH ?passage { ?event pn:modality ?m } ?m skos:prefLabel ?modality FILTER(LANG(?modality) = "$LANGUAGE") }
} ORDER BY ?official ?date ?event ?passage ?role"""
_WHAT = {
    "en": "?event a pn:Event ; rdfs:label ?called",
    "uk": f"""?event a pn:Event . GRAPH ?_told {{ ?event a ?_class }} ?_class rdfs:label ?called
      FILTER(?_told != <{INFERRED}> && LANG(?called) = "uk" && ?_class NOT IN (pn:Event, pn:AdverseEvent, pn:FavourableEvent))""",
}
"""What an event is called in each language: its label, which is English, or its kind."""
_NAMED = """SELECT DISTINCT ?official ?kind ?name ?thing WHERE { VALUES ?official { $VALUES }
  { ?official pn:actedAgainst ?thing BIND("people" AS ?kind) }
  UNION { ?official pn:actedInCase ?thing BIND("cases" AS ?kind) }
  UNION { ?official pn:servesIn ?thing BIND("bodies" AS ?kind) }
  UNION { ?official pn:hasTenure/pn:tenureRole ?thing BIND("roles" AS ?kind) }
  UNION { ?official pn:name|pn:otherName ?name BIND("names" AS ?kind) }
} ORDER BY ?official ?kind ?name ?thing"""
_CONCERNED = """SELECT DISTINCT ?official ?event ?thing WHERE { VALUES ?official { $VALUES } ?event pn:actingOfficial ?official .
  { ?event a pn:AdverseEvent ; pn:affectedPerson ?thing } UNION { ?event pn:inCase/pn:partOfCase? ?thing } }"""
BATCH = 200
REPORTED = {"en": "reported", "uk": "повідомлено"}
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
    name: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    people: tuple[str, ...]
    cases: tuple[str, ...]
    acts: tuple[Act, ...]
    put_as: str
    """How many passages put it forward in which way: "alleged 1; reported 3"."""

    @property
    def page(self) -> str:
        """Where the explorer shows the official."""
        return "/id/" + self.standing.iri.removeprefix(ID)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Everybody who publishes one of the passages."""
        return tuple(sorted({act.publisher for act in self.acts}))


@dataclass(frozen=True)
class Listing:
    """The list: its rows in order, what it was made from, and the language it is written in."""

    entries: tuple[Entry, ...]
    origin: Provenance
    language: str = "en"


def read_accountability(graph: Graph, standings: Iterable[Standing], language: str = "en") -> Listing:
    """The list of `standings` (kg.graph.screening.accountability), each with its acts and passages, in English or Ukrainian (uk).

    Raises KgError for another language.
    """
    if language not in _WHAT:
        raise KgError(f"the list is written in {' or '.join(_WHAT)}, not '{language}'")
    reader = _Reader(graph, language)
    ranked = list(standings)
    for start in range(0, len(ranked), BATCH):
        reader.read([one.iri for one in ranked[start : start + BATCH]])
    return Listing(tuple(map(reader.entry, ranked)), provenance(graph), language)


class _Reader:
    """Reads what stands behind officials, some at a time, and makes their rows."""

    def __init__(self, graph: Graph, language: str) -> None:
        self.graph, self.language = graph, language
        self.reported = REPORTED[language]
        self.called = Names(graph, language)
        self.acts: dict[str, list[Act]] = defaultdict(list)
        self.named: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)

    def read(self, officials: Iterable[str]) -> None:
        """Take in the acts of `officials` (addresses) and whom and what they concern."""
        values = " ".join(f"<{iri}>" for iri in officials)
        for row in rows(self.graph, self._filled(_ACTS, values)):
            fields = {name: plain(row[name].value) if name in row else "" for name in Act.__dataclass_fields__}
            self.acts[fields["official"]].append(Act(**fields))
        put = self._put(rows(self.graph, self._filled(_CONCERNED, values)))
        found = [{name: term.value for name, term in row.items()} for row in rows(self.graph, self._filled(_NAMED, values))]
        self.called.learn({one["thing"] for one in found if "thing" in one} | set(officials))
        for one in found:
            name = short(one["name"]) if "name" in one else self.called.of(one["thing"])
            mark = self._mark(put.get((one["official"], one.get("thing", "")), set()))
            self.named[one["official"], one["kind"]][name + mark] = None

    def entry(self, one: Standing) -> Entry:
        """The row of one official."""
        names, roles, bodies, people, cases = (
            tuple(sorted(self.named[one.iri, kind])) for kind in ("names", "roles", "bodies", "people", "cases")
        )
        acts = tuple(self.acts[one.iri])
        counts = Counter(act.modality or self.reported for act in acts)
        put_as = "; ".join(f"{modality} {count}" for modality, count in sorted(counts.items()))
        return Entry(one, self.called.of(one.iri), names, roles, bodies, people, cases, acts, put_as)

    def _filled(self, query: str, values: str) -> str:
        return query.replace("$VALUES", values).replace("$WHAT", _WHAT[self.language]).replace("$LANGUAGE", self.language)

    def _put(self, concerned: Iterable[Row]) -> dict[tuple[str, str], set[str]]:
        """How passages put what each official did to each person and in each case."""
        told: dict[tuple[str, str], set[str]] = defaultdict(set)
        for act in (act for of_one in self.acts.values() for act in of_one):
            told[act.official, act.event].add(act.modality or self.reported)
        put: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in concerned:
            official = row["official"].value
            put[official, row["thing"].value] |= told[official, row["event"].value]
        return put

    def _mark(self, put: set[str]) -> str:
        return f" ({', '.join(sorted(put))})" if put - {self.reported} else ""
