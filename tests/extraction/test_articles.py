"""Whole articles: the draft is a record, its offsets are exact, any text gives one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KgError
from kg.extract.assemble import guess_language
from kg.extract.known_people import likenesses
from kg.records import read_registries, try_record
from kg.records.model import BodyFact, CaseFact, FigureFact, PersonFact
from tests.conftest import ROOT, DataFolder
from tests.extraction.reading_drafts import SEED, draft, events, facts, names, roles, terms

ARTICLE = (
    "On 16 August 2021 the Southern District Military Court sentenced Ivan Petrenko to 13 years.\n"
    "His lawyer Maria Koval said on 17 August 2021 that 98 political prisoners need help.\n"
    "Judge Oleg Sydorenko presided in the “Hizb ut-Tahrir case.”"
)


def test_a_draft_is_a_record_that_can_be_read_back(tmp_path: Path) -> None:
    found = draft(ARTICLE, url="https://news.example.org/1")
    side = found.write(tmp_path / "article.yaml")
    assert side.name == "article.draft.json"
    record, problems = try_record(tmp_path / "article.yaml", registries=read_registries(ROOT / "data"))
    assert [problem.field for problem in problems] == ["source.publisher"]
    record, problems = try_record(tmp_path / "article.yaml")
    assert problems == []
    assert record is not None
    assert record.status == "draft"
    assert record.passages == found.record.passages


def test_a_written_record_is_not_overwritten(tmp_path: Path) -> None:
    draft(ARTICLE).write(tmp_path / "article.yaml")
    with pytest.raises(KgError, match="--force"):
        draft(ARTICLE).write(tmp_path / "article.yaml")


def test_a_build_leaves_drafts_out_and_says_so(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.verdict("reviewed")
    folder_file = tmp_path / "data" / "records" / "draft.yaml"
    draft(ARTICLE, url="https://news.example.org/1").write(folder_file)
    report = kg.build(tmp_path / "data", tmp_path / "build")
    assert report.drafts == ["data/records/draft.yaml"]
    assert report.problems == []
    rows = kg.open(tmp_path / "build").query("SELECT ?s WHERE { ?s ?p 'Ivan Petrenko' }")
    assert len(rows) == 0


def test_every_fact_points_to_its_words() -> None:
    found = draft(ARTICLE)
    assert set(found.spans) == {(passage.id, index) for passage in found.record.passages for index in range(len(passage.facts))}
    for passage in found.record.passages:
        start, end = found.places[passage.id]
        assert passage.quote == found.text[start:end]
        for index, fact in enumerate(passage.facts):
            span = found.spans[passage.id, index]
            assert start <= span.start < span.end <= end
            if isinstance(fact, PersonFact):
                assert found.quote(passage.id, index) == fact.name


def test_cases_and_figures_are_found() -> None:
    found = draft(ARTICLE)
    assert [case.name for case in facts(found, CaseFact)] == ["Hizb ut-Tahrir case"]
    assert [(str(figure.value), figure.counts) for figure in facts(found, FigureFact)] == [("98", "political prisoners need help")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *ARTICLE.split(),
                    *["Суд", "приговорил", "Ивана", "Петрова", "к", "7", "годам", "засудив", "“", "”", "(", ")", ":"],
                    "\n",
                ]
            ),
            st.text(max_size=8),
        ),
        max_size=60,
    ),
    st.sampled_from([None, "en", "ru", "uk"]),
)
def test_any_text_gives_a_draft_with_offsets_inside_it(pieces: list[str], language: str | None) -> None:
    text = " ".join(pieces)
    found = draft(text, language=language)
    for span in found.spans.values():
        assert 0 <= span.start <= span.end <= len(text)
    assert found.to_yaml()


def test_the_language_is_told_from_the_letters() -> None:
    assert guess_language("The court") == "en"
    assert guess_language("Суд приговорил его к пяти годам, объявил судья") == "ru"
    assert guess_language("Суд засудив його до п’яти років, її звільнили") == "uk"
    with pytest.raises(KgError, match="word lists for en, ru, uk"):
        draft("Das Gericht", language="de")


@pytest.mark.skipif(not SEED.exists(), reason="the article that the project began with is not beside the repository")
def test_the_article_that_the_project_began_with() -> None:
    found = draft(SEED.read_text(encoding="utf-8"), published="2025-10-14", registries=read_registries(ROOT / "data"))
    assert {
        "Lenur Khalilov",
        "Emil Kurbedinov",
        "Ryazanov",
        "Ruslan Nagayev",
        "Eldar Kantimirov",
        "Ruslan Mesutov",
        "Victoria Nesterenko",
    } == names(found)
    assert {
        ("Ryazanov", "prosecutor"),
        ("Ruslan Mesutov", "founder"),
        ("Lenur Khalilov", "head"),
        ("Victoria Nesterenko", "employee"),
    } <= roles(found)
    assert terms(found) == {"nagayev": "13", "kantimirov": "12", "khalilov": "18", "mesutov": "18"}
    told = {(event.kind, str(event.date) if event.date else None) for event in events(found)}
    assert {
        ("search", "2019-06-10"),
        ("detention", "2019-06-10"),
        ("sentence", "2021-08-16"),
        ("release", "2025-08-21"),
        ("release", "2025-09"),
        ("release-ruling", "2025-09"),
        ("ban", "2003"),
    } <= told
    assert {"rearrest", "appeal", "appeal-ruling", "health-finding", "hearing"} <= {kind for kind, _ in told}
    assert events(found, "detention")[0].people == {"detainee": ["nagayev", "kantimirov", "mesutov", "khalilov"]}
    verdict = events(found, "sentence")[0]
    assert (verdict.body, verdict.people) == (
        ["southern-district-military-court"],
        {"defendant": ["nagayev", "kantimirov", "khalilov", "mesutov"]},
    )
    illness = max(events(found, "health-finding"), key=lambda event: len(event.diagnoses))
    assert illness.diagnoses[0] == "primary liver cancer with metastases to the lymph nodes"
    assert len(illness.diagnoses) == 6


def test_people_who_may_be_in_the_corpus_already_are_proposed_with_a_score() -> None:
    earlier = draft("Суд приговорил Руслана Зейтуллаева к 7 годам. Руслан Зейтуллаев ждал.").record
    proposed = likenesses(draft("Ruslan Zeytullayev was sentenced to 7 years, and Ivan Petrenko was acquitted."), [earlier])
    assert [(one.name, one.known_as) for one in proposed] == [("Ruslan Zeytullayev", "Руслан Зейтуллаев")]
    assert proposed[0].places == ("example-news-2024-10-09-an-article/zeitullaev",)
    assert 0.8 <= proposed[0].score <= 1


TOLD = {
    "appeal",
    "appeal-ruling",
    "ban",
    "detention",
    "health-finding",
    "rearrest",
    "release",
    "release-ruling",
    "search",
    "sentence",
}
"""Kinds of event that the record made by hand has from the article's own telling."""


def wanted(fact: dict[str, Any]) -> tuple[str, str, set[str]]:
    """Kind, date and people; the month of the ruling and the re-arrest is an editor's inference from the day of publication."""
    people = {key for role in ("prisoner", "detainee", "defendant") for key in fact.get("people", {}).get(role, [])}
    return fact["kind"], "" if fact["kind"] in ("rearrest", "appeal-ruling") else str(fact.get("date", "")), people


@pytest.mark.skipif(not SEED.exists(), reason="the article that the project began with is not beside the repository")
def test_every_event_of_the_record_made_by_hand_is_proposed() -> None:
    found = draft(SEED.read_text(encoding="utf-8"), published="2025-10-14", registries=read_registries(ROOT / "data"))
    record = yaml.safe_load((ROOT / "data/records/zmina/2025-10-14-khalilov-rearrest.yaml").read_text(encoding="utf-8"))
    by_hand = [fact for passage in record["passages"] for fact in passage["facts"]]
    courts = {fact["body"]: fact["name"] for fact in by_hand if "court" in fact.get("kind", "") and "event" not in fact}
    named = {fact.body: fact.name for fact in facts(found, BodyFact)}
    proposed = [
        (event.kind, str(event.date or ""), {p for who in event.people.values() for p in who}, {named[key] for key in event.body})
        for event in events(found)
    ]
    missing = []
    for fact in (fact for fact in by_hand if fact.get("kind") in TOLD and "event" in fact):
        kind, date, people = wanted(fact)
        court = {courts[body] for body in [fact.get("body")] if body in courts}
        if not any(k == kind and d.startswith(date) and people <= who and court <= where for k, d, who, where in proposed):
            missing.append((fact["event"], kind, date, people, court))
    assert not missing
