"""Drawing the link map in headless Chromium, beside a plain pyvis page that lays itself out in the browser."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

import kg
from benchmarks.measured import Measured, best
from benchmarks.synthetic import write_corpus
from kg.present import LinkMap, build_link_map, write_page


def run() -> Iterator[Measured]:
    """Time from opening the file to the first complete drawing."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox", "--disable-gpu"]
        )
        write_corpus(folder / "data", 75)
        kg.build(folder / "data", folder / "build")
        model = build_link_map(kg.open(folder / "build").graph)
        ours, peer = folder / "ours.html", folder / "peer.html"
        write_page(model, ours)
        _plain_pyvis(model, peer)
        fast, slow = best(lambda: _drawn(browser, ours), lambda: _drawn(browser, peer, plain=True))
        yield Measured(f"drawing {len(model.nodes)} nodes", fast, "pyvis with its own physics", slow, "1.5 s for 500")
        kg.build(Path("data"), folder / "shipped")
        everything = build_link_map(kg.open(folder / "shipped").graph)
        write_page(everything, ours)
        (written,) = best(lambda: write_page(build_link_map(kg.open(folder / "shipped").graph), ours))
        yield Measured(f"writing the map of the shipped corpus ({len(everything.nodes)} nodes)", written)
        (fast,) = best(lambda: _drawn(browser, ours))
        yield Measured("drawing it", fast)
        browser.close()


def _plain_pyvis(model: LinkMap, path: Path) -> None:
    network = Network(cdn_resources="in_line")
    for node in model.nodes.values():
        network.add_node(node.iri, label=node.label)
    network.edges.extend({"from": edge.source, "to": edge.target} for edge in model.edges)
    path.write_text(network.generate_html(), encoding="utf-8")


def _drawn(browser: Browser, path: Path, plain: bool = False) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri(), wait_until="commit")
    if plain:
        page.wait_for_function("() => typeof network !== 'undefined' && network.body")
        page.evaluate("() => new Promise((done) => network.once('stabilizationIterationsDone', done))")
    else:
        page.wait_for_selector("body[data-drawn]", state="attached", timeout=60_000)
    time.sleep(0)
    page.close()
