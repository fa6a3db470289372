"""Commands in which a person decides, one thing after the other."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.console import DATA, DataOption, app, out, talk
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.extract.review import Waiting

review = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Decide about what a program proposed, one thing after the other.\n\nExample: `kg review drafts`",
)
app.add_typer(review, name="review")

ReviewerOption = Annotated[
    str | None, typer.Option(help="Your name, as it stands beside your decisions; else git's user.name.", envvar="KG_REVIEWER")
]


@review.command()
def drafts(
    files: Annotated[list[Path] | None, typer.Argument(help="Record files of drafts; without any, all that wait.")] = None,
    reviewer: ReviewerOption = None,
    only_list: Annotated[bool, typer.Option("--list", help="Say which drafts wait, and stop.")] = False,
    finished: Annotated[bool, typer.Option("--finished", help="List finished reviews too.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="When finishing, replace a record that was edited by hand.")] = False,
    data: DataOption = DATA,
) -> None:
    """Review drafts of `kg extract`: accept, edit or reject each fact beside its words, add what was missed, finish the record.

    Every decision is on disk, with your name and the time, before the next fact is shown; stop whenever you like.

    Examples: `kg review drafts`; `kg review drafts data/records/zmina/2025-10-14-rearrest.yaml`; `kg review drafts --list`
    """
    from kg.extract.review import waiting_drafts

    if only_list or finished:
        _print_waiting(waiting_drafts(data, finished=finished))
        return
    chosen = files
    if not chosen:
        waiting = waiting_drafts(data)
        _print_waiting(waiting)
        chosen = [one.path for one in waiting if one.state != "without proposal"]
    for path in chosen:
        if not _review(path, reviewer_name(reviewer), replace, data):
            return


def _review(path: Path, reviewer: str, replace: bool, data: Path) -> bool:
    from kg.cli.review_screen import Screen
    from kg.extract.review import Review, read_anew
    from kg.records import data_folder_of, read_registries

    home = data_folder_of(path) or data
    registries = read_registries(home) if (home / "publishers.yaml").exists() else None
    if read_anew(path, registries):
        talk.print(f"{path}: the text has changed: read anew; what changed is undecided again", soft_wrap=True)
    return Screen(Review.open(path, reviewer, registries), replace_edited=replace).run()


def reviewer_name(given: str | None) -> str:
    """Who decides: as given, as git knows them, or as the machine does; raises KgError when nobody is known."""
    if given and given.strip():
        return given
    try:
        asked = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=5)
        name = asked.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        name = ""
    name = name or os.environ.get("USER", "") or os.environ.get("USERNAME", "")
    if not name:
        raise KgError("every decision carries the name of who made it: give yours with --reviewer NAME")
    return name


def _print_waiting(found: list[Waiting]) -> None:
    if not found:
        talk.print("no draft waits for a review: kg extract FILE -o data/records/… proposes one", soft_wrap=True)
        return
    table = Table("draft", "title", "state", "facts", "decided", "to look at", "by")
    table.columns[0].overflow = "fold"  # a path that is cut off cannot be copied
    for one in found:
        counts = (str(one.facts), str(one.decided), str(one.doubtful)) if one.facts else ("", "", "")
        path = min(str(one.path), os.path.relpath(one.path), key=len)
        table.add_row(*map(Text, (path, one.title, one.state, *counts, ", ".join(one.reviewers))))
    out.print(table)
