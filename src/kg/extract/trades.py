"""People called by their trade after they were named: `the florist`, `для фермера`, where only one person of the article has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.body_mentions import Bodies
from kg.extract.declension import case_forms
from kg.extract.lexicon import cached_pattern, phrase_source
from kg.extract.persons import Person, PersonMention
from kg.extract.role_mentions import RoleMention
from kg.extract.tokens import Stretch, Text

_AS_WHAT = re.compile(r"(?:[ое]м|єм|[ое]ю|[ое]й)$")
"""The instrumental: `працював фермером` says what somebody is, not who."""
ANOTHER = re.compile(r"(?:друг|інш|остальн|одн|кажд|кожн|нов|ещ[её]|ще|двух|двох|нескольк|кільк)\w*\s+$", re.IGNORECASE)
"""Before a noun: it means somebody not named, `другой журналист`."""
_NOUN_BEFORE = re.compile(r"(?<![\w-])([a-z]{6,}|[а-яёіїєґ’'ʼ]{5,})\s+$")
_NO_NOUN = re.compile(
    r"(?:л[аио]?|ли|ть|ти|[аеиу]в|ив|ає|ує|є|ет|ит|ют|ют[ьъ]|ого|ому|его|ему|ий|ій|ый|ой|ая|яя|ую|юю|ої|им|ым|ім|ых|их|ими|ыми|но|то"
    r"|ed|ing|ly|with|from|against|about|under|after|before|between|during|including|according|that|whose|which)$"
)
"""Endings of verbs and adjectives, and other words that no noun for a person has."""
SHORTEST_STEM = 5
_CALLINGS = (None, "journalist", "clergy")
"""Roles of a trade by whose name a text goes on calling somebody; an activist or a member can be anybody."""


def called_by_trade(
    text: Text, people: Sequence[PersonMention], roles: Sequence[RoleMention], bodies: Bodies
) -> list[PersonMention]:
    """The places, each with a doubt, where a noun for a trade stands for the one person that the text has said to have it."""
    taken = [m.stretch for m in people] + [role.word_at for role in roles if role.word_at] + [b.stretch for b in bodies.mentions]
    found: list[PersonMention] = []
    places = [(person, _places(text, noun)) for noun, person in _only_holders(roles)]
    places += [(person, _of_epithet(text, stem)) for stem, person in _epithets(text, people)]
    for person, parts in places:
        first = min(m.stretch.start for m in people if m.person == person)
        for part in parts:
            if part.start > first and not any(part.touches(other) for other in taken) and not text.in_speech(part.start):
                taken.append(part)
                found.append(PersonMention(part, person, False, f"'{text.of(part)}' was taken to mean {person.name}"))
    return found


def _only_holders(roles: Sequence[RoleMention]) -> Iterator[tuple[str, Person]]:
    holders: dict[str, set[Person]] = {}
    for role in roles:
        own = role.entry.get("occupation") and not (role.official or role.entry.get("defence") or role.entry.get("relative"))
        if own and role.entry.get("role") in _CALLINGS and role.noun.isalpha():
            holders.setdefault(role.noun.lower(), set()).add(role.person)
    return ((noun, next(iter(people))) for noun, people in holders.items() if len(people) == 1)


def _places(text: Text, noun: str) -> Iterator[Stretch]:
    """Where the noun stands alone; in English behind "the"."""
    lexicon = text.lexicon
    if lexicon.get("free-word-order"):
        forms = [form for form in case_forms(noun, lexicon.language) if not _AS_WHAT.search(form)]
        pattern = rf"(?P<noun>{phrase_source(forms or [noun])})(?!\s[«“\"A-ZА-ЯЁІЇЄҐ])"
    else:
        pattern = rf"(?<!\w)[Tt]he\s+(?P<noun>{re.escape(noun)})(?![\w-])(?!,?\s[A-Z]|\s(?:who|of|from)\b)"
    for match in cached_pattern(pattern).finditer(text.text):
        if not ANOTHER.search(text.text[max(0, match.start() - 14) : match.start()]):
            yield Stretch(*match.span("noun"))


def _epithets(text: Text, people: Sequence[PersonMention]) -> Iterator[tuple[str, Person]]:
    """Nouns right before a name that no word list knows (`фельдшерці Ользі X`, `veterinarian X`), by their stem."""
    posts = [row for row in text.lexicon["roles"] if row.keys() & {"role", "relative", "status", "official", "defence"}]
    known = {str(word).lower() for row in posts for form in ("words", "plural") for word in row.get(form, [])}
    holders: dict[str, set[Person]] = {}
    for mention in people:
        before = _NOUN_BEFORE.search(text.text, max(0, mention.stretch.start - 40), mention.stretch.start) if mention.full else None
        noun = before[1] if before else ""
        if not noun or noun in known or _NO_NOUN.search(noun) or text.lexicon.pattern("say-verbs").fullmatch(noun):
            continue
        stem = noun if noun.isascii() else re.sub(r"(?:ові|еві|єві|кою|ою|ею|ом|ем|ці|к[аиу]|[аиіоуюяыеє])$", "", noun)
        if len(stem) >= SHORTEST_STEM:
            holders.setdefault(stem, set()).add(mention.person)
    return ((stem, next(iter(persons))) for stem, persons in holders.items() if len(persons) == 1)


def _of_epithet(text: Text, stem: str) -> Iterator[Stretch]:
    if stem.isascii():
        yield from _places(text, stem)
        return
    pattern = rf"(?<!\w)(?P<noun>[{stem[0].upper()}{stem[0]}]{re.escape(stem[1:])}[а-яіїєґё]{{0,3}})(?!\w)(?!\s[«“\"A-ZА-ЯЁІЇЄҐ])"
    for match in re.compile(pattern).finditer(text.text):
        if not _AS_WHAT.search(match["noun"]) and not ANOTHER.search(text.text[max(0, match.start() - 14) : match.start()]):
            yield Stretch(*match.span("noun"))
