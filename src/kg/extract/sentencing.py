"""Which term is whose: `13 and 12 years, respectively`, `19 years for A, 18 for B`, `12 years each`, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.lexicon import Lexicon, phrase_source
from kg.extract.penalties import Length, Term, TermReader
from kg.extract.persons import Person, PersonMention
from kg.extract.tokens import Stretch, Text


@dataclass(frozen=True)
class Given:
    """A length of a term for one person (None: for all alike)."""

    person: Person | None
    term: Term
    length: Length
    doubt: str | None = None


def given_terms(
    text: Text, reader: TermReader, part: Stretch, people: list[PersonMention], subject: list[Person], changed: bool = False
) -> list[Given]:
    """Tie the terms in `part` to the people named there, or to `subject` where the sentence only points to them.

    `changed`: the part tells how a sentence was changed, so that lengths after "by" and "from" are not what it is now.
    """
    terms = [term for term in reader.find(part) if not reader.is_first_years(term) and not (changed and reader.is_difference(term))]
    firsts = [term for term in reader.find(part) if reader.is_first_years(term)]
    terms = [_with_prison(term, terms, firsts) for term in terms]
    if not terms:
        return []
    named = [m for m in people if part.holds(m.stretch)]
    return _with_pairs(text, terms, named, subject)


def _with_prison(term: Term, terms: list[Term], firsts: list[Term]) -> Term:
    """`19 years, the first five years in prison`: how long of it in a prison before a colony."""
    after = [first for first in firsts if first.stretch.start >= term.stretch.end and term.main]
    between = after and any(term.stretch.end <= other.stretch.start < after[0].stretch.start and other.main for other in terms)
    return replace(term, prison_first=after[0].lengths[0].years) if after and not between else term


def _with_pairs(text: Text, terms: list[Term], named: list[PersonMention], subject: list[Person]) -> list[Given]:
    mains = [term for term in terms if term.main]
    result: list[Given] = []
    groups = _groups(text, mains, named)
    first = groups[0][1] or subject if groups else []
    single = all(len(t.lengths) == 1 and not t.each for t in mains)
    if single and len(groups) == len(first) > 1 and not any(who for _, who in groups[1:]):
        groups = [(term, [person]) for (term, _), person in zip(groups, first, strict=True)]
    for term, who in groups:
        result += _share(term, who or subject)
    for term in (t for t in terms if not t.main):
        last = [group for group in groups if group[0].stretch.end <= term.stretch.start]
        since = max([other.stretch.end for other in terms if other.stretch.end <= term.stretch.start], default=term.stretch.start)
        own = [m.person for m in named if since <= m.stretch.start and m.stretch.end <= term.stretch.start]
        who = own or (last[-1][1] if last else []) or subject
        result += [Given(person, term, term.lengths[0]) for person in who] if who else [Given(None, term, term.lengths[0])]
    return result


_ALSO = re.compile(r"(?:\s*,)?\s+(?:and|и|та|і|й)\s+[^,;]{0,40}")


def _links(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between a length and the name it is for (`12 years for A`), and between a name and its length."""
    few = r"\s+(?:[\w’'-]+\s+){0,4}"
    some = rf"{phrase_source(lexicon['term-for'])}{few}"
    got = phrase_source(lexicon["term-got"])
    nouns = phrase_source(lexicon["term-nouns"])
    forward = rf"(?:[^.;]{{0,60}}\s)?{some}|[^.;,]{{0,40}}\s*(?:[–—:-]|{got})\s*(?:[\w-]+\s+){{0,3}}"
    if nouns:
        forward += rf"|\s+(?:{nouns}\s+)*(?:\w+\s+)?"
    before = phrase_source(lexicon["term-before"])
    backward = rf"[^.;,]{{0,60}}?(?:[–—:-]|\(|{before}|{got})\s*(?:[\w’'-]+\s+){{0,4}}"
    return re.compile(forward), re.compile(backward)


def _groups(text: Text, terms: list[Term], named: list[PersonMention]) -> list[tuple[Term, list[Person]]]:
    """Each term with its people: those before it, unless the words between say that names follow lengths."""
    forward_words, backward_words = _links(text.lexicon)
    who: list[list[PersonMention]] = [[] for _ in terms]
    for at in range(len(terms) + 1):
        left = terms[at - 1] if at else None
        right = terms[at] if at < len(terms) else None
        start, end = left.stretch.end if left else 0, right.stretch.start if right else 1 << 60
        between = [m for m in named if start <= m.stretch.start and m.stretch.end <= end]
        if not between:
            continue
        forward = left is not None and bool(forward_words.fullmatch(text.text[left.stretch.end : between[0].stretch.start]))
        backward = right is not None and bool(backward_words.fullmatch(text.text[between[-1].stretch.end : right.stretch.start]))
        if left is None and right is not None:
            who[at] += between[_told_anew(text, between) :]
        elif right is None:
            if forward and not who[at - 1]:
                who[at - 1] += between
        elif forward and backward and not who[at - 1]:
            cut = _last_group(text, between)
            who[at - 1] += between[:cut]
            who[at] += between[cut:]
        elif forward and not backward and not who[at - 1]:
            who[at - 1] += between
        else:
            who[at] += between
    return [(term, list(dict.fromkeys(m.person for m in group))) for term, group in zip(terms, who, strict=True)]


def _told_anew(text: Text, people: list[PersonMention]) -> int:
    """Where names begin that are told a second time: `convicted A and B of treason and sentenced A to 20 years`."""
    last = people[-1].person
    return _last_group(text, people) if any(m.person == last for m in people[:-1]) else 0


def _last_group(text: Text, people: list[PersonMention]) -> int:
    """Where the names begin that are joined to the last one by "and"."""
    cut = len(people) - 1
    while cut > 0 and (
        people[cut - 1].stretch == people[cut].stretch
        or _ALSO.fullmatch(text.text[people[cut - 1].stretch.end : people[cut].stretch.start])
    ):
        cut -= 1
    return cut


def _share(term: Term, who: list[Person]) -> list[Given]:
    if len(term.lengths) == 1:
        return [Given(person, term, term.lengths[0]) for person in who] or [Given(None, term, term.lengths[0])]
    if len(term.lengths) == len(who):
        return [Given(person, term, length) for person, length in zip(who, term.lengths, strict=True)]
    doubt = f"{len(term.lengths)} terms but {len(who)} names"
    return [Given(None, term, length, doubt) for length in term.lengths]
