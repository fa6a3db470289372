"""The house keeps its shape: imports go downward only, files stay small, nothing is left lying about."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = [
    *("errors", "vocabulary", "records", "identity", "extract", "archive"),
    *("ingest", "graph", "network", "present", "web", "api", "cli"),
]
"""From the ground up (docs/architecture.md); `kg/__init__` and `__main__` are the doors and may reach every floor."""

MODULES = sorted((ROOT / "src" / "kg").rglob("*.py"))
TRACKED = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.split("\n")
TEXTS = [ROOT / name for name in TRACKED if name and (ROOT / name).is_file()] or [
    path
    for path in ROOT.rglob("*")
    if path.is_file() and not {".venv", ".git", "build", "node_modules", "static"} & set(path.parts)
]


def floor(module: str) -> str | None:
    """The floor that `kg.<floor>...` is on."""
    parts = module.split(".")
    return parts[1] if parts[0] == "kg" and len(parts) > 1 else None


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_imports_go_downward_only(path: Path) -> None:
    own = path.relative_to(ROOT / "src" / "kg").with_suffix("").parts[0]
    if own in ("__init__", "__main__"):
        return
    assert own in FLOORS, f"{own} has no place on the floor plan"
    for module in imported(path):
        other = floor(module)
        if other is not None:
            assert FLOORS.index(other) <= FLOORS.index(own), f"{own} imports {module}, which is above it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_files_fit_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
    assert path.stem not in ("utils", "helpers", "misc", "common", "manager")


def test_every_room_says_what_it_is_for() -> None:
    for path in MODULES:
        if path.name == "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"


# Written in pieces, so that this file does not contain what it looks for.
REGISTRIES = re.compile("|".join(["py" + "pi\\.org", "python" + "hosted", "npm" + "js", "registry\\.(npm|yarn)", "ya" + "rnpkg"]))
CDN = re.compile("|".join(["uny" + "pkg", "js" + "delivr", "cdn" + "js", "googleapis" + "\\.com", "bootstrap" + "cdn"]))
HERE = re.compile("/work" + "/|/home/" + r"\w+/|/ro" + "ot/")


@pytest.mark.parametrize(
    "pattern", [REGISTRIES, CDN, HERE], ids=["package registries", "content delivery networks", "paths of one machine"]
)
def test_the_repository_names_no(pattern: re.Pattern[str]) -> None:
    found = []
    for path in TEXTS:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{text[: match.start()].count(chr(10)) + 1}: {match[0]}" for match in pattern.finditer(text)
        ]
    assert found == []


def test_no_file_is_large() -> None:
    assert [path for path in TEXTS if path.stat().st_size > 1_500_000] == []
