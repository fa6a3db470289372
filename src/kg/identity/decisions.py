"""Identity decisions: who, which body, which event is the same across sources, and who is not.

A decision is a row of an SSSOM table (Simple Standard for Sharing Ontological Mappings) in data/identity/, read and written by
`kg.identity.tables`. The log is only ever appended to; the latest decision on a pair holds, so taking one back is a decision too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.vocabulary import OWL, PN, compress


class Verdict(StrEnum):
    """What a decision says of its two sides; the last two leave them apart without saying that they are different."""

    same = "same"
    different = "different"
    unsure = "unsure"
    taken_back = "taken back"


PREDICATES = {
    Verdict.same: OWL + "sameAs",
    Verdict.different: OWL + "differentFrom",
    Verdict.unsure: PN + "unsureIfSameAs",
    Verdict.taken_back: PN + "undecidedIfSameAs",
}
"""The relation between the two sides that each verdict states."""

MANUAL = "semapv:ManualMappingCuration"
"""Justification (Semantic Mapping Vocabulary) of a decision that a person made."""
BY_IDENTIFIER = "semapv:MappingChaining"
"""Justification of a decision made by rule: both sides have one identifier of a register that gives each to one thing only."""


@dataclass(frozen=True)
class Decision:
    """One row: `subject` and `object` are full IRIs of mentions, `same` says which way it was decided.

    `left_open` is set when it was decided neither way: somebody was unsure, or took an earlier decision back. `evidence` holds
    addresses of passages or of pages that the reasons rest on.
    """

    file: str
    line: int
    subject: str
    same: bool
    object: str
    author: str
    date: str
    justification: str
    comment: str
    evidence: tuple[str, ...] = ()
    left_open: Verdict | None = None

    @property
    def verdict(self) -> Verdict:
        """What was decided."""
        return self.left_open or (Verdict.same if self.same else Verdict.different)

    @property
    def pair(self) -> frozenset[str]:
        """The two sides, whichever stands first."""
        return frozenset((self.subject, self.object))

    def __str__(self) -> str:
        where = f" ({self.file}:{self.line})" if self.file else ""
        return f"{compress(self.subject)} {_RELATIONS[self.verdict]} {compress(self.object)}{where}"


_RELATIONS = {
    Verdict.same: "is",
    Verdict.different: "is not",
    Verdict.unsure: "may or may not be",
    Verdict.taken_back: "is undecided beside",
}


def holding(decisions: Iterable[Decision]) -> dict[frozenset[str], Decision]:
    """The decision that holds for each pair, in the order in which pairs were first decided to be the same, or decided at all.

    Deciding the same once more, even the other way round, changes nothing: the first direction has made addresses.
    """
    latest: dict[frozenset[str], Decision] = {}
    first_same: dict[frozenset[str], tuple[int, Decision]] = {}
    age: dict[frozenset[str], int] = {}
    for position, decision in enumerate(decisions):
        pair = decision.pair
        if decision.same:
            decision = first_same.setdefault(pair, (position, decision))[1]
        earlier = latest.get(pair)
        if earlier is None or earlier.verdict is not decision.verdict:
            latest[pair] = decision
        age[pair] = first_same[pair][0] if pair in first_same else age.get(pair, position)
    return {pair: latest[pair] for pair in sorted(latest, key=age.__getitem__)}
