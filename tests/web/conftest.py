"""The explorer over the shipped corpus and over small ones, asked in process."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kg
from kg.web import create_app
from tests.conftest import ROOT, DataFolder

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
"""What a browser says it accepts."""


@pytest.fixture(scope="session")
def shipped_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the shipped corpus."""
    target = tmp_path_factory.mktemp("shipped") / "build"
    kg.build(ROOT / "data", target)
    return target


@pytest.fixture(scope="session")
def explorer(shipped_build: Path) -> TestClient:
    """The explorer over the shipped corpus."""
    return visitor(shipped_build)


@pytest.fixture
def shipped(explorer: TestClient) -> TestClient:
    """A visitor who comes to it for the first time: no language chosen yet."""
    explorer.cookies.clear()
    return explorer


def visitor(build: Path) -> TestClient:
    """Somebody with a browser; redirects are not followed."""
    return TestClient(create_app(kg.open(build).graph), headers=HTML, follow_redirects=False)


def built(folder: DataFolder) -> TestClient:
    """A visitor of the explorer over what was written into `folder`."""
    target = folder.path.parent / "build"
    kg.build(folder.path, target)
    return visitor(target)
