"""Commands about sanctions lists: what changed between two versions, drafts from their reasons, decisions on hits."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import BUILD, DATA, DataOption, Format, StoreOption, app, print_records, progress, talk
from kg.errors import KgError, NotFoundError

if TYPE_CHECKING:
    from kg.graph.screening import KnownPerson

lists = typer.Typer(
    no_args_is_help=True,
    help="Sanctions lists: compare versions, decide on hits.\n\nExample: `kg lists diff old-sdn.csv new-sdn.csv`",
)
app.add_typer(lists, name="lists")


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
    print_records(rows, format, ["what", "entry", "name", "programme", "change"], limit)
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
