"""Which names are worth comparing: those that share a key, so that a list of names is never compared with all of itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.identity.names.parsing import Name, Word, is_patronymic, parse

CONSONANTS = 4
"""Length of a key: the first consonants of a word, which nearly all romanisations share (measured in benchmarks/names.py)."""

LARGE = 200
"""Names that share a key are all compared with one another up to this many; above it they must share a second thing."""


def blocking_keys(name: str) -> frozenset[str]:
    """Keys such that two spellings of one name nearly always share one: the first consonants of each word, and given names."""
    return frozenset(_keys(parse(name)))


def block(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `names`, the smaller first, each once, whose names share a key.

    Where more than LARGE names share one (Aleksandr), two of them must also share the first letter or two consonants of another
    word, or the father's name. A few true pairs are lost by that; `blocking_keys` alone loses fewer.
    """
    parsed = [parse(name) for name in names]
    members: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(parsed):
        for key in set(_keys(name)):
            members[key].append(position)
    seen: set[tuple[int, int]] = set()
    for key, positions in members.items():
        groups = [positions] if len(positions) <= LARGE else list(_divided(key, positions, parsed))
        for group in groups:
            for at, one in enumerate(group):
                for other in group[at + 1 :]:
                    if (one, other) not in seen:
                        seen.add((one, other))
                        yield one, other


def _keys(name: Name) -> Iterator[str]:
    for word in name.words:
        if not word.particle or len(name.words) == 1:
            yield from _keys_of(word)
    if not name.words and name.patronymic:
        yield name.patronymic.consonants[:CONSONANTS]


def _keys_of(word: Word) -> Iterator[str]:
    yield word.consonants[:CONSONANTS]
    if word.group >= 0:
        yield f"given {word.group}"


def _divided(key: str, positions: Sequence[int], parsed: Sequence[Name]) -> Iterator[list[int]]:
    """The names that share `key`, in groups that share something more; the word that gave the key does not count again."""
    parts: dict[str, list[int]] = defaultdict(list)
    for position in positions:
        name = parsed[position]
        others = [word for word in name.words if key not in _keys_of(word)]
        second = {word.consonants[:2] for word in others} | {f"{word.key[:1]}." for word in others}
        second |= {f"{name.given_initial[:1]}."} if name.given_initial else set()
        fathers = [name.patronymic] if name.patronymic else [word for word in others if is_patronymic(word.text)]
        second |= {f"father {word.consonants[:3]}" for word in fathers}
        for part in second or {""}:
            parts[part].append(position)
    yield from parts.values()
