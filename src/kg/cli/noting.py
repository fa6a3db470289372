"""The command that walks through conflicts and notes what came of looking into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import BUILD, DATA, DataOption, StoreOption, out, talk, visible
from kg.cli.reviewing import ReviewerOption, review, reviewer_name
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph.conflict_notes import ConflictNotes
    from kg.graph.conflicts import Conflict

_HELP = """\
n TEXT    note what you looked into and what came of it; no value is picked by it
u [WHY]   take back your last note here     j   skip     q   stop; every note is on disk already"""


@review.command()
def conflicts(
    about: Annotated[str | None, typer.Argument(help="A name or an address: only what concerns it.")] = None,
    only_list: Annotated[bool, typer.Option("--list", help="Print every conflict with its notes, and stop.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Conflicts that have a note come too.")] = False,
    take_back: Annotated[int | None, typer.Option("--undo", help="Take back the note with that number, and stop.", min=1)] = None,
    reason: Annotated[str, typer.Option(help="With --undo: why.")] = "",
    reviewer: ReviewerOption = None,
    data: DataOption = DATA,
    store: StoreOption = BUILD,
) -> None:
    """Walk through values on which sources disagree and note what you found out. No value is picked, and none goes away.

    Each note, with your name and the day, is on disk in data/notes/ before the next conflict is shown. Notes are for editors and
    enter no build. A conflict comes again when another value appears.

    Examples: `kg review conflicts`; `kg review conflicts --list`; `kg review conflicts "Lenur Khalilov" --again`;
    `kg review conflicts --undo 3 --reason "another page"`
    """
    from kg.graph import Graph
    from kg.graph.conflict_notes import ConflictNotes
    from kg.graph.conflicts import conflicts as find

    notes = ConflictNotes(data, "nobody" if only_list else reviewer_name(reviewer))
    if take_back is not None:
        notes.take_back(take_back, reason)
        talk.print(f"note {take_back} is taken back")
        return
    found = find(Graph.open(store), about)
    if only_list:
        _print_all(notes, found)
        return
    written = _walk(notes, found if again else notes.waiting(found))
    talk.print(f"{written} notes written, {len(notes.waiting(found))} of {len(found)} conflicts without one", soft_wrap=True)


def _walk(notes: ConflictNotes, found: list[Conflict]) -> int:
    """One conflict after the other until the reviewer stops; how many notes were written and not taken back."""
    written: list[int] = []
    talk.print(_HELP, soft_wrap=True)
    for conflict in found:
        out.print()
        out.print(Text(visible(str(conflict))))
        for note in notes.on(conflict):
            out.print(Text(f"  noted ({note.number}): {visible(str(note))}", "dim"))
        while True:
            try:
                line = typer.prompt("?", prompt_suffix=" ", default="j", show_default=False).strip()
            except (typer.Abort, EOFError):
                line = "q"
            if line == "q":
                return len(written)
            if _tell(notes, conflict, line, written):
                break
    return len(written)


def _tell(notes: ConflictNotes, conflict: Conflict, line: str, written: list[int]) -> bool:
    """Do what `line` says; whether the next conflict may come."""
    letter, _, rest = line.partition(" ")
    try:
        if letter == "n":
            note = notes.write(conflict, rest)
            written.append(note.number)
            talk.print(Text(f"written ({note.number}): {visible(str(note))}", "green"), soft_wrap=True)
            return True
        if letter == "u":
            if not written:
                raise KgError("nothing was noted here: kg review conflicts --undo NUMBER takes an earlier note back")
            notes.take_back(written[-1], rest)
            talk.print(Text(f"note {written.pop()} is taken back", "yellow"))
            return False
        if letter == "j":
            return True
        talk.print(_HELP, soft_wrap=True)
    except KgError as error:
        talk.print(Text(str(error), "red"), soft_wrap=True)
    return False


def _print_all(notes: ConflictNotes, found: list[Conflict]) -> None:
    waiting = notes.waiting(found)
    table = Table("conflict", "values", "notes", "state")
    for conflict in found:
        lines = "\n".join(f"{note.number}. {visible(str(note))}" for note in notes.on(conflict))
        values = "\n".join(visible(reading.shown) for reading in conflict.readings)
        state = "open" if conflict in waiting else "looked into"
        table.add_row(Text(visible(f"{conflict.label}: {conflict.property}")), Text(values), Text(lines), state)
    out.print(table)
    talk.print(f"{len(found)} conflicts, {len(waiting)} without a note on their present values", soft_wrap=True)
