"""The explorer's pictures in headless Chromium: a map of 500 nodes, the overview of 5,000, beside pyvis with physics off."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

import kg
from benchmarks.measured import Measured, best
from benchmarks.synthetic import write_corpus
from kg.present import LinkMap
from kg.present.whole_map import WholeMap
from kg.vocabulary import compress
from kg.web import create_app

TRIALS = 1250
"""Records that give a network of about 5,000 nodes."""


def run() -> Iterator[Measured]:
    """Time from asking for the page to the first complete drawing, the server having read the graph before."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"],
        )
        write_corpus(folder / "data", TRIALS)
        kg.build(folder / "data", folder / "build")
        graph = kg.open(folder / "build").graph
        whole = WholeMap.read(graph)
        focus, around = _of_500(whole)
        asked = "&".join(f"about={compress(iri)}" for iri in focus)
        _plain(around, folder / "500.html")
        _plain(whole.model, folder / "5000.html")
        with _served(folder / "build") as address:
            map_page, overview = f"{address}/map?{asked}", f"{address}/overview"
            for page, drawn in ((map_page, "data-drawn"), (overview, "data-overview-drawn")):
                _drawn(browser, page, drawn)  # reads the graph and lays out, once for each build
            times = best(
                lambda: _drawn(browser, map_page, "data-drawn"),
                lambda: _drawn(browser, (folder / "500.html").as_uri()),
                lambda: _drawn(browser, overview, "data-overview-drawn"),
                lambda: _drawn(browser, (folder / "5000.html").as_uri()),
            )
        peer = "pyvis without physics"
        yield Measured(f"live map of {len(around.nodes)} nodes", times[0], peer, times[1], "1.5 s for 500")
        yield Measured(f"overview of {len(whole.model.nodes):,} nodes", times[2], peer, times[3], "1 s for 5,000")
        browser.close()


def _of_500(whole: WholeMap) -> tuple[tuple[str, str], LinkMap]:
    """Two bodies whose maps together have about 500 nodes, and that map."""
    bodies = sorted(iri for iri, node in whole.model.nodes.items() if node.kind == "body")
    first = max(bodies, key=lambda iri: (len(whole.around(iri).nodes), iri))
    maps = {iri: whole.together(first, iri, "union") for iri in bodies[:12] if iri != first}
    second = min(maps, key=lambda iri: (abs(len(maps[iri].nodes) - 500), iri))
    return (first, second), maps[second]


def _plain(model: LinkMap, path: Path) -> None:
    """The same network as pyvis draws it, with positions given and physics off."""
    network = Network(cdn_resources="in_line")
    network.toggle_physics(False)
    side = int(len(model.nodes) ** 0.5) + 1
    for number, node in enumerate(model.nodes.values()):
        network.add_node(node.iri, label=node.label, x=number % side * 90, y=number // side * 90, physics=False)
    network.edges.extend({"from": edge.source, "to": edge.target} for edge in model.edges)
    path.write_text(network.generate_html(), encoding="utf-8")


@contextmanager
def _served(build: Path) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(kg.open(build).graph), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def _drawn(browser: Browser, address: str, mark: str = "") -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address, wait_until="commit")
    if mark:
        page.wait_for_selector(f"body[{mark}]", state="attached", timeout=120_000)
    else:
        page.wait_for_function("() => typeof network !== 'undefined' && network.body", timeout=120_000)
    # Drawn means painted: two frames later.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.close()
