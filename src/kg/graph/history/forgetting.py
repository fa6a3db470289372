"""Forgetting a source, a thing or a name: what the journal of builds must not keep of somebody who may be in danger.

Like what is marked above an audience (kg.graph.visibility), a passage that tells of them is forgotten as a whole: half of it could
say that somebody is missing. It errs towards forgetting, for history can be spared and a name that stays cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.graph.naming import NamesInText
from kg.vocabulary import ID, PN, RDFS, VOC, expand

_LINE = re.compile(r"^(\S+) (\S+) (.+) (<[^>]*>) \.$")
_ADDRESS = re.compile(rf"<({re.escape(ID)}[^>]*)>")
_WORDS = re.compile(rf"<(?:{re.escape(PN)}|{re.escape(VOC)}|http://www\.w3\.org/)[^>]*>")
"""Terms of ontologies: their words name nobody."""
_NAMES = frozenset(f"<{iri}>" for iri in (PN + "name", PN + "otherName", RDFS + "label"))
_SOURCE_DEPTH = f"{ID}source/x".count("/")
"""Slashes in the address of a source; that of a passage has one more."""
_LITERAL = re.compile(r'^"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Forgetting:
    """What is to be forgotten: addresses with everything below them, and names in any spelling."""

    addresses: frozenset[str]
    names: NamesInText

    def told_in(self, line: str) -> bool:
        """Whether a line of N-Quads tells of it: by address, or by name in a text, an address or a key."""
        if any(self.is_address(iri) for iri in _ADDRESS.findall(line)):
            return True
        return bool(self.names) and self.names.found_in(_WORDS.sub(" ", line))

    def is_address(self, iri: str) -> bool:
        """Whether `iri` is one of the addresses or of something within one: a passage of a source, a penalty of a person."""
        parts = iri.removeprefix(ID).split("/")
        return any(ID + "/".join(parts[:length]) in self.addresses for length in range(1, len(parts) + 1))

    def passages(self, lines: Iterable[str]) -> frozenset[str]:
        """The addresses of passages that tell of it somewhere in `lines`, and of sources that do so in their titles."""
        told = (_LINE.match(line) for line in lines if self.told_in(line))
        return frozenset(_passage(match[1].strip("<>"), match[4].strip("<>")) for match in told if match)

    def keeps(self, line: str, passages: frozenset[str]) -> bool:
        """Whether `line` may stay: it tells neither of it nor of one of the `passages`."""
        found = _ADDRESS.findall(line)
        return not self.told_in(line) and passages.isdisjoint(found) and passages.isdisjoint(map(_source, found))


@dataclass(frozen=True)
class Forgotten:
    """What came of forgetting: `still` are passages of the new build that tell of it, `unknown` what nothing ever told of."""

    still: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def find_forgotten(
    wanted: Collection[str], lines: Collection[str], pairs: Collection[tuple[str, str]], shown: Iterable[str]
) -> Forgetting:
    """What `wanted` means: each is the id of a source, an address (id:…) or a name.

    `lines` are those of the journal, `pairs` the addresses that it tells were merged or parted: what a thing was called, and
    where it stood. `shown` are names that the current build gives: one part of them alone is nobody's name.
    """
    sources = {
        one.removeprefix("id:source/") for one in wanted if f"{ID}source/{one.removeprefix('id:source/')}" in _sources(lines)
    }
    things = {expand(one) for one in wanted if one.startswith(("id:", "http"))} - {f"{ID}source/{one}" for one in sources}
    things = _with_others(things, pairs)
    names = {one for one in wanted if not one.startswith(("id:", "http")) and one not in sources}
    names |= {name for subject, name in names_in(lines) if subject in things}
    addresses = things | {f"{ID}source/{one}" for one in sources} | {ID + one for one in sources}
    return Forgetting(frozenset(addresses), NamesInText(names, set(shown) - names))


def _passage(subject: str, graph: str) -> str:
    """The passage that a statement belongs to: its graph, or what is described where a source lists its passages."""
    whole, _, last = graph.rpartition("/")
    return subject if last == "about" and subject.startswith(whole) else graph


def _source(iri: str) -> str:
    return "/".join(iri.split("/")[: _SOURCE_DEPTH + 1])


def names_in(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every name that lines of N-Quads give, with whose it is."""
    for line in lines:
        match = _LINE.match(line)
        if match and match[2] in _NAMES and (literal := _LITERAL.match(match[3])):
            yield match[1].strip("<>"), literal[1]


def _sources(lines: Iterable[str]) -> set[str]:
    found = (iri for line in lines for iri in _ADDRESS.findall(line) if iri.startswith(f"{ID}source/"))
    return {_source(iri) for iri in found}


def _with_others(addresses: set[str], pairs: Collection[tuple[str, str]]) -> set[str]:
    """The addresses with those they were merged with, by whatever chain."""
    found = set(addresses)
    while more := {iri for pair in pairs if found.intersection(pair) for iri in pair} - found:
        found |= more
    return found
