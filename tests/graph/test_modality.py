"""What is alleged, charged or denied stays so in every output, and what a verdict says of somebody is never said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.api import KnowledgeGraph
from tests.conftest import ROOT, DataFolder

ALLEGED = """
    source: {id: told, publisher: other-news, url: "https://news.example/told", title: An interview, language: en}
    passages:
    - id: p1
      summary: Petro Koval says that O. Ivanova threatened him.
      facts:
      - {person: koval, name: Petro Koval}
      - {person: ivanova, name: O. Ivanova}
      - {event: threat, kind: ill-treatment, modality: alleged, date: 2021-01-01, people: {victim: [koval], officer: [ivanova]}}
    """


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    target = tmp_path_factory.mktemp("shipped")
    kg.build(ROOT / "data", target)
    return kg.open(target)


@pytest.fixture
def told(folder: DataFolder) -> KnowledgeGraph:
    folder.record("told.yaml", ALLEGED)
    kg.build(folder.path, folder.path.parent / "build")
    return kg.open(folder.path.parent / "build")


def test_an_allegation_is_one_in_the_timeline(told: KnowledgeGraph) -> None:
    (row,) = told.query("person-timeline", person="Petro Koval")
    assert row["modality"] == "alleged"


def test_an_allegation_is_one_in_its_explanation(told: KnowledgeGraph) -> None:
    (proof,) = told.explain("O. Ivanova", "actedAgainst", "Petro Koval")
    assert "alleged" in str(proof)


def test_an_allegation_is_one_on_the_map(told: KnowledgeGraph, tmp_path: Path) -> None:
    model = kg.write_link_map(told, tmp_path / "map.html")
    assert {modality for event in model.evidence.events.values() for modality in event.modality.values()} == {"alleged"}


def test_every_alleged_event_of_the_corpus_is_told_as_such(shipped: KnowledgeGraph) -> None:
    """Every event with people that some passage hedges shows the hedge in the timeline of each of them."""
    hedged = {
        str(row["event"])
        for row in shipped.query("SELECT ?event { GRAPH ?g { ?event pn:modality ?m . ?event ?role ?who } ?who a pn:Person }")
    }
    shown = {str(row["event"]) for row in shipped.query("person-timeline") if row["modality"]}
    assert hedged
    assert hedged <= shown


def test_nobody_is_called_by_what_a_verdict_says(shipped: KnowledgeGraph) -> None:
    """Convictions for terrorism stay in events, charges and penalties: no class, group or description of a person repeats them."""
    said = shipped.query(
        """SELECT ?person ?property ?value WHERE { ?person a pn:Person ; ?property ?value
           FILTER(?property NOT IN (rdfs:label, pn:name, pn:otherName, pn:note))
           FILTER(isLiteral(?value) && REGEX(STR(?value), "terroris|extremis|террор|терор", "i")) }"""
    )
    assert [(row["person"], row["property"], row["value"]) for row in said] == []
    assert not shipped.ask("ASK { ?person a pn:Person ; pn:foundAs|pn:chargedAs ?value }")
    assert shipped.ask("ASK { ?part pn:foundAs|pn:chargedAs ?value }"), "where they stand is the penalty or charge"


def test_an_allegation_counts_apart_in_the_accountability_list(folder: DataFolder) -> None:
    """Whom somebody is only said to have harmed is not added to whom they sentenced; the same person twice is no allegation."""
    folder.verdict("a")
    folder.record("told.yaml", ALLEGED)
    target = folder.path.parent / "build"
    counts = {}
    for merged in (False, True):
        if merged:
            folder.same("people", ("told/ivanova", "a/judge"), ("told/koval", "a/defendant"))
        kg.build(folder.path, target)
        rows = kg.open(target).query("officials-by-people")
        counts[merged] = sorted((row["people"], row["alleged"]) for row in rows)
    assert counts == {False: [(0, 1), (1, 0)], True: [(1, 0)]}


def test_who_acted_in_a_case_says_how_each_passage_puts_it(folder: DataFolder) -> None:
    folder.record("told.yaml", ALLEGED.replace("modality: alleged,", "modality: alleged, case: trial,") + "  - {case: trial}\n")
    kg.build(folder.path, folder.path.parent / "build")
    graph = kg.open(folder.path.parent / "build")
    (row,) = graph.query("who-acted-in-case")
    assert (row["name"], row["modality"]) == ("O. Ivanova", "alleged")
    (link,) = graph.query("official-case-links")
    assert link["modality"] == "alleged"
    told = {row["modality"] for row in graph.query("everything-about", entity="id:told/threat") if row["statement"] == "stated"}
    assert "alleged" in told


def test_a_fact_shows_how_many_independent_publishers_state_it(folder: DataFolder) -> None:
    """Two papers, one of them twice: two voices, in what is known about a person and in the proof."""
    folder.verdict("a")
    folder.verdict("b", publisher="other-news")
    folder.verdict("c", publisher="other-news")
    keys = ("judge", "defendant", "court", "trial", "verdict")
    for table, key in zip(("people", "more-people", "bodies", "cases", "events"), keys, strict=True):
        folder.same(table, (f"b/{key}", f"a/{key}"), (f"c/{key}", f"a/{key}"))
    kg.build(folder.path, folder.path.parent / "build")
    graph = kg.open(folder.path.parent / "build")
    names = [row for row in graph.query("everything-about", entity="id:a/judge") if row["property"] == "name"]
    assert {row["publishers"] for row in names} == {2}
    (proof,) = graph.explain("O. Ivanova", "judge in", "id:a/verdict")
    stated = next(part for part in proof.walk() if part.passages)
    assert stated.publishers == 2
    assert "(2 independent publishers)" in str(proof)


def test_who_is_only_said_to_represent_somebody_is_told_so(folder: DataFolder) -> None:
    relation = "\n      - {relation: represents, subject: ivanova, object: koval, modality: alleged}\n"
    folder.record("told.yaml", ALLEGED[: ALLEGED.index("\n      - {event")] + relation)
    kg.build(folder.path, folder.path.parent / "build")
    (row,) = kg.open(folder.path.parent / "build").query("lawyers-and-clients")
    assert (row["clientName"], row["modality"]) == ("Petro Koval", "alleged")
