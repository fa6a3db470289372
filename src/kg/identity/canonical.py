"""Decisions -> one canonical IRI for everything that was decided to be the same.

The canonical IRI of a group is that of its member that was first decided *towards* (the object of the group's earliest
decision), so later decisions and new records never change an address that exists: they only add members to it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import Problem
from kg.identity.decisions import Decision, Verdict, holding
from kg.vocabulary import compress


@dataclass
class Canonical:
    """Maps every decided IRI to its canonical one; an IRI nobody decided about is its own."""

    representative: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __call__(self, iri: str) -> str:
        """The canonical IRI of `iri`."""
        return self.representative.get(iri, iri)

    def restricted_to(self, prefix: str) -> dict[str, str]:
        """The part of the map about IRIs that start with `prefix` (for example those of one record)."""
        return {iri: to for iri, to in self.representative.items() if iri.startswith(prefix)}


def resolve(decisions: Iterable[Decision], kinds: Mapping[str, str] | None = None) -> Canonical:
    """Group what was decided to be the same.

    `kinds` maps each IRI declared in the corpus to what it is (person, body, event, case); with it, decisions about unknown
    IRIs or about things of two kinds are problems and not applied. A group that holds two members decided to be different is
    a contradiction: it is reported with the chain that joins them and not merged at all.
    """
    canonical = Canonical()
    usable = [d for d in holding(decisions).values() if kinds is None or _usable(d, kinds, canonical.problems)]
    same = [d for d in usable if d.same]
    neighbours: dict[str, dict[str, Decision]] = defaultdict(dict)
    for decision in same:
        neighbours[decision.subject][decision.object] = decision
        neighbours[decision.object][decision.subject] = decision
    groups = _groups(same)
    broken = _contradictions([d for d in usable if d.verdict is Verdict.different], groups, neighbours, canonical.problems)
    canonical.representative = {iri: to for iri, to in groups.items() if to not in broken and iri != to}
    return canonical


def _usable(decision: Decision, kinds: Mapping[str, str], problems: list[Problem]) -> bool:
    for column, iri in (("subject_id", decision.subject), ("object_id", decision.object)):
        if iri not in kinds:
            message = f"no record declares {compress(iri)}"
            problems.append(Problem(decision.file, decision.line, 1, column, message, "was the record renamed or refused?"))
            return False
    first, second = kinds[decision.subject], kinds[decision.object]
    if first != second:
        message = f"{compress(decision.subject)} is a {first}, {compress(decision.object)} a {second}"
        problems.append(Problem(decision.file, decision.line, 1, "object_id", message, "only things of one kind can be the same"))
        return False
    return True


def _groups(same: Iterable[Decision]) -> dict[str, str]:
    """Each member -> the representative of its group."""
    representative: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    age: dict[str, int] = {}
    for position, decision in enumerate(same):
        one = representative.setdefault(decision.subject, decision.subject)
        other = representative.setdefault(decision.object, decision.object)
        if one == other:
            continue
        kept, gone = (one, other) if age.get(one, position + 1) < age.get(other, position + 1) else (other, one)
        age.setdefault(kept, position)
        for member in members.pop(gone, [gone]):
            representative[member] = kept
            members.setdefault(kept, [kept]).append(member)
    return representative


def _contradictions(
    different: Iterable[Decision],
    groups: Mapping[str, str],
    neighbours: Mapping[str, Mapping[str, Decision]],
    problems: list[Problem],
) -> set[str]:
    broken: set[str] = set()
    for decision in different:
        group = groups.get(decision.subject)
        if group is None or group != groups.get(decision.object):
            continue
        chain = _chain(decision.subject, decision.object, neighbours)
        told = "; ".join(str(step) for step in chain)
        message = f"{decision} contradicts: {told}"
        problems.append(
            Problem(
                decision.file,
                decision.line,
                1,
                "",
                message,
                "take one of these decisions back; until then none of the group is merged",
            )
        )
        broken.add(group)
    return broken


def _chain(start: str, end: str, neighbours: Mapping[str, Mapping[str, Decision]]) -> list[Decision]:
    """The shortest chain of sameAs decisions from `start` to `end`."""
    came: dict[str, tuple[str, Decision] | None] = {start: None}
    queue = deque([start])
    while queue and end not in came:
        current = queue.popleft()
        for near, decision in neighbours[current].items():
            if near not in came:
                came[near] = (current, decision)
                queue.append(near)
    chain: list[Decision] = []
    step = came.get(end)
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain[::-1]
