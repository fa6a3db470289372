"""What was read of one graph once need not be read again: a build never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")
LARGEST = 300_000
"""Entries kept; beyond that everything is forgotten and read anew as it is needed."""


class Remembered(Generic[V]):
    """Values by address, loaded in bulk by `load(addresses)` when they are first asked for."""

    def __init__(self, load: Callable[[list[str]], Mapping[str, V]]) -> None:
        self._load = load
        self._known: dict[str, V | None] = {}

    def get(self, addresses: Iterable[str]) -> dict[str, V]:
        """The values of those addresses that have one."""
        wanted = sorted(set(addresses))
        known = self._known
        missing = [address for address in wanted if address not in known]
        if missing:
            if len(known) > LARGEST:
                known = self._known = {}
                missing = wanted
            loaded = self._load(missing)
            known.update({address: loaded.get(address) for address in missing})
        return {address: value for address in wanted if (value := known[address]) is not None}
