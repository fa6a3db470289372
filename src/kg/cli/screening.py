"""The command that looks for the people of the graph elsewhere: in texts and on sanctions lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import BUILD, DATA, DataOption, Format, StoreOption, app, print_records, progress, talk
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph.screening import KnownPerson, Screening


@app.command()
def screen(
    text: Annotated[str | None, typer.Argument(help="A file, an http(s) address, a text, or - for standard input.")] = None,
    list_: Annotated[list[Path] | None, typer.Option("--list", help="A sanctions list instead of a text; may be repeated.")] = None,
    list_date: Annotated[str | None, typer.Option(help="Date of the list's version, where its file name has none.")] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Screen everybody in the graph, not officials only.")] = False,
    threshold: Annotated[float | None, typer.Option(help="Lowest score shown.", min=0.5, max=1.0)] = None,
    language: Annotated[str | None, typer.Option(help="Of the text: en, ru, uk; told from its letters when left out.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what the lists gave, hits and none, as records.")] = False,
    on: Annotated[str | None, typer.Option(help="Day of the screening for --keep; today when left out.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    data: DataOption = DATA,
    store: StoreOption = BUILD,
) -> None:
    """Look for people of the graph in a text, or on sanctions lists: who may be named there, where, and why.

    A hit is a question: names are alike, and dates of birth do not speak against it. Nobody is merged by it; `kg lists confirm`
    decides. Nothing found is no innocence: `--keep` notes which version was searched, and when.

    Examples: `kg screen article.html`; `kg screen "Judge Kolpikov sat again"`; `kg screen - < mail.txt`;
    `kg screen --list 2021-07-sdn.csv --keep --list-date 2021-07-07`; `kg screen --list 32024R1485.csv --format csv`
    """
    if (text is None) == (not list_):
        raise KgError("give a text, file or address, or --list FILE")
    if list_:
        _screen_lists(list_, list_date, everyone, threshold, keep, on, format, data, store)
    elif keep:
        raise KgError("--keep is for --list: that somebody is named in a text is stated by a record (kg extract)")
    else:
        _screen_text(str(text), language, threshold, format, store)


def _screen_text(source: str, language: str | None, threshold: float | None, format: Format, store: str) -> None:
    from kg.extract.reading import read_article
    from kg.graph import Graph
    from kg.graph.screening import people, screen_text
    from kg.graph.screening.text import ENOUGH
    from kg.vocabulary import compress

    pasted = source != "-" and "://" not in source and not _exists(source)
    if pasted and " " not in source.strip():
        raise KgError(f"{source}: there is no such file; a text has more than one word")
    article = source if pasted else read_article(source).text
    hits = screen_text(article, people(Graph.open(store)), language, ENOUGH if threshold is None else threshold)
    rows = [
        {
            "start": hit.start,
            "end": hit.end,
            "words": hit.words,
            "may be": hit.person.label,
            "known as": hit.person.known_as,
            "score": hit.score,
            "why": "; ".join(hit.reasons),
            "context": hit.context,
            "person": compress(hit.person.iri),
        }
        for hit in hits
    ]
    print_records(rows, format, ["start", "words", "may be", "known as", "score", "why", "person"])
    found = len({hit.person.iri for hit in hits})
    places = len({(hit.start, hit.end) for hit in hits})
    talk.print(f"people of the graph that may be named: {found}; places: {places}", soft_wrap=True)


def _exists(source: str) -> bool:
    try:
        return Path(source).exists()
    except OSError:  # a pasted text longer than a file name can be
        return False


def _screen_lists(
    files: list[Path],
    list_date: str | None,
    everyone: bool,
    threshold: float | None,
    keep: bool,
    on: str | None,
    format: Format,
    data: Path,
    store: str,
) -> None:
    from kg.graph import Graph
    from kg.graph.screening import officials, people, screen_list
    from kg.graph.screening.lists import ENOUGH
    from kg.ingest.lists import open_list

    graph = Graph.open(store)
    known = people(graph) if everyone else officials(graph)
    with progress() as say:
        found = [
            screen_list(known, open_list(path, list_date, lambda at: say("read", at)), ENOUGH if threshold is None else threshold)
            for path in files
        ]
    columns = ["score", "in the graph", "known as", "on the list as", "entry", "position", "list", "list date", "why", "person"]
    print_records([row for screening in found for row in _list_rows(screening)], format, columns)
    for screening in found:
        _tell(screening, len(known))
        if keep:
            _keep(screening, known, data, store, on)


def _list_rows(screening: Screening) -> list[dict[str, Any]]:
    from kg.vocabulary import compress

    return [
        {
            "score": hit.score,
            "in the graph": hit.person.label,
            "known as": hit.person.known_as,
            "on the list as": hit.listed_as,
            "entry": hit.entry.id,
            "line": hit.entry.line,
            "position": "; ".join(hit.entry.positions)[:200],
            "programme": "; ".join(hit.entry.programmes),
            "listed": hit.entry.listed,
            "list": screening.version.key,
            "list date": screening.version.date or "no date",
            "why": "; ".join(hit.reasons),
            "person": compress(hit.person.iri),
        }
        for hit in screening.hits
    ]


def _tell(screening: Screening, known: int) -> None:
    met = len({hit.person.iri for hit in screening.hits})
    told = f"{met} of {known} people may be among {screening.entries:,} entries; {len(screening.without)} without a hit"
    talk.print(f"{screening.version.named}: {told}", soft_wrap=True, highlight=False)


def _keep(screening: Screening, known: Sequence[KnownPerson], data: Path, store: str, on: str | None) -> None:
    from kg.graph.screening.keeping import keep_screening
    from kg.records import parse_date, read_registries

    day = on or date.today().isoformat()
    try:
        parse_date(day)
    except ValueError as error:
        raise KgError(f"--on {day}: {error}") from None
    kept = keep_screening(screening, known, data, day, read_registries(data), visibility=_audience(store))
    told = f"{kept.record.state}, {kept.record.passages:,} passages"
    talk.print(f"kept in {kept.record.path} ({told}; {kept.decisions} decisions say whom it searched for)", soft_wrap=True)


def _audience(store: str) -> str:
    """What a graph for few readers gave may not be told to all."""
    from kg.graph.build import manifest

    if store.startswith(("http://", "https://")):
        raise KgError("--keep needs a build folder: what an endpoint may show, and to whom, is not known")
    return str(manifest(Path(store))["audience"])
