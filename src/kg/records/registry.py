"""The registries that records refer to by key: publishers, places and legal codes.

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


Entry = TypeVar("Entry", Publisher, Place, Code)


@dataclass
class Registry:
    """One registry file: the source it is and its entries by key."""

    source: Source | None = None
    entries: dict[str, Any] = field(default_factory=dict)


@dataclass
class Registries:
    """The three registries, and what was wrong in their files."""

    publishers: Registry = field(default_factory=Registry)
    places: Registry = field(default_factory=Registry)
    codes: Registry = field(default_factory=Registry)
    problems: list[Problem] = field(default_factory=list)


REGISTRY_FILES: dict[str, type[Model]] = {"publishers": Publisher, "places": Place, "codes": Code}


def read_registries(data: Path) -> Registries:
    """Read publishers.yaml, places.yaml and codes.yaml in the folder `data`; a wrong entry is left out and reported."""
    registries = Registries()
    for name, model in REGISTRY_FILES.items():
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
    return registry


def _check_references(registries: Registries, data: Path) -> None:
    """Every `within`, `voice` and `jurisdiction` must name an entry, and places must not contain themselves."""
    places, publishers, codes = registries.places.entries, registries.publishers.entries, registries.codes.entries
    wanted = [("places", p.key, "within", p.within, places) for p in places.values()]
    wanted += [("publishers", p.key, "voice", p.voice, publishers) for p in publishers.values()]
    wanted += [("publishers", p.key, "country", p.country, places) for p in publishers.values()]
    wanted += [("codes", c.key, "jurisdiction", c.jurisdiction, places) for c in codes.values()]
    for name, key, field_name, target, known in wanted:
        if target is not None and target not in known:
            message = f"entry '{key}': {field_name} names '{target}', which is not in the registry"
            registries.problems.append(Problem(f"{data.name}/{name}.yaml", 1, 1, field_name, message))
    for key in places:
        if _in_circle(key, places):
            message = f"entry '{key}' lies within itself"
            registries.problems.append(Problem(f"{data.name}/places.yaml", 1, 1, "within", message))


def _in_circle(key: str, places: dict[str, Place]) -> bool:
    seen, current = {key}, places[key].within
    while current in places and current is not None:
        if current in seen:
            return current == key
        seen.add(current)
        current = places[current].within
    return False
