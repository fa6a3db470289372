"""Commands that look for the people of the graph elsewhere: in texts and on sanctions lists; and the accountability list."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import BUILD, DATA, DataOption, Format, StoreOption, app, out, progress, talk
from kg.errors import KgError, NotFoundError, QueryError

if TYPE_CHECKING:
    from kg.graph.screening import KnownPerson, Screening

lists = typer.Typer(
    no_args_is_help=True,
    help="Sanctions lists: compare versions, decide on hits.\n\nExample: `kg lists diff old-sdn.csv new-sdn.csv`",
)
app.add_typer(lists, name="lists")


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
    print_rows(rows, format, ["start", "words", "may be", "known as", "score", "why", "person"])
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
    print_rows([row for screening in found for row in _list_rows(screening)], format, columns)
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


@app.command("officials")
def officials_(
    on: Annotated[str | None, typer.Option(help="Only officials on this list: eu, ofac, or words of its name.")] = None,
    not_on: Annotated[str | None, typer.Option(help="Only officials not known to be on this list: the accountability gap.")] = None,
    role: Annotated[str | None, typer.Option(help="Only with this word in the role: judge, prosecutor, …")] = None,
    body: Annotated[str | None, typer.Option(help="Only with these words in the body: a court, a service.")] = None,
    at_least: Annotated[int, typer.Option(help="Only who acted against so many people.", min=0)] = 0,
    everybody: Annotated[bool, typer.Option("--all", help="Also officials not known to have acted against anybody.")] = False,
    publishers: Annotated[int, typer.Option(help="Only what so many independent publishers tell.", min=0)] = 0,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write .xlsx, .csv, .pdf or .html with the passages behind each row.")
    ] = None,
    store: StoreOption = BUILD,
) -> None:
    """The accountability list: officials by the number of people they acted against, and what is known of sanctions.

    It ranks what the collected sources tell, not guilt. That no list has somebody is known only for the versions that were
    searched (`kg screen --list … --keep`); "not searched" is not "not listed".

    Examples: `kg officials`; `kg officials --not-on eu --at-least 3`; `kg officials --role judge --body military --format csv`;
    `kg officials --not-on eu -o gap.xlsx`
    """
    from kg.graph import Graph
    from kg.graph.screening.accountability import standings

    if on and not_on:
        raise KgError("give --on or --not-on, not both")
    found = [
        standing
        for standing in standings(Graph.open(store), on or not_on, everybody)
        if (not on or standing.listed)
        and (not not_on or not standing.listed)
        and (role or "").casefold() in standing.role.casefold()
        and (body or "").casefold() in standing.body.casefold()
        and standing.people >= at_least
        and standing.publishers >= publishers
    ]
    if output is not None:
        from kg.present.accountability import read_accountability, write_accountability

        write_accountability(read_accountability(Graph.open(store), found), output)
        talk.print(f"{len(found)} officials written to {output}, with the passages behind each", soft_wrap=True)
        return
    rows = [standing.as_row() for standing in found]
    print_rows(rows, format, ["name", "role", "body", "people", "cases", "publishers", "listed", "searched"], limit)
    if not_on:
        silent = sum(1 for standing in found if not standing.searched)
        told = f"{len(found)} are not known to be on it; {silent} of them were searched for in no version: unknown, not unlisted"
        talk.print(told, soft_wrap=True)


@lists.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="The older version.")],
    new: Annotated[Path, typer.Argument(help="The newer version.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
) -> None:
    """What was added, removed and changed between two versions of a list, by the list's own numbers.

    Examples: `kg lists diff 2019-01-sdn.csv 2021-07-sdn.csv`; `kg lists diff old.csv new.csv --format csv`
    """
    from kg.ingest.lists import difference, open_list
    from kg.ingest.lists.difference import changes_of

    with progress() as say:
        before, after = (open_list(path, None, lambda at: say("read", at)) for path in (old, new))
        found = difference(before, after)
    rows = [
        {"what": what, "entry": entry.id, "name": entry.names[0], "programme": "; ".join(entry.programmes), "change": ""}
        for what, entries in (("added", found.added), ("removed", found.removed))
        for entry in entries
    ]
    for one, other in found.changed:
        told = "; ".join(f"{name}: {was or 'nothing'} -> {now or 'nothing'}" for name, was, now in changes_of(one, other))
        rows.append(
            {"what": "changed", "entry": other.id, "name": other.names[0], "programme": "", "change": told or "other cells"}
        )
    print_rows(rows, format, ["what", "entry", "name", "programme", "change"], limit)
    counts = f"{len(found.added):,} added, {len(found.removed):,} removed, {len(found.changed):,} changed"
    talk.print(
        f"{after.title}, {before.date or old.name} to {after.date or new.name}: {counts}, {found.unchanged:,} unchanged",
        soft_wrap=True,
    )


@lists.command("extract")
def extract_reasons(
    file: Annotated[Path, typer.Argument(help="A list whose entries give reasons in prose: an EU annex.")],
    entry: Annotated[list[str] | None, typer.Option(help="Only the entry with this number; may be repeated.")] = None,
    into: Annotated[Path | None, typer.Option(help="Folder for the drafts; else <data>/records/<publisher>/drafts.")] = None,
    list_date: Annotated[str | None, typer.Option(help="Date of the list's version, where its file name has none.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace drafts that stand.")] = False,
    data: DataOption = DATA,
) -> None:
    """Draft records from the reasons of entries: which judge of which court sentenced whom to how many years.

    One draft for each entry, by default for those that speak of courts, prosecutors, investigators and prisons. A build leaves
    drafts out; `kg review drafts` takes them from there.

    Examples: `kg lists extract 32024R1485.csv`; `kg lists extract 32024R1485.csv --entry IV.A.12 --into drafts`
    """
    from kg.ingest.lists import open_list
    from kg.ingest.lists.reasons import chosen, draft_of
    from kg.records import read_registries

    version = open_list(file, list_date)
    folder = into or data / "records" / version.publisher / "drafts"
    registries = read_registries(data) if (data / "publishers.yaml").exists() else None
    written, facts, doubtful, kept = 0, 0, 0, 0
    with progress() as say:
        for one in chosen(version, entry or ()):
            say("read", one.id)
            draft = draft_of(one, version, registries)
            if draft is None:
                continue
            path = folder / f"{draft.record.source.id}.yaml"
            if path.exists() and not force:
                kept += 1
                continue
            draft.write(path, force=force)
            written, facts = written + 1, facts + len(draft.spans)
            doubtful += sum(1 for span in draft.spans.values() if span.needs_look)
    told = f"{written} drafts with {facts:,} facts in {folder}, {doubtful:,} need a look; {kept} stood already (--force replaces)"
    talk.print(f"{told}; then: kg review drafts", soft_wrap=True)
    if not written and not kept:
        raise KgError(f"{file.name}: no entry was chosen that gives a reason; name one with --entry")


@lists.command("confirm")
def confirm_(
    person: Annotated[str, typer.Argument(help="The person of the graph: an address or a name.")],
    entry: Annotated[str, typer.Argument(help="The list's number of the entry.")],
    list_: Annotated[Path, typer.Option("--list", help="The list, as it was screened.")],
    author: Annotated[str, typer.Option(help="Who decides.")],
    reason: Annotated[str, typer.Option(help="Why, in words.")],
    different: Annotated[bool, typer.Option("--different", help="Decide that it is somebody else.")] = False,
    list_date: Annotated[str | None, typer.Option(help="As given to kg screen.")] = None,
    on: Annotated[str | None, typer.Option(help="Day of the decision; today when left out.")] = None,
    data: DataOption = DATA,
    store: StoreOption = BUILD,
) -> None:
    """Decide that an entry of a kept screening is, or is not, a person of the graph. The log of decisions keeps it.

    Example: `kg lists confirm "Natalia POKLONSKAYA" 18147 --list 2021-07-sdn.csv --list-date 2021-07-07 --author "M. Koval"
    --reason "same office and date of birth"`
    """
    from kg.graph import Graph
    from kg.graph.screening import people
    from kg.graph.screening.confirming import confirm
    from kg.ingest.lists import open_list
    from kg.vocabulary import compress

    known = _person(people(Graph.open(store)), person)
    version = open_list(list_, list_date)
    day = on or date.today().isoformat()
    made = confirm(known, version, entry, data, same=not different, author=author, on=day, reason=reason)
    relation = "is not" if different else "is"
    talk.print(f"decided: {compress(made.subject)} {relation} {compress(made.object)}; kg build applies it", soft_wrap=True)


def _person(known: list[KnownPerson], wanted: str) -> KnownPerson:
    from kg.vocabulary import compress, expand

    iri, name = expand(wanted), " ".join(wanted.split()).casefold()
    found = [one for one in known if one.iri == iri or name in (other.casefold() for other in (one.label, *one.names))]
    if len(found) != 1:
        told = "; ".join(compress(one.iri) for one in found) or "try kg find"
        raise NotFoundError(f"'{wanted}' is the name of {len(found)} people in the graph: {told}")
    return found[0]


def print_rows(rows: list[dict[str, Any]], format: Format, columns: list[str], limit: int | None = None) -> None:
    """Print rows: a table of `columns` and at most `limit` rows (50), or all of every row as CSV or JSON."""
    from kg.graph.rows import safe_cell

    if format is Format.turtle:
        raise QueryError("this gives rows: print them with --format table, csv or json")
    if format is Format.json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif format is Format.csv:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]) if rows else columns)
        writer.writeheader()
        writer.writerows({name: safe_cell(str(value)) for name, value in row.items()} for row in rows)
        typer.echo(text.getvalue(), nl=False)
    else:
        _print_table(rows, columns, 50 if limit is None else limit)


def _print_table(rows: list[dict[str, Any]], columns: list[str], most: int) -> None:
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows[:most]:
        table.add_row(*(Text(str(row[column])) for column in columns))
    if rows:
        out.print(table)
    if len(rows) > most:
        talk.print(f"{len(rows):,} rows, the first {most} shown (--format csv for all)", soft_wrap=True)


@app.command("courts")
def courts_(
    register: Annotated[Path, typer.Argument(help="A register of courts: the JSON of sudrfparser.")],
    threshold: Annotated[float | None, typer.Option(help="Lowest score shown.", min=0.5, max=1.0)] = None,
    ambiguous: Annotated[bool, typer.Option("--ambiguous", help="Also names that fit several entries equally well.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")] = Format.table,
    limit: Annotated[int | None, typer.Option(help="Rows shown in a table (default 50).", min=0)] = None,
    store: StoreOption = BUILD,
) -> None:
    """Match the courts of the graph with a register by their names in English, Russian, Ukrainian or German, with reasons.

    A proposal, no identity. What the register lists in occupied Crimea stays in Ukraine. `kg ingest` takes the register in.

    Examples: `kg courts sudrf_websites.json`; `kg courts sudrf_websites.json --ambiguous --format csv`
    """
    from kg.graph import Graph
    from kg.graph.screening.courts import ENOUGH, screen_courts
    from kg.ingest.courts import read_courts
    from kg.vocabulary import compress

    entries = read_courts(register)
    with progress() as say:
        say("compare", f"{len(entries):,} courts")
        found = screen_courts(Graph.open(store), entries, ENOUGH if threshold is None else threshold)
    rows = [
        {
            "score": hit.score,
            "in the graph": hit.label,
            "in the register": hit.court.name,
            "number": hit.court.id,
            "territory": "occupied, of Ukraine" if hit.court.occupied else "",
            "fits as well": hit.rivals,
            "why": "; ".join(hit.reasons),
            "court": compress(hit.iri),
        }
        for hit in found.hits
        if ambiguous or not hit.rivals
    ]
    print_rows(rows, format, ["score", "in the graph", "in the register", "number", "territory", "why", "court"], limit)
    several = sum(1 for hit in found.hits if hit.rivals)
    told = f"{len(found.hits) - several} courts match one of {len(entries):,}, {several} fit several, {len(found.without)} none"
    talk.print(told, soft_wrap=True)
