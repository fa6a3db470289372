"""Commands that write what leaves the house: dossiers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import BUILD, StoreOption, app, talk


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
