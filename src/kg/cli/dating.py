"""`kg timeline`: what happened, in order, as every passage dates it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import BUILD, Format, StoreOption, app, print_records, talk

if TYPE_CHECKING:
    from kg.present.timeline import Dated, Timeline, TimelineEvent

_DATES_OF_LABEL = re.compile(r", \d{4}[^,]*")
"""The label of an event names its dates, which have a column of their own."""


@app.command()
def timeline(
    about: Annotated[str, typer.Argument(help="A person, official, case or court, by name or address.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="A table, csv, or json with every passage.")] = Format.table,
    limit: Annotated[int, typer.Option(help="Events in a table.", min=1)] = 200,
    store: StoreOption = BUILD,
) -> None:
    """Tell what happened to a person, in a case, before an official or a court, in order of time.

    A date stays as precise as its source gives it. Where sources disagree, each date stands on its own line with those who give it.

    Examples: `kg timeline "Lenur Khalilov"`; `kg timeline Kolpikov --format csv > kolpikov.csv`
    """
    from kg.graph import Graph
    from kg.present.timeline import read_timeline, timeline_data

    found = read_timeline(Graph.open(store), about)
    if format is Format.json:
        typer.echo(json.dumps(timeline_data(found), ensure_ascii=False, indent=1))
        return
    rows = [_row(event, found) for event in found.events]
    columns = ["date", "event", "modality", "publishers", "who says so", "in dispute"]
    print_records(rows, format, columns, limit)
    undated = sum(not event.dates for event in found.events)
    talk.print(f"{found.title}: {len(rows)} events, {undated} without a date (at the end)", soft_wrap=True)


def _row(event: TimelineEvent, found: Timeline) -> dict[str, Any]:
    return {
        "date": "\n".join(_dated(dated, event, found) for dated in event.dates),
        "event": _DATES_OF_LABEL.sub("", event.label, count=1),
        "kind": event.kind,
        "modality": ", ".join(event.modalities),
        "publishers": event.publishers,
        "who says so": "\n".join(_publishers(event.passages, found)),
        "in dispute": ", ".join(event.conflicts),
        "address": event.iri,
        "passages": " ".join(event.passages),
    }


def _dated(dated: Dated, event: TimelineEvent, found: Timeline) -> str:
    """A date; and who gives it, where another source gives another."""
    if len(event.dates) < 2:
        return dated.text
    return f"{dated.text} ({', '.join(_publishers(dated.passages, found))})"


def _publishers(passages: tuple[str, ...], found: Timeline) -> list[str]:
    return list(dict.fromkeys(found.evidence.passages[iri].publisher for iri in passages if iri in found.evidence.passages))
