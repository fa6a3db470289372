"""Files of entities and deltas -> the entities that stand in the end, streamed; and what kind of thing each id is."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from kg.ingest.ftm.entities import Entity, read_entities
from kg.ingest.ftm.mapping import key_of, mapping
from kg.ingest.safety import fail

Say = Callable[[str], None]
KINDS = ("person", "body", "case", "event", "post")


class State:
    """What files of entities say once their deltas are applied; memory grows with the deltas, not with the entities."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.changes: dict[str, Entity] = {}
        self.bases: list[Path] = []
        for path in paths:
            first = next(iter(read_entities(path)), None)
            if first is None:
                raise fail(path.name, "the file holds no entities", "one JSON object a line: id, schema, properties")
            if first.operation is None:
                self.bases.append(path)
            else:
                # The last word on an entity holds.
                self.changes.update((entity.id, entity) for entity in read_entities(path))

    def entities(self, say: Say | None = None) -> Iterator[Entity]:
        """Each entity that stands, those of the files in their order, then what deltas added."""
        met: set[str] = set()
        for path in self.bases:
            for entity in read_entities(path, say):
                change = self.changes.get(entity.id)
                if change is None:
                    yield entity
                    continue
                met.add(entity.id)
                if change.operation != "DEL":
                    yield change
        yield from (change for name, change in self.changes.items() if name not in met and change.operation != "DEL")

    def removed(self) -> set[str]:
        """The keys of all entities that deltas speak of: what a standing record says of them no longer holds."""
        return {key_of(name) for name in self.changes}


class Index:
    """Of which kind the thing with a key is, nine bytes a thing; names of posts are kept whole."""

    def __init__(self) -> None:
        self._kinds = [array("Q") for _ in KINDS]
        self.posts: dict[str, Entity] = {}

    def add(self, key: str, kind: str) -> None:
        """Note that `key` is a thing of `kind`."""
        self._kinds[KINDS.index(kind)].append(_number(key))

    def ready(self, state: State) -> Index:
        """Sorted, so that it can be asked; raises RecordError where an id stands twice."""
        self._kinds = [array("Q", sorted(numbers)) for numbers in self._kinds]
        for numbers in self._kinds:
            for one, other in pairwise(numbers):
                if one == other:
                    raise _twice(state, one)
        return self

    def kind(self, key: str) -> str | None:
        """The kind of `key`, None when nothing has it."""
        number = _number(key)
        for kind, numbers in zip(KINDS, self._kinds, strict=True):
            at = bisect_left(numbers, number)
            if at < len(numbers) and numbers[at] == number:
                return kind
        return None


def index(state: State) -> Index:
    """The index of what stands in `state`, which is read for it once; sort it with `ready`."""
    found = Index()
    for entity in state.entities():
        thing = mapping()["things"].get(entity.schema)
        if thing:
            found.add(key_of(entity.id), thing["fact"])
        elif entity.schema == "Position":
            found.add(key_of(entity.id), "post")
            found.posts[entity.id] = entity
    return found


def _twice(state: State, number: int) -> Exception:
    entity = [entity for entity in state.entities() if _number(key_of(entity.id)) == number][-1]
    hint = "merge the two, or give a delta as a file of its own"
    return fail(entity.file, f"the entity '{entity.id}' stands twice", hint, entity.line)


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
