"""The history of one thing: what was added, changed and withdrawn about it, by which record or decision, since which build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.errors import StoreError
from kg.graph.facts import labels, rows
from kg.graph.graph import Graph
from kg.graph.history.diff import ADDED, CHANGED, WITHDRAWN, Change, changes_of
from kg.graph.history.journal import Entry, read_journal
from kg.graph.history.journal_index import JournalIndex
from kg.graph.iris import INFERRED
from kg.vocabulary import ID, PN, compress

Naming = Callable[[Iterable[str]], Mapping[str, str]]
"""Gives names for addresses, as far as they have one."""
_PARTS = {PN + name for name in ("penalized", "charged", "relationOf", "relationTo")}
_DECISIONS = """SELECT DISTINCT ?one ?predicate ?other ?author ?date ?why WHERE {
  ?row a pn:Decision ; pn:decisionAuthor ?author ; pn:decisionDate ?date ; pn:summary ?why . GRAPH ?row { ?one ?predicate ?other }
  VALUES ?x { $VALUES } FILTER(?one = ?x || ?other = ?x) } ORDER BY ?date ?one ?other"""


@dataclass(frozen=True)
class Decided:
    """An identity decision about the thing."""

    one: str
    same: bool
    other: str
    author: str
    date: str
    why: str

    def __str__(self) -> str:
        relation = "is" if self.same else "is not"
        return f"{self.date}  {compress(self.one)} {relation} {compress(self.other)}: {self.why} ({self.author})"


@dataclass(frozen=True)
class Step:
    """What one build changed about the thing."""

    build: str
    on: str
    changes: tuple[Change, ...]
    merged: tuple[tuple[str, str], ...]
    parted: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        lines = [f"{self.on}  build {self.build}"]
        lines += [f"  {compress(one)} is now {compress(other)}" for one, other in self.merged]
        lines += [f"  {compress(one)} is no longer {compress(other)}" for one, other in self.parted]
        return "\n".join([*lines, *(f"{change}  [{change.record}]" for change in self.changes)])


@dataclass(frozen=True)
class History:
    """Steps, oldest first; `standing` counts the statements that stand, by record and the build since which they do ("" for
    before the journal begins); decisions by date."""

    entity: str
    label: str
    standing: dict[tuple[str, str], int]
    steps: tuple[Step, ...]
    decisions: tuple[Decided, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything about it, for other programs."""
        told = [{"record": record, "since": since, "statements": count} for (record, since), count in self.standing.items()]
        return {
            "entity": self.entity,
            "label": self.label,
            "standing": told,
            "steps": [asdict(step) for step in self.steps],
            "decisions": [asdict(decision) for decision in self.decisions],
        }

    def __str__(self) -> str:
        lines = [f"{self.label}  <{compress(self.entity)}>", "", "What stands, by record:"]
        for (record, since), count in self.standing.items():
            plural = "" if count == 1 else "s"
            lines.append(
                f"  {record}: {count} statement{plural}, since {f'build {since}' if since else 'before this history begins'}"
            )
        if self.steps:
            lines += ["", *(str(step) for step in self.steps)]
        if self.decisions:
            lines += ["", "Identity decisions:", *(f"  {decision}" for decision in self.decisions)]
        return "\n".join(lines)


def history(graph: Graph, entity: str, journal: JournalIndex | None = None, name: Naming | None = None) -> History:
    """The history of the thing that answers to a name or an address, under every address it had.

    `journal` is that of the build, where it has been read already; `name` gives labels, English ones when left out. Raises
    NotFoundError for a name, StoreError for an endpoint, which keeps no history.
    """
    if graph.tables is None:
        raise StoreError("an endpoint keeps no history: ask the folder of builds it was filled from")
    match = graph.resolve(entity)
    journal = journal or JournalIndex(read_journal(graph.tables.parent))
    own = {match.iri} | {row["a"].value for row in rows(graph, f"SELECT ?a WHERE {{ ?a pn:canonical <{match.iri}> }}")}
    now = _standing(graph, own)
    first = [quad for _, gone, come in journal.about(own) for quad in _quads((*gone, *come))]
    parts = _parts(own, [*now, *first])
    told = [
        (entry, _about(_quads(gone), own, parts), _about(_quads(come), own, parts))
        for entry, gone, come in journal.about(own | parts)
    ]
    terms = {term for _, gone, come in told for q in (*gone, *come) for term in (q.subject, q.predicate, q.object)}
    names = (name or partial(_english, graph))({term.value for term in terms if isinstance(term, NamedNode)})
    steps = [_step(entry, gone, come, own, names) for entry, gone, come in told]
    since = {str(quad): entry.digest for entry, _, come in told for quad in come}
    counts = Counter((_record(quad), since.get(str(quad), "")) for quad in now)
    decisions = tuple(_decisions(graph, own))
    kept = tuple(step for step in steps if step.changes or step.merged or step.parted)
    return History(match.iri, match.label, dict(sorted(counts.items())), kept, decisions)


def _english(graph: Graph, addresses: Iterable[str]) -> dict[str, str]:
    return {node.value: label for node, label in labels(graph, map(NamedNode, addresses)).items()}


_STANDING = """SELECT DISTINCT ?s ?p ?o ?g WHERE {
  { VALUES ?s { $VALUES } GRAPH ?g { ?s ?p ?o } } UNION { VALUES ?o { $VALUES } GRAPH ?g { ?s ?p ?o } }
  UNION { VALUES ?x { $VALUES } ?s $PARTS ?x . GRAPH ?g { ?s ?p ?o } }
  UNION { VALUES ?x { $VALUES } ?x pn:hasTenure|pn:hasPenalty|pn:hasRequestedPenalty|pn:hasCharge ?s . GRAPH ?g { ?s ?p ?o } }
  FILTER(?g != <$INFERRED>) }""".replace("$PARTS", "|".join(f"<{iri}>" for iri in sorted(_PARTS))).replace("$INFERRED", INFERRED)


def _standing(graph: Graph, own: set[str]) -> list[Quad]:
    query = _STANDING.replace("$VALUES", " ".join(f"<{iri}>" for iri in sorted(own)))
    found = {Quad(*(row[name] for name in "spog")) for row in rows(graph, query)}  # type: ignore[arg-type]
    return [quad for quad in found if f"{ID}source/decisions-" not in str(quad.graph_name)]


def _quads(lines: Iterable[str]) -> list[Quad]:
    quads = parse("\n".join(lines).encode(), RdfFormat.N_QUADS)
    return [quad for quad in quads if f"{ID}source/decisions-" not in str(quad.graph_name)]


def _parts(own: set[str], quads: Iterable[Quad]) -> set[str]:
    """What exists only within the thing, or concerns it alone: penalties, charges, posts, relationships."""
    return {
        str(quad.subject).strip("<>")
        for quad in quads
        if quad.predicate.value in _PARTS and isinstance(quad.object, NamedNode) and quad.object.value in own
    }


def _about(quads: Iterable[Quad], own: set[str], parts: set[str]) -> list[Quad]:
    return [quad for quad in quads if _concerns(quad, own, parts)]


def _concerns(quad: Quad, own: set[str], parts: set[str]) -> bool:
    subject = str(quad.subject).strip("<>")
    value = quad.object.value if isinstance(quad.object, NamedNode) else ""
    return subject in own or value in own or subject in parts or any(subject.startswith(iri + "/") for iri in own)


def _step(entry: Entry, gone: list[Quad], come: list[Quad], own: set[str], names: Mapping[str, str]) -> Step:
    changes = tuple(changes_of(gone, come, names))
    merged, parted = (tuple(pair for pair in pairs if own.intersection(pair)) for pairs in (entry.merged, entry.parted))
    return Step(entry.digest, entry.on, changes, merged, parted)


def _record(quad: Quad) -> str:
    return str(quad.graph_name).strip("<>").removeprefix(f"{ID}source/").partition("/")[0]


def _decisions(graph: Graph, own: set[str]) -> Iterable[Decided]:
    values = " ".join(f"<{iri}>" for iri in sorted(own))
    for row in rows(graph, _DECISIONS.replace("$VALUES", values)):
        told = [row[name].value for name in ("one", "predicate", "other", "author", "date", "why")]
        yield Decided(told[0], told[1].endswith("sameAs"), *told[2:])


__all__ = ["ADDED", "CHANGED", "WITHDRAWN", "Decided", "History", "Step", "history"]
