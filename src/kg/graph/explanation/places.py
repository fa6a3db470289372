"""Where the passages behind a fact stand in the record files of a corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kg.records.corpus import record_paths
from kg.records.document import read_document
from kg.vocabulary import ID


def find_places(data: Path, passages: Iterable[str]) -> dict[str, str]:
    """`file:line` of each of `passages` (addresses) that a record file below `data` holds."""
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for iri in passages:
        source, _, passage = iri.removeprefix(f"{ID}source/").partition("/")
        wanted[source][passage] = iri
    places: dict[str, str] = {}
    for path in record_paths(data) if wanted else ():
        text = path.read_bytes()
        if any(source.encode() in text for source in wanted):
            places |= _in_file(path, f"{data.name}/{path.relative_to(data).as_posix()}", wanted)
    return places


def _in_file(path: Path, name: str, wanted: dict[str, dict[str, str]]) -> dict[str, str]:
    document = read_document(path, name)
    record = document.value if isinstance(document.value, dict) else {}
    source, items = record.get("source"), record.get("passages")
    ids = wanted.get(str(source.get("id")), {}) if isinstance(source, dict) else {}
    places = {ids["about"]: f"{name}:{document.position(('source',))[0]}"} if "about" in ids else {}
    for number, item in enumerate(items if isinstance(items, list) else []):
        key = str(item.get("id")) if isinstance(item, dict) else ""
        if key in ids:
            places[ids[key]] = f"{name}:{document.position(('passages', number))[0]}"
    return places
