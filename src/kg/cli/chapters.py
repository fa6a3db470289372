"""The table of contents that `kg --help` prints: which command stands in which chapter, in the order of the work."""

from __future__ import annotations

import typer

CHAPTERS = {
    "What goes in": ("new", "check", "schema", "template", "ingest", "extract", "archive"),
    "Deciding what a program proposed": ("review", "courts", "lists"),
    "The graph": ("build", "restore", "validate", "diff", "history", "doctor"),
    "Asking": ("query", "ask", "find", "officials", "timeline", "path", "coverage"),
    "Evidence": ("explain", "conflicts", "screen"),
    "What goes out": ("serve", "map", "network", "dossier", "publish", "export"),
}


def arrange(app: typer.Typer) -> None:
    """Put the commands of `app` into chapters; one that no chapter names stands at the end of the help."""
    chapter = {name: title for title, names in CHAPTERS.items() for name in names}
    order = {name: position for position, name in enumerate(chapter)}
    for command in app.registered_commands:
        command.rich_help_panel = chapter.get(_name(command))
    for group in app.registered_groups:
        group.rich_help_panel = chapter.get(group.name or "")
    app.registered_commands.sort(key=lambda command: order.get(_name(command), len(order)))


def _name(command: typer.models.CommandInfo) -> str:
    return command.name or (command.callback.__name__ if command.callback else "")
