"""Every derived link can be explained down to passages, and statements that cannot all be true are found with their causes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

import kg
from kg.errors import NotFoundError
from kg.graph import Graph
from kg.graph.explanation.clashes import clashes, forbidden
from kg.graph.explanation.explain import explain, render
from kg.graph.facts import holding, rows, stated
from kg.graph.iris import INFERRED
from kg.vocabulary import ID, PN, RDFS
from tests.conftest import ROOT, DataFolder


@pytest.fixture
def small(folder: DataFolder, tmp_path: Path) -> Graph:
    """Two verdicts by the same judge against different people, the first reported twice."""
    folder.verdict("a")
    folder.verdict("b", publisher="other-news")
    folder.verdict("c", defendant="Іван Мороз")
    folder.same("people", ("b/judge", "a/judge"), ("c/judge", "a/judge"), ("b/defendant", "a/defendant"))
    folder.same("events", ("b/verdict", "a/verdict"))
    return built(folder, tmp_path)


def built(folder: DataFolder, tmp_path: Path) -> Graph:
    report = kg.build(folder.path, tmp_path / "build")
    assert report.problems == []
    return kg.open(tmp_path / "build").graph


def links(graph: Graph, term: str) -> list[Triple]:
    found = rows(graph, f"SELECT ?s ?o WHERE {{ GRAPH <{INFERRED}> {{ ?s <{term}> ?o }} }} ORDER BY ?s ?o")
    return [Triple(row["s"], NamedNode(term), row["o"]) for row in found if isinstance(row["s"], NamedNode)]


def test_a_link_is_explained_down_to_the_passage(small: Graph) -> None:
    (proof,) = explain(small, "O. Ivanova", "actedAgainst", "Іван Мороз")
    assert proof.steps == 5
    assert proof.axiom == "“acted against” follows from “acting official in”, then “is adverse”, then “affected person”"
    assert {str(leaf.predicate).rsplit("#", 1)[-1].strip(">") for leaf in proof.leaves} == {"judge", "type", "defendant"}
    assert {(p.publisher, p.title, p.url) for part in proof.walk() for p in part.passages} == {
        ("Example News", "A verdict", "https://news.example/c")
    }


def test_it_reads_as_sentences(small: Graph) -> None:
    text = render(explain(small, "O. Ivanova", "acted against", "Іван Мороз")[0])
    assert text.splitlines()[0] == "O. Ivanova acted against Ivan Moroz (Іван Мороз), because:"
    assert "O. Ivanova was judge in sentence, 2021-08-16, District Court." in text
    assert "stated by: Example News, “A verdict” (https://news.example/c)" in text
    assert text.count("Judge O. Ivanova gave Іван Мороз five years.") == 1, "what a passage says is told once"


def test_all_proofs_rest_on_different_statements(small: Graph) -> None:
    proofs = explain(small, "O. Ivanova", "a", "Official", all=True)
    assert len(proofs) >= 2, "each of the two verdicts makes her an official"
    leaves = [proof.leaves for proof in proofs]
    assert not any(one < other for one in leaves for other in leaves)
    assert len(set(leaves)) == len(leaves)
    assert len(explain(small, "O. Ivanova", "a", "Official")) == 1


def test_a_stated_fact_is_explained_by_every_passage_that_states_it(small: Graph) -> None:
    (proof,) = explain(small, "id:a/verdict", "judge", "O. Ivanova")
    assert (proof.steps, proof.premises) == (0, ())
    assert [passage.publisher for passage in proof.passages] == ["Example News", "Other News"]


def test_what_a_passage_only_alleges_is_marked(folder: DataFolder, tmp_path: Path) -> None:
    path = folder.verdict("a")
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind: sentence\n", "kind: sentence\n    modality: alleged\n"), "utf-8"
    )
    (proof,) = explain(built(folder, tmp_path), "O. Ivanova", "actedInCase", "Case of Petro Koval")
    assert {passage.modality for part in proof.walk() for passage in part.passages} == {"alleged"}
    assert "[alleged]" in render(proof)


def test_a_label_is_explained_by_the_names_it_was_chosen_from(small: Graph) -> None:
    (proof,) = explain(small, "id:a/judge", RDFS + "label", "O. Ivanova")
    assert {str(leaf.predicate) for leaf in proof.leaves} == {f"<{PN}name>"}
    (proof,) = explain(small, "id:a/trial", RDFS + "label", "Case of Petro Koval")
    assert f"<{PN}caseDefendant>" in {str(leaf.predicate) for leaf in proof.leaves}
    assert "Petro Koval" in render(proof)


def test_a_canonical_address_is_explained_by_decisions(small: Graph) -> None:
    (proof,) = explain(small, "id:b/judge", PN + "canonical", "id:a/judge")
    assert [passage.summary for part in proof.walk() for passage in part.passages] == ["as both say"]


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "near"),
    [
        ("O. Ivanova", "actedAgainst", "Nobody", "petro koval"),
        ("O. Ivanova", "servedWith", "Petro Koval", "nothing by this property"),
        ("O. Ivanova", "a", "PersecutedPerson", "official"),
        ("O. Ivanova", "actedAgainst", "", "can mean 2"),
        ("Nobody", "actedAgainst", "Petro Koval", "answers to 'Nobody'"),
        ("id:nowhere/nobody", "actedAgainst", "Petro Koval", "id:nowhere/nobody"),
    ],
)
def test_what_is_not_in_the_graph_is_told_with_what_is_near(
    small: Graph, subject: str, predicate: str, value: str, near: str
) -> None:
    with pytest.raises(NotFoundError, match=near):
        explain(small, subject, predicate, value)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    target = tmp_path_factory.mktemp("shipped")
    kg.build(ROOT / "data", target)
    return kg.open(target).graph


def test_everything_derived_in_the_shipped_corpus_can_be_explained(shipped: Graph) -> None:
    """Some facts of every derived property and class: each proof ends in statements, and every step in it stands in the graph."""
    terms = [row["p"].value for row in rows(shipped, f"SELECT DISTINCT ?p WHERE {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} }}")]
    assert len(terms) > 30
    for term in terms:
        facts = links(shipped, term)
        for fact in facts[:: max(len(facts) // 12, 1)]:
            value = fact.object.value if not isinstance(fact.object, Triple) else ""
            (proof,) = explain(shipped, str(fact.subject)[1:-1], term, value)
            assert proof.fact == fact
            assert proof.steps > 0
            assert stated(shipped, proof.leaves) == proof.leaves, fact
            every = {part.fact for part in proof.walk()}
            assert holding(shipped, every) == every
            assert all(part.passages for part in proof.walk() if not part.axiom), fact


def test_the_rules_of_their_own_are_explained_by_what_they_met(shipped: Graph) -> None:
    """Also by what their filters found: dates on both sides of the event."""
    (fact,) = links(shipped, PN + "headedBodyAtTheTime")[:1]
    (proof,) = explain(shipped, str(fact.subject)[1:-1], "headedBodyAtTheTime", str(fact.object)[1:-1])
    met = {leaf.predicate.value.removeprefix(PN) for leaf in proof.leaves}
    assert {"hasTenure", "tenureRole", "body", "earliest"} <= met
    assert met & {"startDate", "citedOn"}


def test_the_shipped_corpus_contradicts_nothing(shipped: Graph) -> None:
    assert clashes(shipped) == []


@pytest.mark.parametrize(
    ("change", "axiom", "statements"),
    [
        ("people: {judge: [judge], defendant: [judge]}", "is both “acting official” and “affected person”", {"judge", "defendant"}),
        ("of: verdict", "“reviews” leads from nothing to itself", {"reviews"}),
    ],
    ids=["judge and defendant in one", "a ruling that reviews itself"],
)
def test_a_clash_is_found_with_the_fewest_statements_behind_it(
    folder: DataFolder, tmp_path: Path, change: str, axiom: str, statements: set[str]
) -> None:
    text = f"""source: {{id: a, publisher: example-news, url: "https://news.example/a", title: A verdict, language: en}}
passages:
- id: p0
  summary: Nothing of note.
  facts:
  - {{person: other, name: Somebody Else}}
- id: p1
  summary: What cannot be.
  facts:
  - {{person: judge, name: O. Ivanova}}
  - event: verdict
    kind: hearing
    {change}
"""
    (folder.path / "records" / "a.yaml").write_text(text, encoding="utf-8")
    graph = built(folder, tmp_path)
    found = clashes(graph, folder.path)
    clash = next(clash for clash in found if axiom in clash.axiom)
    assert {str(fact.predicate).rsplit("#", 1)[-1].strip(">") for fact in clash.statements} == statements
    assert clash.axioms[0] == clash.axiom
    assert clash.places == {f"{ID}source/a/p1": "data/records/a.yaml:7"}
    assert "These cannot all be true" in str(clash)
    assert "data/records/a.yaml:7" in str(clash)


def test_a_merge_that_makes_a_court_a_prison_is_found(folder: DataFolder, tmp_path: Path) -> None:
    folder.verdict("a")
    path = folder.verdict("b")
    path.write_text(path.read_text(encoding="utf-8").replace("kind: district-court", "kind: penal-colony"), "utf-8")
    folder.same("bodies", ("b/court", "a/court"))
    (clash,) = clashes(built(folder, tmp_path), folder.path)
    assert clash.axiom == "nothing is both a court and a penal facility"
    assert sorted(clash.places.values()) == ["data/records/a.yaml:3", "data/records/b.yaml:3"]


def test_a_merge_that_gives_a_charge_against_a_judge_an_acting_official_is_found(folder: DataFolder, tmp_path: Path) -> None:
    """Each record is in order; only together they say that whoever calls the judge to account persecutes somebody."""
    folder.verdict("a")
    folder.record(
        "b.yaml",
        """
        source: {id: b, publisher: other-news, url: "https://news.example/b", title: A charge, language: en}
        passages:
        - id: p1
          summary: Judge O. Ivanova is charged.
          facts:
          - {person: judge, name: O. Ivanova}
          - {event: charge, kind: accountability-charge, people: {accused: [judge]}}
        """,
    )
    folder.same("events", ("b/charge", "a/verdict"))
    found = clashes(built(folder, tmp_path))
    assert {clash.axiom for clash in found} == {
        "no accountability event has “acting official”",
        "nothing is both an accountability event and an adverse event",
    }
    assert all(len(clash.statements) == 2 for clash in found)


def test_two_values_of_what_has_one_are_found() -> None:
    axioms = {item.axiom for item in forbidden(ROOT / "ontology")}
    assert "“in source” leads to one thing only" in axioms
    assert "“has tenure” leads to each thing from one only" in axioms
    assert "“reviews” never holds both ways" in axioms
    assert len([axiom for axiom in axioms if axiom.startswith("nothing is both")]) > 200
