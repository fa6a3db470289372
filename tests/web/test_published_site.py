"""A published site is the explorer in files: every link leads somewhere, nothing is asked of anybody, nothing secret is in it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import KgError
from kg.web.site import Options, publish
from kg.web.site.addresses import file_of, normal
from kg.web.site.working import tidy_up, working_folder
from tests.conftest import SMALL, DataFolder
from tests.graph.leaks import leaks
from tests.graph.test_visibility import HIDDEN, SECRET

OPTIONS = Options(("en", "uk"), dossiers=True)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("build")
    kg.build(SMALL, target)
    return target


@pytest.fixture(scope="module")
def site(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("published") / "site"
    publish(build, target, OPTIONS)
    return target


def pages(site: Path) -> Iterator[tuple[Path, lxml.html.HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield path, lxml.html.document_fromstring(path.read_bytes().decode())


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    dead, outside = [], []
    for path, tree in pages(site):
        for element, attribute, link, _ in tree.iterlinks():
            parts = urlsplit(link)
            if parts.scheme in ("http", "https"):
                # A reader may follow a link to a source; nothing else leads out.
                if element.tag != "a" or attribute != "href":
                    outside.append((path.name, link))
            elif parts.scheme or parts.netloc or link.startswith("/"):
                outside.append((path.name, link))
            elif parts.path and not (path.parent / unquote(parts.path)).is_file():
                dead.append((str(path.relative_to(site)), link))
    assert dead == []
    assert outside == []


def test_every_page_can_be_reached_from_the_first(site: Path) -> None:
    seen, waiting = set(), [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".html":
            continue
        seen.add(page)
        tree = lxml.html.document_fromstring(page.read_bytes().decode())
        links = [urlsplit(link).path for _, _, link, _ in tree.iterlinks() if not urlsplit(link).scheme]
        waiting += [(page.parent / unquote(link)).resolve() for link in links if link]
    found = json.loads(re.sub(r"^globalThis.kgSearch = |;\n$", "", (site / "search-index.js").read_text(encoding="utf-8")))
    listed = {(site / thing[3]).resolve() for thing in found["things"]}
    assert (site / "id" / "courier-verdict" / "stone.html").resolve() in listed
    assert {page for page in listed if not page.is_file()} == set()
    assert (site / "id" / "courier-verdict" / "verdict.html").resolve() in {page.resolve() for page in seen}


def test_no_page_could_ask_anything_of_a_server(site: Path) -> None:
    for path, tree in pages(site):
        policy = tree.xpath('string(//meta[@http-equiv="Content-Security-Policy"]/@content)')
        assert "default-src 'none'" in policy, path
        assert "http" not in policy, path
        assert not tree.xpath("//*[@data-live or @data-source or @data-suggest]"), path
        assert not tree.xpath("//script[not(@src) and not(@type='application/json')]"), path
        assert not tree.xpath("//*[@style]"), path


def test_both_languages_lead_to_each_other(site: Path) -> None:
    english = lxml.html.document_fromstring((site / "id/courier-verdict/stone.html").read_text(encoding="utf-8"))
    (other,) = english.xpath('//nav[contains(@class, "languages")]//a[@hreflang="uk"]/@href')
    there = (site / "id/courier-verdict" / other).resolve()
    assert there == (site / "uk/id/courier-verdict/stone.html").resolve()
    assert 'lang="uk"' in there.read_text(encoding="utf-8")


def test_checksums_and_data(site: Path, build: Path) -> None:
    listed = {
        name: digest
        for digest, name in (line.split("  ", 1) for line in (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    }
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert set(listed) == files
    assert all(hashlib.sha256((site / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())
    store = pyoxigraph.Store()
    store.load(gzip.decompress((site / "data/quads.nq.gz").read_bytes()), pyoxigraph.RdfFormat.N_QUADS)
    facts = pyoxigraph.Store()
    facts.load(gzip.decompress((site / "data/facts.ttl.gz").read_bytes()), pyoxigraph.RdfFormat.TURTLE)
    assert len(facts) == sum(1 for _ in store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))
    ranked = list(csv.DictReader((site / "data/tables/officials-by-people.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in ranked][:3] == [row["name"] for row in kg.open(build).query("officials-by-people")][:3]


def test_a_dossier_of_every_official_stands_beside_the_page(site: Path) -> None:
    page = lxml.html.document_fromstring((site / "id/courier-verdict/stone.html").read_text(encoding="utf-8"))
    (link,) = [link.get("href") for link in page.iter("a") if "dossiers/" in link.get("href", "")]
    assert "Official: " in (site / "id/courier-verdict" / link).resolve().read_text(encoding="utf-8")


def test_the_same_build_gives_the_same_site_and_is_not_written_twice(build: Path, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    assert publish(build, copy, OPTIONS).unchanged
    os.utime(copy / "index.html", (1_000_000_000, 1_000_000_000))
    again = publish(build, copy, replace(OPTIONS, force=True))
    assert (copy / "SHA256SUMS").read_bytes() == (site / "SHA256SUMS").read_bytes()
    assert again.changed == 0
    assert (copy / "index.html").stat().st_mtime == 1_000_000_000  # an upload sends only what has changed
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_something_else_is_left_alone(build: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mother.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(KgError, match="something else than a published site"):
        publish(build, tmp_path / "letters")
    assert (tmp_path / "letters" / "mother.txt").read_text(encoding="utf-8") == "dear"


def test_a_publication_that_fails_leaves_the_old_site(
    build: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    monkeypatch.setattr(sys.modules["kg.web.site.publish"], "read_pages", broken)
    with pytest.raises(OSError, match="no space"):
        publish(build, copy, Options(force=True))
    assert (copy / "SHA256SUMS").read_bytes() == (site / "SHA256SUMS").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.web.site import Options, publish
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
rename = Path.rename
def rename_and_die(path, to):
    rename(path, to)
    die()
say = lambda stage, detail: die() if sys.argv[3] == stage else None
if sys.argv[3] == "between":
    Path.rename = rename_and_die
publish(Path(sys.argv[1]), Path(sys.argv[2]), Options(force=True), say)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("when", ["pages", "files", "between"])
def test_a_publication_that_is_killed_leaves_a_whole_site_and_the_next_one_tidies_up(
    build: Path, site: Path, tmp_path: Path, when: str
) -> None:
    """`between` is the moment in which the old site is set aside and the new one not yet in its place."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(build), str(copy), when], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == (1 if when == "between" else 2)
    if when == "between":
        tidy_up(copy)
    assert (copy / "SHA256SUMS").read_bytes() == (site / "SHA256SUMS").read_bytes()
    publish(build, copy, OPTIONS)
    assert (copy / "SHA256SUMS").read_bytes() == (site / "SHA256SUMS").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_another_publication_that_still_writes_is_left_alone(build: Path, tmp_path: Path) -> None:
    with working_folder(tmp_path / "site") as other:
        publish(build, tmp_path / "site")
        assert other.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_restricted_material_is_in_no_file_and_a_restricted_build_is_refused(folder: DataFolder, tmp_path: Path) -> None:
    folder.record("qz7-hidden.yaml", HIDDEN)
    folder.verdict("open")
    folder.same("people", ("open/judge", "qz7-hidden/judge"))
    kg.build(folder.path, tmp_path / "build")
    publish(tmp_path / "build", tmp_path / "site", Options(dossiers=True))
    assert leaks(tmp_path / "site", ["O. Ivanova"])
    assert leaks(tmp_path / "site", SECRET) == []
    kg.build(folder.path, tmp_path / "inner", audience="restricted")
    result = CliRunner().invoke(app, ["publish", str(tmp_path / "inner-site"), "--store", str(tmp_path / "inner")])
    assert result.exit_code == 1
    assert "the build is for the audience 'restricted'" in str(result.exception)
    assert not (tmp_path / "inner-site").exists()


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "J" + "o" * 10_000, "\u202egnitseggus\u202c"]


def test_hostile_names_stay_text_on_every_page(folder: DataFolder, tmp_path: Path) -> None:
    for number, name in enumerate(map(json.dumps, HOSTILE)):
        folder.record(
            f"h{number}.yaml",
            f"""
            source: {{id: h{number}, publisher: other-news, url: "https://news.example/{number}", title: {name}, language: en}}
            passages:
            - id: p1
              summary: {name}
              facts:
              - {{person: judge, name: {name}}}
              - {{person: koval, name: Petro Koval}}
              - {{case: trial, name: {name}, defendants: [koval]}}
              - event: verdict
                kind: sentence
                case: trial
                title: {name}
                people: {{judge: [judge], defendant: [koval]}}
            """,
        )
    kg.build(folder.path, tmp_path / "build")
    publish(tmp_path / "build", tmp_path / "site", Options(dossiers=True))
    for path, tree in pages(tmp_path / "site"):
        assert not tree.xpath("//script[not(@src) and not(@type='application/json')]"), path
        assert not tree.xpath("//@onerror | //img[@src='x']"), path
        assert not [link for _, _, link, _ in tree.iterlinks() if link.lower().startswith(("javascript:", "data:text"))], path
    assert "</script" not in (tmp_path / "site/search-index.js").read_text(encoding="utf-8")


@given(
    st.lists(
        st.text(st.characters(exclude_characters="/?#", exclude_categories=("Cs", "Cc")), min_size=1, max_size=90),
        min_size=1,
        max_size=4,
    )
)
def test_files_have_names_that_every_file_system_takes(parts: list[str]) -> None:
    from urllib.parse import quote

    address = normal("/id/" + "/".join(quote(part, safe="") for part in parts))
    if address is None:
        return
    file = file_of(address)
    for name in file.split("/"):
        assert re.fullmatch(r"[a-z0-9._-]{1,100}", name)
        assert name not in (".", "..")
        assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)
    assert file_of(address) == file


def test_names_that_differ_only_in_capitals_are_two_files() -> None:
    assert len({file_of(f"/id/a/{name}").lower() for name in ("Stone", "stone", "STONE")}) == 3
