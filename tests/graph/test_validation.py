"""The engine finds what pySHACL finds; every shape objects to what it is made for, and to nothing that is merely imprecise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Store

import kg
from kg.errors import VocabularyError
from kg.graph.shapes import Finding, Severity, read_shapes, validate, validate_by_pyshacl, worst
from kg.graph.shapes.findings import SH
from kg.graph.shapes.reading import parse_shapes, shapes_file
from kg.graph.shapes.reference import merged_facts, run_pyshacl
from kg.vocabulary import ID, PN
from tests.conftest import ROOT
from tests.graph.impossible import IMPOSSIBLE, SOUND
from tests.ontology.ontology_files import FOLDER, PREFIXES

SHAPES = read_shapes()


class InMemory:
    """A few facts as a store to ask."""

    def __init__(self, turtle: str) -> None:
        self.name = "memory"
        self.store = Store()
        prefixes = "@prefix place-kind: <https://w3id.org/persecution-networks/vocabulary/place-kind/> .\n"
        prefixes += "@prefix penalty-kind: <https://w3id.org/persecution-networks/vocabulary/penalty-kind/> .\n"
        self.store.load((PREFIXES + prefixes + turtle).encode(), RdfFormat.TURTLE)
        self.store.load((FOLDER / "pn.ttl").read_bytes(), RdfFormat.TURTLE)

    def query(self, text: str):  # type: ignore[no-untyped-def]
        return self.store.query(text)


def names(findings: list[Finding]) -> set[str]:
    by_iri = {shape.iri: shape.name for shape in SHAPES}
    return {by_iri[finding.shape] for finding in findings}


def renamed(name: str, turtle: str) -> str:
    """The facts with people and events of their own, so that many examples fit into one graph."""
    return turtle.replace("id:", f"id:{name}-")


def test_every_shape_has_an_example_that_it_objects_to() -> None:
    assert {shape.name for shape in SHAPES} == set(IMPOSSIBLE)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_is_found(name: str) -> None:
    assert name in names(validate(InMemory(IMPOSSIBLE[name]), SHAPES))


@pytest.mark.parametrize("name", SOUND)
def test_what_is_possible_or_only_imprecise_is_left_alone(name: str) -> None:
    assert worst(validate(InMemory(SOUND[name]), SHAPES)) in (None, Severity.info)


def test_each_constraint_of_every_shape_fails_for_some_example() -> None:
    everything = InMemory("\n".join(renamed(name, turtle) for name, turtle in IMPOSSIBLE.items()))
    failed = {(finding.shape, finding.component) for finding in validate(everything, SHAPES)}
    assert {shape.iri for shape in SHAPES} - {shape for shape, _ in failed} == set()


def test_the_engine_finds_what_pyshacl_finds_in_a_graph_of_mistakes() -> None:
    """Focus node, shape, component, value and severity of every result, in all examples together, the sound ones too."""
    numbered = {f"sound{number}": turtle for number, turtle in enumerate(SOUND.values())}
    bad = InMemory("\n".join(renamed(name, turtle) for name, turtle in {**IMPOSSIBLE, **numbered}.items()))
    ours, reference = validate(bad, SHAPES), validate_by_pyshacl(bad)
    assert len(ours) > len(IMPOSSIBLE)
    assert set(ours) == set(reference)


@pytest.mark.slow
def test_the_engine_finds_what_pyshacl_finds_in_the_shipped_corpus(tmp_path: Path) -> None:
    kg.build(ROOT / "data", tmp_path)
    backend = kg.open(tmp_path).graph.backend
    ours = validate(backend, SHAPES)
    assert len(ours) > 100
    assert set(ours) == set(run_pyshacl(merged_facts(backend), parse_shapes(shapes_file())))


HEAD = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix pn: <{PN}> . @prefix id: <{ID}> .
"""
CORE = "id:S a sh:NodeShape ; TARGET ; sh:property id:P . id:P a sh:PropertyShape ; sh:path PATH ; CONSTRAINT ."

FACTS = """
id:a a pn:Death ; pn:value 1 , 2 ; pn:name "Anna" , "b"@en ; pn:judge id:b , id:c ; pn:lawyer id:c .
id:a pn:until "2020-01-01"^^xsd:date .
id:b a pn:Event ; pn:value 2.5 ; pn:name "x1" ; pn:judge "text" ; pn:until "2019-01-01"^^xsd:date ; pn:date "2019-06-01"^^xsd:date .
id:c a pn:Person ; pn:value "one" ; pn:judge id:a ; pn:date "soon"^^xsd:date . id:d a pn:Sentence ; pn:date "2020-01-01"^^xsd:date .
"""
TARGETS = (
    "sh:targetClass pn:Event",
    "sh:targetNode id:a , id:nowhere",
    "sh:targetSubjectsOf pn:judge",
    "sh:targetObjectsOf pn:judge",
    "sh:targetClass pn:Death , pn:Person",
)
CONSTRAINTS = (
    *(("pn:name", f"sh:{rest}") for rest in ("minCount 1", "minCount 2", "pattern '^[a-z]+$'", "pattern '^a' ; sh:flags 'i'")),
    *(("pn:name", f"sh:{rest}") for rest in ("minLength 2", "maxLength 2", "in ( 'Anna' 'x1' )")),
    *(("pn:value", f"sh:{rest} 2") for rest in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
    *(("pn:value", f"sh:{rest}") for rest in ("maxCount 1", "datatype xsd:integer")),
    *(("pn:judge", f"sh:{rest}") for rest in ("nodeKind sh:IRI", "nodeKind sh:Literal", "class pn:Event", "disjoint pn:lawyer")),
    ("pn:date", "sh:datatype xsd:date"),
    ("pn:until", "sh:lessThan pn:date"),
    ("pn:date", "sh:lessThanOrEquals pn:until"),
    ("[ sh:inversePath pn:judge ]", "sh:maxCount 0"),
    ("( pn:judge pn:name )", "sh:minCount 1"),
    ("[ sh:alternativePath ( pn:judge pn:lawyer ) ]", "sh:maxCount 1"),
    ("[ sh:zeroOrMorePath pn:judge ]", "sh:nodeKind sh:IRI"),
    ("[ sh:zeroOrMorePath pn:judge ]", "sh:minCount 2"),
    ("[ sh:oneOrMorePath pn:judge ]", "sh:class pn:Person"),
    ("[ sh:zeroOrOnePath pn:judge ]", "sh:class pn:Event"),
    ("[ sh:zeroOrOnePath pn:judge ]", "sh:maxCount 1"),
)


@pytest.mark.parametrize("target", TARGETS)
def test_each_constraint_component_means_what_it_means_in_pyshacl(target: str, tmp_path: Path) -> None:
    """Every target, path and component that the engine runs, on mixed values: numbers, texts, addresses, malformed dates."""
    shapes = [
        re.sub(r"\bid:([SP])\b", rf"id:\g<1>{number}", CORE.replace("PATH", path).replace("CONSTRAINT", constraint))
        for number, (path, constraint) in enumerate(CONSTRAINTS)
    ]
    file = tmp_path / "shapes.ttl"
    file.write_text(HEAD + "\n".join(shapes).replace("TARGET", target), encoding="utf-8")
    backend = InMemory(FACTS)
    ours, reference = set(validate(backend, read_shapes(file))), set(validate_by_pyshacl(backend, file))
    assert {finding: CONSTRAINTS[int(finding.shape.rsplit("/P", 1)[1])] for finding in ours ^ reference} == {}
    assert len({finding.shape for finding in ours}) > 5


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("sh:hasValue id:x", "sh:hasValue"),
        ("sh:or ( [ sh:class pn:Event ] )", "sh:or"),
        ("sh:minCount 1 ; sh:severity sh:Grave", "sh:Violation, sh:Warning or sh:Info"),
        ("sh:property [ sh:path pn:name ; sh:minCount 1 ]", "target of its own"),
    ],
)
def test_what_the_engine_cannot_run_is_refused_by_name(constraint: str, said: str, tmp_path: Path) -> None:
    """A check that is silently not made would look like a clean graph."""
    file = tmp_path / "shapes.ttl"
    text = CORE.replace("TARGET", "sh:targetClass pn:Event").replace("PATH", "pn:name").replace("CONSTRAINT", constraint)
    file.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=said):
        read_shapes(file)


def test_shapes_that_are_no_turtle_are_told_and_rdflib_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(VocabularyError, match="not valid Turtle"):
        validate_by_pyshacl(InMemory(""), file)
    assert rdflib.Literal("1", datatype=rdflib.XSD.boolean).value is True


def test_every_shape_says_what_it_is_for() -> None:
    graph = parse_shapes(shapes_file())
    for shape in SHAPES:
        assert shape.label, shape.iri
        assert shape.reason.endswith("."), shape.iri
        assert shape.message or all(constraint.message for constraint in shape.constraints), shape.iri
        assert (rdflib.URIRef(shape.iri), rdflib.URIRef(SH + "severity"), rdflib.URIRef(shape.severity.iri)) in graph, shape.iri


def test_shapes_speak_of_declared_terms_only() -> None:
    """A slip in a property's name would make a shape that never objects."""
    known = {quad.subject.value for quad in InMemory("").store if isinstance(quad.subject, NamedNode)}
    text = shapes_file().read_text(encoding="utf-8")
    assert {PN + name for name in re.findall(r"\bpn:([A-Za-z]+)", text)} - known == set()


def test_severities_are_ordered_from_the_gravest() -> None:
    assert Severity.violation.at_least(Severity.warning)
    assert not Severity.info.at_least(Severity.warning)
    assert worst([]) is None
