"""Registries and identity decisions -> quads; each entry and each decision is a passage of its file."""

from __future__ import annotations

from collections.abc import Container, Iterable

from pyoxigraph import Quad

from kg.graph import iris
from kg.graph.conversion.source import describe_graph, describe_source
from kg.graph.iris import Resolve
from kg.graph.statements import Statements
from kg.identity import Decision
from kg.identity.decisions import PREDICATES, holding
from kg.records.model import Source
from kg.records.provisions import Provision
from kg.records.registry import Code, Place, PreferredLabel, Publisher, Registries, Registry
from kg.vocabulary import ID, RDFS, SKOS, XSD, Vocabulary


def convert_registries(registries: Registries, resolve: Resolve, known: Container[str], words: Vocabulary) -> list[Quad]:
    """All quads of the registries; labels of things that are not `known` to this build are left out."""
    labelled = {key: entry for key, entry in registries.labels.entries.items() if ID + entry.of in known}
    out = Statements()
    for registry in (registries.publishers, registries.places, registries.codes, Registry(registries.labels.source, labelled)):
        _registry(registry, resolve, words, out)
    return out.quads


def _registry(registry: Registry, resolve: Resolve, words: Vocabulary, out: Statements) -> None:
    source = registry.source
    if source is None:
        return
    out.open(iris.about(source.id))
    describe_source(source, out, words)
    for number, entry in enumerate(registry.entries.values(), 1):
        out.open(iris.about(source.id))
        describe_graph(source.id, entry.key, f"Entry {entry.key} of the registry.", number, out)
        out.open(iris.passage(source.id, entry.key))
        match entry:
            case Publisher():
                _publisher(entry, resolve, words, out)
            case Place():
                _place(entry, words, out)
            case Code():
                _code(entry, out)
            case PreferredLabel():
                for language, name in entry.name.items():
                    out.text(resolve(ID + entry.of), SKOS + "prefLabel", name, language)


def _publisher(entry: Publisher, resolve: Resolve, words: Vocabulary, out: Statements) -> None:
    iri = resolve(iris.publisher(entry.key))
    kind = words.concepts["body-kind"].get(entry.kind)
    out.type(iri, "Publisher")
    out.type(iri, (kind.instance_class if kind else None) or "Organization")
    out.link(iri, "bodyKind", kind.iri if kind else None)
    out.text(iri, "name", entry.name)
    out.texts(iri, "otherName", entry.other_names)
    out.typed(iri, "url", entry.url, XSD + "anyURI")
    out.link(iri, "voice", resolve(iris.publisher(entry.voice or entry.key)))
    out.link(iri, "locatedIn", iris.place(entry.country) if entry.country else None)
    out.text(iri, "note", entry.note)


def _place(entry: Place, words: Vocabulary, out: Statements) -> None:
    iri = iris.place(entry.key)
    kind = words.concepts["place-kind"].get(entry.kind)
    out.type(iri, "Place")
    out.link(iri, "placeKind", kind.iri if kind else None)
    for language, name in entry.name.items():
        out.text(iri, RDFS + "label", name, language)
    out.texts(iri, "otherName", entry.other_names)
    out.link(iri, "within", iris.place(entry.within) if entry.within else None)
    out.number(iri, "latitude", entry.lat)
    out.number(iri, "longitude", entry.lon)
    out.text(iri, "geonamesId", str(entry.geonames) if entry.geonames else None)
    out.text(iri, "note", entry.note)


def _code(entry: Code, out: Statements) -> None:
    iri = iris.provision(Provision(entry.key))
    out.type(iri, "LegalCode")
    for language, name in entry.name.items():
        out.text(iri, RDFS + "label", name, language)
    out.link(iri, "jurisdiction", iris.place(entry.jurisdiction) if entry.jurisdiction else None)
    out.typed(iri, "url", entry.url, XSD + "anyURI")
    out.text(iri, "note", entry.note)


def convert_decisions(decisions: Iterable[Decision], words: Vocabulary) -> list[Quad]:
    """All quads of the identity decisions: what was decided, by whom, when and why, each in a graph of its own."""
    out = Statements()
    described: set[str] = set()
    decisions = list(decisions)
    held = holding(decisions)
    for decision in decisions:
        table = decision.file.rsplit("/", 1)[-1].removesuffix(".sssom.tsv")
        source_id = f"decisions-{table}"
        out.open(iris.about(source_id))
        if source_id not in described:
            described.add(source_id)
            describe_source(_log(source_id, decision.file), out, words)
        passage_id = _row_name(decision)
        describe_graph(source_id, passage_id, decision.comment, decision.line, out)
        iri = iris.passage(source_id, passage_id)
        out.type(iri, "Decision")
        out.text(iri, "locator", f"line {decision.line}")
        out.text(iri, "decisionAuthor", decision.author)
        out.typed(iri, "decisionDate", decision.date, XSD + "date")
        out.text(iri, "justification", decision.justification)
        out.open(iri)
        if held[decision.pair].verdict is decision.verdict:  # one that was taken back or overruled stands, but states nothing
            out.link(decision.subject, PREDICATES[decision.verdict], decision.object)
    return out.quads


def _row_name(decision: Decision) -> str:
    return f"line-{decision.line}"


def _log(source_id: str, file: str) -> Source:
    return Source.model_validate(
        {"id": source_id, "publisher": "project", "title": f"Identity decisions: {file}", "language": "en", "locator": file}
    )
