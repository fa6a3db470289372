"""The passages and sources of a dossier, numbered in the order in which claims cite them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from kg.graph import Graph
from kg.graph.facts import rows
from kg.present.dossier.model import PassageEntry, SourceEntry
from kg.present.dossier.reading import Names, Stated, stated
from kg.present.plain_text import plain
from kg.vocabulary import DCTERMS

_VOICES = "SELECT ?g ?v WHERE { ?g a pn:Passage ; pn:originPublisher/pn:voice ?v }"


class Annex:
    """Gives every passage its number and keeps what is known of it.

    `cite` numbers passages; `introduce` says which of them a claim is the first to cite.
    """

    def __init__(self, graph: Graph, names: Names) -> None:
        self.graph, self.names = graph, names
        self.numbers: dict[str, int] = {}
        self.told_by: dict[int, int] = {}

    def cite(self, passages: Iterable[str]) -> tuple[int, ...]:
        """The numbers of `passages` (addresses), in ascending order; new ones get the next numbers."""
        wanted = sorted(set(passages), key=_natural)
        for passage in wanted:
            self.numbers.setdefault(passage, len(self.numbers) + 1)
        return tuple(sorted(self.numbers[passage] for passage in wanted))

    def introduce(self, numbers: Iterable[int], claim: int) -> tuple[int, ...]:
        """Those of `numbers` that no earlier claim told; from now on `claim` tells them."""
        new = tuple(number for number in sorted(set(numbers)) if number not in self.told_by)
        self.told_by.update(dict.fromkeys(new, claim))
        return new

    def publishers(self, passages: Iterable[str]) -> int:
        """How many independent publishers stand behind `passages`."""
        return len({voice for passage in passages for voice in self._voices.get(passage, ())})

    @cached_property
    def _voices(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in rows(self.graph, _VOICES):
            found[row["g"].value].add(row["v"].value)
        return found

    def entries(self) -> tuple[tuple[PassageEntry, ...], tuple[SourceEntry, ...]]:
        """All passages cited, by number, and their sources, in the order of their first passage."""
        told = _grouped(stated(self.graph, self.numbers))
        origin = {passage: _one(told[passage], "inSource") for passage in self.numbers}
        order = {source: number for number, source in enumerate(dict.fromkeys(origin.values()), 1)}
        about = _grouped(stated(self.graph, order))
        accesses = _grouped(
            stated(self.graph, {item.value.value for facts in about.values() for item in facts if item.term == "hasAccess"})
        )
        sources = tuple(self._source(number, source, about[source], accesses) for source, number in order.items())
        passages = tuple(
            self._passage(passage, number, told[passage], order[origin[passage]], about[origin[passage]])
            for passage, number in self.numbers.items()
        )
        return passages, sources

    def _passage(self, passage: str, number: int, facts: list[Stated], source: int, about: list[Stated]) -> PassageEntry:
        whose, publisher = _one(facts, "originPublisher"), _one(about, "publisher")
        return PassageEntry(
            number=number,
            address=passage,
            source=source,
            claim=self.told_by.get(number, 0),
            summary=_one(facts, "summary"),
            quote=_one(facts, "quote"),
            locator=_one(facts, "locator"),
            citing=self.names.of(whose) if whose and whose != publisher else "",
            language=_one(about, DCTERMS + "language"),
        )

    def _source(self, number: int, source: str, facts: list[Stated], accesses: dict[str, list[Stated]]) -> SourceEntry:
        read = [fact for item in facts if item.term == "hasAccess" for fact in accesses.get(item.value.value, ())]
        reliability = _one(facts, "reliability")
        return SourceEntry(
            number=number,
            address=source,
            title=_one(facts, DCTERMS + "title"),
            publisher=self.names.of(_one(facts, "publisher")) if _one(facts, "publisher") else "",
            author=_one(facts, DCTERMS + "creator"),
            language=_one(facts, DCTERMS + "language"),
            published=_one(facts, "publishedOn"),
            updated=_one(facts, "updatedOn"),
            locator=_one(facts, "locator"),
            url=_one(facts, "url"),
            accessed=_one([*read, *facts], "accessedOn"),
            archived=_one([*read, *facts], "archivedAt"),
            hash=_one([*read, *facts], "contentHash"),
            reliability=self.names.of(reliability) if reliability else "",
            note=_one(facts, "note"),
        )


def _grouped(facts: Iterable[Stated]) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    for fact in facts:
        found[fact.subject].append(fact)
    return found


def _one(facts: Iterable[Stated], term: str) -> str:
    return plain(min((fact.value.value for fact in facts if fact.term == term), default=""))


def _natural(address: str) -> list[tuple[int, str]]:
    """p2 before p10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", address)]
