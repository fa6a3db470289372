"""Values that came out of tables, with the row and column of each, fitted to the record format.

Whatever the record's own checks find wrong is reported where the value stands in the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.errors import Problem
from kg.ingest.tabular import where
from kg.records import Record, Registries
from kg.records.checks import check_record
from kg.records.document import Document, Path_
from kg.records.model import FACT_MODELS, AnyFact, Passage, Source
from kg.records.validation import validate


@dataclass(frozen=True)
class Place:
    """A cell: file (and sheet), row and column from 1, header of the column."""

    file: str
    row: int
    column: int
    header: str = ""


@dataclass
class TableDocument(Document):
    """A record put together from tables: `value` as a record file would say it, `places` by path inside it."""

    places: dict[Path_, Place] = field(default_factory=dict)

    def report(self, path: Path_, message: str, hint: str = "") -> None:
        """Note a problem at the cell that `path` came from, or at the nearest one around it."""
        for length in range(len(path), -1, -1):
            if place := self.places.get(path[:length]):
                header = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
                name = where(place.header, place.column) if place.header else header
                self.problems.append(Problem(place.file, place.row, place.column, name, message, hint))
                return
        self.problems.append(Problem(self.file, 1, 1, "", message, hint))


def checked_record(document: TableDocument, registries: Registries | None) -> Record | None:
    """`document.value` as a typed record; None exactly when `document.problems` says what is wrong with it."""
    root: dict[str, Any] = document.value
    source = validate(Source, root.get("source"), document, ("source",))
    passages = [checked_passage(value, document, ("passages", at)) for at, value in enumerate(root["passages"])]
    record = Record.model_construct(source=source, passages=passages, status=root.get("status", "final"))
    check_record(record, document, registries)
    if record.status not in ("draft", "final"):
        document.report(("status",), "status is draft or final")
    return None if document.problems else record


def checked_passage(value: dict[str, Any], document: Document, path: Path_) -> Passage:
    """A passage and its facts; what cannot be read is reported and stands as None among the facts."""
    own = {key: part for key, part in value.items() if key != "facts"}
    passage = validate(Passage, own, document, path) or Passage.model_construct(id="", summary="")
    facts = [checked_fact(fact, document, (*path, "facts", at)) for at, fact in enumerate(value["facts"])]
    return passage.model_copy(update={"facts": facts})


def checked_fact(value: dict[str, Any], document: Document, path: Path_) -> AnyFact | None:
    """A fact, by the field that opens it."""
    for kind, model in FACT_MODELS.items():
        if kind in value:
            return validate(model, value, document, path)
    document.report(path, "cannot tell what kind of fact this is", "begin with one of: " + ", ".join(FACT_MODELS))
    return None
