"""What a new reading of a source says otherwise than the record that stands: fact by fact, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.extract.draft import plain
from kg.records import Record

_IDENTITY = {
    "tenure": ("tenure", "role", "body"),
    "relation": ("relation", "subject", "object"),
    "event": ("event",),
    "qualification": ("qualification",),
    "figure": ("figure",),
    "case": ("case",),
    "person": ("person",),
    "body": ("body",),
}
"""Fields by which a fact is the same fact, by the field that opens it, in the order in which records tell kinds apart."""


@dataclass(frozen=True)
class Change:
    """One difference: in which record, at what (source, passage or fact) and field; None where there was or is nothing."""

    record: str
    what: str
    field: str
    old: Any
    new: Any

    def __str__(self) -> str:
        if self.field:
            return f"{self.record}: {self.what}: {self.field}: {_shown(self.old)} -> {_shown(self.new)}"
        return f"{self.record}: {self.what} {'added' if self.old is None else 'removed'}"


def _shown(value: Any) -> str:
    if value is None:
        return "(nothing)"
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(part)}" for key, part in value.items())
    return str(value)


def arranged(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """`new` (a record in plain values) with passages, facts and fields in the order of `old`, so that order alone is no change."""
    before = {passage["id"]: passage for passage in old["passages"]}
    result = []
    for passage in _in_order(new["passages"], old["passages"], lambda passage: passage["id"]):
        standing = before.get(passage["id"], {})
        facts = _in_order(passage.get("facts", []), standing.get("facts", []), identity)
        known = {(identity(fact), copy): fact for fact, copy in _numbered(standing.get("facts", []), identity)}
        ordered = [_fields_in_order(fact, known.get((identity(fact), copy), {})) for fact, copy in _numbered(facts, identity)]
        result.append(_fields_in_order({**passage, "facts": ordered} if ordered else passage, standing))
    return _fields_in_order({**new, "source": _fields_in_order(new["source"], old["source"]), "passages": result}, old)


def _fields_in_order(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    order = {field: at for at, field in enumerate(old)}
    return dict(sorted(new.items(), key=lambda item: order.get(item[0], len(order))))


def opened(fact: dict[str, Any]) -> dict[str, Any]:
    """`fact` with the field that opens it first, and what every fact may carry last."""
    kind = next(kind for kind in _IDENTITY if kind in fact)
    rank = {kind: 0, "modality": 2, "note": 3}
    return dict(sorted(fact.items(), key=lambda item: rank.get(item[0], 1)))


def identity(fact: dict[str, Any]) -> tuple[str, ...]:
    """What makes a fact (in plain values) the same fact in another reading."""
    kind = next(kind for kind in _IDENTITY if kind in fact)
    return (kind, *(str(fact.get(field)) for field in _IDENTITY[kind]))


def _in_order(new: list[Any], old: list[Any], name: Any) -> list[Any]:
    places = {(name(item), copy): at for at, (item, copy) in enumerate(_numbered(old, name))}
    keyed, last = [], -1.0
    for at, (item, copy) in enumerate(_numbered(new, name)):
        last = places.get((name(item), copy), last)
        keyed.append((last, at, item))
    return [item for _, _, item in sorted(keyed, key=lambda entry: entry[:2])]


def _numbered(items: list[Any], name: Any) -> Iterator[tuple[Any, int]]:
    """Each item with how many of the same name came before it."""
    seen: dict[Hashable, int] = defaultdict(int)
    for item in items:
        yield item, seen[name(item)]
        seen[name(item)] += 1


def changes(new: Record, old: Record) -> list[Change]:
    """Every difference between two readings of one source, in the order of the new one; order itself is none."""
    return list(_changes(plain_record(new), plain_record(old)))


def plain_record(record: Record) -> dict[str, Any]:
    """`record` in plain values, as a record file says it."""
    content = plain(record)
    for passage in content["passages"]:
        if "facts" in passage:
            passage["facts"] = [opened(fact) for fact in passage["facts"]]
    return {**({"status": "draft"} if record.status == "draft" else {}), **content}


def _changes(new: dict[str, Any], old: dict[str, Any]) -> Iterator[Change]:
    name = old["source"]["id"]
    yield from _fields(name, "record", {"status": new.get("status", "final")}, {"status": old.get("status", "final")})
    yield from _fields(name, "source", new["source"], old["source"])
    for now, before in _paired(new["passages"], old["passages"], lambda passage: passage["id"]):
        some = now or before
        what = f"passage {some['id']}"
        if now is None or before is None:
            yield Change(name, what, "", before, now)
        else:
            yield from _fields(name, what, _without_facts(now), _without_facts(before))
        yield from _fact_changes(name, some["id"], (now or {}).get("facts", []), (before or {}).get("facts", []))


def _without_facts(passage: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in passage.items() if field != "facts"}


def _fact_changes(name: str, passage: str, new: list[Any], old: list[Any]) -> Iterator[Change]:
    for now, before in _paired(new, old, identity):
        what = f"{passage}: {' '.join(part for part in identity(now or before) if part != 'None')}"
        if now is None or before is None:
            yield Change(name, what, "", before, now)
        else:
            yield from _fields(name, what, now, before)


def _fields(name: str, what: str, new: dict[str, Any], old: dict[str, Any]) -> Iterator[Change]:
    for field in [*new, *(field for field in old if field not in new)]:
        if new.get(field) != old.get(field):
            yield Change(name, what, field, old.get(field), new.get(field))


def _paired(new: list[Any], old: list[Any], name: Any) -> Iterator[tuple[Any, Any]]:
    before = {(name(item), copy): item for item, copy in _numbered(old, name)}
    for item, copy in _numbered(new, name):
        yield item, before.pop((name(item), copy), None)
    for item in before.values():
        yield None, item
