"""FollowTheMoney files -> the passages of a record, streamed; deltas alone change the record that stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import RecordError
from kg.ingest.ftm.convert import Converter
from kg.ingest.ftm.mapping import LeftOut
from kg.ingest.ftm.state import Index, State, index
from kg.ingest.located import checked_passage
from kg.ingest.safety import fail
from kg.records import Registries
from kg.records.document import Document
from kg.records.keys import mentioned_keys
from kg.records.model import FACT_MODELS, Passage

Say = Callable[[str], None]


@dataclass
class FtmReader:
    """The passages that files of entities and deltas make; after reading, `left_out` says what had no place, by kind and count."""

    paths: Sequence[Path]
    registries: Registries
    standing: Path | None = None
    left_out: LeftOut = field(default_factory=LeftOut)

    def passages(self, say: Say | None = None) -> Iterator[Passage]:
        """Each passage, in the order of the files. With deltas alone, those of the `standing` record come first.

        Raises RecordError at the first line that cannot be read, and where an id stands twice.
        """
        state = State(self.paths)
        kinds = index(state)
        old = self.standing if not state.bases and self.standing and self.standing.exists() else None
        removed = state.removed()
        for passage in _standing(old, removed) if old else ():
            for fact in passage["facts"]:
                kind = next(kind for kind in FACT_MODELS if kind in fact)
                if kind in ("person", "body", "case", "event") and fact[kind] == passage["id"]:
                    kinds.add(fact[kind], kind)
        kinds.ready(state)
        for passage in _standing(old, removed) if old else ():
            yield from self._kept(passage, kinds)
        converter = Converter(kinds, self.registries, self.left_out)
        for entity in state.entities(say):
            made = converter.passage(entity)
            if made is not None:
                yield _checked(made, entity.file, entity.line)

    def _kept(self, value: dict[str, Any], kinds: Index) -> Iterator[Passage]:
        """A passage of the standing record, without facts that point to what a delta deleted."""
        passage = _checked(value, "the standing record", 1)
        facts = [fact for fact in passage.facts if all(_stands(key, kinds, value["id"]) for key in mentioned_keys(fact))]
        self.left_out["record", "facts about what a delta deleted"] += len(passage.facts) - len(facts)
        self.left_out += LeftOut()
        if facts:
            yield passage.model_copy(update={"facts": facts})


def _stands(key: str, kinds: Index, own: str) -> bool:
    # A designation is declared by the very passage that tells it.
    return kinds.kind(key) is not None or key.startswith(own) or "-listing-of-" in key


def _standing(path: Path, removed: set[str]) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                value = json.loads(line)
            except ValueError:
                raise fail(str(path), "not a line of JSON", "the record is damaged: ingest the entities again", number) from None
            if "id" in value and value["id"] not in removed:
                yield value


def _checked(value: dict[str, Any], file: str, line: int) -> Passage:
    document = Document(file)
    document.positions[()] = (line, 1)
    passage = checked_passage(value, document, ())
    if document.problems:
        raise RecordError(document.problems)
    return passage
