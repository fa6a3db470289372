"""Validation: every shape on the shipped corpus, beside pySHACL, and on an invented world of about a million triples."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

import kg
from benchmarks.measured import Measured, best
from benchmarks.reasoning import world
from kg.graph.backend import EmbeddedStore
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.rules import compile_rules
from kg.graph.shapes import read_shapes, validate
from kg.graph.shapes.reading import parse_shapes, shapes_file
from kg.graph.shapes.reference import merged_facts, run_pyshacl
from kg.vocabulary import ID, PN, RDF, XSD, locate

INDIVIDUALS = 120_000


def run() -> Iterator[Measured]:
    """Both engines on the shipped corpus, facts already in each one's memory or store; ours on a million triples on disk."""
    shapes = read_shapes()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        kg.build(Path("data"), folder / "shipped")
        backend = kg.open(folder / "shipped").graph.backend
        facts, graph = merged_facts(backend), parse_shapes(shapes_file())
        found: dict[str, int] = {}
        (ours,) = best(lambda: found.update(ours=len(validate(backend, shapes))))
        (peer,) = best(lambda: found.update(peer=len(run_pyshacl(facts, graph))), runs=1)
        same = "the same" if found["ours"] == found["peer"] else f"pySHACL {found['peer']}"
        what = f"validating the shipped corpus ({len(facts):,} triples, {found['ours']} findings, {same})"
        yield Measured(what, ours, "pySHACL", peer)
        size = _write(folder / "world", INDIVIDUALS)
        large = EmbeddedStore(folder / "world")
        (ours,) = best(lambda: found.update(ours=len(validate(large, shapes))), runs=1)
        yield Measured(f"validating an invented world ({size:,} triples, {found['ours']:,} findings)", ours, bar="60 s")


def _write(folder: Path, individuals: int) -> int:
    """The world with lives and arrests, and all that follows from it, as a store; how many triples it holds."""
    facts = list(dict.fromkeys((*world(individuals), *_lives(individuals))))
    triples = {*facts, *closure(facts, compile_rules(locate("ontology")))}
    ontology = parse((locate("ontology") / "pn.ttl").read_bytes(), RdfFormat.TURTLE)
    store = Store(str(folder))
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    store.bulk_extend(quad for quad in ontology if isinstance(quad.subject, NamedNode))
    store.flush()
    return len(store)


def _lives(individuals: int, seed: int = 2) -> Iterator[Triple]:
    """Births, arrests, deaths and dates of events, some of them impossible, for the people of the world."""
    chance = random.Random(seed)
    for number in range(individuals * 10 // 104):
        case, accused = f"case/{number}", f"accused/{number}/0"
        arrest = f"{case}/arrest"
        yield _text(accused, "bornOn", str(chance.randint(1940, 2016)), "gYear")
        yield Triple(NamedNode(ID + arrest), NamedNode(RDF + "type"), NamedNode(PN + "Detention"))
        yield _link(arrest, "detainee", accused)
        yield _link(arrest, "inCase", case)
        yield from _dated(arrest, 2012 + chance.randint(0, 10))
        for index in range(3):
            yield _text(f"{case}/event/{index}", "date", f"{2014 + number % 12}-06-15", "date")
        yield _link(f"{case}/event/2", "reviews", f"{case}/event/{index - 1}")
        yield _text(f"{case}/penalty", "years", str(chance.randint(1, 60)), "decimal")
        if number % 50 == 0:
            yield Triple(NamedNode(ID + f"{case}/death"), NamedNode(RDF + "type"), NamedNode(PN + "Death"))
            yield _link(f"{case}/death", "deceased", accused)
            yield from _dated(f"{case}/death", 2015 + chance.randint(0, 10))


def _dated(event: str, year: int) -> Iterator[Triple]:
    for term in ("date", "earliest", "latest"):
        yield _text(event, term, f"{year}-03-04", "date")


def _link(subject: str, term: str, target: str) -> Triple:
    return Triple(NamedNode(ID + subject), NamedNode(PN + term), NamedNode(ID + target))


def _text(subject: str, term: str, value: str, datatype: str) -> Triple:
    return Triple(NamedNode(ID + subject), NamedNode(PN + term), Literal(value, datatype=NamedNode(XSD + datatype)))
