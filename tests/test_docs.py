"""The documentation tells the truth: generated pages are up to date, links lead somewhere, commands exist."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from tests.conftest import ROOT
from tests.queries.expectations import LIBRARY
from tests.test_cli import COMMANDS

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "ontology" / "README.md"]
WRITER = runpy.run_path(str(ROOT / "scripts" / "write_docs.py"))


@pytest.mark.parametrize("name", list(WRITER["PAGES"]))
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == WRITER["PAGES"][name](), "run make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", text):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize(("page", "shown"), [("explanations.md", 3), ("conflicts.md", 2)])
def test_what_a_page_shows_is_what_the_program_prints(page: str, shown: int, tmp_path: Path) -> None:
    kg.build(ROOT / "data", tmp_path)
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    examples = re.findall(r"`kg ((?:explain|conflicts)[^`]*)`\n\n```text\n(.*?)```", text, re.DOTALL)
    assert len(examples) >= shown
    for command, output in examples:
        result = CliRunner().invoke(app, [*shlex.split(command), "--store", str(tmp_path)])
        assert result.exit_code == 0, result.output
        assert result.stdout.strip() == output.strip()


def test_the_commands_of_the_readme_run_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kg.build(ROOT / "data", tmp_path / "build")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^\s*(?:\.venv/bin/)?kg ((?:query|ask|explain|map|network)[^#\n]*)", text)
    assert len(commands) >= 8
    for command in commands:
        result = CliRunner().invoke(app, shlex.split(command))
        assert result.exit_code == 0, f"kg {command}: {result.output}{result.exception}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_text_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for command in re.findall(r"(?m)^\s*(?:\.venv/bin/)?kg ([a-z]+)", text):
        assert command in COMMANDS
    for query in re.findall(r"kg query ([a-z-]+-[a-z-]+)", text):
        assert query in LIBRARY
