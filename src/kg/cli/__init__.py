"""The `kg` command: one thin command per verb.

Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 the input or the question is at fault (each
mistake is told), 2 the command line itself is wrong.
"""

from __future__ import annotations

import sys

import typer

from kg.cli import (
    archiving,
    asking,
    building,
    changes,
    connecting,
    courts,
    covering,
    dating,
    doctor,
    drawing,
    evidence,
    explaining,
    extracting,
    identifying,
    ingesting,
    listing,
    noting,
    officials,
    publishing,
    records,
    reviewing,
    screening,
    serving,
    validating,
)
from kg.cli.chapters import arrange
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
    "dating",
    "doctor",
    "drawing",
    "evidence",
    "explaining",
    "extracting",
    "identifying",
    "ingesting",
    "listing",
    "main",
    "noting",
    "officials",
    "publishing",
    "records",
    "reviewing",
    "screening",
    "serving",
    "validating",
]

arrange(app)


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
