"""Two versions of one list, entry by entry: what was added, removed and changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.errors import KgError
from kg.ingest.lists.entry import ListEntry, ListVersion


@dataclass
class Difference:
    """Entries that only the newer version has, only the older one, and pairs (older, newer) that are worded differently."""

    added: list[ListEntry] = field(default_factory=list)
    removed: list[ListEntry] = field(default_factory=list)
    changed: list[tuple[ListEntry, ListEntry]] = field(default_factory=list)
    unchanged: int = 0


def difference(old: ListVersion, new: ListVersion) -> Difference:
    """Compare two versions by the list's own numbers; raises KgError when they are versions of two lists."""
    if old.key != new.key:
        raise KgError(f"{old.files[0].name} is {old.title} and {new.files[0].name} is {new.title}: two lists, not two versions")
    before = {entry.id: entry.digest for entry in old.entries()}
    found = Difference()
    changed: dict[str, ListEntry] = {}
    for entry in new.entries():
        digest = before.pop(entry.id, None)
        if digest is None:
            found.added.append(entry)
        elif digest != entry.digest:
            changed[entry.id] = entry
        else:
            found.unchanged += 1
    for entry in old.entries():
        if entry.id in before:
            found.removed.append(entry)
        elif entry.id in changed:
            found.changed.append((entry, changed[entry.id]))
    return found


def changes_of(old: ListEntry, new: ListEntry) -> Iterator[tuple[str, str, str]]:
    """What reads differently: (field, older, newer); nothing when only cells differ that a ListEntry does not hold."""
    for name in ("names", "weak", "born", "birth_places", "positions", "programmes", "listed", "reason"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield name.replace("_", " "), _shown(before), _shown(after)


def _shown(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)
