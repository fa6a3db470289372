"""The project chooses what to call a thing where the names of sources say what it would not; the names stay as printed."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.graph.explanation.explain import explain
from kg.vocabulary import RDFS
from tests.conftest import ROOT, DataFolder

REGISTRY = """
source: {id: registry-labels, publisher: project, title: Preferred labels, language: en, locator: data/labels.yaml}
entries:
- key: court
  of: a/court
  name: {en: Court under occupation, uk: Суд під окупацією}
  note: Sources call it so-called.
- key: gone
  of: nowhere/court
  name: {en: Somewhere}
  note: Its record was withdrawn.
"""


@pytest.fixture
def corpus(folder: DataFolder) -> DataFolder:
    folder.verdict("a")
    return folder


def test_a_preferred_label_is_shown_and_explained_and_the_name_stays(corpus: DataFolder, tmp_path: Path) -> None:
    (corpus.path / "labels.yaml").write_text(REGISTRY, encoding="utf-8")
    kg.build(corpus.path, tmp_path)
    graph = kg.open(tmp_path)
    (court,) = graph.find("District Court")
    assert court.label == "Court under occupation"
    (proof,) = explain(graph.graph, court.iri, RDFS + "label", "Court under occupation")
    assert "registry of preferred labels" in proof.axiom
    assert [passage.title for leaf in proof.premises for passage in leaf.passages] == ["Preferred labels"]


def test_a_label_for_what_no_record_declares_is_reported_where_it_stands(corpus: DataFolder, tmp_path: Path) -> None:
    (corpus.path / "labels.yaml").write_text(REGISTRY, encoding="utf-8")
    (problem,) = kg.build(corpus.path, tmp_path).problems
    assert (problem.file, problem.line) == (f"{corpus.path.name}/labels.yaml", 8)
    assert "no record declares id:nowhere/court" in problem.message


def test_without_preferred_labels_the_names_of_the_sources_are_shown(corpus: DataFolder, tmp_path: Path) -> None:
    assert kg.build(corpus.path, tmp_path).problems == []
    assert "District Court" in [match.label for match in kg.open(tmp_path).find("District Court")]


def test_who_has_a_cyrillic_name_only_can_be_read_and_is_found_by_it(folder: DataFolder, tmp_path: Path) -> None:
    """The romanisation is ours: the printed name stands beside it, and the explanation says so."""
    folder.verdict("a", defendant="Айдер Салединов")
    kg.build(folder.path, tmp_path)
    graph = kg.open(tmp_path)
    for spelling in ("Айдер Салединов", "Aider Saledinov", "Ayder Saledinov"):
        assert [found.label for found in graph.find(spelling)][:1] == ["Aider Saledinov (Айдер Салединов)"]
    person = graph.find("Салединов")[0]
    (proof,) = explain(graph.graph, person.iri, RDFS + "label", person.label)
    assert "which no source need print" in proof.axiom
    assert ["Айдер Салединов" in str(leaf.fact) for leaf in proof.premises] == [True]


def test_no_shipped_label_makes_crimea_a_republic_of_russia(tmp_path: Path) -> None:
    kg.build(ROOT / "data", tmp_path)
    query = f"SELECT ?label {{ [] <{RDFS}label> ?label FILTER(CONTAINS(?label, 'Republic of Crimea')) }}"
    labels = [str(label) for label in kg.open(tmp_path).graph.select(query).column("label")]
    assert labels  # Ukraine's own courts and prosecutors carry the autonomous republic in their names
    assert all("Autonomous Republic of Crimea" in label for label in labels)
