"""Who is who is decided by people, row by row; nothing follows from a name, and a decision can be taken back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import Decision, read_decisions, resolve, write_decisions
from kg.identity.tables import COLUMNS, HEADER
from kg.vocabulary import ID

PEOPLE = [f"{ID}s{n}/p" for n in range(6)]


def decide(subject: int, same: bool, object: int, line: int = 1) -> Decision:
    return Decision("people", line, PEOPLE[subject], same, PEOPLE[object], "an editor", "2026-11-23", "", "looked at both")


def test_nothing_is_the_same_until_somebody_decides() -> None:
    assert resolve([]).representative == {}


def test_later_decisions_never_change_an_address_that_exists() -> None:
    """The head of a group stays, whether a newcomer is decided towards it, or it is decided towards the newcomer."""
    first = resolve([decide(1, True, 0)])
    assert first(PEOPLE[1]) == first(PEOPLE[0]) == PEOPLE[0]
    for later in (decide(2, True, 1), decide(1, True, 2), decide(0, True, 2)):
        grown = resolve([decide(1, True, 0), later])
        assert {grown(PEOPLE[n]) for n in (0, 1, 2)} == {PEOPLE[0]}


DECISIONS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda p: p[0] != p[1]), max_size=8)


@given(DECISIONS)
def test_groups_are_those_that_the_decisions_connect(pairs: list[tuple[int, int]]) -> None:
    canonical = resolve([decide(a, True, b) for a, b in pairs])
    groups = {n: {n} for n in range(6)}
    for a, b in pairs:
        joined = groups[a] | groups[b]
        for member in joined:
            groups[member] = joined
    for a in range(6):
        for b in range(6):
            assert (canonical(PEOPLE[a]) == canonical(PEOPLE[b])) == (b in groups[a])


@given(DECISIONS, st.integers(0, 8))
def test_a_group_keeps_its_address_while_decisions_are_appended(pairs: list[tuple[int, int]], cut: int) -> None:
    """An address, once the canonical one of something, leads to the group's oldest canonical address for ever."""
    before = resolve([decide(a, True, b) for a, b in pairs[:cut]])
    after = resolve([decide(a, True, b) for a, b in pairs])
    heads = {before(iri) for iri in before.representative}
    for iri in PEOPLE:
        if after(iri) != before(iri):
            assert iri not in before.representative or after(iri) in heads


def test_taking_a_merge_back_is_a_decision_too() -> None:
    canonical = resolve([decide(1, True, 0), decide(1, False, 0)])
    assert canonical(PEOPLE[1]) == PEOPLE[1]
    assert not canonical.problems


def test_a_contradiction_is_told_with_its_chain_and_nothing_of_it_is_merged() -> None:
    canonical = resolve([decide(0, True, 1, 1), decide(1, True, 2, 2), decide(0, False, 2, 3), decide(3, True, 4, 4)])
    assert canonical.representative == {PEOPLE[3]: PEOPLE[4]}
    (problem,) = canonical.problems
    assert "id:s0/p is not id:s2/p (people:3) contradicts: id:s0/p is id:s1/p (people:1); id:s1/p is id:s2/p (people:2)" in str(
        problem
    )


def test_decisions_about_unknown_or_different_kinds_of_things_are_problems() -> None:
    kinds = {PEOPLE[0]: "person", PEOPLE[1]: "body"}
    canonical = resolve([decide(0, True, 1), decide(0, True, 2)], kinds)
    assert not canonical.representative
    assert ["a person" in p.message or "no record declares" in p.message for p in canonical.problems] == [True, True]


def test_a_table_of_decisions_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "identity").mkdir()
    made = [decide(1, True, 0), decide(2, False, 0)]
    write_decisions(tmp_path / "identity" / "people.sssom.tsv", made, {PEOPLE[0]: "P. Koval"})
    read, problems = read_decisions(tmp_path)
    assert not problems
    assert [(d.subject, d.same, d.object, d.author, d.comment) for d in read] == [
        (d.subject, d.same, d.object, d.author, d.comment) for d in made
    ]
    text = (tmp_path / "identity" / "people.sssom.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
    assert rows[0]["object_label"] == "P. Koval"


GOOD = ["id:a/x", "", "owl:sameAs", "id:b/x", "", "semapv:ManualMappingCuration", "an editor", "2026-11-23", "looked at both", ""]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("subject_id", "wd:Q1", "not an address"),
        ("predicate_id", "skos:exactMatch", "owl:sameAs or owl:differentFrom or"),
        ("object_id", "id:a/x", "same address"),
        ("author_label", "", "who made it"),
        ("mapping_date", "23.11.2026", "not a day"),
        ("comment", "", "why"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_stops_only_itself(tmp_path: Path, column: str, value: str, message: str) -> None:
    (tmp_path / "identity").mkdir()
    bad = [value if name == column else cell for name, cell in zip(COLUMNS, GOOD, strict=True)]
    lines = ["\t".join(row) for row in (COLUMNS, bad, GOOD)]
    (tmp_path / "identity" / "people.sssom.tsv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    decisions, problems = read_decisions(tmp_path)
    assert len(decisions) == 1
    assert message in str(problems[0])
    assert problems[0].line == HEADER.count("\n") + 2
