"""Decisions are on disk whole or not at all: hostile words, two reviewers at once, a crash between two keystrokes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DecisionError
from kg.identity import Decision, Verdict, append_decisions, read_decisions, write_decisions
from kg.identity.tables import COLUMNS, HEADER, journal_of, table_path, writing
from kg.vocabulary import ID
from tests.conftest import ROOT

PEOPLE = [f"{ID}s{n}/p" for n in range(400)]
HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip())
AUTHORS = HOSTILE.map(lambda text: " ".join(text.split()))


def decide(one: str, verdict: Verdict, other: str, comment: str = "looked at both", author: str = "an editor") -> Decision:
    left_open = verdict if verdict in (Verdict.unsure, Verdict.taken_back) else None
    return Decision("", 0, one, verdict is Verdict.same, other, author, "2026-11-23", "semapv:x", comment, (), left_open)


@given(
    st.lists(
        st.tuples(st.sampled_from(Verdict), HOSTILE, AUTHORS, st.lists(HOSTILE.map(lambda t: f"https://x/{t.strip()}"))), max_size=6
    )
)
def test_what_was_written_is_read_back_whatever_the_words(made: list[tuple[Verdict, str, str, list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        given = [
            Decision("", 0, PEOPLE[n], v is Verdict.same, PEOPLE[n + 1], author, "2026-11-23", "semapv:x", reason, tuple(evidence),
                     v if v in (Verdict.unsure, Verdict.taken_back) else None)
            for n, (v, reason, author, evidence) in enumerate(made)
        ]  # fmt: skip
        for decision in given:
            append_decisions(data, "people", [decision], {PEOPLE[0]: decision.comment})
        read, problems = read_decisions(data)
    assert not problems
    assert [(d.subject, d.verdict, d.object, d.comment, d.author, d.evidence) for d in read] == [
        (d.subject, d.verdict, d.object, d.comment.strip(), d.author, d.evidence) for d in given
    ]


def test_a_table_without_a_column_for_evidence_keeps_it_in_the_reasons(tmp_path: Path) -> None:
    path = table_path(tmp_path, "people")
    path.parent.mkdir()
    path.write_text(HEADER + "\t".join(COLUMNS[:-1]) + "\n", encoding="utf-8")
    decision = decide(PEOPLE[0], Verdict.same, PEOPLE[1])
    with writing(tmp_path) as log:
        log.append("people", Decision(**{**vars(decision), "evidence": ("https://a.example/1",)}), {})
    (read,), problems = read_decisions(tmp_path)
    assert not problems
    assert read.comment == "looked at both [evidence: https://a.example/1]"


def test_a_row_that_a_crash_cut_off_is_told_and_set_aside_in_the_journal(tmp_path: Path) -> None:
    append_decisions(tmp_path, "people", [decide(PEOPLE[0], Verdict.same, PEOPLE[1])])
    path = table_path(tmp_path, "people")
    whole = path.read_bytes()
    path.write_bytes(whole + b"id:s2/p\tPetro Koval\towl:sameAs\tid:s3")
    read, (problem,) = read_decisions(tmp_path)
    assert len(read) == 1
    assert "the last line is cut off" in str(problem)
    append_decisions(tmp_path, "people", [decide(PEOPLE[4], Verdict.different, PEOPLE[5])])
    read, problems = read_decisions(tmp_path)
    assert not problems
    assert [decision.subject for decision in read] == [PEOPLE[0], PEOPLE[4]]
    assert [e.get("cut_off") for e in journal_of(tmp_path).read() if e.do == "repair"] == [
        "id:s2/p\tPetro Koval\towl:sameAs\tid:s3"
    ]


def test_a_whole_row_without_a_line_break_that_an_editor_left_is_kept(tmp_path: Path) -> None:
    append_decisions(tmp_path, "people", [decide(PEOPLE[0], Verdict.same, PEOPLE[1])])
    path = table_path(tmp_path, "people")
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    append_decisions(tmp_path, "people", [decide(PEOPLE[2], Verdict.same, PEOPLE[3])])
    read, problems = read_decisions(tmp_path)
    assert not problems
    assert [decision.subject for decision in read] == [PEOPLE[0], PEOPLE[2]]


def test_nothing_is_written_beside_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    append_decisions(tmp_path, "people", [decide(PEOPLE[0], Verdict.same, PEOPLE[1])])
    path = table_path(tmp_path, "people")
    path.write_bytes(path.read_bytes() + b"not a row\n")
    before = path.read_bytes()
    with pytest.raises(DecisionError, match=r"people\.sssom\.tsv:8"):
        append_decisions(tmp_path, "people", [decide(PEOPLE[2], Verdict.same, PEOPLE[3])])
    assert path.read_bytes() == before


REVIEWER = """
import sys
from pathlib import Path
from kg.identity import Decision, append_decisions
from kg.vocabulary import ID
data, name, first, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
for n in range(first, first + count):
    append_decisions(data, "people", [Decision("", 0, f"{ID}s{n}/p", True, f"{ID}t{n}/p", name, "2026-11-23", "", "x" * 3000)])
    print(n, flush=True)
"""


def reviewer(data: Path, name: str, first: int, count: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", REVIEWER, str(data), name, str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_two_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    at_work = [reviewer(tmp_path, "Olha", 0, 30), reviewer(tmp_path, "Ivan", 100, 30)]
    assert [process.wait(60) for process in at_work] == [0, 0]
    for process in at_work:
        assert process.stdout is not None
        process.stdout.close()
    read, problems = read_decisions(tmp_path)
    assert not problems
    assert {d.subject for d in read} == {PEOPLE[n] for n in [*range(30), *range(100, 130)]}
    lines = table_path(tmp_path, "people").read_text(encoding="utf-8").split("\n")
    assert lines.count("\t".join(COLUMNS)) == 1  # both may have started the table: its head stands in it once
    assert [(e.by, e.do, e.get("line")) for e in journal_of(tmp_path).read()] == [(d.author, "same", d.line) for d in read]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")
def test_a_reviewer_killed_between_two_keystrokes_loses_nothing_and_leaves_no_half_line(tmp_path: Path) -> None:
    process = reviewer(tmp_path, "Olha", 0, 300)
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(5)]
    os.kill(process.pid, signal.SIGKILL)
    told += [int(line) for line in process.stdout.read().split()]
    process.stdout.close()
    assert process.wait(60) == -signal.SIGKILL
    append_decisions(tmp_path, "people", [decide(PEOPLE[399], Verdict.same, PEOPLE[398])])
    read, problems = read_decisions(tmp_path)
    assert not problems
    assert len(read) - 1 in (len(told), len(told) + 1)  # the one not told of may stand too, but whole
    assert {PEOPLE[n] for n in told} <= {d.subject for d in read if len(d.comment) == 3000}


def test_a_table_may_be_written_at_once(tmp_path: Path) -> None:
    (tmp_path / "identity").mkdir()
    made = [decide(PEOPLE[0], Verdict.unsure, PEOPLE[1]), decide(PEOPLE[2], Verdict.same, PEOPLE[3], "as both\tsay")]
    write_decisions(table_path(tmp_path, "people"), made)
    assert [(d.verdict, d.comment) for d in read_decisions(tmp_path)[0]] == [("unsure", "looked at both"), ("same", "as both\tsay")]
