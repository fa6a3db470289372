"""People of the graph in a text: where it may name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.assemble import guess_language
from kg.extract.bodies import find_bodies
from kg.extract.dates import find_dates
from kg.extract.lexicon import load_lexicon
from kg.extract.names import find_people
from kg.extract.persons import PersonMention
from kg.extract.provisions import find_provisions
from kg.extract.tokens import read_text
from kg.graph.screening.known import KnownPerson, NameIndex
from kg.identity.names import compare_names

ENOUGH = 0.8
"""Lowest score proposed; that of kg extract, whose proposals are the same comparison."""
AROUND = 60
"""Characters of context to either side."""


@dataclass(frozen=True)
class TextHit:
    """`text[start:end]` may name `person`: the name in the nominative, the name in the graph it is like, score and reasons."""

    person: KnownPerson
    start: int
    end: int
    words: str
    context: str
    name: str
    known_as: str
    score: float
    reasons: tuple[str, ...]


def screen_text(text: str, known: Sequence[KnownPerson], language: str | None = None, threshold: float = ENOUGH) -> list[TextHit]:
    """Every place in `text` that may name somebody in `known`, in the order of the text, the likeliest person first.

    Offsets count characters of `text`. A part of a name (a surname alone) counts where the text has given the whole name
    elsewhere. Raises KgError for a language without a word list.
    """
    index = NameIndex(known)
    found: list[TextHit] = []
    verdicts: dict[tuple[str, ...], list[tuple[float, KnownPerson, str, str]]] = {}
    for mention in mentions_of(text, language):
        names = (mention.person.name, *sorted(mention.person.others))
        if names not in verdicts:
            verdicts[names] = _alike(index, names, threshold)
        for score, person, name, known_as in verdicts[names]:
            start, end = mention.stretch.start, mention.stretch.end
            reasons = (*compare_names(name, known_as).reasons, *([] if mention.full else ["a part of the name given elsewhere"]))
            words, context = text[start:end], " ".join(text[max(0, start - AROUND) : end + AROUND].split())
            found.append(TextHit(person, start, end, words, context, name, known_as, round(score, 3), reasons))
    return sorted(found, key=lambda hit: (hit.start, -hit.score, hit.person.label))


def mentions_of(text: str, language: str | None = None) -> list[PersonMention]:
    """Every place where `text` names a person; each paragraph is read in the language its letters show, unless one is given."""
    lines = text.splitlines(keepends=True)
    spoken = [language or guess_language(line) for line in lines]
    found: list[PersonMention] = []
    for code in dict.fromkeys(spoken):
        # What is in another language is blanked, so that offsets stay those of the text.
        own = [line if spoken[at] == code else _blank(line) for at, line in enumerate(lines)]
        read = read_text("".join(own), load_lexicon(code))
        taken = [found.stretch for found in find_dates(read, None)] + [found.stretch for found in find_provisions(read)]
        found += find_people(read, find_bodies(read), taken)
    return found


def _blank(line: str) -> str:
    return "".join(character if character in "\r\n" else " " for character in line)


def _alike(index: NameIndex, names: tuple[str, ...], threshold: float) -> list[tuple[float, KnownPerson, str, str]]:
    """The people whose names are like one of `names`, each once, with the best score."""
    best: dict[str, tuple[float, KnownPerson, str, str]] = {}
    for name in names:
        if len(name.split()) < 2:
            continue
        for person, known in index.near(name):
            score = compare_names(name, known).score
            if score >= threshold and score > best.get(person.iri, (0.0,))[0]:
                best[person.iri] = (score, person, name, known)
    return sorted(best.values(), key=lambda verdict: (-verdict[0], verdict[1].label))
