"""A real Chromium without network: whatever a page wants from outside fails and is counted."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

import kg
from kg.graph import current_build
from kg.web import create_app
from kg.web.context import Settings
from kg.web.sparql_server import sparql_server
from tests.conftest import ROOT

AXE = ROOT / "src" / "kg" / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, as scripts/browser finds or installs it."""
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    assert path, "no Chromium on this machine: run scripts/browser"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--enable-unsafe-swiftshader",  # WebGL without a graphics card
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield started
        started.close()


class Visit:
    """A page with everything that went wrong on it."""

    def __init__(self, page: Page, home: str = "file://") -> None:
        self.page = page
        self.home = home
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._heard)
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self.requests.append(request.url))

    def _dismiss(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def outside(self) -> list[str]:
        """Requests to anywhere but the file itself, or the server that is visited."""
        return [url for url in self.requests if not url.startswith((self.home, "data:", "blob:"))]


@pytest.fixture(params=[(1400, 900), (390, 844)], ids=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visit]:
    """A fresh page, once at desktop and once at phone size."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce")
    yield Visit(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the explorer over the shipped corpus, served as `kg serve` does, SPARQL included."""
    target = tmp_path_factory.mktemp("served") / "build"
    kg.build(ROOT / "data", target)
    with running(target) as address:
        yield address


@contextmanager
def running(build: Path, data: Path | None = None, review_token: str = "") -> Iterator[str]:
    """The explorer over `build` on a free port, with a SPARQL server behind it; with a token, the review desk over `data` too."""
    with sparql_server(current_build(build) / "store") as sparql, socket.socket() as listening:
        app = create_app(kg.open(build).graph, Settings(build, sparql, review_token, data))
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(params=[(1400, 900), (390, 844)], ids=["desktop", "phone"])
def reader(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[Visit]:
    """Somebody at the served explorer, once at desktop and once at phone size; other hosts cannot be reached."""
    with visiting(browser, served, request.param) as visit:
        yield visit


def barriers(page: Page) -> str:
    """The serious violations of WCAG 2.2 AA on a page, as axe finds them; empty when there is none."""
    assert AXE.is_file(), "axe-core is not installed: scripts/assets test"
    page.wait_for_load_state("load")  # a page whose stylesheet is still on its way has other sizes
    # The policy of the page forbids foreign scripts, so the checker comes in by the debugger's door.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules}).then((result) => result.violations)", rules)
    serious = [
        (violation["id"], violation["help"], [node["html"][:160] for node in violation["nodes"]][:4])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    return json.dumps(serious, indent=1) if serious else ""


@contextmanager
def visiting(browser: Browser, address: str, size: tuple[int, int] = (1400, 900)) -> Iterator[Visit]:
    """A fresh page at `address`, which alone can be reached."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", base_url=address, accept_downloads=True
    )
    visit = Visit(context.new_page(), address)
    context.route(lambda url: not url.startswith((address, "data:", "blob:")), lambda route: route.abort())
    yield visit
    context.close()
