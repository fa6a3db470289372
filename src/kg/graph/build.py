"""Records and decisions -> a store, written beside the old one and swapped in at once.

The store holds only what the inputs say: two builds of the same inputs have the same digest. A build killed at any moment
leaves the earlier one serving; its remains are cleared by the next build. `kg.graph.build_folder` says what lies where.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from kg.errors import BuildError, Problem, RecordError
from kg.graph.assemble import Assembly, Derive, assemble, derive_all
from kg.graph.build_folder import cache_folder, current_build, current_or_none, manifest, manifest_or_none, shows_more, tidy
from kg.graph.conversion.cache import ConversionCache
from kg.graph.history.forgetting import Forgotten
from kg.graph.history.journal import carry_journal
from kg.graph.inputs import fingerprint, read_inputs
from kg.graph.product import DUMP, FORMAT, write_product
from kg.graph.visibility.audience import LEVELS
from kg.graph.visibility.redaction import ROLES
from kg.graph.visibility.withheld import Telling
from kg.records import read_corpus

__all__ = ["FORMAT", "Progress", "Report", "build", "current_build", "manifest"]

Progress = Callable[[str, str], None]
"""Called with the stage's name and a detail, for display."""


@dataclass
class Report:
    """What a build did, for the closing summary."""

    folder: Path
    digest: str
    counts: dict[str, int]
    unchanged: bool = False
    reused: int = 0
    problems: list[Problem] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    forgotten: Forgotten = field(default_factory=Forgotten)


def build(
    data: Path,
    target: Path,
    *,
    audience: str = "public",
    redact: Collection[str] = (),
    strict: bool = False,
    force: bool = False,
    forget: Collection[str] = (),
    progress: Progress | None = None,
    derive: Derive = derive_all,
) -> Report:
    """Build the corpus in the folder `data` into the folder `target` and make it the current build.

    `audience` is public, restricted or confidential: nothing above it enters. `redact` names roles (kg.graph.visibility.ROLES)
    whose holders are shown by their role instead of their name. A bad record or decision is reported and left
    out; with `strict` it raises RecordError instead and nothing changes. Inputs that are unchanged since the current build
    are not built again unless `force`. What `forget` names (a source, an address or a name) is taken out
    of the history, and no build before is kept; the report says what still tells of it. `derive` may remember what followed the
    last time (kg.graph.reasoning.closed_store). Raises BuildError when `data` is missing or the disk refuses.
    """
    say = progress or (lambda stage, detail: None)
    if not (data / "records").is_dir():
        raise BuildError(f"{data} has no 'records' folder: give the data folder of a corpus with --data")
    if unknown := set(redact) - set(ROLES):
        raise BuildError(f"nobody can be redacted as {' or '.join(sorted(unknown))}: choose from {', '.join(ROLES)}")
    redact = sorted(set(redact))
    inputs = read_inputs(data)
    earlier = manifest_or_none(target)
    force = force or bool(forget)
    if earlier and not force and _same(earlier, {"audience": audience, "redact": redact, "fingerprint": fingerprint(inputs)}):
        tidy(target, audience, redact, set())
        return _unchanged(target, earlier, strict)
    say("read", "")
    corpus = read_corpus(data, _naming(say, audience))
    # Conversions hold names: where some are redacted, none are kept beside the build.
    cache = ConversionCache(None if redact else cache_folder(target, audience))
    assembly = assemble(corpus, data, audience, cache, say, redact, derive)
    telling = Telling(corpus, data, audience, assembly.visible, assembly.redacted.names)
    problems = telling.problems([*corpus.problems, *assembly.problems])
    if strict and problems:
        raise RecordError(problems)
    about = {
        "format": FORMAT,
        "audience": audience,
        "redact": redact,
        # What a hash of all inputs would let somebody check about the hidden ones, they could also find out by trying.
        "fingerprint": "" if telling.withholds else fingerprint(inputs),
        "inputs": _shown_inputs(inputs, assembly, telling),
        "refused": telling.files(corpus.refused),
        "drafts": telling.files(corpus.drafts),
        "problems": [vars(problem) for problem in problems],
    }
    try:
        report = _write(target, about, assembly, earlier if not force else None, say, forget)
        cache.prune()
        tidy(target, audience, redact, assembly.visible.hidden, alone=bool(forget))
    except OSError as error:
        raise BuildError(f"the build cannot be written to {target}: {error}") from None
    report.reused, report.problems = cache.reused, problems
    report.refused, report.drafts = telling.files(corpus.refused), telling.files(corpus.drafts)
    return report


def _naming(say: Progress, audience: str) -> Callable[[str], None]:
    """Tells of each file read: its name where everything may be seen, elsewhere its number, for names can reveal."""
    if audience == LEVELS[-1]:
        return lambda name: say("read", name)
    read = [0]

    def tell(_: str) -> None:
        read[0] += 1
        say("read", f"record {read[0]:,}")

    return tell


def _same(earlier: dict[str, Any], about: dict[str, Any]) -> bool:
    return earlier.get("format") == FORMAT and all(earlier.get(name) == value for name, value in about.items())


def _unchanged(target: Path, earlier: dict[str, Any], strict: bool) -> Report:
    problems = [Problem(**problem) for problem in earlier["problems"]]
    if strict and problems:
        raise RecordError(problems)
    folder = current_build(target)
    return Report(folder, earlier["digest"], earlier["counts"], True, 0, problems, earlier["refused"], earlier["drafts"])


def _shown_inputs(inputs: dict[str, str], assembly: Assembly, telling: Telling) -> dict[str, str]:
    """Inputs with their hashes: only the records that entered, and where something is withheld, hashes of what is not."""
    shown = {name: value for name, value in inputs.items() if "/records/" not in name or name in assembly.files}
    if telling.withholds:
        shown |= assembly.files
        shown = {name: value for name, value in shown.items() if not name.endswith("/labels.yaml")}
    if assembly.redacted.shown:
        # The hash of a record would let somebody check a guessed name against it.
        shown = {name: "" if name in assembly.files else value for name, value in shown.items() if name in telling.files([name])}
    return shown


def _write(
    target: Path,
    about: dict[str, Any],
    assembly: Assembly,
    earlier: dict[str, Any] | None,
    say: Progress,
    forget: Collection[str],
) -> Report:
    """Write the build and let it serve; when it is the same as the `earlier` one, leave that one standing."""
    data = "".join(assembly.lines).encode()
    digest = sha256(data).hexdigest()
    if earlier and _same(earlier, {**about, "digest": digest}):
        return Report(current_build(target), digest, earlier["counts"], True)
    say("write", f"{len(assembly.lines):,} quads")
    previous = current_or_none(target)
    # What the build before showed and this one may not show must not come back as history.
    whole = previous is not None and not shows_more(previous, about["audience"], about["redact"], assembly.visible.hidden)
    forgotten = Forgotten()

    def fill(work: Path, store: Store) -> str:
        nonlocal forgotten
        _load(data, work, store)
        forgotten = carry_journal(previous, work, digest, whole, forget)
        return digest

    return Report(*write_product(target, about, fill), forgotten=forgotten)


def _load(data: bytes, work: Path, store: Store) -> None:
    with ThreadPoolExecutor(1) as beside:
        written = beside.submit(_pack, data, work / DUMP)
        store.bulk_load(data, RdfFormat.N_QUADS)
        written.result()


def _pack(data: bytes, path: Path) -> None:
    with gzip.GzipFile(path, "wb", compresslevel=3, mtime=0) as file:
        file.write(data)
