"""The files can be read by the tools people use, each file stands on its own, and the shipped facts fit them."""

from __future__ import annotations

import io
import re

import owlready2
import pytest
from pyoxigraph import RdfFormat, Store, Triple
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection

from kg.graph.conversion.record import convert
from kg.graph.conversion.registry import convert_registries
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.rules import compile_rules
from kg.records import read_corpus
from kg.vocabulary import load_vocabulary
from tests.conftest import ROOT
from tests.ontology.ontology_files import FOLDER, NAMES, PN, ontology, ontology_store

FILES = sorted(path.name for path in FOLDER.glob("*.ttl"))


def test_the_folder_holds_what_the_readme_says() -> None:
    """Somebody who opens the folder finds every file explained."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in [*FILES, "checks", "LICENSE.md"]:
        assert f"`{name}" in readme, name


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_read_by_rdflib_and_pyoxigraph_alike(name: str) -> None:
    """Two parsers that agree on the number of statements have read the same file."""
    store = Store()
    store.load((FOLDER / name).read_bytes(), RdfFormat.TURTLE)
    assert len(Graph().parse(FOLDER / name, format="turtle")) == len(store) > 0


@pytest.mark.parametrize("name", NAMES)
def test_each_file_names_itself_and_its_licence(name: str) -> None:
    """A file that travels alone still says what it is, which version, and that it may be reused."""
    graph = Graph().parse(FOLDER / name, format="turtle")
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(graph.value(header, OWL.versionIRI)).endswith(str(graph.value(header, OWL.versionInfo)))
    assert graph.value(header, URIRef("http://purl.org/dc/terms/license")) == URIRef("https://creativecommons.org/licenses/by/4.0/")


def test_owlready2_sees_the_classes_and_properties() -> None:
    """Who works with Python classes gets the same hierarchy."""
    world = owlready2.World()
    nt = ontology("pn.ttl", "vocabularies.ttl").serialize(format="nt").encode()
    pn = world.get_ontology("https://w3id.org/persecution-networks/ontology").load(fileobj=io.BytesIO(nt), format="ntriples")
    terms = pn.get_namespace(PN)
    assert terms.StateCourt in world.classes()
    assert terms.Event in terms.AccountabilityCharge.ancestors()
    assert terms.participant in terms.presidingJudge.ancestors()
    assert terms.judge.inverse_property is terms.judgeIn


def test_terms_are_sorted_under_their_headings() -> None:
    """An editor finds a term of pn.ttl by its name and a reviewer sees a small difference when one is added."""
    text = (FOLDER / "pn.ttl").read_text(encoding="utf-8")
    for section in re.split(r"^#{10,}", text, flags=re.MULTILINE)[2:]:
        names = re.findall(r"^pn:(\w+) a ", section, re.MULTILINE)
        assert names == sorted(names, key=str.lower), section.splitlines()[0]


def test_the_shipped_corpus_contradicts_no_disjointness() -> None:
    """No person of the corpus is also a court, no event both adverse and favourable: said by records or concluded from them."""
    words = load_vocabulary()
    corpus = read_corpus(ROOT / "data")
    quads = convert_registries(corpus.registries, lambda iri: iri, set(), words)
    for file in corpus.files:
        quads += convert(file.record, lambda iri: iri, words)
    facts = {Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    facts |= {
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in ontology_store("vocabularies.ttl")
        if quad.predicate.value == str(RDF.type) and "/vocabulary/" in str(quad.subject)
    }
    types: dict[str, set[str]] = {}
    for triple in [*facts, *closure(facts, compile_rules(FOLDER))]:
        if triple.predicate.value == str(RDF.type):
            types.setdefault(str(triple.subject), set()).add(str(triple.object).strip("<>"))
    apart = _disjoint_pairs(ontology("pn.ttl"))
    assert len(apart) > 100
    wrong = {(name, one, other) for name, own in types.items() for one in own for other in own if (one, other) in apart}
    assert wrong == set()


def _disjoint_pairs(graph: Graph) -> set[tuple[str, str]]:
    pairs = {(str(one), str(other)) for one, other in graph.subject_objects(OWL.disjointWith)}
    for members in graph.objects(graph.value(None, RDF.type, OWL.AllDisjointClasses), OWL.members):
        listed = [str(member) for member in Collection(graph, members)]
        pairs |= {(one, other) for one in listed for other in listed if one != other}
    return pairs | {(other, one) for one, other in pairs}


def test_labels_in_both_languages_are_written_in_their_scripts() -> None:
    """A Ukrainian label in Latin letters, or an English one in Cyrillic, is a slip of the keyboard."""
    for term, label in ontology("pn.ttl", "rules.ttl").subject_objects(RDFS.label):
        latin = bool(re.search("[A-Za-z]", str(label)))
        cyrillic = bool(re.search("[А-Яа-яІЇЄҐіїєґ]", str(label)))
        language = getattr(label, "language", None)
        assert (latin, cyrillic)[language == "uk"], term
        assert "ы" not in str(label), term
