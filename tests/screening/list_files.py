"""Small invented lists in the formats that are read, and where the shared ones lie."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT

COLUMNS = [
    "celex",
    "recordId",
    "programKey",
    "annex",
    "measure",
    "startDate",
    "reason",
    "schema",
    "name",
    "alias",
    "weakAlias",
    "previousName",
    "birthDate",
    "birthPlace",
    "position",
]

SHARED = ROOT.parent / "shared" / "datasets"


def shared(name: str) -> Path:
    """A shared data set; skips where it is absent."""
    if not (SHARED / name).exists():
        pytest.skip(f"the shared data set {name} is not here")
    return SHARED / name


def eu_list(path: Path, *rows: dict[str, str]) -> Path:
    """An annex with these entries."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number, row in enumerate(rows, 1):
            base = {"celex": "32024R1485", "recordId": str(number), "programKey": "EU-RUS", "annex": "IV.A", "schema": "Person"}
            writer.writerow({**dict.fromkeys(COLUMNS, ""), **base, **row})
    return path


def sdn_list(path: Path, *rows: tuple[str, str, str], end: bytes = b"") -> Path:
    """An SDN file: number, name and remarks of individuals; `end` is written behind the last row."""
    lines = [f'{number},"{name}","individual","MAGNIT",{",".join(["-0- "] * 7)},"{remarks}"\r\n' for number, name, remarks in rows]
    path.write_bytes("".join(lines).encode() + end)
    return path


def entities(path: Path, *rows: Mapping[str, object]) -> Path:
    """A FollowTheMoney file."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
