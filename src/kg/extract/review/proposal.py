"""Text and proposal of a draft, read back from the files beside its record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extract.dates import find_dates
from kg.extract.draft import proposal_path, text_digest, text_path
from kg.extract.lexicon import languages, load_lexicon
from kg.extract.tokens import Stretch, Text, read_text
from kg.records.model import Source


@dataclass(frozen=True)
class Proposed:
    """One fact as the program proposed it: `value` as a record says it, offsets into the text, rule, doubt.

    `id` is made of the paragraph's text and the value: it stays the same while both do.
    """

    id: str
    passage: str
    start: int
    end: int
    value: dict[str, Any]
    rule: str
    needs_look: str | None


@dataclass(frozen=True)
class Proposal:
    """What the program proposed for the record at `path`, and the text it read; `places` are passage id -> offsets."""

    path: Path
    text: str
    source: Source
    places: dict[str, tuple[int, int]]
    facts: list[Proposed]
    engines: tuple[str, ...]
    proposed_for: str
    """Digest of the text that the proposal was made from."""

    @property
    def digest(self) -> str:
        """Digest of the text as it stands."""
        return text_digest(self.text)

    @cached_property
    def layout(self) -> Text:
        """The text cut into paragraphs and sentences."""
        return read_text(self.text, load_lexicon(self.source.language if self.source.language in languages() else "en"))

    @cached_property
    def dates(self) -> list[Stretch]:
        """Where dates stand in the text: months are capitalised, and are no names."""
        return [date.stretch for date in find_dates(self.layout, str(self.source.published) if self.source.published else None)]

    def paragraph(self, passage: str) -> str:
        """The text of a passage."""
        start, end = self.places[passage]
        return self.text[start:end]

    def passage_at(self, start: int, end: int) -> tuple[str, int, int]:
        """Id and offsets of the passage that holds a part of the text; the id is a new one where nothing was proposed there.

        Raises KgError when the part lies in no paragraph, or in two.
        """
        for passage, (first, last) in self.places.items():
            if first <= start and end <= last:
                return passage, first, last
        part = Stretch(start, end)
        for number, paragraph in enumerate(self.layout.paragraphs, 1):
            if paragraph.holds(part):
                return self._unused(number), paragraph.start, paragraph.end
        raise KgError(f"'{self.text[start:end][:60]}' is not inside one paragraph of the article: select words of one paragraph")

    def _unused(self, number: int) -> str:
        key = f"p{number}"
        while key in self.places:
            key += "a"
        return key

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Where in the text file `position` is, both from 1."""
        return self.text.count("\n", 0, position) + 1, position - self.text.rfind("\n", 0, position)


def digest_of(*parts: Any) -> str:
    """A short name for values: the same values have the same."""
    content = json.dumps(parts, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=6).hexdigest()


def read_proposal(path: Path) -> Proposal:
    """Text and proposal of the record file at `path`; raises KgError saying what is missing or damaged."""
    side, article = proposal_path(path), text_path(path)
    for file in (side, article):
        if not file.exists():
            raise KgError(
                f"{path}: {file.name} is not beside it: a draft is reviewed with both; run kg extract again with -o {path}"
            )
    try:
        text = article.read_bytes().decode("utf-8", "surrogatepass")
        content = json.loads(side.read_text(encoding="utf-8", errors="surrogatepass"))
        places = {str(key): (int(place["start"]), int(place["end"])) for key, place in content["passages"].items()}
        return Proposal(
            path=path,
            text=text,
            source=Source.model_validate(content["source"]),
            places=places,
            facts=list(_facts(content["facts"], places, text)),
            engines=tuple(map(str, content.get("engines", ()))),
            proposed_for=str(content["text-sha256"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = str(error).partition("\n")[0]
        raise KgError(f"{side}: damaged, or not written by this version ({reason}): run kg extract again with -o {path}") from None


def _facts(items: list[dict[str, Any]], places: dict[str, tuple[int, int]], text: str) -> list[Proposed]:
    found: list[Proposed] = []
    seen: set[str] = set()
    for item in items:
        passage, value = str(item["passage"]), dict(item["value"])
        start, end = places[passage]
        name = digest_of(text[start:end], value)
        while name in seen:
            name += "x"
        seen.add(name)
        found.append(
            Proposed(name, passage, int(item["start"]), int(item["end"]), value, str(item["rule"]), item.get("needs-look"))
        )
    return found
