"""A build passed on as a file of N-Quads is the same build where it arrives; a file that is none says what is wrong with it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import BuildError
from kg.graph import current_build, manifest
from kg.graph.restore import restore
from tests.conftest import DataFolder


@pytest.fixture
def built(folder: DataFolder, tmp_path: Path) -> Path:
    """The folder of a build of one verdict."""
    folder.verdict("a")
    kg.build(folder.path, tmp_path / "build", audience="restricted")
    return current_build(tmp_path / "build")


def test_a_researcher_gets_the_same_answers_from_the_file_alone(built: Path, tmp_path: Path) -> None:
    received = tmp_path / "received.nq.gz"
    received.write_bytes((built / "quads.nq.gz").read_bytes())
    product = restore(received, tmp_path / "here")
    assert product.digest == manifest(built.parent)["digest"]
    assert product.counts == manifest(built.parent)["counts"]
    here, there = kg.open(tmp_path / "here"), kg.open(built.parent)
    for name in ("officials-by-people", "role-links", "sources"):
        assert list(here.query(name)) == list(there.query(name)) != []
    assert (product.folder / "quads.nq.gz").read_bytes() == received.read_bytes()


def test_an_unpacked_file_is_as_good(built: Path, tmp_path: Path) -> None:
    plain = tmp_path / "quads.nq"
    plain.write_bytes(gzip.decompress((built / "quads.nq.gz").read_bytes()))
    product = restore(plain, tmp_path / "here")
    assert product.digest == manifest(built.parent)["digest"]
    assert gzip.decompress((product.folder / "quads.nq.gz").read_bytes()) == plain.read_bytes()


def test_it_stays_for_those_it_was_made_for(built: Path, tmp_path: Path) -> None:
    """The manifest beside the file says who may see it; without one, nobody is assumed to."""
    restore(built / "quads.nq.gz", tmp_path / "here", "public")
    assert manifest(tmp_path / "here")["audience"] == "restricted"
    alone = tmp_path / "alone.nq.gz"
    alone.write_bytes((built / "quads.nq.gz").read_bytes())
    restore(alone, tmp_path / "there")
    assert manifest(tmp_path / "there")["audience"] == "confidential"


def test_a_file_that_does_not_belong_to_its_manifest_is_refused(built: Path, tmp_path: Path) -> None:
    beside = built / "manifest.json"
    beside.write_text(json.dumps(json.loads(beside.read_text(encoding="utf-8")) | {"digest": "0" * 64}), encoding="utf-8")
    with pytest.raises(BuildError, match="not what manifest"):
        restore(built / "quads.nq.gz", tmp_path / "here")
    assert not list((tmp_path / "here").glob("*"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("quads.nq", b"<http://a> <http://b> oops .\n", r"quads\.nq: these are not N-Quads.*1"),
        ("quads.nq", b"<http://a> <http://b> <http://c> .\n", "holds no build"),
        ("quads.nq.gz", b"not packed at all", r"quads\.nq\.gz cannot be restored"),
        ("quads.ttl", b"", "ends in .nq"),
        ("missing.nq", None, r"missing\.nq cannot be restored"),
    ],
)
def test_what_is_no_build_says_so_and_the_build_that_serves_stays(
    built: Path, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = CliRunner().invoke(app, ["restore", str(tmp_path / name), "--target", str(built.parent)])
    assert result.exit_code == 1
    assert isinstance(result.exception, BuildError)
    with pytest.raises(BuildError, match=message):
        restore(tmp_path / name, built.parent)
    assert current_build(built.parent) == built
    assert not list(built.parent.glob("tmp-*"))
