"""An editor walks through pairs that may be one and decides; nothing is merged by a score, and nothing is resolved silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import ContradictionError, KgError, NotFoundError, ReviewConflictError
from kg.graph import Graph, build
from kg.identity import Verdict, read_decisions, resolve
from kg.identity.candidates import Candidate
from kg.identity.review import IdentityReview
from kg.vocabulary import ID, compress
from tests.conftest import DataFolder


@pytest.fixture
def three(folder: DataFolder) -> DataFolder:
    """Three sources tell of one verdict, each in its own spelling."""
    folder.verdict("a", judge="O. Ivanova", defendant="Petro Koval")
    folder.verdict("b", judge="Ольга Іванова", defendant="Петро Коваль", publisher="other-news")
    folder.verdict("c", judge="Olga Ivanova", defendant="Pyotr Koval")
    return folder


def opened(folder: DataFolder, reviewer: str = "Olha", **options: object) -> IdentityReview:
    return IdentityReview.open(folder.path, reviewer, **options)  # type: ignore[arg-type]


def pair(review: IdentityReview, one: str, other: str) -> Candidate:
    return review.get(" ".join(sorted((f"id:{one}", f"id:{other}"))))


def test_people_bodies_cases_and_events_are_proposed_with_reasons_and_context(three: DataFolder) -> None:
    review = opened(three)
    assert {candidate.kind for candidate in review.candidates} == {"person", "body", "case", "event"}
    assert [c.rank for c in review.candidates] == sorted((c.rank for c in review.candidates), reverse=True)
    judge = pair(review, "a/judge", "b/judge")
    assert "the initial O. fits Ольга" in judge.reasons
    context = [clue.text for clue in judge.clues]
    assert "same role: judge" in context
    assert "body of one name, not decided to be the same: District Court" in context
    assert "person named with them of one name, not decided to be the same: Petro Koval" in context
    verdict = pair(review, "a/verdict", "b/verdict")
    assert "one day: 2021-08-16; 2021-08-16" in verdict.reasons
    assert verdict.labels[0] == "sentence, 2021-08-16: O. Ivanova, Petro Koval"


def test_a_decision_is_written_with_reason_evidence_and_author_and_the_build_follows_it(three: DataFolder, tmp_path: Path) -> None:
    review = opened(three)
    made = review.decide(pair(review, "a/judge", "b/judge").id, Verdict.same, "same court, same day\tsame trial")
    (read,), problems = read_decisions(three.path)
    assert (read, problems) == (made, [])
    assert (read.author, read.comment) == ("Olha", "same court, same day\tsame trial")
    assert [compress(address) for address in read.evidence] == ["id:source/a/p1", "id:source/b/p1"]
    build(three.path, tmp_path / "build")
    graph = Graph.open(tmp_path / "build")
    assert graph.canonical_of("id:a/judge") == graph.canonical_of("id:b/judge") == read.object
    assert graph.canonical_of(f"{ID}c/judge") == f"{ID}c/judge"
    with pytest.raises(NotFoundError):
        graph.canonical_of("id:nowhere/nobody")


def test_decided_pairs_do_not_come_again_unless_asked_for(three: DataFolder) -> None:
    review = opened(three, kinds=["person"])
    same, unsure = pair(review, "a/judge", "b/judge"), pair(review, "a/defendant", "b/defendant")
    different = pair(review, "a/defendant", "c/defendant")
    review.decide(unsure.id, Verdict.unsure, "too little is said of him")
    review.decide(different.id, Verdict.different, "another patronymic in the file")
    review.decide(same.id, Verdict.same, "one court")
    assert not {same.id, unsure.id, different.id} & {candidate.id for candidate in review.candidates}
    fresh = {candidate.id for candidate in opened(three, kinds=["person"]).candidates}
    assert not {same.id, unsure.id, different.id} & fresh
    again = {c.id: c.decided for c in opened(three, kinds=["person"], again=[Verdict.unsure]).candidates}
    assert again[unsure.id] is Verdict.unsure
    assert different.id not in again


def test_different_holds_for_everything_that_is_the_same(three: DataFolder) -> None:
    review = opened(three, kinds=["person"])
    review.decide(pair(review, "a/judge", "b/judge").id, Verdict.same, "one court")
    other = next(c for c in review.candidates if "id:c/judge" in c.id)  # one pair is left of two, for a and b are one now
    review.decide(other.id, Verdict.different, "c speaks of her namesake")
    assert not [c for c in review.candidates if "id:c/judge" in c.id]
    assert not [c for c in opened(three, kinds=["person"]).candidates if "id:c/judge" in c.id]


def test_a_contradiction_is_told_with_its_chain_before_anything_is_written(three: DataFolder) -> None:
    first, second = opened(three, "Olha"), opened(three, "Ivan")
    first.decide(pair(first, "a/judge", "b/judge").id, Verdict.same, "one court")
    second.decide(pair(second, "b/judge", "c/judge").id, Verdict.different, "born in other years")
    assert "id:a/judge id:c/judge" not in {c.id for c in second.candidates}  # a is b, and b is not c: decided already
    stale = opened(three, "Ivan", again=[Verdict.different], kinds=["person"])
    again = next(c for c in stale.candidates if "id:c/judge" in c.id)
    before = read_decisions(three.path)[0]
    with pytest.raises(ContradictionError) as told:
        stale.decide(again.id, Verdict.same, "one trial after all")
    assert "id:b/judge is not id:c/judge" in str(told.value) or "id:c/judge is not id:b/judge" in str(told.value)
    assert "contradicts" in str(told.value)
    assert read_decisions(three.path)[0] == before
    stale.decide(again.id, Verdict.same, "one trial after all", despite_contradiction=True)
    canonical = resolve(read_decisions(three.path)[0])
    assert canonical.problems
    assert not canonical.representative  # and none of it is merged


def test_somebody_elses_decision_meanwhile_is_told_and_not_overwritten(three: DataFolder) -> None:
    first, second = opened(three, "Olha"), opened(three, "Ivan")
    id = pair(first, "a/judge", "b/judge").id
    first.decide(id, Verdict.same, "one court")
    with pytest.raises(ReviewConflictError, match=r"meanwhile Olha decided: .* because: one court"):
        second.decide(id, Verdict.different, "other handwriting")
    assert len(read_decisions(three.path)[0]) == 1
    assert id not in {candidate.id for candidate in second.candidates}


def test_taking_back_is_a_decision_too_and_what_held_before_holds_again(three: DataFolder) -> None:
    review = opened(three)
    id = pair(review, "a/judge", "b/judge").id
    review.decide(id, Verdict.different, "other handwriting")
    again = opened(three, again=[Verdict.different])
    again.decide(id, Verdict.same, "one court")
    restored = again.undo(reason="a slip")
    assert restored.verdict is Verdict.different
    assert restored.comment.endswith("a slip")
    assert again.undo(restored.pair, "not that either").verdict is Verdict.same
    assert [d.verdict for d in read_decisions(three.path)[0]] == ["different", "same", "different", "same"]


def test_what_was_taken_back_is_open_again(three: DataFolder) -> None:
    review = opened(three)
    id = pair(review, "a/judge", "b/judge").id
    review.decide(id, Verdict.same, "one court")
    assert review.undo().verdict is Verdict.taken_back
    assert review.get(id)
    assert not resolve(read_decisions(three.path)[0]).representative
    assert id in {candidate.id for candidate in opened(three).candidates}
    with pytest.raises(KgError, match="nothing was decided"):
        review.undo()


def test_what_was_overruled_states_nothing_in_the_graph(three: DataFolder, tmp_path: Path) -> None:
    review = opened(three)
    id = pair(review, "a/judge", "b/judge").id
    review.decide(id, Verdict.same, "one court")
    review.undo()
    build(three.path, tmp_path / "build")
    graph = Graph.open(tmp_path / "build")
    assert not graph.ask("ASK { ?one owl:sameAs ?other }")
    assert len(graph.select("SELECT ?row { ?row a pn:Decision }")) == 2
    assert graph.ask(f"ASK {{ GRAPH ?row {{ ?one pn:undecidedIfSameAs ?other }} FILTER(?one = {NamedNode(f'{ID}a/judge')}"
                     f" || ?other = {NamedNode(f'{ID}a/judge')}) }}")  # fmt: skip


def test_two_people_of_one_record_are_two_unless_it_is_a_list(folder: DataFolder) -> None:
    entries = "\n".join(
        f"            - {{id: e{n}, summary: entry {n}, facts: [{{person: p{n}, name: {name}}}]}}"
        for n, name in enumerate(["Lenur Khalilov", "Ленур Халилов", *(f"Person {chr(65 + n)}oval" for n in range(25))])
    )
    head = "source: {id: %s, publisher: example-news, url: 'https://n.example/1', title: T, language: en}"
    folder.record("list.yaml", f"\n            {head % 'list'}\n            passages:\n{entries}\n")
    folder.record(
        "article.yaml", f"\n            {head % 'article'}\n            passages:\n{chr(10).join(entries.splitlines()[:2])}\n"
    )
    review = opened(folder, kinds=["person"])
    found = {candidate.id for candidate in review.candidates}
    assert "id:list/p0 id:list/p1" in found
    assert "id:article/p0 id:article/p1" not in found
    assert "id:article/p0 id:list/p1" in found


@pytest.mark.parametrize(
    ("one", "other", "proposed"),
    [
        ("Golovin District Court of Alushta", "Presnya District Court of Alushta", False),
        ("Golovin District Court of Alushta", "Головинский районный суд Алушты", True),
        ("Crimean Solidarity", "Крымская солидарность", True),
    ],
)
def test_courts_of_two_districts_of_one_city_are_not_proposed(folder: DataFolder, one: str, other: str, proposed: bool) -> None:
    kind = "district-court" if "Court" in one else "organization"
    for source, name in (("a", one), ("b", other)):
        folder.record(
            f"{source}.yaml",
            f"""
            source: {{id: {source}, publisher: example-news, url: "https://news.example/{source}", title: News, language: en}}
            passages:
            - id: p1
              summary: A body is named.
              facts:
              - {{body: body, name: "{name}", kind: {kind}, place: alushta}}
            """,
        )
    found = opened(folder, kinds=["body"]).candidates
    assert bool([candidate for candidate in found if candidate.kind == "body"]) == proposed


def test_two_undated_statements_of_one_person_are_proposed_only_within_a_case(folder: DataFolder) -> None:
    """A lawyer speaks about many trials: the speaker alone is no reason to ask an editor."""
    for source, case in (("a", "trial"), ("b", "trial"), ("c", "appeal")):
        folder.record(
            f"{source}.yaml",
            f"""
            source: {{id: {source}, publisher: example-news, url: "https://news.example/{source}", title: News, language: en}}
            passages:
            - id: p1
              summary: The lawyer speaks.
              facts:
              - {{person: lawyer, name: Emil Bond}}
              - {{case: {case}, name: The {case} case}}
              - {{event: word, kind: statement, case: {case}, people: {{speaker: [lawyer]}}, text: words}}
            """,
        )
    folder.same("people", ("b/lawyer", "a/lawyer"), ("c/lawyer", "a/lawyer"))
    folder.same("cases", ("b/trial", "a/trial"))
    assert [{candidate.one.iri[-6], candidate.other.iri[-6]} for candidate in opened(folder, kinds=["event"]).candidates] == [
        {"a", "b"}
    ]


def test_the_terminal_walks_through_pairs_and_takes_back(three: DataFolder) -> None:
    typed = "s one court | https://court.example/1\nd\nanother man\nu typed the wrong letter\nj\nl\n?\nq\n"
    arguments = ["review", "identity", "--data", str(three.path), "--reviewer", "Olha", "--kind", "person"]
    result = CliRunner().invoke(app, arguments, input=typed)
    assert result.exit_code == 0, result.output
    assert "same role" in result.output
    decisions, problems = read_decisions(three.path)
    assert not problems
    assert [d.verdict for d in decisions] == ["same", "different", "taken back"]
    assert decisions[0].evidence == ("https://court.example/1",)
    assert decisions[1].comment == "another man"
    assert decisions[2].comment.endswith("typed the wrong letter")
    journal = [json.loads(line) for line in (three.path / "identity" / "journal.ndjson").read_text(encoding="utf-8").splitlines()]
    assert [(entry["by"], entry["do"]) for entry in journal] == [("Olha", d.verdict) for d in decisions]


def test_pairs_are_listed_for_reading_and_for_machines(three: DataFolder) -> None:
    arguments = ["review", "identity", "--data", str(three.path), "--list"]
    table = CliRunner().invoke(app, arguments)
    assert "O. Ivanova" in table.output
    pairs = json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout)
    assert pairs[0]["rank"] >= pairs[-1]["rank"]
    assert {"id", "kind", "score", "reasons", "context", "sides"} <= pairs[0].keys()
    rows = CliRunner().invoke(app, [*arguments, "--format", "csv"]).stdout.splitlines()
    assert len(rows) == len(pairs) + 1
    refused = CliRunner().invoke(app, [*arguments, "--kind", "people"])
    assert "choose from person, body, case, event" in str(refused.exception)
