"""What happened to a person, in a case, before an official or a court, in order, as every passage dates it.

A date keeps the precision of its source: a month is a month long, an open interval stays open. Two sources that give days
that cannot both be right stand side by side and are marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.graph import Graph
from kg.graph.conflicts import INCOMPATIBLE, Conflict, conflicts
from kg.graph.iris import INFERRED
from kg.present.evidence import Evidence, read_evidence
from kg.records.dates import parse_date
from kg.vocabulary import PN, RDFS, compress, load_vocabulary


@dataclass(frozen=True)
class Dated:
    """One date that passages give: as written (EDTF), and the first and last day it can mean (None: open)."""

    text: str
    earliest: date | None
    latest: date | None
    passages: tuple[str, ...]


@dataclass(frozen=True)
class TimelineEvent:
    """An event with everything a reader needs to doubt it: `conflicts` names the properties over which sources disagree,
    `publishers` counts independent ones, `modalities` says how the passages put it."""

    iri: str
    label: str
    kind: str
    adverse: bool
    dates: tuple[Dated, ...]
    passages: tuple[str, ...]
    modalities: tuple[str, ...]
    publishers: int
    conflicts: tuple[str, ...]

    @property
    def first(self) -> date | None:
        """The first day it can have been."""
        return min((dated.earliest or dated.latest for dated in self.dates if dated.earliest or dated.latest), default=None)  # type: ignore[type-var]


@dataclass(frozen=True)
class Timeline:
    """Events in order of time, those without a date last, with the evidence they cite; `about` is empty when they are of many."""

    about: str
    title: str
    events: tuple[TimelineEvent, ...]
    evidence: Evidence


_PREFIXES = f"PREFIX pn: <{PN}> PREFIX rdfs: <{RDFS}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
_SCOPE = (
    _PREFIXES
    + """SELECT DISTINCT ?event WHERE {
  { ?event pn:participant|pn:body|pn:inCase $IRI } UNION { ?event pn:inCase/pn:partOfCase $IRI }
  FILTER EXISTS { ?event a pn:Event } }"""
)
_EVENTS = (
    _PREFIXES
    + """SELECT DISTINCT ?event ?label ?kind (EXISTS { ?event a pn:AdverseEvent } AS ?adverse) WHERE { VALUES ?event { $EVENTS }
  ?event rdfs:label ?label OPTIONAL { ?event a ?kind FILTER(?kind IN ($KINDS)) } }"""
)
_TOLD = (
    _PREFIXES
    + f"""SELECT DISTINCT ?event ?passage WHERE {{ VALUES ?event {{ $EVENTS }}
  GRAPH ?passage {{ ?event ?p ?o }} FILTER(?passage != <{INFERRED}>) }}"""
)
_DATES = (
    _PREFIXES + "SELECT DISTINCT ?event ?passage ?date WHERE { VALUES ?event { $EVENTS } GRAPH ?passage { ?event pn:date ?date } }"
)


def read_timeline(graph: Graph, about: str, disagreements: Iterable[Conflict] | None = None) -> Timeline:
    """The timeline of a person, official, case or body (a name or an address); raises NotFoundError for a name.

    `disagreements` are the conflicts of the whole graph, for whoever has them already.
    """
    match = graph.resolve(about)
    events = {str(row["event"]) for row in graph.select(_SCOPE.replace("$IRI", f"<{match.iri}>"))}
    return _read(graph, events, match.iri, match.label, conflicts(graph) if disagreements is None else disagreements)


def read_timeline_of(graph: Graph, events: Collection[str], title: str, disagreements: Iterable[Conflict]) -> Timeline:
    """The timeline of the given events, called `title`; it is about nothing in particular."""
    return _read(graph, events, "", title, disagreements)


def _read(graph: Graph, chosen: Collection[str], about: str, title: str, disagreements: Iterable[Conflict]) -> Timeline:
    values = " ".join(f"<{iri}>" for iri in sorted(chosen))
    told: dict[str, set[str]] = defaultdict(set)
    for row in graph.select(_TOLD.replace("$EVENTS", values)):
        told[str(row["event"])].add(str(row["passage"]))
    dates: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in graph.select(_DATES.replace("$EVENTS", values)):
        dates[str(row["event"])][str(row["date"])].add(str(row["passage"]))
    kinds = {kind.iri: kind.label for kind in load_vocabulary().event_kinds.values()}
    named = _EVENTS.replace("$EVENTS", values).replace("$KINDS", ", ".join(f"<{iri}>" for iri in kinds))
    rows = {str(row["event"]): row | {"kind": kinds.get(str(row["kind"]), "")} for row in graph.select(named)}
    evidence = read_evidence(graph, {passage for found in told.values() for passage in found}, set(rows))
    disputed: dict[str, set[str]] = defaultdict(set)
    for conflict in disagreements:
        if conflict.difference == INCOMPATIBLE:
            disputed[conflict.thing].add(conflict.property)
    events = [_event(iri, row, dates[iri], told[iri], evidence, disputed[iri]) for iri, row in rows.items()]
    events.sort(key=lambda event: (event.first is None, event.first or date.min, event.label, event.iri))
    return Timeline(about, title, tuple(events), evidence)


def _event(
    iri: str, row: dict[str, Any], dates: dict[str, set[str]], told: set[str], evidence: Evidence, disputed: set[str]
) -> TimelineEvent:
    modality = evidence.events[iri].modality if iri in evidence.events else {}
    passages = tuple(sorted(passage for passage in told if passage in evidence.passages))
    return TimelineEvent(
        iri,
        str(row["label"]),
        str(row["kind"] or ""),
        bool(row["adverse"]),
        tuple(_dated(text, found) for text, found in sorted(dates.items())),
        passages,
        tuple(sorted({modality.get(passage, "reported") for passage in passages})),
        len({evidence.passages[passage].voice for passage in passages}),
        tuple(sorted(disputed)),
    )


def _dated(text: str, passages: set[str]) -> Dated:
    parsed = parse_date(text)
    return Dated(text, parsed.earliest, parsed.latest, tuple(sorted(passages)))


def timeline_data(timeline: Timeline) -> dict[str, Any]:
    """The timeline ready for JSON; passages are a list, events and dates give their numbers."""
    number = {iri: index for index, iri in enumerate(timeline.evidence.passages)}

    def numbers(passages: tuple[str, ...]) -> list[int]:
        return [number[iri] for iri in passages if iri in number]

    return {
        "title": timeline.title,
        "about": compress(timeline.about) if timeline.about else "",
        "passages": [vars(passage) for passage in timeline.evidence.passages.values()],
        "events": [
            {
                "id": compress(event.iri),
                "label": event.label,
                "kind": event.kind,
                "adverse": event.adverse,
                "dates": [
                    {
                        "text": dated.text,
                        "earliest": str(dated.earliest or ""),
                        "latest": str(dated.latest or ""),
                        "passages": numbers(dated.passages),
                    }
                    for dated in event.dates
                ],
                "passages": numbers(event.passages),
                "modalities": list(event.modalities),
                "publishers": event.publishers,
                "conflicts": list(event.conflicts),
            }
            for event in timeline.events
        ],
    }
