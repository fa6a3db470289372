"""RDF files -> the passages of a record.

The file goes into a store on disk as it is, blank nodes named; alignments and rules translate it, graph by graph, into a second
store; then each subject of each graph becomes a passage. Memory grows with the blank nodes alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.errors import RecordError
from kg.ingest.ftm.mapping import LeftOut
from kg.ingest.located import checked_passage
from kg.ingest.rdf.alignment import read_alignments
from kg.ingest.rdf.blank_nodes import named, touches
from kg.ingest.rdf.facts import FactWriter
from kg.ingest.rdf.rules import apply, graphs_of, read_rules
from kg.ingest.rdf.statements import read_quads
from kg.ingest.rdf.things import Kind, Things, key_of
from kg.ingest.safety import fail
from kg.records import Registries
from kg.records.document import Document
from kg.records.model import Passage
from kg.vocabulary import BASE, PN, RDF, compress

Say = Callable[[str], None]
BATCH = 20_000
"""Quads handed to the store at a time."""
MAX_SUMMARY = 20_000
"""Longest summary of a passage, in characters."""


@dataclass
class RdfReader:
    """The passages that RDF files make; after reading, `left_out` says what had no place, by kind and count."""

    paths: Sequence[Path]
    registries: Registries
    source_id: str
    rules: Sequence[Path] = ()
    alignments: Sequence[Path] = ()
    left_out: LeftOut = field(default_factory=LeftOut)

    def passages(self, say: Say | None = None) -> Iterator[Passage]:
        """Each passage: subjects that say what they are called first. Raises RecordError where a file cannot be read on."""
        tell = say or (lambda detail: None)
        with tempfile.TemporaryDirectory(prefix="kg-rdf-") as folder:
            raw, translated = Store(str(Path(folder, "raw"))), Store(str(Path(folder, "translated")))
            _extend(raw, self._quads(tell))
            tell("translate")
            _extend(translated, self._translated(raw))
            yield from self._passages(translated, tell)

    def _quads(self, tell: Say) -> Iterator[Quad]:
        base = f"{BASE}import/{self.source_id}/"
        for path in self.paths:
            held: list[Quad] = []
            count = -1
            for count, quad in enumerate(read_quads(path, base)):
                if count % BATCH == 0:
                    tell(f"{path.name}: {count:,} statements")
                if touches(quad):
                    held.append(quad)
                else:
                    yield quad
            if count < 0:
                raise fail(path.name, "there is no statement in it", "is this the right file?")
            yield from named(held, base)

    def _translated(self, raw: Store) -> Iterator[Quad]:
        alignment = read_alignments(self.alignments)
        rules = read_rules(self.rules)
        ruled = " ".join(rule.query for rule in rules)
        for graph in graphs_of(raw):
            for quad in raw.quads_for_pattern(None, None, None, graph):
                term = quad.predicate.value
                if term == RDF + "type" and isinstance(quad.object, NamedNode):
                    target = quad.object.value
                    ours = target if target.startswith(PN) else alignment.terms.get(target)
                    if ours:
                        yield Quad(quad.subject, quad.predicate, NamedNode(ours), graph)
                    else:
                        self._untranslated(target, alignment.doubtful, ruled)
                elif term.startswith(PN):
                    yield quad
                elif term in alignment.terms:
                    yield Quad(quad.subject, NamedNode(alignment.terms[term]), quad.object, graph)
                else:
                    self._untranslated(term, alignment.doubtful, ruled)
            yield from apply(rules, raw, graph)

    def _untranslated(self, term: str, doubtful: dict[str, tuple[str, ...]], ruled: str) -> None:
        local = compress(term)
        if f"<{term}>" in ruled or f":{term.rpartition('/')[2].rpartition('#')[2]}" in ruled:
            return  # a rule speaks of it
        if term in doubtful:
            self.left_out[local, f"may be {' or '.join(map(compress, doubtful[term]))}: a rule can say which"] += 1
        else:
            self.left_out[local, "no alignment and no rule says what it is"] += 1

    def _passages(self, store: Store, tell: Say) -> Iterator[Passage]:
        things = Things(store)
        writer = FactWriter(things, self.registries, self.left_out)
        graphs = graphs_of(store)
        for wanted in (True, False):
            for graph in graphs:
                for at, (subject, group) in enumerate(groupby(_of_graph(store, graph), key=_subject)):
                    if at % 1000 == 0:
                        tell(f"{compress(_name(graph))}: subject {at:,}")
                    quads = sorted(group, key=str)
                    if _declares(things.kind(subject), quads) is not wanted:
                        continue
                    facts = writer.facts(subject, quads)
                    if facts:
                        yield self._passage(subject, graph, quads, facts)

    def _passage(self, subject: str, graph: NamedNode | DefaultGraph, quads: list[Quad], facts: list[dict[str, Any]]) -> Passage:
        files = ", ".join(path.name for path in self.paths)
        place = f"{files}, subject <{subject}>" + ("" if isinstance(graph, DefaultGraph) else f", graph <{graph.value}>")
        mark = "" if isinstance(graph, DefaultGraph) else f"-in-{blake2b(graph.value.encode(), digest_size=4).hexdigest()}"
        said = "; ".join(f"{compress(quad.predicate.value)} {_shown(quad.object)}" for quad in quads)
        value = {"id": f"{key_of(subject)}{mark}", "locator": place, "summary": said[:MAX_SUMMARY], "facts": facts}
        document = Document(files)
        passage = checked_passage(value, document, ())
        if document.problems:
            raise RecordError(document.problems)
        return passage


def _extend(store: Store, quads: Iterable[Quad]) -> None:
    batch: list[Quad] = []
    for quad in quads:
        batch.append(quad)
        if len(batch) >= BATCH:
            store.bulk_extend(batch)
            batch.clear()
    store.bulk_extend(batch)


def _of_graph(store: Store, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """The quads of a graph, those of a subject one after the other, as the store's index has them."""
    return (quad for quad in store.quads_for_pattern(None, None, None, graph) if isinstance(quad.subject, NamedNode))


def _subject(quad: Quad) -> str:
    return str(quad.subject).strip("<>")


def _declares(kind: Kind | None, quads: list[Quad]) -> bool:
    """Whether a graph says of a subject what a record has to say first: the name of people and bodies, the type of the rest."""
    wanted = (PN + "name", PN + "label") if kind and kind.fact in ("person", "body") else (RDF + "type",)
    return any(quad.predicate.value in wanted for quad in quads)


def _name(graph: NamedNode | DefaultGraph) -> str:
    return "default graph" if isinstance(graph, DefaultGraph) else graph.value


def _shown(term: Any) -> str:
    return compress(term.value) if isinstance(term, NamedNode) else f"“{term.value}”"
