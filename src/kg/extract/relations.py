"""Who is whose lawyer or relative: `his lawyer X`, `X's wife, Y`, `the lawyer of X, Y`, `мать X Y`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.extract.lexicon import phrase_source
from kg.extract.persons import Person, PersonMention
from kg.extract.role_mentions import RoleMention
from kg.extract.tokens import Stretch, Text


@dataclass(frozen=True)
class Relation:
    """`subject` represents, or is a relative of, `other`; `doubt` where the text only points to `other`."""

    kind: Literal["represents", "relative"]
    subject: Person
    other: Person
    stretch: Stretch
    doubt: str | None = None
    word: str | None = None


def find_relations(text: Text, people: list[PersonMention], roles: list[RoleMention]) -> Iterator[Relation]:
    """Each pair once, where the text first says it."""
    officials = {role.person for role in roles if role.official}
    apart = officials | {role.person for role in roles if role.entry.get("defence") or role.entry.get("relative")}
    seen: set[tuple[Person, Person]] = set()
    for role in roles:
        if not (role.entry.get("defence") or role.entry.get("relative")):
            continue
        other, doubt = _other(text, people, role, roles, apart)
        if other is None or other == role.person or (role.person, other) in seen:
            continue
        seen.add((role.person, other))
        if role.entry.get("defence"):
            yield Relation("represents", role.person, other, role.stretch, doubt)
        else:
            yield Relation("relative", role.person, other, role.stretch, doubt, role.word.lower() or None)


def _other(
    text: Text, people: list[PersonMention], role: RoleMention, roles: list[RoleMention], apart: set[Person]
) -> tuple[Person | None, str | None]:
    many = re.compile(phrase_source(role.entry.get("plural") or []) or r"(?!)").fullmatch(role.word)
    peers = {r.person for r in roles if r.word_at == role.word_at} if many else {role.person}  # "lawyers A and B"
    inside = [m for m in people if role.stretch.holds(m.stretch) and m.person not in peers]
    if inside:
        return inside[-1].person, None
    start = role.word_at.start if role.word_at else role.stretch.start
    before = [m for m in people if m.stretch.end <= start]
    if before and re.fullmatch(r"['’]s?\s+(?:[\w-]+\s+){0,2}", text.text[before[-1].stretch.end : start]):
        return before[-1].person, None
    lead = text.text[max(0, start - 30) : start]
    pointed = text.lexicon.pattern("posessive-roles").search(lead[-16:])
    named_so = role.entry.get("relative") and (text.lexicon.get("free-word-order") or re.search(r"[’']s\s+(?:\w+\s+)?$", lead))
    if not pointed and not named_so:
        return None, None
    paragraph = text.paragraph_at(start)
    near = [m.person for m in before if m.person not in apart and paragraph.start <= m.stretch.start]
    near = near or [m.person for m in before if m.person not in apart][-1:]
    return (near[-1], "the possessive was taken to mean the person named before") if near else (None, None)
