"""Compare two names part by part: a score from 0 to 1 and, on demand, the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from kg.identity.names.parsing import Name, Word, given_name_group, initials_of_groups, is_patronymic, parse, patronymic_stem
from kg.identity.names.spelling import consonants

ONE_NAME = 0.97
"""Likeness of two given names that are one name in two languages (Oleksandr, Aleksandr)."""

FITS = 0.9
"""Likeness of an initial and a word that begins with it."""

OTHER_PATRONYMIC, OTHER_SEX, LEFT_OVER, LEFT_OVER_PARTICLE, ONE_WORD = 0.25, 0.4, 0.82, 0.97, 0.7
"""Factors on the score: patronymics differ; the surname has the form of the other sex; a part stands on one side only; so does a
particle such as -aga; one side has one word only. Chosen on the develop half of the pairs in benchmarks/names.py."""

_MASCULINE = ("ov", "ev", "in", "sk", "ck")
"""Folded endings of a man's surname, to which the woman's adds -a."""

OTHER_NAME = 0.2
"""Likeness of two given names known to be different."""


@dataclass(frozen=True)
class NameMatch:
    """How alike two names are: a score from 0 to 1, and what was found, in sentences. No score says that two people are one."""

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Alignment:
    pairs: tuple[tuple[Word, Word, float], ...]
    left_over: tuple[Word, ...]
    initials: tuple[tuple[str, str, float], ...]


def compare_names(one: str, other: str) -> NameMatch:
    """Compare two names in any supported scripts: the score of `score_names` and the reasons for it."""
    first, second = _patronymics_told(parse(one), parse(other))
    return NameMatch(score_names(one, other), tuple(_reasons(first, second, _align(first, second))))


def score_names(one: str, other: str) -> float:
    """How likely it is that two names are spellings of one name, 0 to 1; symmetric; 1.0 for two equal names.

    The parts are aligned, word to most similar word and initials to given names in their order. The score is the weakest
    likeness (weight 0.7) and their mean (0.3), times a factor for each thing that speaks against it. Patronymics must agree when
    both sides have one; one that only one side has says nothing.
    """
    first, second = _patronymics_told(parse(one), parse(other))
    if first == second:
        return 1.0
    found = _align(first, second)
    likenesses = [likeness for _, _, likeness in found.pairs] + [likeness for _, _, likeness in found.initials]
    if not found.pairs:
        return 0.0
    score = 0.7 * min(likenesses) + 0.3 * sum(likenesses) / len(likenesses)
    for word in found.left_over:
        score *= LEFT_OVER_PARTICLE if word.particle else LEFT_OVER
    if min(_length(first), _length(second)) == 1 < max(_length(first), _length(second)):
        score *= ONE_WORD
    return score * _patronymics(first, second)


def _patronymics_told(one: Name, other: Name) -> tuple[Name, Name]:
    """The two names, with the patronymic told apart in a name of two words when the other has the same one.

    Alone, "Vadymovych Abisov" could be a surname and a given name, like "Abramovich Roman"; beside "Sergey Vadimovich Abisov" it
    is not.
    """
    if other.patronymic and not one.patronymic:
        return _told(one, other.patronymic), other
    if one.patronymic and not other.patronymic:
        return one, _told(other, one.patronymic)
    return one, other


def _told(name: Name, patronymic: Word) -> Name:
    if len(name.words) != 2 or name.given_initial:
        return name
    for word in name.words:
        if is_patronymic(word.text) and _father(word, patronymic):
            rest = tuple(other for other in name.words if other is not word)
            return replace(name, words=rest, patronymic=word, patronymic_initial=word.key[:1])
    return name


def _length(name: Name) -> int:
    return len(name.words) + bool(name.given_initial)


def _likeness(one: Word, other: Word) -> float:
    """How alike two words are: 1 for one folded spelling, ONE_NAME for one given name in two languages, else by their letters."""
    if one.key == other.key:
        return 1.0
    if one.group >= 0 and other.group >= 0:
        return ONE_NAME if one.group == other.group else OTHER_NAME
    return _by_letters(one.key, other.key)


@lru_cache(500_000)
def _by_letters(one: str, other: str) -> float:
    """Likeness of two folded words: less for each letter that differs, and more for a consonant, counted twice."""
    if one > other:
        return _by_letters(other, one)
    cost = 0.4 * Levenshtein.distance(one, other) + 0.6 * Levenshtein.distance(consonants(one), consonants(other))
    likeness = max(0.0, 1 - cost / (0.55 * max(4, min(len(one), len(other)))))
    return likeness * OTHER_SEX if _sexes_differ(one, other) else likeness


def _sexes_differ(one: str, other: str) -> bool:
    """Whether two folded surnames have the endings of a man's and a woman's (-ov and -ova, -in and -ina, -sky and -skaya)."""
    man, woman = (other, one) if one.endswith("a") else (one, other)
    return any(man.endswith(ending) and woman.endswith(ending + "a") for ending in _MASCULINE)


def _align(one: Name, other: Name) -> _Alignment:
    """Each word with the word most like it on the other side, best pairs first; then initials with words that are left."""
    left, right = _joined(one.words, other.words), _joined(other.words, one.words)
    ranked = sorted(
        ((_likeness(a, b), -abs(i - j), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda found: (-found[0], -found[1], found[2] + found[3], abs(found[2] - found[3])),
    )
    wanted = min(len(left) - _spare(one, other, left), len(right) - _spare(other, one, right))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs: list[tuple[Word, Word, float]] = []
    for likeness, _, i, j in ranked:
        if len(pairs) >= max(wanted, 1):
            break
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j], likeness))
    over_left = [word for i, word in enumerate(left) if i not in taken_left]
    over_right = [word for j, word in enumerate(right) if j not in taken_right]
    initials = tuple(_fit(one, over_left, other, over_right))
    return _Alignment(tuple(pairs), (*over_left, *over_right), initials)


def _spare(name: Name, other: Name, words: tuple[Word, ...]) -> int:
    """How many words of `name` are given names that the other side has as an initial only, so that no word answers to them."""
    return min(1, len(words) - 1) if other.given_initial and not name.given_initial else 0


def _joined(words: tuple[Word, ...], other: tuple[Word, ...]) -> tuple[Word, ...]:
    """Neighbouring words as one where the other side writes them together (Emir-Usein, EmirUsein)."""
    known = {word.key: word for word in other}
    for at in range(len(words) - 1):
        together = known.get(words[at].key + words[at + 1].key)
        if together and len(words) > 1:
            return (*words[:at], together, *words[at + 2 :])
    return words


def _fit(one: Name, left: list[Word], other: Name, right: list[Word]) -> Iterator[tuple[str, str, float]]:
    """A given initial with the other side's, or with its first word that is left, which it takes: 0.9 if they agree, else 0."""
    if one.given_initial and other.given_initial:
        agree = one.given_initial[:1] == other.given_initial[:1]
        yield one.given_initial, other.given_initial, FITS if agree else 0.0
        return
    for name, words in ((one, right), (other, left)):
        if name.given_initial and words:
            word = words.pop(0)
            letters = initials_of_groups().get(word.group, frozenset())
            begins = word.key.startswith(name.given_initial) or name.given_initial[:1] in letters
            yield name.given_initial, word.text, FITS if begins else 0.0


def _patronymics(one: Name, other: Name) -> float:
    """1.0 if the patronymics, or their initials, may be one, or if one side has none; OTHER_PATRONYMIC if they differ."""
    if one.patronymic and other.patronymic:
        return 1.0 if _father(one.patronymic, other.patronymic) else OTHER_PATRONYMIC
    if one.patronymic_initial and other.patronymic_initial:
        return 1.0 if one.patronymic_initial[:1] == other.patronymic_initial[:1] else OTHER_PATRONYMIC
    return 1.0


def _father(one: Word, other: Word) -> bool:
    """Whether two patronymics can be one: the same father's name, and not the form for a son and the form for a daughter."""
    if one.key.endswith("a") != other.key.endswith("a"):
        return False
    first, second = patronymic_stem(one), patronymic_stem(other)
    return one.key == other.key or 1 - Levenshtein.normalized_distance(first, second) >= 0.6 or _one_given(first, second)


def _one_given(one: str, other: str) -> bool:
    first, second = given_name_group(one), given_name_group(other)
    return first >= 0 and first == second


def _reasons(one: Name, other: Name, found: _Alignment) -> Iterator[str]:
    for first, second, likeness in found.pairs:
        yield _in_words(first, second, likeness)
    for letters, against, likeness in found.initials:
        verdict = "fits" if likeness else "does not fit"
        yield f"the initial {letters.upper()}. {verdict} {against.upper() + '.' if len(against) < 3 else against}"
    if one.patronymic and other.patronymic:
        agree = _father(one.patronymic, other.patronymic)
        yield f"patronymics {'agree' if agree else 'differ'}: {one.patronymic.text}, {other.patronymic.text}"
    elif one.patronymic or other.patronymic:
        yield f"only one side has a patronymic: {(one.patronymic or other.patronymic).text}"  # type: ignore[union-attr]
    if _patronymics(one, other) < 1 and not (one.patronymic and other.patronymic):
        yield "the initials of the patronymic differ"
    for word in found.left_over:
        yield f"only one side has {word.text}"


def _in_words(one: Word, other: Word, likeness: float) -> str:
    if one.text.casefold() == other.text.casefold():
        return f"{one.text} on both sides"
    if one.key == other.key:
        return f"{one.text} = {other.text} once spelled in one alphabet"
    if likeness == ONE_NAME:
        return f"{one.text} and {other.text} are one given name in two languages"
    if one.group >= 0 and other.group >= 0:
        return f"{one.text} and {other.text} are different given names"
    if _sexes_differ(one.key, other.key):
        return f"{one.text} and {other.text}: one has the form for a man, the other for a woman"
    if likeness >= 0.8:
        return f"{one.text} and {other.text} differ by a vowel or a letter"
    return f"{one.text} and {other.text} differ" + (f" (likeness {likeness:.2f})" if likeness >= 0.3 else "")
