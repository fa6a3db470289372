"""The accountability list with what is known of sanctions: listed, searched without a hit, a possible hit, or not searched."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from kg.errors import KgError
from kg.graph.graph import Graph
from kg.graph.screening.known import officials
from kg.ingest.lists.words import words


@dataclass(frozen=True)
class Finding:
    """What is known of somebody and a sanctions list on a day (empty: no date): `outcome` is listed, no-hit or possible-hit."""

    outcome: str
    day: str
    list: str

    def __str__(self) -> str:
        if self.outcome == "listed":
            return f"{self.day or 'no date'}: {self.list}"
        return f"{'no hit' if self.outcome == 'no-hit' else 'possible hit, undecided'} on {self.day}: {self.list}"


@dataclass(frozen=True)
class Standing:
    """One official: the row of the accountability list, and per list the dates of designations and what searches found.

    `people` counts those against whom somebody vouches that they acted, `alleged` those of whom that is only alleged, charged
    or denied.
    """

    iri: str
    name: str
    role: str
    body: str
    people: int
    alleged: int
    cases: int
    publishers: int
    listed: tuple[Finding, ...]
    searched: tuple[Finding, ...]

    def as_row(self) -> dict[str, Any]:
        """For tables and files."""
        return {
            "official": self.iri,
            "name": self.name,
            "role": self.role,
            "body": self.body,
            "people": self.people,
            "alleged": self.alleged,
            "cases": self.cases,
            "publishers": self.publishers,
            "listed": "; ".join(map(str, self.listed)),
            "searched": "; ".join(map(str, self.searched)) or "not searched",
        }


def standings(graph: Graph, of_list: str | None = None, everybody: bool = False) -> list[Standing]:
    """Every official of the accountability list, and with `everybody` those who are not known to have acted against anybody.

    With `of_list` (eu, ofac, or words of a list's name) only that list counts.
    Raises KgError when nothing in the graph is said about such a list.
    """
    listed: dict[str, dict[Finding, None]] = defaultdict(dict)
    searched: dict[str, dict[Finding, None]] = defaultdict(dict)
    known = False
    for row in graph.select(_LISTINGS):
        told = f"{row['programme'] or ''} {row['body'] or ''}"
        if of_list is not None and not _is_of(told, of_list):
            continue
        known = True
        what = str(row["programme"] or row["body"] or "a list")
        if row["screening"]:
            outcome = "no-hit" if str(row["outcome"]).endswith("/no-hit") else "possible-hit"
            searched[str(row["official"])][Finding(outcome, str(row["date"] or ""), what)] = None
        else:
            listed[str(row["official"])][Finding("listed", str(row["date"] or ""), what)] = None
    if of_list is not None and not known:
        raise KgError(
            f"nothing in the graph is said about a list '{of_list}': eu, ofac, or words of its name (kg screen --list … --keep)"
        )
    ranked = [
        Standing(
            str(row["official"]),
            str(row["name"]),
            str(row["role"] or ""),
            str(row["body"] or ""),
            int(str(row["people"])),
            int(str(row["alleged"])),
            int(str(row["cases"])),
            int(str(row["publishers"])),
            tuple(listed[str(row["official"])]),
            tuple(searched[str(row["official"])]),
        )
        for row in graph.select("officials-by-people")
    ]
    ranked_iris = {standing.iri for standing in ranked}
    others = [person for person in officials(graph) if person.iri not in ranked_iris] if everybody else []
    return ranked + [
        Standing(one.iri, one.label, "", "", 0, 0, 0, 0, tuple(listed[one.iri]), tuple(searched[one.iri])) for one in others
    ]


def _is_of(told: str, of_list: str) -> bool:
    names: dict[str, list[str]] = words()["names"]
    return any(word.casefold() in told.casefold() for word in names.get(of_list.casefold(), [of_list]))


_LISTINGS = """
SELECT DISTINCT ?official ?date ?programme ?body ?outcome ?screening WHERE {
  { ?event a pn:SanctionDesignation ; pn:designee ?official BIND(false AS ?screening) }
  UNION { ?event a pn:SanctionsScreening ; pn:screenedPerson ?official BIND(true AS ?screening) }
  OPTIONAL { ?event pn:date ?date }
  OPTIONAL { ?event pn:programme ?programme }
  OPTIONAL { ?event pn:outcome ?outcome }
  OPTIONAL { ?event pn:body/rdfs:label ?body FILTER(LANG(?body) IN ("", "en")) }
} ORDER BY ?official ?date ?programme"""
