"""Putting a corpus together: canonical addresses, the quads of every passage, the merged facts and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from kg.errors import Problem
from kg.graph import iris
from kg.graph.conversion.cache import ConversionCache
from kg.graph.conversion.ontology import convert_ontology
from kg.graph.conversion.record import declared
from kg.graph.conversion.registry import convert_decisions, convert_registries
from kg.graph.inputs import hash_of_visible, hashes_of_decisions
from kg.graph.labels import labels
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.distances import distances
from kg.graph.reasoning.rules import compile_rules
from kg.graph.visibility.audience import Visible, visible_corpus
from kg.graph.visibility.redaction import Redaction, redaction
from kg.identity import Canonical, Decision, read_decisions, resolve
from kg.records import Corpus, Record
from kg.vocabulary import ID, PN, RDF, VOC, load_vocabulary, locate

Say = Callable[[str, str], None]
Derive = Callable[[set[Triple]], Iterable[Triple]]
"""What follows from facts by the rules of the ontology."""


def derive_all(facts: set[Triple]) -> Iterable[Triple]:
    """What follows from `facts`, from nothing: the way of a single build."""
    return closure(facts, compile_rules(locate("ontology")))


WITHHELD = "[withheld from this audience]"
"""Stands in place of the reasons of a decision that name somebody hidden."""


@dataclass
class Assembly:
    """The content of a store as sorted N-Quads lines, what it was made from, and the problems met on the way.

    `files` holds the hash of each record and decision table, or of what was visible of it.
    """

    lines: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    visible: Visible = field(default_factory=Visible)
    redacted: Redaction = field(default_factory=Redaction)


def assemble(
    corpus: Corpus,
    data: Path,
    audience: str,
    cache: ConversionCache,
    say: Say,
    redact: Collection[str] = (),
    derive: Derive = derive_all,
) -> Assembly:
    """Everything that a build for `audience` holds, with those who have a role of `redact` shown by it; `derive` runs the rules."""
    words = load_vocabulary()
    decisions, problems = read_decisions(data)
    visible = visible_corpus(corpus, decisions, audience)
    hashes = {file.name: hash_of_visible(file, record) for file, record in visible.records}
    kinds = _kinds([record for _, record in visible.records], corpus)
    # A decision about something this audience may not see is set aside without a word: the word would give it away.
    decisions = [_seen(decision, visible) for decision in decisions if not decision.pair & (visible.hidden | visible.withdrawn)]
    canonical = resolve(decisions, kinds)
    say("convert", f"{len(visible.records)} records")
    stated: list[Quad] = []
    for file, record in visible.records:
        stated += cache.convert(hashes[file.name] + audience, record, canonical, words)
    stated += convert_registries(corpus.registries, canonical, kinds, words)
    redacted = redaction(stated, redact)
    named = [d for d in decisions if d.subject in kinds and d.object in kinds and canonical(d.object) not in redacted.shown]
    stated += convert_decisions(named, words)
    if redacted.shown:
        stated = redacted.quads(stated)
    say("infer", f"{len(stated):,} statements")
    terms = convert_ontology(locate("ontology"), words)
    inferred = _inferred(stated, _concept_types(terms), canonical, redacted, derive)
    lines = _lines([*stated, *terms], inferred)
    problems += _unknown_labels(corpus, data, _kinds([file.record for file in corpus.files], corpus))
    return Assembly(lines, hashes | hashes_of_decisions(decisions), [*problems, *canonical.problems], visible, redacted)


def _seen(decision: Decision, visible: Visible) -> Decision:
    """The decision, without its reasons when they name somebody hidden."""
    return replace(decision, comment=WITHHELD) if visible.names.found_in(decision.comment) else decision


def _unknown_labels(corpus: Corpus, data: Path, kinds: Container[str]) -> list[Problem]:
    registry, hint = corpus.registries.labels, "was the record renamed or refused?"
    return [
        registry.problem(f"{data.name}/labels.yaml", entry.key, "of", f"no record declares id:{entry.of}", hint)
        for entry in registry.entries.values()
        if ID + entry.of not in kinds
    ]


def _kinds(records: Iterable[Record], corpus: Corpus) -> dict[str, str]:
    kinds = {iris.publisher(key): "body" for key in corpus.registries.publishers.entries}
    for record in records:
        kinds.update(declared(record))
    return kinds


def _concept_types(terms: list[Quad]) -> list[Quad]:
    """What classes concepts belong to: whether a role is an official's, for example, is part of the facts."""
    return [
        q
        for q in terms
        if q.predicate.value == RDF + "type" and isinstance(q.subject, NamedNode) and q.subject.value.startswith(VOC)
    ]


def _inferred(stated: list[Quad], concepts: list[Quad], canonical: Canonical, redacted: Redaction, derive: Derive) -> list[Quad]:
    graph = NamedNode(iris.INFERRED)
    words = load_vocabulary()
    facts = {Triple(q.subject, q.predicate, q.object) for q in [*stated, *concepts]}
    derived = [Quad(t.subject, t.predicate, t.object, graph) for t in derive(facts)]
    derived += labels(stated, words)
    derived += distances(stated)
    derived += [
        Quad(NamedNode(redacted.address(iri)), NamedNode(PN + "canonical"), NamedNode(redacted.address(to)), graph)
        for iri, to in sorted(canonical.representative.items())
        if to not in redacted.shown
    ]
    return derived


def _lines(stated: Iterable[Quad], inferred: Iterable[Quad]) -> list[str]:
    """Sorted N-Quads: every stated quad in its passage graph, derived ones in theirs, and all of them once in the default graph."""
    lines: set[str] = set()
    for quad in [*stated, *inferred]:
        triple = f"{quad.subject} {quad.predicate} {quad.object}"
        lines.add(f"{triple} {quad.graph_name} .\n")
        lines.add(f"{triple} .\n")
    return sorted(lines)
