"""A reviewer walks through a draft: what they decide is safe, told apart from what was proposed, and makes a normal record."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.errors import KgError, RecordError, ReviewConflictError
from kg.extract import extract_article
from kg.extract.draft import Draft, proposal_path, text_path
from kg.extract.review import Review, ReviewedFact, State, find_words, read_anew, reopen, waiting_drafts
from kg.extract.review.journal import journal_path
from kg.records import read_registries, try_record
from kg.records.model import EventFact, PersonFact
from tests.conftest import DataFolder

TITLE = "Verdict in Rostov"
VERDICT = (
    "On 16 August 2021 the Southern District Military Court sentenced Ivan Petrenko to 13 years. Judge Oleg Sydorenko presided."
)
HOME = "Maria Koval waited outside. Officers from another unit talked to Lesia Bondar on 3 May 2020 for an hour."
ARTICLE = f"{TITLE}\n{VERDICT}\n{HOME}\n"


def proposed(text: str) -> Draft:
    return extract_article(
        text, title=TITLE, published="2021-08-18", publisher="example-news", language="en", url="https://news.example/1"
    )


@pytest.fixture
def record(folder: DataFolder) -> Path:
    """A draft record in a data folder."""
    path = folder.path / "records" / "verdict.yaml"
    proposed(ARTICLE).write(path)
    return path


def opened(record: Path, reviewer: str = "Olena") -> Review:
    return Review.open(record, reviewer, read_registries(record.parent.parent))


def named(review: Review, name: str) -> ReviewedFact:
    return next(fact for fact in review.facts if (fact.proposed or fact.value or {}).get("name") == name)


def accept_all(review: Review) -> None:
    while fact := review.next():
        review.accept(fact.id)


def test_accepted_edited_rejected_and_added_facts_make_a_normal_record(record: Path) -> None:
    review = opened(record)
    review.reject(named(review, "Maria Koval").id, "only waited")
    petrenko = named(review, "Ivan Petrenko")
    review.edit(petrenko.id, {**(petrenko.value or {}), "occupation": "imam"})
    accept_all(review)
    review.add(*find_words(ARTICLE, "Southern District"), {"person": "x", "name": "Nobody"})
    review.undo(named(review, "Nobody").id)
    review.summarise("p2", "Petrenko was given 13 years.")
    assert review.finish() == record
    made, problems = try_record(record, registries=read_registries(record.parent.parent))
    assert problems == []
    assert made is not None
    assert made.status == "final"
    assert [passage.summary for passage in made.passages if passage.id == "p2"] == ["Petrenko was given 13 years."]
    people = {fact.name: fact for passage in made.passages for fact in passage.facts if isinstance(fact, PersonFact)}
    assert set(people) == {"Ivan Petrenko", "Oleg Sydorenko", "Lesia Bondar"}
    assert people["Ivan Petrenko"].occupation == "imam"
    checked = CliRunner().invoke(app, ["check", str(record)])
    assert checked.exit_code == 0, checked.output


def test_text_proposal_and_decisions_stay_apart(record: Path) -> None:
    text, proposal = text_path(record).read_bytes(), proposal_path(record).read_bytes()
    review = opened(record)
    review.reject(review.facts[0].id, "wrong person")
    accept_all(opened(record, "Taras"))
    assert (text_path(record).read_bytes(), proposal_path(record).read_bytes()) == (text, proposal)
    lines = [json.loads(line) for line in journal_path(record).read_text(encoding="utf-8").splitlines()]
    assert [(line["by"], line["do"]) for line in lines[:2]] == [("Olena", "reject"), ("Taras", "accept")]
    assert lines[0]["reason"] == "wrong person"
    assert all(line["at"].endswith("Z") and line["text"] == hashlib.sha256(text).hexdigest() for line in lines)
    again = opened(record)
    assert {fact.by for fact in again.facts} == {"Olena", "Taras"}


def test_every_fact_shows_its_words(record: Path) -> None:
    review = opened(record)
    assert review.words(named(review, "Ivan Petrenko")) == "Ivan Petrenko"
    for fact in review.facts:
        start, end = review.paragraph(fact.passage)
        assert start <= fact.start < fact.end <= end


# --- adding ---
def test_adding_a_name_takes_its_words_and_nothing_else(record: Path) -> None:
    review = opened(record)
    (added,) = review.add(*find_words(ARTICLE, "another unit"), kind="body")
    assert added.value == {"body": "another-unit", "name": "another unit", "kind": "organization"}
    (person,) = review.add(*find_words(ARTICLE, "Rostov"))
    assert person.value == {"person": "rostov", "name": "Rostov"}
    assert (person.state, person.passage, review.words(person)) == (State.added, "p1", "Rostov")


def test_adding_an_event_knows_the_people_and_the_day_of_its_words(record: Path) -> None:
    review = opened(record)
    (added,) = review.add(*find_words(ARTICLE, "officers from ... hour"), kind="search")
    assert added.value == {
        "event": "search-bondar",
        "kind": "search",
        "date": "2020-05-03",
        "people": {"searched-person": ["bondar"]},
    }


def test_words_that_the_grammar_reads_bring_whom_they_name(record: Path) -> None:
    text_path(record).unlink()
    proposed(ARTICLE.replace(HOME, "Nothing was said. And Oleh Tymchuk was detained in Kyiv on 4 May 2020.")).write(
        record, force=True
    )
    review = opened(record)
    for fact in review.facts:
        if fact.passage == "p3":
            review.reject(fact.id)
    added = review.add(*find_words(review.proposal.text, "Oleh Tymchuk was ... 2020"))
    assert [next(iter(fact.value or {})) for fact in added] == ["person", "event"]
    assert added[1].value is not None
    assert added[1].value["people"] == {"detainee": ["tymchuk-2"]}


def test_names_that_nobody_proposed_are_pointed_out(record: Path) -> None:
    text = ARTICLE.replace("for an hour", "beside Ґенріх Völler-Çelik")
    proposed(text).write(record, force=True)
    review = opened(record)
    missed = [text[start:end] for start, end in review.unread_names("p3")]
    assert missed in ([], ["Ґенріх Völler-Çelik"])
    assert review.unread_names("p2") == []  # neither what is known nor "On ... August"
    for start, end in review.unread_names("p3"):
        review.add(start, end)
    assert review.unread_names("p3") == []


@pytest.mark.parametrize(
    ("words", "kind", "told"),
    [
        ("Nowhere Printed", None, "does not stand in the text"),
        ("Rostov", "perosn", "'perosn' is no kind of fact: did you mean 'person'"),
        ("in Rostov\nOn 16 August", None, "does not stand|inside one paragraph"),
        ("waited", "tenure", "nothing can be made of 'waited'"),
    ],
)
def test_what_cannot_be_added_says_why(record: Path, words: str, kind: str | None, told: str) -> None:
    review = opened(record)
    with pytest.raises(KgError, match=told):
        review.add(*find_words(ARTICLE, words), kind=kind)
    assert not journal_path(record).exists() or journal_path(record).read_bytes() == b""


def test_an_edit_that_is_no_fact_is_refused_with_its_field(record: Path) -> None:
    review = opened(record)
    fact = named(review, "Ivan Petrenko")
    for value, told in (
        ({"person": "A B"}, "a key is made of"),
        ({"persn": "a"}, "what kind of fact"),
        ({"person": "a", "x": 1}, "x"),
    ):
        with pytest.raises(RecordError, match=told):
            review.edit(fact.id, value)
    assert review.fact(fact.id).state is State.open


# --- finishing ---
def test_an_unfinished_review_writes_nothing(record: Path) -> None:
    before = record.read_bytes()
    review = opened(record)
    with pytest.raises(KgError, match="facts are undecided"):
        review.finish()
    accept_all(review)
    review.reject(named(review, "Ivan Petrenko").id)
    with pytest.raises(RecordError, match=r"verdict\.source\.txt:2:\d+: .*there is no person 'petrenko'"):
        review.finish()
    assert [problem.line for problem in review.problems()] == [2] * len(review.problems())
    assert record.read_bytes() == before


def test_undecided_facts_can_be_left_out_and_that_is_journalled(record: Path) -> None:
    review = opened(record)
    review.accept(named(review, "Ivan Petrenko").id)
    review.finish(leave_out_open=True)
    made, _ = try_record(record)
    assert made is not None
    assert [fact.name for passage in made.passages for fact in passage.facts if isinstance(fact, PersonFact)] == ["Ivan Petrenko"]
    assert {fact.reason for fact in opened(record).facts if fact.state is State.rejected} == {"left out at the end"}


def test_a_record_of_nothing_is_not_written(record: Path) -> None:
    with pytest.raises(RecordError, match="nothing was kept"):
        opened(record).finish(leave_out_open=True)


def test_a_record_edited_by_hand_is_not_lost(record: Path) -> None:
    review = opened(record)
    accept_all(review)
    review.finish()
    record.write_text(record.read_text(encoding="utf-8").replace("Ivan", "Iwan"), encoding="utf-8")
    with pytest.raises(KgError, match="edited by hand"):
        review.finish()
    review.finish(replace_edited=True)
    assert "Iwan" not in record.read_text(encoding="utf-8")


def test_what_the_draft_says_of_its_source_can_be_corrected(folder: DataFolder) -> None:
    path = folder.path / "records" / "x.yaml"
    extract_article(ARTICLE, title=TITLE, published="2021-08-18").write(path)
    review = opened(path)
    accept_all(review)
    with pytest.raises(RecordError, match="unknown-publisher"):
        review.finish()
    with pytest.raises(RecordError, match="publishr"):
        review.set_source(publishr="example-news")
    review.set_source(publisher="other-news", url="https://other.example/1")
    review.finish()
    made, problems = try_record(path, registries=read_registries(folder.path))
    assert problems == []
    assert made is not None
    assert (made.source.publisher, str(made.source.published)) == ("other-news", "2021-08-18")


# --- a source that changed ---
def test_a_changed_text_reopens_what_changed_and_keeps_the_rest(record: Path) -> None:
    review = opened(record)
    added = review.add(*find_words(ARTICLE, "another unit"), kind="body")[0]
    accept_all(review)
    review.finish()
    standing = record.read_bytes()
    assert waiting_drafts(record.parent.parent) == []
    changed = ARTICLE.replace("13 years", "12 years").replace(TITLE, f"{TITLE}\nUpdated on Friday.")
    assert reopen(record, proposed(changed))
    (waiting,) = waiting_drafts(record.parent.parent)
    assert waiting.state == "reopened"
    assert record.read_bytes() == standing  # until it is finished anew
    again = opened(record)
    assert {fact.passage for fact in again.facts if fact.state is State.open} == {"p2"}
    assert again.fact(added.id).state is State.added
    assert again.words(again.fact(added.id)) == "another unit"
    accept_all(again)
    again.finish()
    made, _ = try_record(record)
    assert made is not None
    (sentence,) = [f for p in made.passages for f in p.facts if isinstance(f, EventFact) and f.kind == "sentence"]
    assert sentence.penalties[0].years == "12"
    assert waiting_drafts(record.parent.parent) == []


def test_what_vanished_from_the_text_is_told(record: Path) -> None:
    review = opened(record)
    accept_all(review)
    review.finish()
    reopen(record, proposed(f"{TITLE}\n{VERDICT}\n"))
    gone = opened(record).standing.gone
    assert {entry.get("value").get("name") for entry in gone} >= {"Maria Koval", "Lesia Bondar"}


def test_the_same_text_reopens_nothing(record: Path) -> None:
    accept_all(opened(record))
    before = journal_path(record).read_bytes()
    assert not reopen(record, proposed(ARTICLE))
    assert not read_anew(record)
    assert journal_path(record).read_bytes() == before


def test_a_text_file_that_was_edited_is_read_anew(record: Path) -> None:
    accept_all(opened(record))
    text_path(record).write_text(ARTICLE.replace("Ivan", "Ihor"), encoding="utf-8")
    with pytest.raises(KgError, match="text has changed"):
        opened(record)
    assert read_anew(record)
    review = opened(record)
    assert named(review, "Ihor Petrenko").state is State.open
    assert named(review, "Lesia Bondar").state is State.accepted


# --- several reviewers, crashes ---
def test_two_reviewers_see_each_other_and_a_clash_is_told(record: Path) -> None:
    olena, taras = opened(record), opened(record, "Taras")
    first = olena.next()
    assert first is not None
    taras.reject(first.id, "no")
    with pytest.raises(ReviewConflictError, match="Taras rejected this at 20"):
        olena.accept(first.id)
    assert olena.fact(first.id).state is State.rejected
    olena.accept(first.id)
    assert taras.refresh().facts[first.id].by == "Olena"
    following = taras.next()
    assert following is not None
    assert following.id != first.id


def test_the_version_tells_a_clash_between_two_requests(record: Path) -> None:
    shown = opened(record).facts[0]
    opened(record, "Taras").accept(shown.id)
    with pytest.raises(ReviewConflictError):
        opened(record).reject(shown.id, version=shown.version)
    opened(record).reject(shown.id)


def _add_many(record: Path, reviewer: str, count: int) -> None:
    review = Review.open(record, reviewer)
    for at in range(count):
        review.add(20, 30, {"person": f"{reviewer.lower()}-{at}", "name": f"{reviewer} {at}"})


def test_reviewers_writing_at_once_lose_nothing(record: Path) -> None:
    context = multiprocessing.get_context("spawn")
    people = ("Olena", "Taras", "Ihor")
    processes = [context.Process(target=_add_many, args=(record, name, 15)) for name in people]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    added = [fact.value["name"] for fact in opened(record).facts if fact.state is State.added and fact.value]
    assert sorted(added) == sorted(f"{name} {at}" for name in people for at in range(15))


def test_a_decision_waits_for_the_one_that_is_being_written(record: Path) -> None:
    olena, taras = opened(record), opened(record, "Taras")
    first, second = (fact.id for fact in olena.facts[:2])
    with olena.journal.locked() as writer:
        other = threading.Thread(target=taras.accept, args=(second,))
        other.start()
        other.join(0.3)
        assert other.is_alive()
        writer.append("Olena", "accept", fact=first, value=olena.fact(first).value)
    other.join()
    assert [(entry.by, entry.get("fact")) for entry in opened(record).journal.entries] == [("Olena", first), ("Taras", second)]


def test_a_line_that_a_crash_cut_off_is_dropped_and_the_rest_stands(record: Path) -> None:
    review = opened(record)
    first, second = review.facts[:2]
    review.accept(first.id)
    with journal_path(record).open("ab") as file:
        file.write(b'{"at": "2026-11-25T10:00:00Z", "by": "Olena", "do": "acc')
    again = opened(record)
    assert again.decided == 1
    again.accept(second.id)
    assert opened(record).decided == 2
    assert len(journal_path(record).read_bytes().splitlines()) == 2


def test_a_journal_that_was_tampered_with_is_told(record: Path) -> None:
    opened(record).accept(opened(record).facts[0].id)
    journal_path(record).write_text("not a decision\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"verdict\.review\.ndjson:1:1: this line is no decision"):
        opened(record)


def test_decisions_survive_a_killed_process(record: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom kg.extract.review import Review\n"
        "review = Review.open(Path(sys.argv[1]), 'Olena')\n"
        "review.accept(review.next().id)\nprint('kept', flush=True)\ntime.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(record)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert opened(record).decided == 1


@pytest.mark.parametrize("damage", ["{", "[]", '{"facts": 3}', '{"text-sha256": "x", "source": {}, "passages": {}, "facts": []}'])
def test_a_damaged_proposal_is_told(record: Path, damage: str) -> None:
    proposal_path(record).write_text(damage, encoding="utf-8")
    with pytest.raises(KgError, match=r"verdict\.draft\.json: damaged.*kg extract again"):
        opened(record)
    proposal_path(record).unlink()
    with pytest.raises(KgError, match="is not beside it"):
        opened(record)


# --- the screen ---
def screen(record: Path, keys: str, *options: str) -> Result:
    data = str(record.parent.parent)
    return CliRunner().invoke(app, ["review", "drafts", str(record), "--reviewer", "Olena", "--data", data, *options], input=keys)


def test_the_screen_from_the_first_fact_to_the_record(record: Path) -> None:
    decided = "e occupation=imam of Alushta age=40\n" + "y\n" * 20
    result = screen(record, f"a Rostov\nu\n{decided}s \nf\n")
    assert result.exit_code == 0, result.output
    assert "sentenced [Ivan Petrenko] to 13 years" in result.stdout
    assert "added: person Rostov" in result.stdout
    made, problems = try_record(record)
    assert problems == []
    assert made is not None
    people = [fact for passage in made.passages for fact in passage.facts if isinstance(fact, PersonFact)]
    assert (people[0].occupation, people[0].age) == ("imam of Alushta", 40)
    assert "Rostov" not in [person.name for person in people]


def test_adding_is_as_short_as_accepting(record: Path) -> None:
    """One line each: `y`, and `a1` for a name that was pointed out."""
    text = ARTICLE.replace("for an hour", "near Xhevdet Qyteti of Elsewhere Manor")
    proposed(text).write(record, force=True)
    fact = next(fact for fact in opened(record).facts if fact.passage == "p3")
    if not opened(record).unread_names("p3"):
        pytest.skip("the grammar reads every name of this text: nothing is left to add")
    jumps = "j\n" * [one.id for one in opened(record).facts].index(fact.id)
    result = screen(record, f"{jumps}a1\nq\n")
    assert "added: " in result.stdout


def test_mistakes_on_the_screen_are_told_and_nothing_is_lost(record: Path) -> None:
    result = screen(record, "a9\na Nowhere\ne born=someday\nblah\ne x\nn\nl\nf\nn\nq\n")
    assert result.exit_code == 0, result.exception
    for told in ("there is no name 9", "does not stand in the text", "not a date", "y            accept", "sets no field"):
        assert told in result.stderr, told
    assert "rejected" in result.stdout
    assert opened(record).decided == 1


def test_an_article_cannot_command_the_terminal(record: Path) -> None:
    text = ARTICLE.replace("waited outside", "\x1b]0;owned\x07waited\u202e \x9boutside").replace(TITLE, "Verdict \x1b[2Jin Rostov")
    proposed(text).write(record, force=True)
    result = screen(record, "j\n" * 30 + "l\nq\n")
    assert result.exit_code == 0, result.exception
    assert "␛]0;owned␇waited� �outside" in result.stdout
    for mark in "\x1b\x07\u202e\x9b":
        assert mark not in result.stdout + result.stderr


def test_the_end_of_the_input_stops_and_keeps_everything(record: Path) -> None:
    assert screen(record, "y\n").exit_code == 0
    assert opened(record).decided == 1


def test_what_waits_is_listed(record: Path, folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.path)
    listed = CliRunner().invoke(app, ["review", "drafts", "--list", "--data", str(folder.path)])
    assert "records/verdict.yaml" in listed.stdout
    assert "new" in listed.stdout
    proposal_path(record).unlink()
    listed = CliRunner().invoke(app, ["review", "drafts", "--list", "--data", str(folder.path)])
    assert "without proposal" in listed.stdout
    record.unlink()
    nothing = CliRunner().invoke(app, ["review", "drafts", "--data", str(folder.path)])
    assert "no draft waits" in nothing.stderr


def test_extracting_again_reopens_instead_of_overwriting(record: Path, tmp_path: Path) -> None:
    accept_all(opened(record))
    opened(record).finish()
    standing = record.read_bytes()
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE.replace("13", "12"), encoding="utf-8")
    options = ["--published", "2021-08-18", "--publisher", "example-news", "--data", str(record.parent.parent), "--title", TITLE]
    command = ["extract", str(article), *options, "-o", str(record)]
    refused = CliRunner().invoke(app, command)
    assert refused.exit_code == 1
    assert "--force reads it anew" in str(refused.exception)
    again = CliRunner().invoke(app, [*command, "--force"])
    assert again.exit_code == 0, again.exception
    assert "review is open again" in again.stderr
    assert record.read_bytes() == standing
    assert [one.state for one in waiting_drafts(record.parent.parent)] == ["reopened"]
