"""How addresses are made: stable, readable, and the same on every machine."""

from __future__ import annotations

from collections.abc import Callable

from kg.records.provisions import Provision
from kg.vocabulary import ID

Resolve = Callable[[str], str]
"""From any address to the canonical one."""

INFERRED = ID + "graph/inferred"
"""The graph of derived links: no passage states them, rules of the ontology do."""


def entity(source_id: str, key: str) -> str:
    """The address of what a record calls `key`."""
    return f"{ID}{source_id}/{key}"


def source(source_id: str) -> str:
    """The address of a source."""
    return f"{ID}source/{source_id}"


def passage(source_id: str, passage_id: str) -> str:
    """The address of a passage, which is also the named graph of what it states."""
    return f"{ID}source/{source_id}/{passage_id}"


def about(source_id: str) -> str:
    """The graph in which a record describes its source and passages."""
    return passage(source_id, "about")


def access(source_id: str, read: str) -> str:
    """The address of a reading of a source at a time such as 2026-11-23T10:15:00Z."""
    return f"{ID}source/{source_id}/access/{read.replace('-', '').replace(':', '')}"


def place(key: str) -> str:
    """The address of a place of the registry."""
    return f"{ID}place/{key}"


def publisher(key: str) -> str:
    """The address of a publisher of the registry."""
    return f"{ID}publisher/{key}"


def provision(provision: Provision) -> str:
    """The address of a legal provision, or of a code when no article is given."""
    return f"{ID}provision/{provision.path}"


def part(whole: str, kind: str, *of: str) -> str:
    """The address of something that exists only within `whole`, such as the penalty a judgment gave one person."""
    tail = "/".join(name.removeprefix(ID).replace("/", ".") for name in of)
    return f"{whole}/{kind}/{tail}" if tail else f"{whole}/{kind}"
