"""What the sheets of a spreadsheet are called and which columns they have, as sheets.yaml says."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.records import Registries
from kg.vocabulary import load_vocabulary


@dataclass(frozen=True)
class Column:
    """One column: its `header`, the `field` of the record it fills and what its cells hold.

    `words` names a list of allowed words (see `words_of`); `many` cells hold several values, `pairs` cells several name=value,
    `date` cells a date, `role` cells the keys of those who had that role in an event.
    """

    header: str
    field: str
    help: str
    example: str
    required: bool = False
    many: bool = False
    date: bool = False
    role: bool = False
    pairs: bool = False
    words: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet; `key` is the column that names what a row is about, `part` the fact that a row belongs into, if any."""

    name: str
    about: str
    columns: tuple[Column, ...]
    part: str | None

    @property
    def key(self) -> Column:
        """The first column."""
        return self.columns[0]

    def column(self, header: str) -> Column | None:
        """The column with this header, or None."""
        return next((column for column in self.columns if column.header == header), None)


@functools.cache
def sheets() -> dict[str, Sheet]:
    """Every sheet by name, in the order of a workbook."""
    content = yaml.safe_load((Path(__file__).parent / "sheets.yaml").read_text(encoding="utf-8"))
    common = list(content["common"])
    found = {}
    for name, sheet in content["sheets"].items():
        # Merged columns come first in YAML; in a sheet what matters to the editor does.
        own = list(sheet["columns"].items())
        if set(common) <= set(sheet["columns"]):
            own.sort(key=lambda item: common.index(item[0]) if item[0] in common else -1)
        found[name] = Sheet(name, sheet["about"], tuple(_column(header, about) for header, about in own), sheet.get("part"))
    return found


def _column(header: str, about: dict[str, object]) -> Column:
    return Column(
        header,
        str(about.get("field", header)),
        str(about["help"]),
        str(about["example"]),
        required=bool(about.get("required")),
        many=bool(about.get("list") or about.get("role")),
        date=bool(about.get("date")),
        role=bool(about.get("role")),
        pairs=bool(about.get("pairs")),
        words=str(about["words"]) if "words" in about else None,
    )


def words_of(scheme: str, registries: Registries | None = None) -> list[str]:
    """The words that cells of `scheme` may hold, sorted; places and publishers come from `registries`."""
    vocabulary = load_vocabulary()
    own: dict[str, Iterable[str]] = {
        "event-kinds": vocabulary.event_kinds,
        "post-roles": [*vocabulary.concepts["role"], *vocabulary.concepts["membership"]],
        "places": registries.places.entries if registries else (),
        "publishers": registries.publishers.entries if registries else (),
        "sex": ("female", "male"),
        "effect": ("adverse", "favourable", "neutral"),
        "relation": ("represents", "relative", "colleague", "associate"),
        "status": ("draft", "final"),
        "penalty-list": ("penalties", "requested"),
        "yes-no": ("yes", "no"),
    }
    return sorted(own[scheme] if scheme in own else vocabulary.concepts[scheme])
