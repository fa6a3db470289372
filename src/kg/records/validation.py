"""Fitting a parsed value to a model, with every mismatch reported where it stands and a hint beside it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kg.records.document import Document, Path_

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], value: Any, document: Document, path: Path_) -> M | None:
    """Validate `value` found at `path` as `model`; problems go to `document`.

    With problems the result is what the well-formed fields say, so that other mistakes can still be found in it, or None when
    they say too little.
    """
    if value is None:
        document.report(path, "this part is missing", "see docs/records.md")
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details:
            _report(document, path, model, detail)
        return _without(model, value, {detail["loc"][0] for detail in details if detail["loc"]})


def _without(model: type[M], value: Any, wrong: set[int | str]) -> M | None:
    if not isinstance(value, dict):
        return None
    try:
        return model.model_validate({key: part for key, part in value.items() if key not in wrong})
    except ValidationError:
        return None


def _report(document: Document, path: Path_, model: type[BaseModel], detail: Any) -> None:
    loc = tuple(part for part in detail["loc"] if not (isinstance(part, str) and part.startswith("function-")))
    kind = detail["type"]
    if kind == "extra_forbidden":
        # Field names have no spaces: this is a piece of text that a comma cut off.
        comma = "a comma inside { } starts a new field: put the whole text in quotes" if " " in str(loc[-1]) else ""
        document.report((*path, *loc), f"unknown field '{loc[-1]}'", comma or nearest([str(loc[-1])], fields(model)))
    elif kind == "missing":
        document.report((*path, *loc), f"'{loc[-1]}' is missing", "add it, or see docs/records.md")
    else:
        message = str(detail["msg"]).removeprefix("Value error, ")
        document.report((*path, *loc), f"{message} (found {shown(detail['input'])})", "")


def shown(value: object) -> str:
    """A value as it appears in a message: short, on one line."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def fields(model: type[BaseModel]) -> list[str]:
    """The field names of `model` as they are written in files."""
    return [field.alias or name for name, field in model.model_fields.items()]


def nearest(written: Iterable[str], known: Iterable[str]) -> str:
    """A hint towards the known word most like one of those written."""
    known = list(known)
    for word in written:
        close = difflib.get_close_matches(word, known, 1, 0.6)
        if close:
            return f"did you mean '{close[0]}'?"
    return "known here: " + ", ".join(known) if len(known) <= 30 else ""
