"""The links that networks are made of: one row for each official, person or body in each event, with who states it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.graph import Graph
from kg.vocabulary import PN, RDFS, load_vocabulary


@dataclass(frozen=True)
class Link:
    """`who` had `role` in `event`, as `passage` of `publisher` (whose independent voice is `voice`) states.

    `role` is a key such as presiding-judge, or `body` when `who` is the acting body. `earliest` and `latest` are ISO 8601
    days or empty. `adverse` says whether the event went against the person concerned. `modality` is reported, alleged,
    charged, found or denied: how the passage puts the event forward.
    """

    event: str
    who: str
    role: str
    passage: str
    voice: str
    earliest: str
    latest: str
    adverse: bool
    modality: str = "reported"


@dataclass(frozen=True)
class Links:
    """All links of a graph and what they hang on.

    `cases` gives the cases of each event, `case_statements` every (event, case, passage) in which a passage says so,
    `labels` a name per IRI.
    """

    rows: tuple[Link, ...]
    cases: dict[str, frozenset[str]]
    case_statements: frozenset[tuple[str, str, str]]
    labels: dict[str, str]

    def by_event(self) -> dict[str, list[Link]]:
        """Links grouped by event."""
        grouped: dict[str, list[Link]] = defaultdict(list)
        for link in self.rows:
            grouped[link.event].append(link)
        return grouped


_PREFIXES = f"PREFIX pn: <{PN}> PREFIX rdfs: <{RDFS}>\n"
_MODALITIES = (
    _PREFIXES + "SELECT ?event ?passage ?modality WHERE { GRAPH ?passage { ?event pn:modality ?modality } ?event a pn:Event }"
)
_LABELS = _PREFIXES + """SELECT ?thing ?label WHERE { ?thing rdfs:label ?label FILTER(LANG(?label) IN ("", "en")) }"""


def read_links(graph: Graph) -> Links:
    """Read every role and body link of `graph`, from the link tables of its build where there are some."""
    roles = {role.iri: role.key for role in load_vocabulary().roles.values()} | {PN + "body": "body"}
    events = {str(row["event"]): row for row in graph.select("event-span")}
    told = {(str(r["event"]), str(r["passage"])): str(r["modality"]).rsplit("/", 1)[-1] for r in graph.select(_MODALITIES)}
    rows = []
    for row in graph.select("role-links"):
        role, event = roles.get(str(row["role"])), events.get(str(row["event"]))
        if role is not None and event is not None:
            rows.append(
                Link(
                    str(row["event"]),
                    str(row["who"]),
                    role,
                    str(row["passage"]),
                    str(row["voice"]),
                    str(event["earliest"] or ""),
                    str(event["latest"] or ""),
                    bool(event["adverse"]),
                    told.get((str(row["event"]), str(row["passage"])), "reported"),
                )
            )
    statements = frozenset((str(r["event"]), str(r["case"]), str(r["passage"])) for r in graph.select("event-cases"))
    cases: dict[str, set[str]] = defaultdict(set)
    for in_event, case, _ in statements:
        cases[in_event].add(case)
    labels = {str(row["thing"]): str(row["label"]) for row in graph.select(_LABELS)}
    ordered = sorted(set(rows), key=lambda r: (r.event, r.role, r.who, r.passage))
    return Links(tuple(ordered), {event: frozenset(found) for event, found in cases.items()}, statements, labels)
