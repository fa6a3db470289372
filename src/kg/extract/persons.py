"""Whom an article names, and the names as a record should print them, by all the forms in which the article does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.extract.keys import slug
from kg.extract.nominatives import nominative, singular_surname
from kg.extract.tokens import Stretch, Text


@dataclass
class Person:
    """Somebody the article names; `name` in the nominative, `doubt` where that was guessed."""

    key: str
    name: str
    words: tuple[str, ...]
    doubt: str | None = None
    female: bool | None = None
    others: set[str] = field(default_factory=set)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Person) and other.key == self.key


@dataclass(frozen=True)
class PersonMention:
    """A place where a person is named; `doubt` where only a part of the name was given and several people bear it."""

    stretch: Stretch
    person: Person
    full: bool
    doubt: str | None = None


_LISTED = re.compile(r"(?:\s+(?:[—–-]\s+)?(?:к|до|на|по)\s+[^,;.]{1,30})?,?\s+(?:и\s+|та\s+|і\s+|й\s+|а\s+)?")
"""Between two names of a list, perhaps with the term of the first."""


class PersonForms:
    """Reads the forms of names; `event_word` matches single verbs that report an event, `couples` are names of two spouses."""

    def __init__(self, text: Text, event_word: re.Pattern[str]) -> None:
        self.text, self.lexicon, self.event_word = text, text.lexicon, event_word
        self.say = self.lexicon.pattern("say-verbs")
        self.couples: set[str] = set()

    def _verb_of(self, mentions: list[PersonMention]) -> str:
        """A verb of saying right before or after a full mention."""
        for m in (m for m in mentions if m.full):
            before = re.search(rf"({self.say.pattern})\s+$", self.text.text[max(0, m.stretch.start - 40) : m.stretch.start])
            after = re.match(rf"\s+({self.say.pattern})", self.text.text[m.stretch.end : m.stretch.end + 40])
            if before or after:
                return str((before or after)[1])  # type: ignore[index]
            hers = re.match(r"\s+([а-яіїєґ]+(?:ла|лась|лася))(?!\w)", self.text.text[m.stretch.end : m.stretch.end + 30])
            if hers and not self.event_word.fullmatch(hers[1]):  # "Мавзуна Назриева узнала"
                return hers[1]
        return ""

    def _beside_his_object(self, mention: PersonMention, mentions: list[PersonMention]) -> bool:
        """In one list with a man whose name does not stand in the nominative: `в домах Ивана Орлова, Эрнеста Ларина`."""
        for other in (m for m in mentions if m.full and m.person != mention.person and m.person.female is False):
            first, last = sorted((mention.stretch, other.stretch))
            gap = self.text.text[first.end : last.start]
            joined = _LISTED.fullmatch(gap)
            if joined and self.text.of(other.stretch) != other.person.name and other.person.name.count(" "):
                return True
        return False

    def _after_verb(self, mention: PersonMention) -> bool:
        """`приговорили Азиза Азизова`: the object of a verb, which a woman's name in -а is not."""
        before = re.search(r"(\w+)\s+$", self.text.text[max(0, mention.stretch.start - 30) : mention.stretch.start])
        return bool(before and self.event_word.fullmatch(before[1]) and re.search(r"(?:[^о]л|л[ио]|[аиі]в)$", before[1]))

    def _as_printed_alone(self, name: str, own: list[PersonMention]) -> str:
        """`Лисового` may be a form of `Лисовой`: believed if the surname is printed so."""
        if not name.endswith("ый"):
            return name
        alone = {self.text.of(m.stretch) for m in own if not m.full}
        other = name.split()[-1][:-2] + "ой"
        return f"{name.rsplit(' ', 1)[0]} {other}" if other in alone else name

    def put_in_nominative(self, people: list[Person], mentions: list[PersonMention]) -> None:
        """Set name, sex, doubt and key of each person whose name is in Cyrillic, from their mentions so far.

        A text in English quotes such a name as it is: nothing inflects it there.
        """
        if not self.lexicon.get("free-word-order"):
            return
        for person in people:
            if not re.search("[А-Яа-яЁёІіЇїЄєҐґ]", person.name):
                continue
            own = [m for m in mentions if m.person == person]
            forms = [form for m in own if len(form := self.text.of(m.stretch).split()) == len(person.words)]
            forms = [list(person.words) if singular_surname(form[-1]) or " ".join(form) in self.couples else form for form in forms]
            before = [self.text.text[max(0, m.stretch.start - 30) : m.stretch.start] for m in own if m.full]
            beside = any(self._beside_his_object(m, mentions) or self._after_verb(m) for m in own if m.full)
            found = nominative(forms or [list(person.words)], before, self.lexicon, self._verb_of(own), beside)
            found = replace(found, name=self._as_printed_alone(found.name, own))
            person.name, person.female, person.doubt = found.name, found.female, found.doubt
            person.key = unused_key(slug(person.name.split()[-1]), slug(person.name), [p for p in people if p is not person])


def unused_key(short: str, long: str, people: list[Person]) -> str:
    """A local key that none of `people` has: the surname, else the whole name, else with a number."""
    used = {person.key for person in people}
    for key in (short or "person", long or "person"):
        if key not in used:
            return key
    number = 2
    while f"{long}-{number}" in used:
        number += 1
    return f"{long}-{number}"
