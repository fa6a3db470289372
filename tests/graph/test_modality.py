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
