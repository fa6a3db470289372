"""Record files -> typed records, with every mistake located.

Reading goes fact by fact, so that one wrong fact hides no other mistake. A file with any problem yields no record at all:
nothing is half-loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.errors import Problem, RecordError
from kg.records.checks import check_record
from kg.records.document import Document, Path_, read_document
from kg.records.json_lines import SUFFIX, read_json_lines
from kg.records.model import FACT_MODELS, AnyFact, Model, Passage, Record, Source
from kg.records.registry import Registries
from kg.records.validation import fields, nearest, validate


def read_record(path: Path, name: str | None = None, registries: Registries | None = None) -> Record:
    """Read and check one record file.

    `name` is how the file is called in messages; with `registries` the keys of publishers, places and codes are checked
    too. Raises RecordError carrying every problem found.
    """
    record, problems = try_record(path, name, registries)
    if problems or record is None:
        raise RecordError(problems)
    return record


def try_record(path: Path, name: str | None = None, registries: Registries | None = None) -> tuple[Record | None, list[Problem]]:
    """Like `read_record`, but hands back the problems; the record is None exactly when there are some."""
    document = read_json_lines(path, Document(name or str(path))) if path.suffix == SUFFIX else read_document(path, name)
    if document.value is None and document.problems:
        return None, document.problems
    if not isinstance(document.value, dict):
        document.report((), "a record starts with 'source:' and 'passages:'", "see docs/records.md, or start one with kg new")
        return None, document.problems
    record = _read_parts(document)
    check_record(record, document, registries)
    return (None, document.problems) if document.problems else (record, [])


def _read_parts(document: Document) -> Record:
    root = document.value
    _unknown_fields(document, (), root, Record)
    source = validate(Source, root.get("source"), document, ("source",))
    passages = root.get("passages")
    if not isinstance(passages, list) or not passages:
        document.report(("passages",), "at least one passage is needed", "every statement stands under the passage that makes it")
        passages = []
    read = [_passage(document, ("passages", index), value) for index, value in enumerate(passages)]
    status = root.get("status", "final")
    if status not in ("draft", "final"):
        document.report(("status",), "status is draft or final")
        status = "final"
    return Record.model_construct(source=source, passages=[p for p in read if p], status=status)


def _passage(document: Document, path: Path_, value: Any) -> Passage | None:
    if not isinstance(value, dict):
        document.report(path, "a passage is a mapping with id, summary and facts", "check the indentation")
        return None
    facts = value.get("facts", [])
    if not isinstance(facts, list):
        document.report((*path, "facts"), "facts is a list: start each fact with '- '", "check the indentation")
        facts = []
    passage = validate(Passage, {k: v for k, v in value.items() if k != "facts"}, document, path)
    read = [_fact(document, (*path, "facts", index), fact) for index, fact in enumerate(facts)]
    if passage is None:
        passage = Passage.model_construct(id="", summary="")
    # None keeps the place of a fact that could not be read, so that positions stay right for the checks that follow.
    return passage.model_copy(update={"facts": read})


def _fact(document: Document, path: Path_, value: Any) -> AnyFact | None:
    if not isinstance(value, dict):
        document.report(path, "a fact is a mapping such as {person: key, name: ...}", "check the indentation")
        return None
    for kind, model in FACT_MODELS.items():
        if kind in value:
            return validate(model, value, document, path)
    kinds = ", ".join(FACT_MODELS)
    hint = nearest(value, FACT_MODELS) or f"begin with one of: {kinds}"
    document.report(path, "cannot tell what kind of fact this is", hint)
    return None


def _unknown_fields(document: Document, path: Path_, value: dict[str, Any], model: type[Model]) -> None:
    for key in value:
        if key not in fields(model):
            document.report((*path, key), f"unknown field '{key}'", nearest([key], fields(model)))
