"""`kg extract`: what an editor sees and what is written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from typer.testing import CliRunner, Result

from kg.cli import app
from tests.conftest import ROOT

ARTICLE = (
    "Verdict in Rostov\nOn 16 August 2021 the Southern District Military Court sentenced Ivan Petrenko to 13 years. "
    "[/bold] He was beaten.\n"
)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["extract", *arguments, "--data", str(ROOT / "data")], input=stdin)


def test_the_table_shows_what_was_found_with_its_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    result = run(str(tmp_path / "a.txt"), "--published", "2021-08-17")
    assert result.exit_code == 0, result.output
    assert "petrenko 13 years" in " ".join(result.stdout.replace("│", " ").split())
    assert "nothing was written" in result.stderr


def test_the_draft_passes_the_check(tmp_path: Path) -> None:
    target = tmp_path / "draft.yaml"
    result = run("-", "--publisher", "zmina", "--published", "2021-08-17", "-o", str(target), stdin=ARTICLE)
    assert result.exit_code == 0, result.output
    assert target.read_text(encoding="utf-8").splitlines()[1] == "status: draft"
    side = json.loads(target.with_suffix(".draft.json").read_text(encoding="utf-8"))
    assert {fact["rule"] for fact in side["facts"]} >= {"en:person", "en:sentence:active"}
    checked = CliRunner().invoke(app, ["check", str(target), "--data", str(ROOT / "data")])
    assert checked.exit_code == 0, checked.output
    again = run("-", "-o", str(target), stdin=ARTICLE)
    assert again.exit_code == 1


def test_machines_get_json_and_csv() -> None:
    rows = json.loads(run("-", "--format", "json", stdin=ARTICLE).stdout)
    assert any("Ivan Petrenko" in row["proposed"] for row in rows)
    assert run("-", "-f", "csv", stdin=ARTICLE).stdout.startswith("passage,proposed,words,rule,needs a look")


def test_an_article_cannot_put_a_formula_into_a_spreadsheet() -> None:
    text = "Verdict\n\n=1+1 The Southern District Military Court sentenced Ivan Petrenko to 13 years on 16 August 2021.\n"
    assert any(row["words"].startswith("=") for row in json.loads(run("-", "-f", "json", stdin=text).stdout))
    cells = [cell for row in csv.reader(io.StringIO(run("-", "-f", "csv", stdin=text).stdout)) for cell in row]
    assert not any(cell.startswith("=") for cell in cells)


def test_mistakes_are_told_without_a_traceback() -> None:
    for arguments, words in (
        (["missing.txt"], "cannot be read"),
        (["-", "--published", "last week"], "not a date"),
        (["-", "--language", "de"], "word lists"),
        (["http://127.0.0.1/"], "private network"),
    ):
        result = run(*arguments, stdin=ARTICLE)
        assert result.exit_code == 1
        assert words in str(result.exception)
