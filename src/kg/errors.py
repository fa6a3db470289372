"""Every error this program raises on purpose.

KgError                      base: a message that says what is wrong, where, and what to do
├── RecordError              problems in record or registry files (carries all of them)
├── DecisionError            problems in identity decisions (carries all of them)
├── VocabularyError          the ontology files cannot be read or contradict themselves
├── ArchiveError             a kept text is missing or damaged, or a reading cannot be noted
├── BuildError               a build could not be made or swapped in
├── StoreError               a store or endpoint is missing, damaged or refuses
├── ReviewConflictError      somebody else decided the same thing meanwhile
├── QueryError               a query is unknown, malformed or lacks a parameter
└── NotFoundError            no entity answers to the name given
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class KgError(Exception):
    """Base of all errors meant for the user; the command line prints it without a traceback."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    `line` and `column` count from 1; `field` is the dotted path inside the file; `hint` says what to do about it.
    """

    file: str
    line: int
    column: int
    field: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        text = f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"
        return f"{text}\n    {self.hint}" if self.hint else text


class _ProblemsError(KgError):
    """An error that carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RecordError(_ProblemsError):
    """One or more record or registry files cannot be used as they are."""


class DecisionError(_ProblemsError):
    """One or more identity decisions cannot be applied."""


class ContradictionError(DecisionError):
    """An identity decision cannot stand beside earlier ones; each problem tells the chain of decisions. Nothing was written."""


class ReviewConflictError(KgError):
    """Another reviewer decided the same thing meanwhile; nothing was overwritten."""


class VocabularyError(KgError):
    """The ontology files cannot be read, or lack what the program needs from them."""


class ArchiveError(KgError):
    """A text of the archive is missing or damaged, or a reading cannot be noted in its record."""


class BuildError(KgError):
    """A build could not be completed; the earlier one is untouched."""


class StoreError(KgError):
    """A store or SPARQL endpoint is missing, damaged or refuses the request."""


class QueryError(KgError):
    """A query is unknown or malformed, or a parameter is missing or of the wrong type."""


class NotFoundError(KgError):
    """Nothing in the graph answers to the name or address given."""
