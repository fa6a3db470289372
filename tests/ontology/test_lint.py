"""The lint queries of ontology/checks: our files pass, and each query catches the mistake it is there for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import QuerySolutions, Store

from tests.ontology.ontology_files import CHECKS, declared_terms, ontology_store, turtle_store

QUERIES = sorted(CHECKS.glob("*.rq"))

BROKEN = {
    "accountability-with-effect": """
        pn:Listing rdfs:subClassOf pn:AccountabilityEvent ; pn:recordKey "listing" ; pn:defaultEffect "neutral" .
        outcome:extended pn:effect "adverse" .""",
    "address-unlike-key": 'role:judge a skos:Concept ; skos:inScheme voc:role ; pn:recordKey "magistrate" .',
    "bare-ontology": 'pnw:new a owl:Ontology ; dcterms:title "New"@en .',
    "body-kind-without-class": "<https://w3id.org/persecution-networks/vocabulary/body-kind/guild> skos:inScheme voc:body-kind .",
    "circle": "pn:Court rdfs:subClassOf pn:Body . pn:Body rdfs:subClassOf pn:Court .",
    "class-without-disjointness": "pn:Rumour a owl:Class . pn:Person owl:disjointWith pn:Place .",
    "concept-out-of-place": "voc:role a skos:ConceptScheme . role:bailiff a skos:Concept ; skos:inScheme voc:role .",
    "derived-without-derivation": 'pn:knew a owl:ObjectProperty ; skos:definition "Derived. x knew y."@en .',
    "duplicate-record-key": """
        role:judge skos:inScheme voc:role ; pn:recordKey "judge" .
        role:magistrate skos:inScheme voc:role ; pn:recordKey "judge" .""",
    "event-kind-unfinished": 'pn:Raid rdfs:subClassOf pn:Event ; pn:recordKey "raid" .',
    "label-used-twice": 'pn:a a owl:Class ; rdfs:label "court"@en . pn:b a owl:Class ; rdfs:label "court"@en .',
    "missing-definition": 'pn:Raid a owl:Class ; rdfs:label "raid"@en , "рейд"@uk .',
    "missing-label": 'pn:Raid a owl:Class ; rdfs:label "raid"@en ; skos:definition "An event in which police came."@en .',
    "open-domain-or-range": "pn:saw a owl:ObjectProperty ; rdfs:domain pn:Person .",
    "punning": "pn:verdict a owl:ObjectProperty , owl:DatatypeProperty .",
    "role-without-key": "pn:bailiff rdfs:subPropertyOf pn:participant .",
    "rule-without-query": "pn:idleRule a pn:Rule .",
    "several-labels": 'pn:Court rdfs:label "court"@en , "tribunal"@en .',
    "several-record-keys": 'pn:Search pn:recordKey "search" , "raid" .',
    "term-without-file": "pn:Raid a owl:Class .",
    "text-form": 'pn:Raid skos:definition "An event in which police came"@en .',
    "undeclared-reused-term": "pn:Person rdfs:subClassOf foaf:Person .",
    "undeclared-term": "pn:Raid a owl:Class ; rdfs:subClassOf pn:Evnet .",
    "unknown-effect": 'outcome:lost skos:inScheme voc:outcome ; pn:effect "bad" .',
    "unknown-reused-term": "pn:Tenure rdfs:subClassOf org:Memberschip .",
}

FURTHER = {
    "a role without domain is fine while it inherits one": (
        "open-domain-or-range",
        """pn:participant rdfs:domain pn:Event ; rdfs:range pn:Person .
        pn:judge a owl:ObjectProperty ; rdfs:subPropertyOf pn:participant .""",
    ),
    "an inverse takes its domain from the range of the other": (
        "open-domain-or-range",
        "pn:judge rdfs:domain pn:Event ; rdfs:range pn:Person . pn:judgeIn a owl:ObjectProperty ; owl:inverseOf pn:judge .",
    ),
    "a reason settles a missing domain": (
        "open-domain-or-range",
        'pn:note a owl:DatatypeProperty ; skos:editorialNote "No domain: anything."@en .',
    ),
    "a kind of event and a role may share a word": (
        "duplicate-record-key",
        'pn:relative rdfs:subPropertyOf pn:participant ; pn:recordKey "relative" . pn:relativeOf pn:recordKey "relative" .',
    ),
    "a class is disjoint through the class above it": (
        "class-without-disjointness",
        "pn:Judge a owl:Class ; rdfs:subClassOf pn:Person . pn:Person owl:disjointWith pn:Place .",
    ),
    "a class made by intersection is disjoint through its parts": (
        "class-without-disjointness",
        "pn:J a owl:Class ; owl:equivalentClass [ owl:intersectionOf ( pn:Person ) ] . pn:Person owl:disjointWith pn:Place .",
    ),
    "a rule may derive what no chain can": (
        "derived-without-derivation",
        """pn:knew a owl:ObjectProperty ; skos:definition "Derived. x knew y."@en .
        pn:knewRule a pn:Rule ; pn:construct "CONSTRUCT { ?x pn:knew ?y } WHERE { ?x pn:met ?y }" .""",
    ),
    "a term of another vocabulary that exists": ("unknown-reused-term", "pn:Tenure rdfs:subClassOf org:Membership ."),
}


def rows(store: Store, query: Path) -> list[str]:
    found = cast(QuerySolutions, store.query(query.read_text(encoding="utf-8")))
    return [" ".join(str(value) for value in row if value is not None) for row in found]


def decorators(query: Path) -> dict[str, str]:
    return dict(re.findall(r"^#\+ (\w+): (.+)$", query.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def shipped() -> Store:
    """Our four files, as an editor has them."""
    return ontology_store()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_the_shipped_files_pass(query: Path, shipped: Store) -> None:
    """An editor who runs the checks before a release sees an empty answer each time."""
    assert rows(shipped, query) == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_every_check_says_what_it_looks_for_and_why(query: Path) -> None:
    """Somebody who gets a row must be able to read what is wrong and why it matters, without asking."""
    told = decorators(query)
    assert set(told) == {"title", "reason", "severity"}
    assert told["severity"] in ("error", "warning")


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_every_check_catches_its_mistake(query: Path) -> None:
    """A check that finds nothing anywhere protects nobody: each has a small broken graph that it must report."""
    assert rows(turtle_store(BROKEN[query.stem]), query)


@pytest.mark.parametrize(("name", "turtle"), FURTHER.values(), ids=FURTHER)
def test_a_check_leaves_good_terms_alone(name: str, turtle: str) -> None:
    """A check that cries wolf is soon switched off."""
    assert rows(turtle_store(turtle), CHECKS / f"{name}.rq") == []


def test_every_broken_graph_belongs_to_a_check() -> None:
    """Whoever renames a check is told about the example left behind."""
    assert set(BROKEN) == {query.stem for query in QUERIES}


def test_checks_and_rules_use_declared_terms_only() -> None:
    """A misspelt term in a query matches nothing and fails nothing; here it does."""
    rules = CHECKS.parent / "rules.ttl"
    declared = declared_terms()
    for path in [*QUERIES, rules]:
        used = set(re.findall(r"(?<![\w-])pn:(\w+)", path.read_text(encoding="utf-8")))
        missing = sorted(name for name in used if f"https://w3id.org/persecution-networks/ontology#{name}" not in declared)
        assert not missing, f"{path.name} uses {missing}"
