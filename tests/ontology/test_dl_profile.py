"""The ontology stays within OWL 2 DL, so that a description logic reasoner gives complete answers."""

from __future__ import annotations

import pytest
from rdflib import Graph

from tests.ontology.dl_profile import violations
from tests.ontology.ontology_files import NAMES, PREFIXES, ontology

BROKEN = {
    "a property of two kinds": "pn:p a owl:ObjectProperty , owl:DatatypeProperty .",
    "a class that is a property": "pn:p a owl:ObjectProperty , owl:Class .",
    "an undeclared class": "pn:C a owl:Class ; rdfs:subClassOf pn:D .",
    "an undeclared property": "pn:C a owl:Class . id:x a pn:C ; pn:p id:y .",
    "an individual of no class": "id:x a pn:C .",
    "a reserved term described": "owl:Thing rdfs:label 'thing' .",
    "a range outside the datatype map": "pn:p a owl:DatatypeProperty ; rdfs:range xsd:date .",
    "a literal for a link": "pn:p a owl:ObjectProperty . id:x pn:p 'y' .",
    "a link for a literal": "pn:p a owl:DatatypeProperty . id:x pn:p id:y .",
    "a link below a datatype property": "pn:p a owl:ObjectProperty ; rdfs:subPropertyOf pn:q . pn:q a owl:DatatypeProperty .",
    "an irreflexive chain": """
        pn:p a owl:ObjectProperty , owl:IrreflexiveProperty ; owl:propertyChainAxiom ( pn:q pn:q ) . pn:q a owl:ObjectProperty .""",
    "a functional transitive property": "pn:p a owl:ObjectProperty , owl:TransitiveProperty , owl:FunctionalProperty .",
    "a disjoint property with a transitive one below": """
        pn:p a owl:ObjectProperty ; owl:propertyDisjointWith pn:r . pn:r a owl:ObjectProperty .
        pn:q a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:subPropertyOf pn:p .""",
    "a self restriction on the inverse of a chain": """
        pn:p a owl:ObjectProperty ; owl:propertyChainAxiom ( pn:q pn:q ) . pn:q a owl:ObjectProperty .
        pn:i a owl:ObjectProperty ; owl:inverseOf pn:p .
        pn:C a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty pn:i ; owl:hasSelf true ] .""",
    "two chains that feed each other": """
        pn:p a owl:ObjectProperty ; owl:propertyChainAxiom ( pn:q pn:r ) .
        pn:q a owl:ObjectProperty ; owl:propertyChainAxiom ( pn:p pn:r ) . pn:r a owl:ObjectProperty .""",
    "a chain with its own property in the middle": """
        pn:p a owl:ObjectProperty ; owl:propertyChainAxiom ( pn:q pn:p pn:q ) . pn:q a owl:ObjectProperty .""",
    "a restriction without a filler": """
        pn:p a owl:ObjectProperty . pn:C a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty pn:p ] .""",
    "a class expression in two places": """
        pn:p a owl:ObjectProperty . _:e a owl:Restriction ; owl:onProperty pn:p ; owl:someValuesFrom owl:Thing .
        pn:C a owl:Class ; rdfs:subClassOf _:e . pn:D a owl:Class ; rdfs:subClassOf _:e .""",
}

SOUND = {
    "a chain that begins with its own property": """
        pn:p a owl:ObjectProperty ; owl:propertyChainAxiom ( pn:p pn:q ) , ( pn:r pn:q ) .
        pn:q a owl:ObjectProperty , owl:TransitiveProperty . pn:r a owl:ObjectProperty .""",
    "a self restriction on a simple property": """
        pn:p a owl:ObjectProperty . pn:C a owl:Class ;
            owl:equivalentClass [ a owl:Restriction ; owl:onProperty pn:p ; owl:hasSelf true ] .""",
    "the class of everything and nothing": """
        pn:p a owl:ObjectProperty ; rdfs:domain owl:Thing .
        pn:C a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty pn:p ; owl:allValuesFrom owl:Nothing ] .""",
}


@pytest.mark.parametrize("names", [(name,) for name in NAMES[:1]] + [NAMES], ids=["pn.ttl alone", "all files"])
def test_the_ontology_is_in_owl_2_dl(names: tuple[str, ...]) -> None:
    """A reasoner may be trusted to find every consequence only while the files keep to the profile."""
    assert violations(ontology(*names)) == []


@pytest.mark.parametrize("turtle", BROKEN.values(), ids=BROKEN)
def test_what_leaves_the_profile_is_noticed(turtle: str) -> None:
    """Each restriction that is checked has an example that breaks it."""
    assert violations(Graph().parse(data=PREFIXES + turtle, format="turtle"))


@pytest.mark.parametrize("turtle", SOUND.values(), ids=SOUND)
def test_what_the_ontology_relies_on_is_allowed(turtle: str) -> None:
    """The devices of pn.ttl, each on its own, are within the profile."""
    assert violations(Graph().parse(data=PREFIXES + turtle, format="turtle")) == []
