"""Publishing: the pages, the search, the data and the checksums, written beside the folder and then put in its place."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.graph import Graph
from kg.graph.build_folder import current_build, manifest_of
from kg.present.dossier import build_dossier, render
from kg.web.app import create_app
from kg.web.assets import BUILT, STYLES
from kg.web.context import Context
from kg.web.site.addresses import file_of, page_of
from kg.web.site.client import Client
from kg.web.site.dumps import write_dumps
from kg.web.site.pages import Pages, Say, Writer, read_pages, things_of
from kg.web.site.search_index import search_index
from kg.web.site.working import swap, tidy_up, working_folder

FORMAT = 1
"""Version of the layout of a published site."""

STATE, SUMS = "site.json", "SHA256SUMS"


@dataclass(frozen=True)
class Options:
    """What to publish: `languages` (the first at the root, the others in folders of their names), whether with a dossier of every
    official, and for whom. A build for readers other than the public is published only when `audience` names them."""

    languages: tuple[str, ...] = ("en",)
    dossiers: bool = False
    audience: str = "public"
    force: bool = False


@dataclass(frozen=True)
class Published:
    """What was published: files, bytes in all, files that are new or changed, and the digest of the build. `unchanged` when the
    folder held just that already."""

    files: int
    size: int
    changed: int
    digest: str
    unchanged: bool = False


def publish(store: Path, target: Path, options: Options | None = None, say: Say = lambda stage, detail: None) -> Published:
    """Publish the current build in the folder `store` as a static site in `target`.

    The folder is replaced at once when everything is written; files that stay the same keep their time. The same build gives the
    same files. Raises StoreError when there is no build, and KgError when `target` is something else than a published site, when
    the build is not for the audience named, or when the scripts are not built.
    """
    options = options or Options()
    build = current_build(store)
    about = manifest_of(build)
    tidy_up(target)
    _check(about, target, options)
    state = _state(about, options)
    if not options.force and _state_of(target) == state:
        sums = (target / SUMS).read_text(encoding="utf-8").splitlines()
        return Published(len(sums) + 1, _size(target), 0, about["digest"], unchanged=True)
    with working_folder(target) as work:
        out = work / "site"
        out.mkdir()
        _write(build, out, work / "raw", options, say)
        (out / "README.txt").write_text(_readme(about, options), encoding="utf-8")
        (out / STATE).write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
        changed = _sums(out, target)
        files = sum(path.is_file() for path in out.rglob("*"))
        swap(out, target, work)
    return Published(files, _size(target), changed, about["digest"])


def _check(about: dict[str, Any], target: Path, options: Options) -> None:
    if about["audience"] != options.audience:
        raise KgError(
            f"the build is for the audience '{about['audience']}', and a site is read by whoever gets it: kg build --audience "
            f"{options.audience}, or say --audience {about['audience']} if that is whom it is for"
        )
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / STATE).is_file())):
        raise KgError(f"{target} holds something else than a published site: give an empty or a new folder")
    if not (BUILT / "site_search.js").is_file():
        raise KgError("the scripts are not built yet: run scripts/assets (make demo does) in the project's folder")


def _write(build: Path, out: Path, raw: Path, options: Options, say: Say) -> None:
    graph = Graph.open(build.parent)
    app = create_app(graph)
    context: Context = app.state.context
    context.navigation = [item for item in context.navigation if item["path"] not in ("/workbench", "/review")]
    things = things_of(graph)
    dossiers = _dossiers(graph, out, say) if options.dossiers else {}
    made = []
    for number, language in enumerate(options.languages):
        with Client(app, language) as client:
            pages = Pages(language, f"{language}/" if number else "", raw)
            read_pages(client, context, pages, things, say)
            made.append(pages)
    assets: set[str] = {"/static/site_search.js"}
    for pages in made:
        with Client(app, pages.language) as client:
            writer = Writer(client, context, pages, [other for other in made if other is not pages], out, dossiers)
            writer.write_all(say)
            assets |= writer.assets
    _copy_assets(assets, out / "assets")
    first = made[0]
    (out / "search-index.js").write_text(search_index(graph, lambda iri: first.find(page_of(iri))), encoding="utf-8")
    for name in write_dumps(graph, build, out / "data"):
        say("data", name)


def _dossiers(graph: Graph, out: Path, say: Say) -> dict[str, str]:
    """A dossier of every acting official, by address."""
    found = {}
    officials = [str(row["official"]) for row in graph.select("officials-by-people")]
    for number, iri in enumerate(officials, 1):
        say("dossiers", f"{number:,} of {len(officials):,}")
        file = f"dossiers/{file_of(page_of(iri)).removeprefix('id/').replace('/', '-')}"
        path = out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(build_dossier(graph, iri), "html"))
        found[iri] = file
    return found


def _copy_assets(assets: set[str], folder: Path) -> None:
    folder.mkdir()
    for asset in sorted(assets):
        source = (STYLES if asset.startswith("/styles/") else BUILT) / asset.rsplit("/", 1)[-1]
        for path in (source, source.with_name(source.name + ".LEGAL.txt")):
            if path.is_file():
                shutil.copyfile(path, folder / path.name)


def _state(about: dict[str, Any], options: Options) -> dict[str, Any]:
    """Everything that the files depend on."""
    told = asdict(options)
    told.pop("force")
    return {"format": FORMAT, "build": about["digest"], **told, "languages": list(options.languages), "program": _program()}


def _program() -> str:
    """The hash of the code, templates, texts and scripts that make the pages."""
    code = sha256()
    root = Path(__file__).parents[2]
    for folder in ("web", "present", "graph", "network", "identity"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and not {"frontend", "__pycache__"} & set(path.parts) and not path.name.startswith("."):
                code.update(path.read_bytes())
    return code.hexdigest()


def _state_of(target: Path) -> dict[str, Any] | None:
    try:
        loaded: dict[str, Any] = json.loads((target / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return loaded if (target / SUMS).is_file() else None


def _sums(out: Path, old: Path) -> int:
    """Write the checksums of all files; give those that are the same in `old` the time they have there. How many are not."""
    known = {name: digest for digest, name in (line.split("  ", 1) for line in _lines(old / SUMS))}
    sums: dict[str, str] = {}
    changed = 0
    for path in sorted(out.rglob("*")):
        if path.is_file():
            name = path.relative_to(out).as_posix()
            sums[name] = sha256(path.read_bytes()).hexdigest()
            if known.get(name) == sums[name] and (old / name).is_file():
                stamp = (old / name).stat()
                os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
            else:
                changed += 1
    (out / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())), encoding="utf-8")
    return changed


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _readme(about: dict[str, Any], options: Options) -> str:
    return _README.format(digest=about["digest"], audience=about["audience"], languages=", ".join(options.languages))


_README = """A graph of persecution networks, as a folder of files.

Open index.html in a browser: nothing has to be installed, no network is needed, and no page asks anything of anybody. The folder
works from a USB stick and on any web host.

  index.html          where to begin
  search.html         names in any spelling or script
  data.html, data/    everything as data: N-Quads, Turtle, JSON-LD, tables as CSV, the accountability list as XLSX
  SHA256SUMS          checksums of all files; to check them: sha256sum --check --quiet SHA256SUMS

Every statement leads to the passage of a published source that makes it; what is inferred is marked. A name in here is no finding
of guilt, and the silence of the collected sources proves nothing.

Build: {digest}
Audience: {audience}
Languages: {languages}
"""
