"""What changed about a thing over the builds of a folder, as its page tells it; nothing where no build keeps a journal."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.facts import rows
from kg.graph.history.diff import Change
from kg.graph.history.journal import read_journal
from kg.graph.history.journal_index import JournalIndex
from kg.graph.history.of_thing import Decided, history
from kg.graph.iris import source
from kg.web.context import Context
from kg.web.names import Thing
from kg.web.reading.ask import Asked

MOST_CHANGES = 100
"""Changes that a page tells; `kg history` tells all."""


@dataclass(frozen=True)
class Build:
    """What one build changed about the thing: statements, each with the address of its record as long as that is there, and
    addresses that became others."""

    digest: str
    on: str
    changes: tuple[tuple[Change, str], ...]
    merged: tuple[tuple[Thing, Thing], ...]
    parted: tuple[tuple[Thing, Thing], ...]


@dataclass(frozen=True)
class Changes:
    """Builds that changed something, newest first; since which build what stands does, by record; decisions; how many changes
    there are in all."""

    builds: tuple[Build, ...]
    standing: tuple[tuple[str, str, int], ...]
    decisions: tuple[Decided, ...]
    count: int


def read_changes(context: Context, asked: Asked, iri: str) -> Changes | None:
    """What changed about `iri` since the journal of the served folder of builds begins; None when nothing did.

    Only a folder of builds that is served has a journal to tell from: an endpoint and a published site have none, for what was
    withdrawn because it was wrong shall not go on in public. It holds only what builds for the same audience held.
    """
    journal = _journal(context)
    if journal is None or not journal.entries:
        return None
    told = history(context.graph, iri, journal, lambda iris: {thing.iri: thing.label for thing in asked.things(iris).values()})
    there = _sources(asked, {source(change.record) for step in told.steps for change in step.changes})
    things = asked.things(iri for step in told.steps for pair in (*step.merged, *step.parted) for iri in pair)
    builds: list[Build] = []
    count = left = 0
    for step in reversed(told.steps):
        shown = step.changes[: max(0, MOST_CHANGES - left)]
        left += len(shown)
        count += len(step.changes)
        merged, parted = (tuple((things[one], things[other]) for one, other in pairs) for pairs in (step.merged, step.parted))
        if shown or merged or parted:
            builds.append(
                Build(step.build, step.on, tuple((change, there.get(change.record, "")) for change in shown), merged, parted)
            )
    standing = tuple((record, since, number) for (record, since), number in told.standing.items() if since)
    return Changes(tuple(builds), standing, told.decisions, count) if builds else None


def _sources(asked: Asked, addresses: set[str]) -> dict[str, str]:
    """Those of the addresses that are still sources, by the id of the record."""
    values = " ".join(f"<{address}>" for address in sorted(addresses))
    found = rows(asked.graph, f"SELECT ?s WHERE {{ VALUES ?s {{ {values} }} ?s a pn:Source }}") if values else ()
    return {row["s"].value.rpartition("/")[2]: row["s"].value for row in found}


def _journal(context: Context) -> JournalIndex | None:
    tables = context.graph.tables
    if context.settings.build is None or tables is None:
        return None
    found: JournalIndex = context.remembered("journal", lambda: JournalIndex(read_journal(tables.parent)))
    return found
