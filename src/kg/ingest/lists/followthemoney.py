"""Lists in FollowTheMoney (OpenSanctions): the entities that a Sanction names, or that carry a topic of sanctions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from kg.ingest.ftm.entities import Entity, read_entities
from kg.ingest.lists.entry import ListEntry, ListVersion
from kg.ingest.lists.words import digest_of, words
from kg.ingest.safety import fail

Say = Callable[[str], None]


def ftm_list(path: Path, date: str | None, say: Say | None = None) -> ListVersion:
    """The list in the FollowTheMoney file at `path`; raises RecordError when it holds no entities."""
    if next(iter(read_entities(path)), None) is None:
        raise fail(path.name, "the file holds no entities", "one JSON object a line: id, schema, properties")
    stem = path.name.split(".")[0]
    return ListVersion(
        f"ftm-{stem}".lower(),
        f"FollowTheMoney file {path.name}",
        "",
        "opensanctions",
        "mul",
        date,
        None,
        (path,),
        digest_of((path,)),
        lambda: _entries(path, say),
    )


def _entries(path: Path, say: Say | None) -> Iterator[ListEntry]:
    about = words()["followthemoney"]
    sanctions: dict[str, list[Entity]] = defaultdict(list)
    for entity in read_entities(path):
        if entity.schema == "Sanction":
            for listed in entity.values("entity"):
                sanctions[listed].append(entity)
    listing = frozenset(about["topics"])
    for entity in read_entities(path, say):
        if entity.schema not in (*about["people"], *about["others"]):
            continue
        own = sanctions.get(entity.id, [])
        if own or listing & set(entity.values("topics")):
            yield _entry(path.name, entity, own, "person" if entity.schema in about["people"] else "other")


def _entry(file: str, entity: Entity, sanctions: list[Entity], kind: str) -> ListEntry:
    names = dict.fromkeys([*([entity.caption] if entity.caption else []), *_all(entity, "name", "alias", "previousName")])
    dates = sorted({date for sanction in sanctions for date in _all(sanction, "listingDate", "startDate")})
    programmes = [value for sanction in sanctions for value in _all(sanction, "programId", "program")]
    content = repr((entity.schema, sorted(entity.properties.items()), [sorted(s.properties.items()) for s in sanctions]))
    return ListEntry(
        entity.id,
        file,
        entity.line,
        kind,
        tuple(names),
        tuple(entity.values("weakAlias")),
        tuple(entity.values("birthDate")),
        tuple(entity.values("birthPlace")),
        tuple(entity.values("position")),
        tuple(dict.fromkeys(programmes or entity.values("programId"))),
        dates[0] if dates else "",
        " ".join(value for sanction in sanctions for value in sanction.values("reason")),
        blake2b(content.encode(), digest_size=8).digest(),
    )


def _all(entity: Entity, *properties: str) -> list[str]:
    return [value for name in properties for value in entity.values(name)]
