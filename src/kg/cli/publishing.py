"""Commands that write what leaves the house: dossiers, and the explorer as a folder of files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import BUILD, StoreOption, app, progress, talk
from kg.errors import KgError


class Layout(StrEnum):
    """How a dossier is laid out."""

    case_summary = "case-summary"
    sanctions_submission = "sanctions-submission"


class Language(StrEnum):
    """The language of a dossier."""

    en = "en"
    uk = "uk"


class DossierFormat(StrEnum):
    """What a dossier is written as."""

    html = "html"
    pdf = "pdf"
    docx = "docx"
    json = "json"


@app.command()
def dossier(
    name: Annotated[str, typer.Argument(help="An official, another person, or a case: a name or an address.")],
    format: Annotated[
        DossierFormat | None, typer.Option("--format", "-f", help="html unless the file's ending says otherwise.")
    ] = None,
    layout: Annotated[Layout, typer.Option(help="A plain summary, or the parts of a sanctions submission.")] = Layout.case_summary,
    lang: Annotated[Language, typer.Option(help="English or Ukrainian.")] = Language.en,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; else dossier.<format>.")] = None,
    store: StoreOption = BUILD,
) -> None:
    """Write a dossier: numbered claims, each cited to passage, publisher, date and web address.

    Contradictions stand side by side, inferred statements are marked and explained, what is only alleged stays alleged. The same
    build gives the same file, to the byte.

    Examples: `kg dossier Solin -o solin.pdf`; `kg dossier Solin --layout sanctions-submission --lang uk -o solin.docx`;
    `kg dossier "third Bakhchysarai case" --format html`
    """
    from kg.graph import Graph
    from kg.present.dossier import build_dossier, write_dossier

    suffix = format.value if format else (output.suffix.removeprefix(".") if output else "html")
    path = output or Path(f"dossier.{suffix}")
    made = build_dossier(Graph.open(store), name, layout.value, lang.value)
    write_dossier(made, path, suffix)
    talk.print(
        f"{made.title}: {len(made.claims())} claims, {len(made.passages)} passages, {len(made.sources)} sources; {path}",
        soft_wrap=True,
    )


class Audience(StrEnum):
    """For whom a build was made."""

    public = "public"
    restricted = "restricted"
    confidential = "confidential"


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="The folder to write: a new one, an empty one, or a site published before.")],
    lang: Annotated[
        list[Language] | None, typer.Option(help="Language of the pages; may be repeated. English when left out.")
    ] = None,
    dossiers: Annotated[bool, typer.Option("--dossiers", help="With a dossier of every official.")] = False,
    audience: Annotated[Audience, typer.Option(help="For whom it is: another than the build's is refused.")] = Audience.public,
    force: Annotated[bool, typer.Option("--force", help="Write it also when nothing has changed.")] = False,
    store: StoreOption = BUILD,
) -> None:
    """Publish the explorer as a static site: the same pages, search, link maps, timelines and data, for any host or a USB stick.

    Open index.html in a browser; nothing is requested from anywhere. The folder is replaced at once when all is written.

    Examples: `kg publish site`; `kg publish /media/usb/graph --lang uk --lang en --dossiers`
    """
    from kg.web.site import Options
    from kg.web.site import publish as write

    if store.startswith(("http://", "https://")):
        raise KgError("kg publish needs a build folder: what an endpoint may show, and to whom, is not known")
    languages = tuple(dict.fromkeys(one.value for one in lang or [Language.en]))
    with progress() as say:
        made = write(Path(store), folder, Options(languages, dossiers, audience.value, force), say)
    if made.unchanged:
        talk.print(f"{folder} holds this build already ({made.files:,} files); --force writes it again", soft_wrap=True)
        return
    told = f"{made.files:,} files, {made.size / 1e6:,.1f} MB, {made.changed:,} new or changed; build {made.digest[:12]}"
    talk.print(f"{told}; open {folder / 'index.html'}", soft_wrap=True)
