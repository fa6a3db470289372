"""The explorer under readers: fifty at once for a minute, the first page, and suggestions among a hundred thousand names."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

import kg
from benchmarks.measured import Measured, best
from kg.web.suggestions import SuggestionIndex

READERS, SECONDS = 50, 60.0
_PARTS = (
    "ka",
    "li",
    "mov",
    "ste",
    "pan",
    "o",
    "ru",
    "ben",
    "ish",
    "cha",
    "dze",
    "vy",
    "ol",
    "en",
    "ko",
    "sky",
    "zhu",
    "mar",
    "ta",
    "gr",
)


def run() -> Iterator[Measured]:
    """Times as a reader waits for them, client and server on the same machine."""
    with tempfile.TemporaryDirectory() as temporary:
        build = Path(temporary) / "build"
        kg.build(Path("data"), build)
        command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(build)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
                yield from _served(address, _paths(build))
            finally:
                server.terminate()
    yield from _suggested()


def _paths(build: Path) -> list[str]:
    graph = kg.open(build).graph
    things = graph.select(
        "SELECT DISTINCT ?x WHERE { VALUES ?c { pn:Person pn:Case pn:Court pn:Event pn:Source pn:Place } ?x a ?c }"
    )
    pages = [f"/id/{str(iri).split('/id/', 1)[1]}" for iri in things.column("x")]
    words = ["Халилов", "Kolpikov", "верховний суд", "Nahaiev", "sim", "ziza"]
    return (
        pages
        + [f"/api/suggest?q={word}" for word in words for _ in range(30)]
        + ["/", "/officials", "/conflicts", "/coverage"] * 20
    )


def _served(address: str, paths: list[str]) -> Iterator[Measured]:
    start = time.perf_counter()
    first = httpx.get(address, timeout=30)
    yield Measured("explorer: first page of a fresh server", time.perf_counter() - start, bar="1 s")
    styles = httpx.get(httpx.URL(address).join(first.text.split('rel="stylesheet" href="')[1].split('"')[0]))
    weight = sum(int(answer.headers.get("content-length", len(answer.content))) for answer in (first, styles))
    yield Measured("first page with its styles", weight / 1000, bar="300 KB", unit="KB")
    times, failures = asyncio.run(_read(address, paths, SECONDS, pause=1.0))
    yield Measured(
        f"{READERS} readers, a page a second each, for {SECONDS:.0f} s: p95", times[len(times) * 95 // 100], bar="500 ms"
    )
    yield Measured("the same: median", times[len(times) // 2])
    yield Measured("the same: failures", failures, bar="none", unit="failures")
    times, failures = asyncio.run(_read(address, paths, SECONDS / 4, pause=0.0))
    yield Measured(f"{READERS} readers without a pause: pages per second", len(times) / SECONDS * 4, unit="pages/s")
    yield Measured("the same: failures", failures, bar="none", unit="failures")


async def _read(address: str, paths: list[str], seconds: float, pause: float) -> tuple[list[float], int]:
    """How long each page took, in order, and how many failed; each reader waits `pause` seconds between two pages."""
    times: list[float] = []
    failures = 0
    end = time.perf_counter() + seconds

    async def reader(number: int) -> None:
        nonlocal failures
        chance = random.Random(number)
        async with httpx.AsyncClient(base_url=address, headers={"accept": "text/html,*/*;q=0.5"}, timeout=60) as client:
            while time.perf_counter() < end:
                start = time.perf_counter()
                try:
                    answer = await client.get(chance.choice(paths))
                    failures += answer.status_code not in (200, 308)
                except httpx.HTTPError:
                    failures += 1
                times.append(time.perf_counter() - start)
                await asyncio.sleep(pause * chance.uniform(0.5, 1.5))

    await asyncio.gather(*(reader(number) for number in range(READERS)))
    return sorted(times), failures


def _suggested() -> Iterator[Measured]:
    chance = random.Random(1)

    def word(length: int) -> str:
        return "".join(chance.choice(_PARTS) for _ in range(length)).capitalize()

    given, family = [word(3) for _ in range(600)], [word(chance.choice((3, 4, 5))) for _ in range(60_000)]
    names = [(f"id:{number}", f"{chance.choice(given)} {chance.choice(family)}") for number in range(100_000)]
    index = SuggestionIndex(names, {})
    asked = [name[:cut] for _, name in chance.sample(names, 60) for cut in (1, 2, 4, 40)]
    asked += [name[:4] + "x" + name[5:] for _, name in chance.sample(names, 60)]
    worst = max(best(*[lambda question=question: index.find(question) for question in asked], runs=2))  # type: ignore[misc]
    yield Measured("suggestion among 100,000 names: the slowest of 300 questions", worst, bar="100 ms")
