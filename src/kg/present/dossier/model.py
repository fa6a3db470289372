"""What a dossier is made of, whoever draws it: numbered claims, each with the passages that state it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One value under a claim: what it is, the value, and the numbers of the passages that state it.

    `disputed` is set where passages give different values for what has one.
    """

    label: str
    text: str
    passages: tuple[int, ...]
    disputed: bool = False


@dataclass(frozen=True)
class Claim:
    """One numbered claim.

    `modality` holds words such as "alleged" or "denied" when a passage puts it so; `asserted` is whether any passage states it
    as plain fact. An inferred claim has `rules`, the axioms it follows by, and the stated facts it follows from as `lines`.
    `publishers` counts the independent ones, `shown` are the passages that are told in full below this claim.
    """

    number: int
    text: str
    address: str
    lines: tuple[Line, ...] = ()
    passages: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    publishers: int = 0
    modality: tuple[str, ...] = ()
    asserted: bool = True
    inferred: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Side:
    """One of the values that passages give, with the number of independent publishers."""

    value: str
    publishers: int
    passages: tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    """A numbered place where passages give different values; both stand side by side, nothing is decided."""

    number: int
    text: str
    address: str
    difference: str
    sides: tuple[Side, ...]
    shown: tuple[int, ...] = ()


@dataclass(frozen=True)
class Blank:
    """What is left to the people who send the dossier."""

    label: str
    hint: str = ""


@dataclass(frozen=True)
class Note:
    """A paragraph of the dossier's own, about how it was made."""

    text: str


Item = Claim | Difference | Blank | Note


@dataclass(frozen=True)
class Section:
    """A headed part of the dossier."""

    key: str
    title: str
    introduction: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class PassageEntry:
    """A passage as the annex and the notes under claims tell it; `source` is the number of its source, `claim` the number of the
    claim that tells it in full. `citing` is the publisher whose word it passes on, when that is another; `language` is that of the
    quotation."""

    number: int
    address: str
    source: int
    claim: int
    summary: str
    quote: str
    locator: str
    citing: str
    language: str


@dataclass(frozen=True)
class SourceEntry:
    """A source as the annex lists it; fields that the record does not give are empty."""

    number: int
    address: str
    title: str
    publisher: str
    author: str
    language: str
    published: str
    updated: str
    locator: str
    url: str
    accessed: str
    archived: str
    hash: str
    reliability: str
    note: str


@dataclass(frozen=True)
class Dossier:
    """Everything about one official, person or case that the graph holds, cited; see kg.present.dossier.build_dossier."""

    title: str
    subject: str
    kind: str
    layout: str
    language: str
    address: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    passages: tuple[PassageEntry, ...]
    sources: tuple[SourceEntry, ...]

    def claims(self) -> list[Claim | Difference]:
        """All numbered claims, in order."""
        return [item for section in self.sections for item in section.items if isinstance(item, Claim | Difference)]

    def as_json(self) -> dict[str, Any]:
        """The dossier as nested dicts and lists; every item says what it is."""
        told = asdict(self)
        for section, made in zip(told["sections"], self.sections, strict=True):
            section["items"] = [{"item": type(item).__name__.lower(), **asdict(item)} for item in made.items]
        told["about"] = dict(self.about)
        return told
