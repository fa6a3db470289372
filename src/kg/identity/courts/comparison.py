"""Two names of courts compared part by part: a score from 0 to 1 and the reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from kg.identity.courts.parsing import CourtName, Word, parse_court
from kg.identity.names.spelling import consonants

ALIKE = 0.85
"""Lowest likeness of two words that counts as one word in two spellings."""
GENERIC, OTHER_KIND, PLACE_UNKNOWN, OTHER_PLACE, NUMBER_UNKNOWN = 0.85, 0.5, 0.95, 0.3, 0.7
"""Factors on the score: one side says less of the kind; kinds differ; only one side names a place; places differ; only one side has
a number. Chosen by looking at the courts of the shipped corpus."""


@dataclass(frozen=True)
class CourtMatch:
    """How alike two names of courts are, and why. No score says that two courts are one."""

    score: float
    reasons: tuple[str, ...]


def compare_courts(one: str, other: str) -> CourtMatch:
    """Compare two names of courts in English, Russian, Ukrainian or German; symmetric in all but the order of the reasons.

    Own names must answer to each other; a number must be the same. The kind of court and the place lower the score where they
    differ, or where only one side gives them.
    """
    first, second = parse_court(one), parse_court(other)
    reasons: list[str] = []
    score = _kinds(first, second, reasons)
    if first.number != second.number:
        if first.number is not None and second.number is not None:
            return CourtMatch(0.0, (f"numbers {first.number} and {second.number}",))
        score *= NUMBER_UNKNOWN
        reasons.append(f"only one side has the number {first.number or second.number}")
    elif first.number is not None:
        reasons.append(f"number {first.number} on both sides")
    names = _names(first, second, reasons)
    return CourtMatch(round(score * names * _places(first, second, reasons), 3) if names else 0.0, tuple(reasons))


def _kinds(one: CourtName, other: CourtName, reasons: list[str]) -> float:
    if one.kinds == other.kinds:
        reasons.append(f"both {' '.join(sorted(one.kinds))} court" if one.kinds else "neither side says what kind of court")
        return 1.0
    told = f"{' '.join(sorted(one.kinds)) or 'no kind'} and {' '.join(sorted(other.kinds)) or 'no kind'}"
    if one.kinds <= other.kinds or other.kinds <= one.kinds:
        reasons.append(f"one side says less of the kind: {told}")
        return GENERIC
    reasons.append(f"kinds differ: {told}")
    return OTHER_KIND


def _names(one: CourtName, other: CourtName, reasons: list[str]) -> float:
    """How well the own names answer to each other; where a side has none, its place may ("court in Feodosia")."""
    left, right = one.own or one.places, other.own or other.places
    if not left and not right:
        return 1.0
    if not left or not right:
        # Only a number or a kind of which there are few tells a court without a name apart.
        alone = one.number is not None or bool({"appeal", "cassation"} & one.kinds & other.kinds)
        return 1.0 if alone and not one.own and not other.own else 0.0
    if not (one.own or one.kinds) or not (other.own or other.kinds):
        return 0.0
    weakest = 1.0
    for word, against in [*((w, right) for w in left), *((w, left) for w in right)]:
        if not (one.own and other.own) and word not in (one.own or other.own):
            continue  # places of a side without a name of its own: one of them has to answer, not all
        likeness, best = _best(word, against)
        if likeness < ALIKE:
            return 0.0
        weakest = min(weakest, likeness)
        reason = _told(word, best, likeness)
        if reason not in reasons and _told(best, word, likeness) not in reasons:
            reasons.append(reason)
    if not one.own and not other.own:
        found, best, word = max(((*_best(word, right), word) for word in left), key=lambda answer: answer[0])
        if found < ALIKE:
            return 0.0
        reasons.append(_told(word, best, found))
        return found
    return weakest


def _places(one: CourtName, other: CourtName, reasons: list[str]) -> float:
    left, right = one.places, other.places
    if not left or not right:
        if left or right:
            reasons.append(f"only one side has the place {' '.join(word.text for word in left or right)}")
            return PLACE_UNKNOWN
        return 1.0
    everything = (*other.own, *other.places)
    answers = [(word, *_best(word, everything)) for word in left]
    found = [(word, best) for word, likeness, best in answers if likeness >= ALIKE]
    if not found:
        others = (*one.own, *one.places)
        if any(_best(word, others)[0] >= ALIKE for word in right):
            return 1.0
        reasons.append(f"places differ: {' '.join(w.text for w in left)} and {' '.join(w.text for w in right)}")
        return OTHER_PLACE
    word, best = found[0]
    if best in other.places:
        reasons.append(f"place: {word.text} and {best.text}")
    return 1.0 if len(found) == len(answers) else PLACE_UNKNOWN


def _best(word: Word, others: Sequence[Word]) -> tuple[float, Word]:
    return max(((likeness(word, other), other) for other in others), key=lambda found: found[0])


def likeness(one: Word, other: Word) -> float:
    """How alike two words of names are: 1 for one known name or one stem, less for each letter that differs."""
    if one.token == other.token or one.stems & other.stems:
        return 1.0
    best = 0.0
    for first in one.stems:
        for second in other.stems:
            if first[0] != second[0]:
                continue
            letters = Levenshtein.normalized_similarity(first, second)
            skeleton = 0.95 if len(consonants(first)) > 2 and consonants(first) == consonants(second) else 0.0
            best = max(best, letters, skeleton)
    return best


def _told(one: Word, other: Word, likeness: float) -> str:
    if one.text.casefold() == other.text.casefold():
        return f"{one.text} on both sides"
    return f"{one.text} = {other.text}" + ("" if likeness == 1 else f" (likeness {likeness:.2f})")
