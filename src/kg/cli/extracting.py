"""The command that proposes a record for an article."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import DATA, DataOption, Format, app, out, talk, visible
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.extract import Draft


@app.command()
def extract(
    source: Annotated[str, typer.Argument(help="A file (text, HTML, PDF, DOCX), an http(s) address, or - for standard input.")],
    publisher: Annotated[str, typer.Option(help="Key in data/publishers.yaml.")] = "unknown-publisher",
    published: Annotated[
        str | None, typer.Option(help="2025-10-14, 2025-10 or 2025; relative dates are resolved against it.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="en, ru or uk; told from the letters when left out.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the page; else the one it gives, else its first line.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the page was read, if it comes from a file.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Record file to write; the offsets go beside it.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="table, csv or json.")] = Format.table,
    engine: Annotated[
        list[str] | None, typer.Option(help="Ask a name finder too, for people that were missed: ner-en, ner-ru; may be repeated.")
    ] = None,
    llm_endpoint: Annotated[
        str | None, typer.Option(help="Ask a language model too, at this OpenAI-compatible address; the article is sent there.")
    ] = None,
    llm_model: Annotated[str | None, typer.Option(help="Which model; its key, if any, stands in KG_LLM_KEY.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Send the article to the language model without asking.")] = False,
    data: DataOption = DATA,
) -> None:
    """Propose a draft record for an article: people, bodies, cases and events, each with the words it was read from.

    Examples: `kg extract article.txt --published 2025-10-14`;
    `kg extract https://… --publisher zmina -o data/records/zmina/2025-10-14-rearrest.yaml`;
    `kg extract article.txt --engine ner-en --llm-endpoint http://localhost:11434/v1 --llm-model qwen3`
    """
    from kg.extract import extract_article
    from kg.extract.describe import rows
    from kg.extract.reading import read_article
    from kg.records import parse_date, read_registries

    if format is Format.turtle:
        raise KgError("a draft is no graph yet: print it with --format table, csv or json")
    if published:
        try:
            parse_date(published)
        except ValueError as error:
            raise KgError(f"--published {published}: {error}") from None
    article = read_article(source)
    for note in article.notes:
        talk.print(Text(note, "yellow"), soft_wrap=True)
    registries = read_registries(data) if (data / "publishers.yaml").exists() else None
    draft = extract_article(
        article.text,
        title=title or article.title or _first_line(article.text),
        language=language,
        published=published or article.published,
        publisher=publisher,
        url=url or article.url,
        registries=registries,
    )
    draft = _ask_engines(draft, engine or [], llm_endpoint, llm_model, yes)
    _print(rows(draft), format)
    if format is Format.table and (data / "records").is_dir():
        _print_known(draft, data)
    doubtful = sum(1 for span in draft.spans.values() if span.needs_look)
    talk.print(f"{len(draft.spans)} facts proposed, {doubtful} need a look; every one needs a reader", soft_wrap=True)
    if (published or article.published) is None:
        talk.print("no date of publication: dates without a year were left out; give --published", soft_wrap=True)
    if output is None:
        talk.print("nothing was written: give -o FILE for the draft record", soft_wrap=True)
        return
    _write(draft, output, force)
    if registries is not None and publisher not in registries.publishers.entries:
        talk.print(f"'{publisher}' is not in {data}/publishers.yaml: add it, or kg check will say so", soft_wrap=True)


def _ask_engines(draft: Draft, finders: list[str], endpoint: str | None, model: str | None, yes: bool) -> Draft:
    """The draft with what name finders and a language model add to it; nothing leaves the machine unless the user says so."""
    if bool(endpoint) != bool(model):
        raise KgError("a language model needs both --llm-endpoint URL and --llm-model NAME")
    if not finders and not endpoint:
        return draft
    from kg.extract.engines import name_finder, with_engines

    draft = with_engines(draft, [name_finder(name) for name in finders])
    if endpoint and model:
        from kg.extract.engines.destination import destination
        from kg.extract.engines.llm import LanguageModel

        where = destination(endpoint)
        talk.print(Text(where.warning(len(draft.text), model)), soft_wrap=True)
        if not where.this_machine and not yes and not _agreed():
            raise KgError("nothing was sent: answer y, or give --yes, if the article may go there")
        asked = LanguageModel(where, model, os.environ.get("KG_LLM_KEY"))
        draft = with_engines(draft, [asked])
        for why in asked.refused:
            talk.print(Text(visible(f"refused, also after asking again: {why}")), soft_wrap=True)
    return draft


def _agreed() -> bool:
    try:
        return typer.confirm("send it?", default=False, err=True)
    except typer.Abort:
        return False


def _write(draft: Draft, output: Path, force: bool) -> None:
    """Write the draft; a record under review is never overwritten, but its review opened again."""
    from kg.extract.review import reopen, under_review

    if not under_review(output):
        side = draft.write(output, force=force)
        talk.print(f"written: {output} and {side}; go on with kg review drafts {output}", soft_wrap=True)
    elif not force:
        raise KgError(
            f"{output} has been reviewed, or is under review: --force reads it anew and keeps decisions on what did not change"
        )
    elif reopen(output, draft):
        talk.print(f"the text has changed: its review is open again, kg review drafts {output}", soft_wrap=True)
    else:
        talk.print("the text is the same: nothing is written, its review stands", soft_wrap=True)


def _print_known(draft: Draft, data: Path) -> None:
    """People who may be in the corpus already, for the reviewer to decide."""
    from kg.extract.known_people import likenesses
    from kg.records import read_corpus

    found = likenesses(draft, (file.record for file in read_corpus(data).files if file.record.source.id != draft.record.source.id))
    if not found:
        return
    table = Table(title="Perhaps the same people in the corpus (who is who is decided in data/identity)")
    for column in ("in this article", "in the corpus as", "score", "records", "why"):
        table.add_column(column, overflow="fold")
    for one in found:
        more = f" and {len(one.places) - 1} more" if len(one.places) > 1 else ""
        shown = (one.name, one.known_as, f"{one.score:.2f}", one.places[0] + more, "; ".join(one.reasons))
        table.add_row(*(Text(visible(cell)) for cell in shown))
    out.print(table)


def _first_line(text: str) -> str:
    return next((" ".join(line.split())[:200] for line in text.splitlines() if line.strip()), "untitled")


def _print(found: list[dict[str, str]], format: Format) -> None:
    if format is Format.json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    columns = ["passage", "proposed", "words", "rule", "needs a look"]
    if format is Format.csv:
        from kg.graph.rows import safe_cell

        text = io.StringIO()
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        # An article may contain what a spreadsheet takes for a formula.
        writer.writerows({name: safe_cell(value) for name, value in row.items()} for row in found)
        typer.echo(text.getvalue(), nl=False)
        return
    table = Table()
    for column in ("passage", "proposed", "words", "needs a look"):
        table.add_column(column, overflow="fold")
    for row in found:
        words = row["words"]
        shown = (row["passage"], row["proposed"], words if len(words) <= 160 else words[:159] + "…", row["needs a look"])
        table.add_row(*(Text(visible(cell)) for cell in shown))  # Text, because an article may contain what Rich takes for markup
    out.print(table)
