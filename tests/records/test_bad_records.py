"""An editor makes mistakes: each is told with file, line, column and a hint, all of them at once, and the rest still builds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import RecordError
from kg.records import read_corpus, read_record, read_registries
from tests.conftest import DataFolder

GOOD = """\
source:
  id: example
  publisher: example-news
  url: https://news.example/1
  title: A verdict
  language: en
passages:
- id: p1
  summary: A judge sentenced a man.
  facts:
  - person: judge
    name: O. Ivanova
  - person: koval
    name: Petro Koval
  - event: verdict
    kind: sentence
    date: 2021-08-16
    place: alushta
    people: {judge: [judge], defendant: [koval]}
    penalties:
    - {person: koval, years: 18, regime: strict, provisions: ["ru-cc:205.5/1"]}
"""

MISTAKES = [
    # what the editor did, replaced text, replacement, line, what the message must say
    ("a role that does not exist", "judge: [judge], def", "jugde: [judge], def", 19, r"jugde.*\n.*judge"),
    ("an unknown field", "    place: alushta", "    plaec: alushta", 18, r"unknown field 'plaec'\n.*place"),
    ("a day that is not in the calendar", "2021-08-16", "2021-02-30", 17, "no such day"),
    ("a date in words", "2021-08-16", "16 August 2021", 17, "not a date"),
    ("an event kind that does not exist", "kind: sentence", "kind: sentense", 16, r"sentense.*\n.*sentence"),
    ("a place that is not registered", "place: alushta", "place: alusta", 18, r"alusta.*\n.*alushta"),
    ("a publisher that is not registered", "publisher: example-news", "publisher: exampel-news", 3, "exampel-news"),
    ("a key that nobody declared", "defendant: [koval]", "defendant: [kowal]", 19, r"kowal.*\n.*koval"),
    ("a code that is not registered", "ru-cc:205.5/1", "ru-xx:205.5/1", 21, "ru-xx"),
    ("a provision in words", "ru-cc:205.5/1", "Article 205.5", 21, "not a legal provision"),
    ("years in words", "years: 18", "years: eighteen", 21, "number of years"),
    ("a regime that does not exist", "regime: strict", "regime: harsh", 21, "harsh"),
    ("the same field twice", "    name: Petro Koval", "    name: Petro Koval\n    name: Petro Kovalenko", 15, "stands twice"),
    ("a person without a name", "    name: O. Ivanova\n", "", 11, "has no name"),
    ("wrong indentation", "    name: Petro Koval", "   name: Petro Koval", 14, "indentation"),
    ("an anchor", "name: O. Ivanova", "name: &a O. Ivanova", 12, "anchor"),
    ("a person in the place of a body", "    place: alushta", "    body: koval", 18, "koval"),
    ("a tag", "name: O. Ivanova", "name: !!python/name:os.system O. Ivanova", 12, "tag"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_every_mistake_is_told_where_it_stands(folder: DataFolder, old: str, new: str, line: int, message: str) -> None:
    assert GOOD.count(old) == 1
    path = folder.record("example.yaml", GOOD.replace(old, new))
    with pytest.raises(RecordError) as caught:
        read_record(path, "example.yaml", read_registries(folder.path))
    assert any(p.line == line and p.column >= 1 for p in caught.value.problems), str(caught.value)
    assert re.search(message, str(caught.value)), str(caught.value)


def test_the_record_without_mistakes_is_read(folder: DataFolder) -> None:
    record = read_record(folder.record("example.yaml", GOOD), "example.yaml", read_registries(folder.path))
    assert [fact.__class__.__name__ for fact in record.passages[0].facts] == ["PersonFact", "PersonFact", "EventFact"]


def test_all_mistakes_are_told_at_once(folder: DataFolder) -> None:
    bad = GOOD.replace("2021-08-16", "2021-13-01").replace("years: 18", "years: x")
    bad = bad.replace("judge: [judge]", "jugde: [judge]").replace("place: alushta", "place: nowhere")
    with pytest.raises(RecordError) as caught:
        read_record(folder.record("example.yaml", bad), "example.yaml", read_registries(folder.path))
    assert {p.line for p in caught.value.problems} == {17, 18, 19, 21}


def test_a_passage_is_required(folder: DataFolder) -> None:
    text = GOOD[: GOOD.index("passages:")]
    with pytest.raises(RecordError, match="at least one passage"):
        read_record(folder.record("example.yaml", text))


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"source:\n  title: ")
        file.truncate(200_000_000)


def _bomb(path: Path) -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10))
    path.write_text(f"l0: &l0 [lol, lol]\n{levels}\n", encoding="utf-8")


def _deep(path: Path) -> None:
    path.write_text("source: " + "[" * 5000, encoding="utf-8")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)))


def _empty(path: Path) -> None:
    path.write_text("", encoding="utf-8")


@pytest.mark.parametrize("spoil", [_huge, _bomb, _deep, _binary, _empty])
def test_a_hostile_file_stops_only_itself(folder: DataFolder, spoil: Callable[[Path], None]) -> None:
    folder.record("good.yaml", GOOD)
    spoil(folder.path / "records" / "bad.yaml")
    corpus = read_corpus(folder.path)
    assert [file.record.source.id for file in corpus.files] == ["example"]
    assert corpus.refused == ["data/records/bad.yaml"]
    assert all(re.match(r"data/records/bad\.yaml:\d+:\d+: ", str(problem)) for problem in corpus.problems)


def test_two_records_cannot_share_a_source_id(folder: DataFolder) -> None:
    folder.record("a.yaml", GOOD)
    folder.record("b.yaml", GOOD)
    corpus = read_corpus(folder.path)
    assert len(corpus.files) == 1
    assert "already used by data/records/a.yaml" in str(corpus.problems[0])


def test_check_tells_every_mistake_and_fails(folder: DataFolder) -> None:
    path = folder.record("bad.yaml", GOOD.replace("2021-08-16", "yesterday"))
    result = CliRunner().invoke(app, ["check", str(path), "--data", str(folder.path)])
    assert result.exit_code == 1
    assert f"{path}:17:5: " in result.stdout
    assert "Traceback" not in result.output


def test_check_finds_the_registries_from_wherever_it_is_called(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder.record("good.yaml", GOOD)
    monkeypatch.chdir(folder.path.parent.parent)
    result = CliRunner().invoke(app, ["check", str(path)])
    assert result.exit_code == 0, result.output


def test_check_takes_a_registry_or_a_folder_as_well(folder: DataFolder) -> None:
    """An editor who added a place checks the file with places; who copied ten articles in checks their folder."""
    (folder.path / "records" / "news").mkdir()
    folder.record("news/good.yaml", GOOD)
    folder.record("news/bad.yaml", GOOD.replace("2021-08-16", "yesterday"))
    result = CliRunner().invoke(app, ["check", str(folder.path / "records" / "news")])
    assert (result.exit_code, result.stderr.strip()) == (1, "files checked: 2, problems: 1")
    assert f"{Path('news') / 'bad.yaml'}:17:5" in result.stdout
    places = folder.path / "places.yaml"
    assert CliRunner().invoke(app, ["check", str(places)]).exit_code == 0
    with places.open("a", encoding="utf-8") as file:
        file.write("- {key: village, within: atlantis, name: {en: Village, uk: Село}, kind: village}\n")
    result = CliRunner().invoke(app, ["check", str(places)])
    assert "within names 'atlantis', which is not in the registry" in result.stdout


def test_the_rest_of_the_corpus_builds_and_the_exit_code_says_that_something_is_wrong(folder: DataFolder, tmp_path: Path) -> None:
    folder.record("good.yaml", GOOD)
    folder.record("bad.yaml", GOOD.replace("id: example", "id: other").replace("2021-08-16", "yesterday"))
    result = CliRunner().invoke(app, ["build", "--data", str(folder.path), "--target", str(tmp_path / "build")])
    assert result.exit_code == 1
    assert "data/records/bad.yaml:17:5" in result.stderr
    answer = CliRunner().invoke(app, ["ask", "ASK { ?s pn:name 'Petro Koval' }", "--store", str(tmp_path / "build")])
    assert answer.stdout.strip() == "yes"


def test_a_strict_build_refuses_and_writes_nothing(folder: DataFolder, tmp_path: Path) -> None:
    folder.record("bad.yaml", GOOD.replace("2021-08-16", "yesterday"))
    with pytest.raises(RecordError):
        kg.build(folder.path, tmp_path / "build", strict=True)
    assert not (tmp_path / "build" / "CURRENT").exists()
