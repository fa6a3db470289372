"""What mapping.yaml says, and the small conversions that it names."""

from __future__ import annotations

import functools
import re
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from kg.extract.keys import slug
from kg.records import Registries
from kg.records.dates import parse_date
from kg.records.model import KEY

LeftOut = Counter[tuple[str, str]]
"""How often something was left out, by (schema or kind, property or reason)."""


@functools.cache
def mapping() -> dict[str, Any]:
    """The content of mapping.yaml."""
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "mapping.yaml").read_text(encoding="utf-8"))
    return content


def key_of(entity_id: str) -> str:
    """The local key of an entity: its id where that is one, else what is left of it and four bytes of its hash."""
    if KEY.fullmatch(entity_id):
        return entity_id
    if re.fullmatch(r"[a-z0-9][a-z0-9.-]*", entity_id):
        return entity_id.replace(".", "--")
    return f"{slug(entity_id)[:60] or 'entity'}-{blake2b(entity_id.encode(), digest_size=4).hexdigest()}"


def partial_date(text: str) -> str | None:
    """A date of FollowTheMoney (2019, 2019-06, 2019-06-10, with or without a time) in our notation; None if it is none."""
    day = text.partition("T")[0].partition(" ")[0]
    try:
        return parse_date(day).text
    except ValueError:
        return None


def told(left_out: LeftOut) -> list[str]:
    """What was left out, most first, in words."""
    return [f"{count:,} x {what}: {why}" for (what, why), count in sorted(left_out.items(), key=lambda item: (-item[1], item[0]))]


def place_names(registries: Registries) -> dict[str, str]:
    """The key of each place of the registry by its names, case-folded."""
    found: dict[str, str] = {}
    for key, place in registries.places.entries.items():
        for name in (*place.name.values(), *place.other_names):
            found.setdefault(name.casefold(), key)
    return found
