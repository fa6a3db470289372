"""The registries: publishers, places and legal codes, which records refer to by key, and the labels that the project prefers.

Each is a YAML file under data/ with a `source` and `entries`; every entry is a passage of that registry, so that what it states
has a provenance like everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field

from kg.errors import Problem
from kg.records.document import Document, read_document
from kg.records.model import Key, Model, Source, Text, Texts
from kg.records.validation import validate


class Publisher(Model):
    """Who publishes a source; publishers with the same `voice` count as one when independent reports are counted."""

    key: Key
    name: Text
    kind: Key
    other_names: Texts = []
    url: Text | None = None
    voice: Key | None = None
    country: Key | None = None
    note: Text | None = None


class Place(Model):
    """A place with its position (WGS 84, decimal degrees) and the place it lies within."""

    key: Key
    name: dict[str, Text]
    kind: Key
    within: Key | None = None
    other_names: Texts = []
    lat: Annotated[Decimal, Field(ge=-90, le=90)] | None = None
    lon: Annotated[Decimal, Field(ge=-180, le=180)] | None = None
    geonames: int | None = None
    note: Text | None = None


class Code(Model):
    """A law, code or convention whose provisions records cite."""

    key: Key
    name: dict[str, Text]
    kind: Key
    jurisdiction: Key | None = None
    url: Text | None = None
    note: Text | None = None


class PreferredLabel(Model):
    """How this project itself calls something, where the names that sources use would say what the project does not."""

    key: Key
    of: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    name: dict[str, Text]
    note: Text


Entry = TypeVar("Entry", Publisher, Place, Code, PreferredLabel)


@dataclass
class Registry:
    """One registry file: the source it is, its entries by key, and the line and column where each stands."""

    source: Source | None = None
    entries: dict[str, Any] = field(default_factory=dict)
    positions: dict[str, tuple[int, int]] = field(default_factory=dict)

    def problem(self, name: str, key: str, field_name: str, message: str, hint: str = "") -> Problem:
        """A problem with the entry `key` of this registry, which stands in the file `name`."""
        return Problem(name, *self.positions[key], field_name, f"entry '{key}': {message}", hint)


@dataclass
class Registries:
    """The registries, and what was wrong in their files."""

    publishers: Registry = field(default_factory=Registry)
    places: Registry = field(default_factory=Registry)
    codes: Registry = field(default_factory=Registry)
    labels: Registry = field(default_factory=Registry)
    problems: list[Problem] = field(default_factory=list)


REGISTRY_FILES: dict[str, type[Model]] = {"publishers": Publisher, "places": Place, "codes": Code, "labels": PreferredLabel}
OPTIONAL = {"labels"}
"""Registries that a corpus may do without."""


def read_registries(data: Path) -> Registries:
    """Read publishers, places, codes and, if there, labels (.yaml) in the folder `data`; a wrong entry is left out and reported."""
    registries = Registries()
    for name, model in REGISTRY_FILES.items():
        if name in OPTIONAL and not (data / f"{name}.yaml").exists():
            continue
        document = read_document(data / f"{name}.yaml", f"{data.name}/{name}.yaml")
        setattr(registries, name, _registry(document, model))
        registries.problems += document.problems
    _check_references(registries, data)
    return registries


def _registry(document: Document, model: type[Model]) -> Registry:
    if not isinstance(document.value, dict):
        if not document.problems:
            document.report((), "a registry starts with 'source:' and 'entries:'")
        return Registry()
    registry = Registry(validate(Source, document.value.get("source"), document, ("source",)))
    for index, value in enumerate(document.value.get("entries") or []):
        entry = validate(model, value, document, ("entries", index))
        key = getattr(entry, "key", None)
        if key in registry.entries:
            document.report(("entries", index), f"'{key}' stands twice in this registry", "keep one of the two")
        elif key is not None:
            registry.entries[key] = entry
            registry.positions[key] = document.position(("entries", index))
    return registry


def _check_references(registries: Registries, data: Path) -> None:
    """Every `within`, `voice` and `jurisdiction` must name an entry, and places must not contain themselves."""
    places, publishers, codes = registries.places, registries.publishers, registries.codes
    wanted = [("places", places, p.key, "within", p.within, places) for p in places.entries.values()]
    wanted += [("publishers", publishers, p.key, "voice", p.voice, publishers) for p in publishers.entries.values()]
    wanted += [("publishers", publishers, p.key, "country", p.country, places) for p in publishers.entries.values()]
    wanted += [("codes", codes, c.key, "jurisdiction", c.jurisdiction, places) for c in codes.entries.values()]
    for name, registry, key, field_name, target, known in wanted:
        if target is not None and target not in known.entries:
            message = f"{field_name} names '{target}', which is not in the registry"
            registries.problems.append(registry.problem(f"{data.name}/{name}.yaml", key, field_name, message))
    for key in places.entries:
        if _in_circle(key, places.entries):
            registries.problems.append(places.problem(f"{data.name}/places.yaml", key, "within", "lies within itself"))


def _in_circle(key: str, places: dict[str, Place]) -> bool:
    seen, current = {key}, places[key].within
    while current in places and current is not None:
        if current in seen:
            return current == key
        seen.add(current)
        current = places[current].within
    return False
