"""Which pairs to propose, and in which order."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.identity.candidates.bodies import compare_bodies, words_of
from kg.identity.candidates.clues import Clue, identifier_clues, person_clues, shared
from kg.identity.candidates.happenings import case_clues, compare_cases, compare_events, event_clues
from kg.identity.candidates.things import Thing, Things
from kg.identity.canonical import Canonical
from kg.identity.decisions import Decision, Verdict, holding
from kg.identity.names import NameMatch, block, compare_names, score_names
from kg.vocabulary import compress

KINDS = ("person", "body", "case", "event")
PROPOSED = 0.6
"""Rank from which a pair is proposed."""
SIMILAR = 0.5
"""Likeness of names below which no context makes a pair of people or bodies worth a look."""
CROWD = 400
"""Things that share a word, a person or a case are all compared up to this many; a word that more have tells nothing."""


@dataclass(frozen=True)
class Candidate:
    """Two things that may be one. `score` says how alike they are, `reasons` why; `clues` is the context beside it.

    `rank` orders pairs for the reviewer and means nothing else. `decided` is what was decided of them before.
    """

    kind: str
    one: Thing
    other: Thing
    score: float
    reasons: tuple[str, ...]
    clues: tuple[Clue, ...]
    labels: tuple[str, str]
    decided: Verdict | None = None

    @property
    def rank(self) -> float:
        """The score and the weight of all clues."""
        return self.score + sum(clue.weight for clue in self.clues)

    @property
    def id(self) -> str:
        """A name for the pair, whichever stands first."""
        return " ".join(sorted((compress(self.one.iri), compress(self.other.iri))))

    def as_json(self) -> dict[str, Any]:
        """Everything about it, for other programs."""
        sides = [
            {"iri": thing.iri, "label": label, "names": list(thing.names), "passages": thing.passages}
            for thing, label in zip((self.one, self.other), self.labels, strict=True)
        ]
        return {
            "id": self.id,
            "kind": self.kind,
            "score": round(self.score, 3),
            "rank": round(self.rank, 3),
            "reasons": list(self.reasons),
            "context": [{"text": clue.text, "weight": clue.weight} for clue in self.clues],
            "decided": self.decided and self.decided.value,
            "sides": sides,
        }


def find_candidates(
    things: Things,
    decisions: Iterable[Decision],
    canonical: Canonical,
    kinds: Collection[str] = KINDS,
    again: Collection[Verdict] = (),
    at_least: float = PROPOSED,
) -> list[Candidate]:
    """Pairs of different things of one kind that may be one, best first.

    Pairs decided to be different or left unsure come only with that verdict in `again`; what was taken back is open. Things that
    one source that is no list names apart are never proposed. `at_least` is the lowest rank.
    """
    decided = decided_between(decisions, canonical)
    found = []
    for kind in kinds:
        finder, compare, clues = _METHODS[kind]
        for one, other in finder(things):
            verdict = decided.get(frozenset((one.iri, other.iri)))
            if things.kept_apart(one, other) or (verdict is not None and verdict not in again):
                continue
            match = compare(one, other, things)
            if match.score < SIMILAR:
                continue
            called = things.label(one.iri), things.label(other.iri)
            context = tuple(clues(one, other, things))
            candidate = Candidate(kind, one, other, match.score, match.reasons, context, called, verdict)
            if candidate.rank >= at_least:
                found.append(candidate)
    return sorted(found, key=lambda candidate: (-candidate.rank, candidate.id))


def decided_between(decisions: Iterable[Decision], canonical: Canonical) -> dict[frozenset[str], Verdict]:
    """What holds between canonical addresses, through all members of their groups; a firm verdict goes before an unsure one.

    Two that were decided to be the same and yet stand apart belong to a contradiction: they are decided too.
    """
    found: dict[frozenset[str], Verdict] = {}
    for decision in holding(decisions).values():
        pair = frozenset((canonical(decision.subject), canonical(decision.object)))
        if len(pair) == 2 and decision.verdict is not Verdict.taken_back and found.get(pair) in (None, Verdict.unsure):
            found[pair] = decision.verdict
    return found


# --- people ---
def _people(things: Things) -> Iterator[tuple[Thing, Thing]]:
    named = [(name, thing) for thing in things.of_kind("person") for name in thing.names]
    seen = set()
    for i, j in block([name for name, _ in named]):
        one, other = named[i][1], named[j][1]
        if one is not other and (one.iri, other.iri) not in seen and score_names(named[i][0], named[j][0]) >= SIMILAR:
            seen |= {(one.iri, other.iri), (other.iri, one.iri)}
            yield one, other


def _compare_people(one: Thing, other: Thing, things: Things) -> NameMatch:
    pairs = ((a, b) for a in one.names for b in other.names)
    best = max(pairs, key=lambda pair: (score_names(*pair), pair[0] == pair[1]))
    return compare_names(*best)


# --- bodies ---
def _bodies(things: Things) -> Iterator[tuple[Thing, Thing]]:
    return _sharing(things.of_kind("body"), lambda body: {word.folded for name in body.names for word in words_of(name)})


def _compare_bodies(one: Thing, other: Thing, things: Things) -> NameMatch:
    if one.iri in other.whole or other.iri in one.whole:
        return NameMatch(0.0, ("one is part of the other",))
    found = [compare_bodies(a, b) for a in one.names for b in other.names]
    return max(found, key=lambda match: match.score, default=NameMatch(0.0, ()))


def _body_clues(one: Thing, other: Thing, things: Things) -> Iterator[Clue]:
    yield from identifier_clues(one, other)
    if one.kinds and other.kinds:
        same = one.kinds & other.kinds
        said = ", ".join(sorted(same)) if same else f"{', '.join(sorted(one.kinds))}; {', '.join(sorted(other.kinds))}"
        vague = _GENERAL & (one.kinds | other.kinds)
        yield Clue(f"kind: {said}", 0.08 if same else 0.0 if vague else -0.3)
    if one.places and other.places:
        near = one.places & {around for place in other.places for around in things.places_around(place)}
        near |= other.places & {around for place in one.places for around in things.places_around(place)}
        said = f"{', '.join(sorted(one.places))}; {', '.join(sorted(other.places))}"
        yield Clue(f"places {'fit' if near else 'differ'}: {said}", 0.1 if near else -0.25)
    yield from shared("person", one.people, other.people, things, 0.05, 0.15)


_GENERAL = frozenset(("court", "organization", "state-body"))


# --- cases and events ---
def _cases(things: Things) -> Iterator[tuple[Thing, Thing]]:
    def keys(case: Thing) -> set[str]:
        return _near(case.people, things) or {word.folded for name in case.names for word in words_of(name)}

    for one, other in _sharing(things.of_kind("case"), keys):
        if one.iri not in other.whole and other.iri not in one.whole:
            yield one, other


def _events(things: Things) -> Iterator[tuple[Thing, Thing]]:
    def keys(event: Thing) -> set[str]:
        around = _near(event.people, things) | event.cases
        return {f"{kind} {near}" for kind in event.kinds for near in around}

    return _sharing(things.of_kind("event"), keys)


def _near(people: set[str], things: Things) -> set[str]:
    """The people, and their names in one spelling."""
    return people | {spelling for iri in people if iri in things.by_iri for spelling in things.by_iri[iri].spellings}


def _sharing(found: Iterable[Thing], keys: Callable[[Thing], set[str]]) -> Iterator[tuple[Thing, Thing]]:
    """Pairs that share a key which no crowd shares, each once."""
    members: dict[str, list[Thing]] = defaultdict(list)
    for thing in found:
        for key in keys(thing):
            members[key].append(thing)
    seen = set()
    for group in members.values():
        if len(group) <= CROWD:
            for one, other in itertools.combinations(group, 2):
                if (one.iri, other.iri) not in seen:
                    seen.add((one.iri, other.iri))
                    yield one, other


Finder = Callable[[Things], Iterator[tuple[Thing, Thing]]]
Compare = Callable[[Thing, Thing, Things], NameMatch]
Clues = Callable[[Thing, Thing, Things], Iterator[Clue]]
_METHODS: dict[str, tuple[Finder, Compare, Clues]] = {
    "person": (_people, _compare_people, person_clues),
    "body": (_bodies, _compare_bodies, _body_clues),
    "case": (_cases, compare_cases, case_clues),
    "event": (_events, compare_events, event_clues),
}
