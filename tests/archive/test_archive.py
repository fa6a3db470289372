"""A quote is checked against the text its source had; a text that changed sends its passages back to an editor."""

from __future__ import annotations

import json
import shutil
import stat
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

import kg
from kg.archive import (
    Archive,
    QuoteCheck,
    archived_sources,
    check_quotes,
    find_quote,
    mark_reviewed,
    read_source,
    reopened,
    source_record,
    unread_quotes,
)
from kg.cli import app
from kg.errors import ArchiveError
from kg.vocabulary import ID
from tests.conftest import ROOT, DataFolder
from tests.graph.leaks import leaks

EXAMPLE = ROOT / "examples" / "archive"
ARTICLE = "The trial\nThe court in Rostov gave him “thirteen years” – the prosecutor had asked for more.\nHe denies everything.\n"
LATER = "The trial\nThe court in Rostov gave him a long term.\nHe denies everything.\n"
RECORD = """
    # What an editor wrote stays as it is.
    source:
      id: paper
      publisher: example-news   # the daily
      url: "https://news.example/paper"
      title: A trial
      language: en
    passages:
    - id: p1
      summary: He was given thirteen years.
      quote: gave him "thirteen years" - the prosecutor
      facts:
      - {person: koval, name: Petro Koval}
    - id: p2
      summary: He does not admit guilt.
      facts: []
    """
FIRST, SECOND, THIRD = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in (1, 2, 3))


@pytest.fixture
def paper(folder: DataFolder) -> DataFolder:
    folder.record("paper.yaml", RECORD)
    return folder


def archive(folder: DataFolder) -> Archive:
    return Archive(folder.path.parent / "archive")


def read(folder: DataFolder, text: str, when: datetime) -> str:
    return read_source(archive(folder), source_record(folder.path, "paper"), text, "page.html", when).outcome


def command(folder: DataFolder, *arguments: str) -> Result:
    places = ("--data", str(folder.path), "--archive", str(folder.path.parent / "archive"))
    return CliRunner().invoke(app, ["archive", *arguments, *places])


def test_a_reading_is_noted_and_the_record_stays_the_editors(paper: DataFolder) -> None:
    path = paper.path / "records" / "paper.yaml"
    before = path.read_text("utf-8")
    assert read(paper, ARTICLE, FIRST) == "new"
    after = path.read_text("utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    (access,) = source_record(paper.path, "paper").record.source.access
    assert added == ["  access:", f"  - {{read: 2026-01-01T12:00:00Z, hash: {access.hash}}}"]
    assert [line for line in after.splitlines() if line not in added] == before.splitlines()
    assert archive(paper).text(access.hash) == ARTICLE
    assert kg.build(paper.path, paper.path.parent / "build").problems == []
    asked = f"ASK {{ <{ID}source/paper> pn:hasAccess [ pn:contentHash '{access.hash}' ; pn:accessedAt ?when ] }}"
    assert kg.open(paper.path.parent / "build").ask(asked)


@pytest.mark.parametrize(
    "source",
    [
        'source: {id: paper, publisher: example-news, url: "https://news.example/paper", title: A trial, language: en}',
        "source:\n  id: paper\n  publisher: example-news\n  language: en\n  title: T\n  locator: >-\n    page 1\n    of it",
        "source: {id: paper, publisher: example-news, locator: p, title: A trial,\n  language: en, access: []}",
        "source:\n    id: paper\n    publisher: example-news\n    language: en\n    title: T\n    locator: page\n# after it\n",
    ],
)
def test_readings_are_noted_in_any_style_of_yaml(folder: DataFolder, source: str) -> None:
    path = folder.record("paper.yaml", f"{source}\npassages:\n- {{id: p1, summary: Nothing much.}}\n")
    for text, when in ((ARTICLE, FIRST), (LATER, SECOND)):
        read(folder, text, when)
    mark_reviewed(source_record(folder.path, "paper"), 'A. "Editor", B: C', date(2026, 2, 3))
    read(folder, ARTICLE, THIRD)
    found = source_record(folder.path, "paper").record.source.access
    assert [access.read for access in found] == [f"2026-0{month}-01T12:00:00Z" for month in (1, 2, 3)]
    assert [access.reviewed_by for access in found] == [None, 'A. "Editor", B: C', None]
    assert ("# after it" in path.read_text("utf-8")) == ("# after it" in source)


def test_ingesting_a_table_again_keeps_the_readings(paper: DataFolder) -> None:
    from kg.ingest.writing import write_records

    read(paper, ARTICLE, FIRST)
    record = source_record(paper.path, "paper").record
    told = record.source.model_copy(update={"access": [], "title": "Another title"})
    (outcome,) = write_records([record.model_copy(update={"source": told})], paper.path, "table.xlsx", replace=True)
    assert outcome.state == "changed"
    now = source_record(paper.path, "paper").record.source
    assert (now.title, now.access) == ("Another title", record.source.access)


def test_the_same_words_are_not_noted_twice(paper: DataFolder) -> None:
    read(paper, ARTICLE, FIRST)
    assert read(paper, ARTICLE.replace(" ", "\u00a0").replace("\n", "\n\n"), SECOND) == "unchanged"
    assert len(source_record(paper.path, "paper").record.source.access) == 1
    assert len((archive(paper).folder / "log.jsonl").read_text("utf-8").splitlines()) == 2, "that it was looked at is known"


def test_a_quote_is_found_and_a_wrong_one_comes_with_the_nearest_words(paper: DataFolder) -> None:
    read(paper, ARTICLE, FIRST)
    (found,) = check_quotes(archive(paper), source_record(paper.path, "paper"))
    assert (found.status, found.line) == ("found", 2)
    path = paper.path / "records" / "paper.yaml"
    path.write_text(
        path.read_text("utf-8").replace('quote: gave him "thirteen years"', 'quote: gave him "fourteen years"'), "utf-8"
    )
    result = command(paper, "check")
    assert result.exit_code == 1
    assert "paper.yaml:" in result.stdout
    assert "gave him “thirteen years” – the prosecutor" in result.stdout


def test_a_changed_text_reopens_its_passages_until_somebody_reviews_them(paper: DataFolder) -> None:
    read(paper, ARTICLE, FIRST)
    assert read(paper, LATER, SECOND) == "changed"
    waiting = list(reopened(archive(paper), source_record(paper.path, "paper")))
    assert [(one.passage, one.quote) for one in waiting] == [("p1", "no longer there"), ("p2", "no quote: read it again")]
    build = str(paper.path.parent / "build")
    told = "The text of the source has changed"
    validate = ["validate", "--store", build, "--data", str(paper.path), "--shape", "TextChanged", "--format", "json"]
    kg.build(paper.path, Path(build))
    findings = CliRunner().invoke(app, validate).stdout
    assert told in findings
    assert "paper.yaml" in findings
    assert "p1" in command(paper, "review").stdout
    assert command(paper, "review", "paper", "--done", "--reviewer", "A. Editor").exit_code == 0
    assert list(reopened(archive(paper), source_record(paper.path, "paper"))) == []
    kg.build(paper.path, Path(build))
    assert told not in CliRunner().invoke(app, validate).stdout
    (found,) = check_quotes(archive(paper), source_record(paper.path, "paper"))
    assert found.status == "found", "in the text that it was taken from"


def test_a_kept_text_cannot_be_changed_unseen(paper: DataFolder) -> None:
    read(paper, ARTICLE, FIRST)
    (access,) = source_record(paper.path, "paper").record.source.access
    path = archive(paper).path(access.hash)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, "others' words are for those who check, not for the machine's other users"
    path.write_text(LATER, "utf-8")
    result = command(paper, "check")
    assert result.exit_code == 1
    with pytest.raises(ArchiveError, match="was changed after it was kept"):
        list(check_quotes(archive(paper), source_record(paper.path, "paper")))


def test_a_text_that_is_not_here_is_told_and_is_no_failure(paper: DataFolder) -> None:
    """A colleague has the record and not the archive."""
    read(paper, ARTICLE, FIRST)
    (access,) = source_record(paper.path, "paper").record.source.access
    archive(paper).path(access.hash).unlink()
    result = command(paper, "check", "--format", "json")
    assert result.exit_code == 0
    (found,) = json.loads(result.stdout)
    assert found["status"] == "no text kept"


def test_pages_are_read_as_extraction_reads_them(paper: DataFolder, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    paragraph = "".join(f"<p>{line} {'And so on. ' * 12}</p>" for line in ARTICLE.splitlines())
    page.write_text(f"<html><body><nav>Menu</nav><article><h1>The trial</h1>{paragraph}</article></body></html>", "utf-8")
    assert command(paper, "add", "paper", str(page)).exit_code == 0
    assert command(paper, "check", "paper").exit_code == 0
    assert "paper" in command(paper, "list", "--format", "csv").stdout
    unknown = command(paper, "add", "papers", str(page))
    assert isinstance(unknown.exception, ArchiveError)


def test_no_build_holds_a_kept_text(paper: DataFolder) -> None:
    read(paper, ARTICLE + "Only the archive has Harbour Street 7.\n", FIRST)
    kg.build(paper.path, paper.path.parent / "build")
    assert leaks(paper.path.parent / "archive", ["Harbour Street 7"])
    assert leaks(paper.path.parent / "build", ["Harbour Street 7"]) == []


def quotes_of(data: Path, kept: Archive) -> list[QuoteCheck]:
    return [found for source in archived_sources(data) for found in check_quotes(kept, source)]


def test_every_quote_of_the_shipped_corpus_whose_text_is_kept_is_in_it() -> None:
    """The repository holds nobody else's texts: whoever has an archive beside it runs this over theirs."""
    found = quotes_of(ROOT / "data", Archive(ROOT / "archive"))
    checked = [one for one in found if one.status != "no text kept"]
    if not checked:
        pytest.skip(f"none of {len(found) + unread_quotes(ROOT / 'data')} quotes can be checked here: their texts are not kept")
    assert [one for one in checked if one.status != "found"] == []


def test_every_quote_of_the_example_is_in_the_text_its_source_had() -> None:
    """An invented archive in three languages, which may be committed: every quote that can be checked is there, none is skipped."""
    found = quotes_of(EXAMPLE / "data", Archive(EXAMPLE / "kept"))
    assert len(found) == 7
    assert {one.status for one in found} == {"found"}
    assert kg_check(EXAMPLE / "data").exit_code == 0


def test_a_wrong_letter_in_any_quote_of_the_example_is_noticed() -> None:
    """Each quote with one of its letters doubled: the check of all must fail for every one of them."""
    kept = Archive(EXAMPLE / "kept")
    for source in archived_sources(EXAMPLE / "data"):
        for passage in source.record.passages:
            assert passage.quote is not None
            at = next(at for at, letter in enumerate(passage.quote) if letter.isalpha())
            wrong = passage.model_copy(update={"quote": passage.quote[: at + 1] + passage.quote[at:]})
            passages = [wrong if one is passage else one for one in source.record.passages]
            broken = replace(source, record=source.record.model_copy(update={"passages": passages}))
            assert [one.passage for one in check_quotes(kept, broken) if one.status == "not found"] == [passage.id]


def test_it_says_how_many_quotes_could_be_checked_and_why_others_could_not(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["archive", "check", "--data", str(EXAMPLE / "data"), "--archive", str(EXAMPLE / "kept")])
    assert result.exit_code == 0
    assert "7 of 8 quotes checked, 0 not found; 1 cannot be checked: 1 of sources of which no text was kept" in result.stderr
    result = CliRunner().invoke(app, ["archive", "check", "--data", str(EXAMPLE / "data"), "--archive", str(tmp_path)])
    assert result.exit_code == 0
    assert f"0 of 8 quotes checked, 0 not found; 8 cannot be checked: 7 whose text is not kept in {tmp_path}" in result.stderr


def test_a_source_is_forgotten_with_its_texts_and_nothing_else(tmp_path: Path) -> None:
    """Somebody is in danger and the record is gone: no text, no address, no line of the log stays; what others said does."""
    kept = tmp_path / "kept"
    shutil.copytree(EXAMPLE / "kept", kept)
    shared = Archive(kept).text(next(source for source in archived_sources(EXAMPLE / "data")).record.source.access[0].hash)
    assert shared is not None
    Archive(kept).log("ferry-reprint", Archive(kept).keep(shared), "2026-03-03T12:00:00Z", "https://reprint.example")
    for source, texts in (("ferry-visnyk", 1), ("ferry-herald", 0)):
        result = CliRunner().invoke(app, ["archive", "forget", source, "--archive", str(kept)])
        assert result.exit_code == 0
        assert f"{texts} texts removed" in result.stderr
    assert leaks(kept, ["visnyk", "Ані Рід", "Я везла ліки", "herald.example"]) == []
    assert leaks(kept, ["Ана Рид", "Ане Рид"]), "what another source said stays"
    assert Archive(kept).keep(shared), "the reprint had the same words"
    with pytest.raises(ArchiveError, match="no reading of 'ferry-visnyk'"):
        Archive(kept).forget("ferry-visnyk")


def kg_check(data: Path) -> Result:
    return CliRunner().invoke(app, ["check", "--data", str(data)])


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("gave him 'thirteen years' - the prosecutor", True),
        ("gave\nhim «thirteen   years» — the prosecutor", True),
        ("The court in Rostov […] asked for more", True),
        ("asked for more [...] The court in Rostov", False),
        ("Gave him thirteen years", False),
        ("He deni\u00aded everything".replace("deni\u00aded", "den\u00adies"), True),
        ("He denied everything", False),
    ],
)
def test_what_counts_in_a_quote(quote: str, there: bool) -> None:
    assert (find_quote(ARTICLE, quote).likeness == 100) is there


@given(st.text(), st.text(min_size=1), st.text())
def test_what_stands_in_a_text_is_found_and_shown_in_its_own_words(before: str, words: str, after: str) -> None:
    text = f"{before} {words} {after}"
    quote = words.replace("…", " ").replace("...", " ")
    if quote == words:
        assert find_quote(text, quote).likeness == 100


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_is_looked_for_makes_it_fall_over(text: str, quote: str) -> None:
    found = find_quote(text, quote)
    assert 0 <= found.likeness <= 100
    assert 1 <= found.line <= text.count("\n") + 1
