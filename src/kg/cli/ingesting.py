"""Commands for tables: a template to fill in, tables to records, records and the graph to tables."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from kg.cli import exchanging
from kg.cli.console import BUILD, DATA, DataOption, StoreOption, app, out, progress, reading, talk
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest import Outcome


class Dates(StrEnum):
    """What to make of a date such as 05/06/2019."""

    ask = "ask"
    day_first = "day-first"
    month_first = "month-first"
    keep = "keep"


class Written(StrEnum):
    """What kg export writes."""

    table = "table"
    ftm = "ftm"


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="The spreadsheet to write: .xlsx, or .csv for one file per sheet.")],
    data: DataOption = DATA,
) -> None:
    """Write an empty spreadsheet with drop-downs, help and examples, for `kg ingest`.

    Examples: `kg template cases.xlsx`; `kg template cases.csv`
    """
    from kg.ingest import write_template
    from kg.records import read_registries

    written = write_template(file, read_registries(data) if data.is_dir() else None)
    for path in written:
        out.print(path, highlight=False, soft_wrap=True)
    talk.print(f"fill it in, then: kg ingest {file}", soft_wrap=True)


@app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(help="A spreadsheet, tables with --mapping, FollowTheMoney, RDF.")],
    mapping: Annotated[Path | None, typer.Option(help="What the columns of the tables stand for.")] = None,
    into: Annotated[Path | None, typer.Option(help="Folder for new records; else <data>/records/<publisher>.")] = None,
    dates: Annotated[Dates, typer.Option(help="What to make of 05/06/2019; with a mapping, the mapping says.")] = Dates.ask,
    encoding: Annotated[str | None, typer.Option(help="Of a .csv file that is not UTF-8.")] = None,
    guess: Annotated[
        bool, typer.Option("--guess-mapping", help="Draft the mapping from headers and cells; reads no records.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where --guess-mapping writes its draft.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published the files: a key of publishers.yaml.")] = None,
    id: Annotated[str | None, typer.Option("--id", help="Id of the record that FollowTheMoney or RDF files become.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    rules: Annotated[list[Path] | None, typer.Option(help="CONSTRUCT queries for RDF: a .rq file or a folder of them.")] = None,
    alignments: Annotated[list[Path] | None, typer.Option(help="Turtle that aligns the terms of RDF with the ontology.")] = None,
    language: Annotated[str, typer.Option(help="Its language, ISO 639; mul for several.")] = "mul",
    replace: Annotated[bool, typer.Option("--replace", help="Replace also records written or edited by hand.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, write nothing.")] = False,
    data: DataOption = DATA,
) -> None:
    """Read a spreadsheet, any table by a mapping, FollowTheMoney or RDF into records, and say what is new and what changed.

    Every mistake is told with file, sheet, row and column, and then nothing is written. Read again, the same file changes
    nothing; edited, it changes what was edited.

    Examples: `kg ingest cases.xlsx`; `kg ingest cases.xlsx --dry-run`; `kg ingest victims.csv --mapping map.yaml`;
    `kg ingest victims.csv --guess-mapping -o map.yaml`; `kg ingest list.ftm.json day1.delta.jsonl --publisher opensanctions`;
    `kg ingest people.ttl --publisher example --rules my-rules/`
    """
    from kg.ingest import DateOrder, read_spreadsheet, write_records
    from kg.records import read_registries

    if guess:
        _guess(files, output, publisher or "project", encoding, replace)
        return
    if mapping is not None:
        _ingest_mapped(files, mapping, into, replace, dry_run, data)
        return
    given = exchanging.Given(files, publisher, id, title, language, into, replace, dry_run, data)
    if exchanging.is_register(files[0]):
        exchanging.ingest_courts(given)
        return
    if len(files) == 1 and exchanging.is_list(files[0]):
        exchanging.ingest_list(given)
        return
    if all(map(exchanging.is_rdf, files)):
        exchanging.ingest_rdf(given, rules or [], alignments or [])
        return
    if all(map(exchanging.is_ftm, files)):
        exchanging.ingest_ftm(given)
        return
    if len(files) > 1:
        raise KgError("several files need a mapping: --mapping map.yaml says what their columns stand for")
    registries = read_registries(data)
    with reading() as say:
        records = read_spreadsheet(files[0], registries, order=DateOrder(dates.value), encoding=encoding, say=say)
        outcomes = write_records(records, data, files[0].name, into=into, replace=replace, dry_run=dry_run)
    _report(outcomes, dry_run)


def _guess(files: list[Path], output: Path | None, publisher: str, encoding: str | None, replace: bool) -> None:
    from kg.ingest import guess_mapping

    if output is not None and output.exists() and not replace:
        raise KgError(f"{output} exists already: give another file with -o, or --replace to write it anew")
    with reading() as say:
        draft = guess_mapping(files, publisher=publisher, encoding=encoding, say=say)
    table = Table("file", "column", "taken for", "why", "needs a look")
    for name, columns in draft.purposes.items():
        for one in columns:
            use = f"{one.use} of {one.event}" if one.event and one.use else one.use or "not used"
            table.add_row(*map(Text, (name, one.header, use, one.why, "; ".join(one.doubts))))
    (talk if output is None else out).print(table)
    if output is None:
        typer.echo(draft.text, nl=False)
        talk.print("nothing is written: give -o map.yaml", soft_wrap=True)
        return
    output.write_text(draft.text, encoding="utf-8")
    looks = draft.text.count("needs a look") - 1
    talk.print(f"written: {output}; {looks} places need a look, then: kg ingest … --mapping {output}", soft_wrap=True)


def _ingest_mapped(files: list[Path], mapping: Path, into: Path | None, replace: bool, dry_run: bool, data: Path) -> None:
    from kg.ingest import read_all, read_mapping, write_stream
    from kg.records import read_registries

    known = read_mapping(mapping)
    origin = f"{', '.join(path.name for path in files)} by {mapping.name}"
    folder = into or data / "records" / known.source.publisher
    with reading() as say:
        passages = read_all(files, known, read_registries(data), say)
        made = write_stream(known.source, passages, folder, origin, replace=replace, dry_run=dry_run, say=say)
    table = Table("record", "state", "passages", "facts", "added", "changed", "removed", "file")
    counts = (made.passages, made.facts, made.added, made.changed, made.removed)
    table.add_row(known.source.id, made.state, *(f"{count:,}" for count in counts), Text(str(made.path)))
    out.print(table)
    if dry_run:
        talk.print("nothing is written (--dry-run)")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="What to write: .xlsx, .csv for one file per sheet, or .ftm.json.")],
    source: Annotated[list[str] | None, typer.Option(help="Only the record of this source id; may be repeated.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="Only records of this publisher; may be repeated.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what stands there.")] = False,
    format: Annotated[Written | None, typer.Option(help="What to write, where the name of the file does not say.")] = None,
    data: DataOption = DATA,
    store: StoreOption = BUILD,
) -> None:
    """Write records as a spreadsheet that `kg ingest` reads back, or the graph as FollowTheMoney, and say what that cannot hold.

    Examples: `kg export cases.xlsx --publisher zmina`; `kg export all.csv`; `kg export graph.ftm.json`
    """
    if format is Written.ftm or (format is None and exchanging.is_ftm(file)):
        exchanging.export_ftm(file, store, force)
        return
    from kg.present.spreadsheet import write_spreadsheet
    from kg.records import read_corpus

    with progress() as say:
        corpus = read_corpus(data, _at("read", say))
        records = [found.record for found in corpus.files]
        chosen = [
            record
            for record in records
            if (not source or record.source.id in source) and (not publisher or record.source.publisher in publisher)
        ]
        for wanted, known in ((source, {r.source.id for r in records}), (publisher, {r.source.publisher for r in records})):
            _known(wanted, known)
        exported = write_spreadsheet(chosen, file, corpus.registries, force=force)
    table = Table("sheet", "rows")
    for name, rows in exported.rows.items():
        table.add_row(name, f"{len(rows):,}")
    out.print(table)
    talk.print(f"{len(chosen)} records written to {', '.join(map(str, exported.files))}", soft_wrap=True)
    for line in exported.left_out:
        typer.echo(f"left out: {line}", err=True)
    if exported.left_out:
        raise typer.Exit(1)


def _known(wanted: Sequence[str] | None, known: set[str]) -> None:
    from difflib import get_close_matches

    for name in wanted or ():
        if name not in known:
            close = get_close_matches(name, sorted(known), 1, 0.6)
            raise KgError(f"no record of '{name}'" + (f": did you mean '{close[0]}'?" if close else ""))


def _at(stage: str, say: Callable[[str, str], None]) -> Callable[[str], None]:
    return lambda detail: say(stage, detail)


def _report(outcomes: Sequence[Outcome], dry_run: bool) -> None:
    table = Table("record", "state", "passages", "facts", "changes", "file")
    touched = [outcome for outcome in outcomes if outcome.state != "unchanged"]
    for outcome in touched[:50]:
        counts = (len(outcome.record.passages), outcome.facts, len(outcome.changes))
        table.add_row(outcome.record.source.id, outcome.state, *(f"{count:,}" for count in counts), Text(str(outcome.path)))
    if touched:
        out.print(table)
    if len(touched) > 50:
        talk.print(f"the first 50 of {len(touched):,} shown")
    for outcome in outcomes:
        for change in outcome.changes:
            typer.echo(str(change))
    states = [outcome.state for outcome in outcomes]
    told = ", ".join(f"{states.count(state)} {state}" for state in ("new", "changed", "unchanged"))
    talk.print(f"{len(outcomes)} records: {told}{'; nothing is written (--dry-run)' if dry_run else ''}", soft_wrap=True)
