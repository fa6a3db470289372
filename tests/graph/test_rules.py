"""Each kind of axiom gives its rules and no others: mini ontologies, a few facts, and exactly what follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

import kg
from kg.graph.build_folder import current_build, quads_of
from kg.graph.iris import INFERRED
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.closure_in_store import close_store
from kg.graph.reasoning.rules import QueryRule, Rule, compile_rules
from kg.vocabulary import ID, PN
from tests.conftest import ROOT

PREFIXES = """
@prefix : <https://example.org/> .
@prefix pn: <https://w3id.org/persecution-networks/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""

CASES = {
    "subclass": (":Judge rdfs:subClassOf :Official .", ":x a :Judge . :y a :Official .", {":x a :Official"}),
    "subclasses in a row": (
        ":Judge rdfs:subClassOf :Official . :Official rdfs:subClassOf :Person .",
        ":x a :Judge .",
        {":x a :Official", ":x a :Person"},
    ),
    "subproperty": (":judge rdfs:subPropertyOf :official .", ":e :judge :x . :e :official :y .", {":e :official :x"}),
    "inverse": (":judge owl:inverseOf :judgeIn .", ":e :judge :x . :y :judgeIn :f .", {":x :judgeIn :e", ":f :judge :y"}),
    "symmetric": (":knows a owl:SymmetricProperty .", ":x :knows :y .", {":y :knows :x"}),
    "transitive": (
        ":within a owl:TransitiveProperty .",
        ":a :within :b . :b :within :c . :c :within :d .",
        {":a :within :c", ":a :within :d", ":b :within :d"},
    ),
    "transitive in a circle": (
        ":within a owl:TransitiveProperty .",
        ":a :within :b . :b :within :a .",
        {":a :within :a", ":b :within :b"},
    ),
    "chain": (
        ":acted owl:propertyChainAxiom ( :judgeIn :inCase ) .",
        ":x :judgeIn :e . :e :inCase :c . :y :judgeIn :f . :g :inCase :d .",
        {":x :acted :c"},
    ),
    "chain with a backward step": (
        ":acted owl:propertyChainAxiom ( [ owl:inverseOf :judge ] :inCase ) .",
        ":e :judge :x . :e :inCase :c . :x :judge :f .",
        {":x :acted :c"},
    ),
    "chain through itself": (
        ":acted owl:propertyChainAxiom ( :acted :partOf ) .",
        ":x :acted :a . :a :partOf :b . :b :partOf :c .",
        {":x :acted :b", ":x :acted :c"},
    ),
    "intersection, both ways": (
        ":StateCourt owl:equivalentClass [ owl:intersectionOf ( :Court :StateBody ) ] .",
        ":x a :Court , :StateBody . :y a :Court . :z a :StateCourt .",
        {":x a :StateCourt", ":z a :Court", ":z a :StateBody"},
    ),
    "union": (
        ":Agent owl:equivalentClass [ owl:unionOf ( :Person :Body ) ] .",
        ":x a :Person . :y a :Body . :z a :Agent .",
        {":x a :Agent", ":y a :Agent"},
    ),
    "existential restriction": (
        ":Official owl:equivalentClass [ owl:onProperty :actsIn ; owl:someValuesFrom :Event ] .",
        ":x :actsIn :e . :e a :Event . :y :actsIn :f . :z a :Official .",
        {":x a :Official"},
    ),
    "existential restriction to anything": (
        ":Official owl:equivalentClass [ owl:onProperty :actsIn ; owl:someValuesFrom owl:Thing ] .",
        ":x :actsIn :e .",
        {":x a :Official"},
    ),
    "nested restrictions": (
        """:Official owl:equivalentClass [ owl:intersectionOf ( :Person [ owl:unionOf (
             [ owl:onProperty :tenure ; owl:someValuesFrom [ owl:onProperty :role ; owl:someValuesFrom :OfficialRole ] ]
             [ owl:onProperty :actsIn ; owl:someValuesFrom :Event ] ) ] ) ] .""",
        """:a a :Person ; :tenure :t . :t :role :r . :r a :OfficialRole . :b a :Person ; :actsIn :e . :e a :Event .
           :c :actsIn :e . :d a :Person ; :tenure :u . :u :role :s .""",
        {":a a :Official", ":b a :Official"},
    ),
    "self restriction, both ways": (
        ":Adverse owl:equivalentClass [ owl:onProperty :self ; owl:hasSelf true ] .",
        ":x a :Adverse . :y :self :y . :z :self :x .",
        {":x :self :x", ":y a :Adverse"},
    ),
    "value restriction, both ways": (
        ":Crimean owl:equivalentClass [ owl:onProperty :home ; owl:hasValue :crimea ] .",
        ":x :home :crimea . :y :home :kyiv . :z a :Crimean .",
        {":x a :Crimean", ":z :home :crimea"},
    ),
    "universal restriction": (
        ":Court rdfs:subClassOf [ owl:onProperty :judge ; owl:allValuesFrom :Person ] .",
        ":c a :Court ; :judge :x . :d :judge :y .",
        {":x a :Person"},
    ),
    "domain": (":judge a owl:ObjectProperty ; rdfs:domain :Event .", ":e :judge :x .", {":e a :Event"}),
    "range": (":judge a owl:ObjectProperty ; rdfs:range :Person .", ":e :judge :x .", {":x a :Person"}),
    "range of values": (
        ":age a owl:DatatypeProperty ; rdfs:range :Number ; rdfs:domain :Person .",
        ":x :age 7 .",
        {":x a :Person"},
    ),
    "a link to a text has no way back": (":name owl:inverseOf :nameOf .", ':x :name "X" .', set()),
    "union as a range": (":by rdfs:range [ owl:unionOf ( :Person :Body ) ] .", ":e :by :x .", set()),
    "what is forbidden implies nothing": (
        ":A owl:disjointWith :B . :A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom owl:Nothing ] . "
        ":p a owl:FunctionalProperty , owl:IrreflexiveProperty ; owl:propertyDisjointWith :q .",
        ":x a :A ; :p :y , :z .",
        set(),
    ),
    "everything is a thing": (":A rdfs:subClassOf owl:Thing .", ":x a :A .", set()),
}


def compiled(folder: Path, axioms: str, queries: str = "") -> list[Rule | QueryRule]:
    (folder / "pn.ttl").write_text(PREFIXES + axioms, encoding="utf-8")
    (folder / "rules.ttl").write_text(PREFIXES + queries, encoding="utf-8")
    return compile_rules(folder)


def triples(turtle: str) -> set[Triple]:
    return {Triple(q.subject, q.predicate, q.object) for q in parse((PREFIXES + turtle).encode(), RdfFormat.TURTLE)}


def in_store(facts: set[Triple], rules: list[Rule | QueryRule]) -> set[Triple]:
    """What follows as SPARQL finds it in a store."""
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in facts)
    added = close_store(store, rules)
    assert len(store) == len(facts) + len(added)
    return added


@pytest.mark.parametrize(("axioms", "facts", "expected"), CASES.values(), ids=CASES)
def test_axiom_implies_this_and_nothing_else(tmp_path: Path, axioms: str, facts: str, expected: set[str]) -> None:
    rules, given = compiled(tmp_path, axioms), triples(facts)
    wanted = {triple for line in expected for triple in triples(line + " .")}
    found = closure(given, rules)
    assert set(found) == wanted
    assert len(found) == len(wanted), "each once"
    assert in_store(given, rules) == wanted


def test_a_rule_tells_its_axiom_in_words(tmp_path: Path) -> None:
    axioms = ':Judge rdfs:subClassOf :Official ; rdfs:label "judge"@en . :Official rdfs:label "official"@en , "посадовець"@uk .'
    (rule,) = compiled(tmp_path, axioms)
    assert rule.axiom == "every judge is an official"


def test_rules_do_not_depend_on_the_order_in_the_file(tmp_path: Path) -> None:
    lines = [axioms for axioms, _, _ in CASES.values()]
    assert compiled(tmp_path, "\n".join(lines)) == compiled(tmp_path, "\n".join(reversed(lines)))


EXCEPT = """:rule pn:construct '''PREFIX : <https://example.org/>
CONSTRUCT { ?a :with ?b } WHERE { ?e :official ?a , ?b FILTER(?a != ?b) FILTER NOT EXISTS { ?e a :Excluded FILTER NOT EXISTS {
  ?e :allowed ?x } } }''' ."""


def test_a_query_rule_sees_what_axioms_imply_before_it_decides_that_something_is_absent(tmp_path: Path) -> None:
    """What excludes the event follows in three steps, one more than a single round of rules takes."""
    axioms = """:Z rdfs:subClassOf :Y . :Y rdfs:subClassOf :X . :X rdfs:subClassOf :Excluded . :judge rdfs:subPropertyOf :official .
        :with rdfs:domain :Met ."""
    rules = compiled(tmp_path, axioms, EXCEPT)
    assert "https://example.org/with" not in {t.predicate.value for t in closure(triples(":e a :Z ; :judge :a , :b ."), rules)}
    met = {
        str(t.subject) for t in closure(triples(":e :judge :a , :b ."), rules) if t.object == NamedNode("https://example.org/Met")
    }
    assert met == {"<https://example.org/a>", "<https://example.org/b>"}


def test_a_query_rule_names_all_it_looks_at(tmp_path: Path) -> None:
    """Also what stands in a filter within a filter: the query runs on these relations alone."""
    (rule,) = compiled(tmp_path, "", EXCEPT)
    assert isinstance(rule, QueryRule)
    base = "https://example.org/"
    assert rule.mentioned == {f"<{base}official>", f"a <{base}Excluded>", f"<{base}allowed>"}
    (rule,) = compiled(tmp_path, "", EXCEPT.replace("?e :allowed ?x", "?e ?anything ?x"))
    assert isinstance(rule, QueryRule)
    assert rule.mentioned is None


def test_the_shipped_rules_give_what_sparql_gives(tmp_path: Path) -> None:
    """The evaluation on sets of pairs against that in a store, on a story with every kind of rule in it."""
    facts = triples("""
        @prefix role: <https://w3id.org/persecution-networks/vocabulary/role/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        :e a pn:Sentence , pn:AdverseEvent ; pn:presidingJudge :a ; pn:prosecutor :b ; pn:defendant :k ; pn:lawyer :l ;
            pn:inCase :c ; pn:body :court ; pn:earliest "2019-06-10"^^xsd:date ; pn:latest "2019-06-10"^^xsd:date .
        :c pn:partOfCase :d . :d pn:partOfCase :f . :k pn:relativeOf :m . :l pn:represents :m .
        :g a pn:AccountabilityCharge ; pn:accused :a ; pn:accountabilityOfficer :s , :t .
        :court a pn:Court , pn:StateBody . :post pn:postIn :court . :h pn:hasTenure :tenure .
        role:chair a pn:HeadRole , pn:OfficialRole .
        :tenure pn:tenureRole role:chair ; pn:inPost :post ; pn:startDate "2017"^^xsd:gYear ; pn:endDate "2021"^^xsd:gYear .""")
    rules = compile_rules(ROOT / "ontology")
    found = set(closure(facts, rules))
    assert found == in_store(facts, rules)
    terms = {t.predicate.value.rsplit("#", 1)[-1] for t in found}
    assert {"actedAgainst", "actedInCase", "servedWith", "headedBodyAtTheTime", "defended", "servesIn", "partOfCase"} <= terms


def test_the_whole_corpus_follows_alike_in_a_store(tmp_path: Path) -> None:
    """Every derived link of the shipped build, once by the engine of the build and once by SPARQL in a store."""
    kg.build(ROOT / "data", tmp_path)
    quads = list(parse(quads_of(current_build(tmp_path)).encode(), RdfFormat.N_QUADS))
    facts = {Triple(q.subject, q.predicate, q.object) for q in quads if str(q.graph_name).startswith(f"<{ID}source/")}
    rules = compile_rules(ROOT / "ontology")
    derived = set(closure(facts, rules))
    assert derived == in_store(facts, rules)
    shown = {Triple(q.subject, q.predicate, q.object) for q in quads if q.graph_name == NamedNode(INFERRED)}
    assert shown >= {t for t in derived if t.predicate.value.startswith(PN)} != set()
