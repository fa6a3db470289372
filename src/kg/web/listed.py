"""Lists of people, cases and events as they are kept: every member with what tells it apart, and the values of its facets."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kg.graph import Graph
from kg.graph.facts import rows
from kg.web.context import Context
from kg.web.facets import Listing, read_listings
from kg.web.links import href
from kg.web.narrowing import Narrowed, Sorting

COLUMNS = {
    "people": ("name", "details", "events", "publishers", "last"),
    "cases": ("name", "details", "people", "events", "publishers", "last"),
    "events": ("last", "name", "details", "people", "publishers"),
}
"""What the table of each list shows; that of officials has columns of its own (kg.web.officials)."""
_LARGEST_FIRST = {"people": True, "events": True, "publishers": True, "last": True, "name": False}
_FIRST_SORT = {"people": "events", "cases": "people", "events": "last"}
MOST_DETAILS = 3
"""Courts of a case, cases of a person that a row names."""


@dataclass(frozen=True)
class Member:
    """A row of a list: `details` are addresses of what tells it apart, `people` those whom it concerns, `first` and `last` the days
    of its earliest and latest dated event, `publishers` how many independent ones state something about it."""

    iri: str
    name: str
    details: tuple[str, ...]
    people: int
    events: int
    publishers: int
    first: str
    last: str

    @property
    def url(self) -> str:
        """The page about it."""
        return href(self.iri)

    @property
    def when(self) -> str:
        """The time from `first` to `last`, as precise as the two are: 2021-08-16, 2021-08, 2021, or both days."""
        if self.first == self.last:
            return self.first
        span = {(f"{month}-01", str(_last_day(month))): month for month in [self.first[:7]]}
        span[f"{self.first[:4]}-01-01", f"{self.first[:4]}-12-31"] = self.first[:4]
        return span.get((self.first, self.last), f"{self.first} – {self.last}")

    @property
    def years(self) -> str:
        """The years from `first` to `last`."""
        return "–".join(dict.fromkeys((self.first[:4], self.last[:4])))


def _last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, calendar.monthrange(year, number)[1])


def members(context: Context, name: str) -> Narrowed[Member]:
    """The list `name` over the whole graph, read once."""
    found: Narrowed[Member] = context.remembered(f"list {name}", lambda: read_members(context.graph, read_listings()[name]))
    return found


_NAMES = "SELECT DISTINCT ?thing ?name WHERE { $MEMBERS ?thing rdfs:label ?name }"
_EVENTS = "SELECT ?thing (COUNT(DISTINCT ?event) AS ?n) WHERE { $MEMBERS $EVENTS } GROUP BY ?thing"
_DATES = """SELECT ?thing (MIN(?from) AS ?first) (MAX(?to) AS ?last) WHERE {
  $MEMBERS $EVENTS ?event pn:earliest ?from ; pn:latest ?to } GROUP BY ?thing"""
_PEOPLE = "SELECT ?thing (COUNT(DISTINCT ?person) AS ?n) WHERE { $MEMBERS $PEOPLE } GROUP BY ?thing"
_DETAILS = "SELECT DISTINCT ?thing ?detail WHERE { $MEMBERS $DETAILS } ORDER BY ?thing ?detail"
_PUBLISHERS = """SELECT ?thing (COUNT(DISTINCT ?voice) AS ?n) WHERE {
  { SELECT DISTINCT ?thing ?passage WHERE { $MEMBERS
      { GRAPH ?passage { ?thing ?p ?o } } UNION { GRAPH ?passage { ?s ?q ?thing } } ?passage a pn:Passage } }
  ?passage pn:originPublisher/pn:voice ?voice } GROUP BY ?thing"""


def read_members(graph: Graph, listing: Listing) -> Narrowed[Member]:
    """Every member of a list, with evidence and the values of its facets."""

    def asked(query: str) -> list[dict[str, str]]:
        for word, pattern in (
            ("$MEMBERS", f"{{ SELECT DISTINCT ?thing WHERE {{ {listing.members} }} }}"),
            ("$EVENTS", listing.events + " ."),
            ("$PEOPLE", listing.people),
            ("$DETAILS", listing.details),
        ):
            query = query.replace(word, pattern)
        return [{key: value.value for key, value in row.items()} for row in rows(graph, query)]

    def counted(query: str) -> dict[str, int]:
        return {row["thing"]: int(row["n"]) for row in asked(query)}

    events, people, publishers = counted(_EVENTS), counted(_PEOPLE), counted(_PUBLISHERS)
    dates = {row["thing"]: row for row in asked(_DATES)}
    details: dict[str, list[str]] = defaultdict(list)
    for row in asked(_DETAILS):
        details[row["thing"]].append(row["detail"])
    found = {}
    for row in asked(_NAMES):
        iri, dated = row["thing"], dates.get(row["thing"], {})
        found[iri] = Member(
            iri,
            row["name"],
            tuple(details[iri]),
            people.get(iri, 0),
            events.get(iri, 0),
            publishers.get(iri, 0),
            dated.get("first", ""),
            dated.get("last", ""),
        )
    sorting = Sorting(
        {column: _LARGEST_FIRST[column] for column in COLUMNS[listing.name] if column in _LARGEST_FIRST}, _FIRST_SORT[listing.name]
    )
    return Narrowed(found, {facet.key: facet.values(graph) for facet in listing.facets}, sorting)
