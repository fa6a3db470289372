"""Commands that decide who is who."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import DATA, DataOption, Format, out, talk
from kg.cli.reviewing import ReviewerOption, review, reviewer_name
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.identity.candidates import Candidate


@review.command()
def identity(
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="person, body, case or event; may be repeated. Default: all.")
    ] = None,
    again: Annotated[
        list[str] | None, typer.Option("--again", help="Pairs decided to be 'different' or 'unsure' come too; may be repeated.")
    ] = None,
    at_least: Annotated[float, typer.Option(help="Lowest rank shown.")] = 0.6,
    only_list: Annotated[bool, typer.Option("--list", help="Print the pairs with reasons and context, and stop.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="With --list: table, csv or json.")] = Format.table,
    limit: Annotated[int, typer.Option(help="Pairs in a table.", min=1)] = 50,
    undo: Annotated[
        tuple[str, str] | None, typer.Option("--undo", help="Two addresses: take the last decision on them back, and stop.")
    ] = None,
    reason: Annotated[str, typer.Option(help="With --undo: why.")] = "",
    reviewer: ReviewerOption = None,
    data: DataOption = DATA,
) -> None:
    """Walk through pairs of people, bodies, cases and events that may be one, best first: same, different, not sure, skip, undo.

    A score is about names and never merges anybody. Each decision, with reason, evidence and your name, is on disk in
    data/identity/ before the next pair is shown; others may review at the same time; kg build applies what was decided.

    Examples: `kg review identity`; `kg review identity --kind person`; `kg review identity --list --format csv > pairs.csv`;
    `kg review identity --again unsure`; `kg review identity --undo id:a/koval id:b/koval --reason "another patronymic"`
    """
    from kg.cli.identity_screen import IdentityScreen
    from kg.identity.candidates import KINDS
    from kg.identity.decisions import Verdict
    from kg.identity.review import IdentityReview
    from kg.vocabulary import expand

    kinds, verdicts = _chosen(kind, KINDS, "--kind"), _chosen(again, ("different", "unsure"), "--again", ())
    name = "nobody" if only_list else reviewer_name(reviewer)
    session = IdentityReview.open(data, name, kinds, [Verdict(value) for value in verdicts], at_least)
    if undo is not None:
        said = session.undo(frozenset(map(expand, undo)), reason)
        talk.print(f"written: {said}: {said.comment}", soft_wrap=True)
    elif only_list:
        _print_pairs(session.candidates, format, limit)
    elif not session.candidates:
        talk.print("no pair to review: what may be one is decided already (--again unsure shows those left unsure)", soft_wrap=True)
    else:
        made = IdentityScreen(session).run()
        talk.print(f"{made} decided, {len(session.candidates)} pairs left", soft_wrap=True)


@review.command()
def identifiers(
    write: Annotated[bool, typer.Option("--write", help="Decide what nothing speaks against to be the same.")] = False,
    reviewer: ReviewerOption = None,
    data: DataOption = DATA,
) -> None:
    """List what shares an identifier of a register (Wikidata, tax and list numbers); with --write, merge it by that rule.

    Such a decision names the rule as its author and is taken back like any other. Where dates of birth differ, where one record
    names two, or where somebody decided before, nothing is merged: a person has to look.

    Examples: `kg review identifiers`; `kg review identifiers --write`
    """
    from kg.identity.identifiers import merge_by_identifier

    found = merge_by_identifier(data, reviewer_name(reviewer) if write else "nobody", write=write)
    table = Table("identifier", "one", "other", "merged" if write else "would be merged")
    for shared in found:
        sides = (Text(shared.one.name), Text(shared.other.name))
        table.add_row(shared.identifier, *sides, Text(f"no: {shared.held_back}" if shared.held_back else "yes"))
    out.print(table)
    merged = sum(not shared.held_back for shared in found)
    rest = "kg build applies it" if write else "--write decides it"
    talk.print(f"{len(found)} pairs share an identifier, {merged} of them by rule the same: {rest}", soft_wrap=True)


def _chosen(
    given: list[str] | None, known: tuple[str, ...], option: str, default: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    if unknown := set(given or ()) - set(known):
        raise QueryError(f"{option} {', '.join(sorted(unknown))}: choose from {', '.join(known)}")
    return tuple(given or (known if default is None else default))


def _print_pairs(found: list[Candidate], format: Format, limit: int) -> None:
    from kg.graph.rows import safe_cell
    from kg.vocabulary import compress

    if format is Format.turtle:
        raise QueryError("pairs are no part of the graph: print them with --format table, csv or json")
    if format is Format.json:
        typer.echo(json.dumps([candidate.as_json() for candidate in found], indent=2, ensure_ascii=False))
        return
    if format is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["kind", "rank", "score", "one", "one address", "other", "other address", "reasons", "context"])
        for one in found:
            context = "; ".join(clue.text for clue in one.clues)
            sides = (one.labels[0], compress(one.one.iri), one.labels[1], compress(one.other.iri))
            row = (one.kind, f"{one.rank:.2f}", f"{one.score:.2f}", *sides, "; ".join(one.reasons), context)
            writer.writerow(map(safe_cell, row))
        return
    table = Table("kind", "rank", "one", "other", "why")
    for one in found[:limit]:
        why = "; ".join([*one.reasons, *(clue.text for clue in one.clues)])
        table.add_row(one.kind, f"{one.rank:.2f}", *map(Text, one.labels), Text(why))
    out.print(table)
    talk.print(f"{len(found)} pairs" + (f", the first {limit} shown (--limit)" if len(found) > limit else ""), soft_wrap=True)
