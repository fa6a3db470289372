"""Registers of Russian courts (the JSON of sudrfparser, from the official portal) -> court entries, and a record of them.

**The portal puts courts of occupied Crimea under Russian regions. Its label is its own: here they are bodies that Russia runs on
territory of Ukraine, and their place is in Ukraine** (regions and places stand in courts.yaml).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.identity.courts.comparison import likeness
from kg.identity.courts.parsing import parse_court
from kg.ingest.safety import fail
from kg.records import Registries
from kg.records.model import BodyFact, Passage

MAX_BYTES = 20_000_000
"""Largest register read; that of all courts has 700 kB."""


@dataclass(frozen=True)
class Court:
    """A court of the register: number, name and region as printed; `occupied` where that region is Ukraine's."""

    id: str
    name: str
    region: str
    file: str
    occupied: bool

    @property
    def key(self) -> str:
        """What a record of the register calls it, and its passage."""
        return f"court-{self.id.lower()}"

    @property
    def locator(self) -> str:
        """Where the entry stands."""
        return f"{self.file}, court {self.id}"


@functools.cache
def _about() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "courts.yaml").read_text(encoding="utf-8"))
    return content


def looks_like_register(path: Path) -> bool:
    """Whether the file begins as a register of courts does."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return '"court_id"' in file.read(2_000)


def read_courts(path: Path) -> list[Court]:
    """The courts of the register at `path`, in its order; raises RecordError where it is none or is broken."""
    name = path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise fail(name, f"larger than {MAX_BYTES:,} bytes", "is this the register of courts?")
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise fail(name, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise fail(name, f"not UTF-8 text (byte {error.start:,})", "save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise fail(name, f"not JSON: {error.msg}", "is the file cut off?", error.lineno, error.colno) from None
    except RecursionError:
        raise fail(name, "nested too deep", "is this the register of courts?") from None
    return list(_courts(content, name))


def _courts(content: Any, file: str) -> Iterator[Court]:
    seen: set[str] = set()
    if not isinstance(content, dict):
        raise fail(file, "a register is an object of regions", '{"91": [{"court_id": …, "court_name": …}]}')
    for region, courts in content.items():
        for at, court in enumerate(courts if isinstance(courts, list) else [None], 1):
            where = f"region {region}, entry {at}"
            if not isinstance(court, dict) or not all(isinstance(court.get(key), str) for key in ("court_id", "court_name")):
                raise fail(file, f"{where}: no court_id and court_name", "the register of sudrfparser has both")
            if court["court_id"] in seen:
                raise fail(file, f"{where}: the court {court['court_id']} stands twice", "delete one of the two")
            seen.add(court["court_id"])
            # A garrison court in Sevastopol carries a number of Rostov: what counts is under which region it is listed.
            occupied = str(region) in _about()["occupied"]
            yield Court(court["court_id"], court["court_name"], str(region), file, occupied)


def court_passage(court: Court, registries: Registries) -> Passage:
    """The passage of one court: its name as printed, its kind by its number, and a place only where it is sure."""
    bare, _, label = court.name.partition(" (")
    note = None
    place = None
    if court.occupied:
        place = _place_of(court, registries) or _about()["occupied"][court.region]
        note = f"{_about()['note']} The register lists it under “{label.rstrip(')')}”."
    body = BodyFact(body=court.key, name=bare, kind=_kind(court), place=place, note=note)
    summary = f"{court.name}; number {court.id}" + (f". {note}" if note else "")
    return Passage(id=court.key, locator=court.locator, summary=summary, facts=[body])


def _kind(court: Court) -> str:
    letters = re.match(r"\d\d([A-Z]{2})", court.id)
    kind = _about()["kinds"].get(letters[1] if letters else "", "court")
    if kind == "district-court" and "городской" in court.name:
        return "city-court"
    return "supreme-court" if kind == "regional-court" and "ерховный" in court.name else str(kind)


def _place_of(court: Court, registries: Registries) -> str | None:
    """The city in the name of a court in occupied Ukraine, if the registry of places has it there."""
    parsed = parse_court(court.name.partition(" (")[0])
    words = parsed.places or parsed.own
    for key, place in registries.places.entries.items():
        if place.within != "crimea":
            continue
        names = [word for name in (*place.name.values(), *place.other_names) for word in parse_court(name).own]
        if any(likeness(word, name) >= 0.95 for word in words for name in names):
            return key
    return None
