"""The `kg` command: one thin command per verb.

Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 the input or the question is at fault (each
mistake is told), 2 the command line itself is wrong.
"""

from __future__ import annotations

import sys

import typer

from kg.cli import records, ingesting, extracting, reviewing, identifying, building  # isort: skip - the order is that of the help
from kg.cli import validating, changes, asking, explaining, evidence, drawing  # isort: skip
from kg.cli import publishing  # isort: skip - the last of the help
from kg.cli import archiving, connecting, covering, serving  # isort: skip
from kg.cli import screening, officials, courts, listing  # isort: skip
from kg.cli.console import app
from kg.errors import KgError

__all__ = [
    "app",
    "archiving",
    "asking",
    "building",
    "changes",
    "connecting",
    "courts",
    "covering",
    "drawing",
    "evidence",
    "explaining",
    "extracting",
    "identifying",
    "ingesting",
    "listing",
    "main",
    "officials",
    "publishing",
    "records",
    "reviewing",
    "screening",
    "serving",
    "validating",
]


def main() -> None:
    """Run the command line; every KgError becomes a message and exit code 1."""
    try:
        app()
    except KgError as error:
        typer.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
