"""Bodies whose names say nothing by themselves: called so by a noun beside them, by an acronym or by a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.body_mentions import CAP, BodyMention
from kg.extract.lexicon import Lexicon, phrase_source
from kg.extract.tokens import Stretch, Text

_SMALL = {"a", "an", "and", "against", "at", "for", "in", "of", "on", "the", "to"}
"""Words that an acronym may leave out."""


def introduced_bodies(text: Text) -> Iterator[BodyMention]:
    """`the newspaper Volna`, `Volna news agency`, and `Volna` alone from then on."""
    named: dict[str, str] = {}
    for kind, before, after in _introductions(text.lexicon):
        for pattern in (before, after):
            for match in pattern.finditer(text.text):
                part = _bare(text, Stretch(*match.span("name")))
                name = " ".join(text.of(part).split())
                if not name or name.lower() in text.lexicon["not-introduced"] or _is_person(text, part, name):
                    continue
                named.setdefault(name, kind)
                yield BodyMention(part, name, named[name])
    for name, kind in named.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text.text):
            yield BodyMention(Stretch(*match.span()), name, kind)


@cache
def _introductions(lexicon: Lexicon) -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    words = rf"{CAP}(?:[ \u00a0]{CAP}){{0,3}}"
    quoted = r"[“\"‘«](?P<name>[^”\"’»\n]{2,50}?),?[”\"’»]"
    rows = []
    for entry in lexicon.get("body-introduced", []):
        noun = phrase_source(entry["words"])
        quoting = re.compile(rf"{noun}[ \u00a0]{quoted}")
        rows.append((entry["kind"], re.compile(rf"{noun}[ \u00a0](?P<name>{words})"), quoting))
        if entry.get("after"):
            no_name = rf"(?![ \u00a0]{CAP})"  # "the Bangladesh news agency Volna": the name is still to come
            follows = re.compile(rf"(?P<name>{words})(?:[’']s?)?[ \u00a0]{phrase_source(entry['after'])}{no_name}")
            rows.append((entry["kind"], follows, re.compile(rf"{quoted}[ \u00a0]{phrase_source(entry['after'])}")))
    return rows


def _bare(text: Text, part: Stretch) -> Stretch:
    """Without the words at the beginning that only open a sentence or tell a country, and without a possessive."""
    skip = {*text.lexicon["not-in-body"]}
    start, end = part.start, part.end
    while (match := re.compile(r"[\w’'-]+(?:\s+|$)").match(text.text, start, end)) and match[0].strip() in skip:
        start = match.end()
    printed = re.sub(r"[’']s?$", "", text.text[start:end])
    return Stretch(start, start + len(printed))


def _is_person(text: Text, part: Stretch, name: str) -> bool:
    """`the channel Ivan Petrov` would be somebody: a given name first; `the movement ... Russia` names a country."""
    first = name.split()[0].lower().replace("’", "'")
    return first in text.lexicon["given"] or (first in text.lexicon["not-names"] and len(name.split()) == 1)


def acronym_owners(text: Text, mentions: list[BodyMention]) -> Iterator[BodyMention]:
    """`Federal Prison Service (FPS)` and, where it fits the initials, `FPS` without having been introduced."""
    owners: dict[str, BodyMention] = {}
    for mention in mentions:
        bracket = re.compile(r"[ \u00a0]\((?:the )?[“\"]?([A-Z][A-Za-z-]*[A-Z])[”\"]?\)").match(text.text, mention.stretch.end)
        if bracket and mention.name != bracket[1]:
            owners.setdefault(bracket[1], mention)
    for mention in mentions:
        for short in _initials(mention.name):
            owners.setdefault(short, mention)
    for short, owner in owners.items():
        for match in re.finditer(rf"(?<![\w.-]){re.escape(short)}(?![\w-])", text.text):
            yield BodyMention(Stretch(*match.span()), owner.name, owner.kind)


def _initials(name: str) -> set[str]:
    words = [word for word in re.split(r"[\s-]+", re.sub(r"[’']s\b", "", name)) if word]
    own = [word for word in words if word.lower() not in _SMALL]
    if len(own) < 3 or not all(word[0].isupper() for word in own):
        return set()
    return {"".join(word[0] for word in own).upper(), "".join(word[0] for word in words).upper()}
