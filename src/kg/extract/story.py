"""What has been told so far, and whom "she", "the two men" or "остальные" mean by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract.lexicon import Lexicon
from kg.extract.persons import Person

HOW_MANY_GROUPS = 8
"""How many groups of people back a phrase such as "the three men" may point."""


@dataclass
class Story:
    """The people the last events happened to, the last ones named together, and all earlier groups of two or more."""

    lexicon: Lexicon
    affected: list[Person] = field(default_factory=list)
    plural: list[Person] = field(default_factory=list)
    groups: list[list[Person]] = field(default_factory=list)
    everyone: list[Person] = field(default_factory=list)

    def tell(self, people: list[Person]) -> None:
        """Remember the people whom a sentence speaks of."""
        if not people:
            return
        self.affected = people
        self.everyone += [person for person in people if person not in self.everyone]
        if len(people) > 1:
            self.plural = people
            self.groups = [*[group for group in self.groups if group != people], people][-HOW_MANY_GROUPS:]

    def group(self, phrase: str, besides: Iterable[Person] = ()) -> list[Person]:
        """Whom a phrase for several people means; `besides` are named beside it. Nobody if it is not plain."""
        people = self._group(phrase, besides)
        sex = self._sex(phrase)
        of_it = [person for person in people if sex is None or person.female in (sex, None)]
        return of_it or people

    def _sex(self, phrase: str) -> bool | None:
        """True for a phrase that only women can be meant by, False for men: `мужчин`, `the two women`."""
        women, men = (bool(self.lexicon.pattern(f"{which}-in-groups").search(phrase)) for which in ("women", "men"))
        return women if women != men else None

    def _group(self, phrase: str, besides: Iterable[Person]) -> list[Person]:
        others = bool(self.lexicon.pattern("group-words.other").fullmatch(phrase))
        count = self._count(phrase)
        apart = set(besides)
        if others:
            wider = [group for group in reversed(self.groups) if apart and apart < set(group)]
            whole = wider[0] if wider else None
            rest = [person for person in (whole or self.everyone) if person not in apart]
            return rest if rest and count in (None, len(rest)) else []
        if count is None:
            return self.plural
        fitting = [group for group in reversed(self.groups) if len(group) == count]
        if fitting:
            return fitting[0]
        return self.everyone if len(self.everyone) == count else []

    def of_size(self, count: int) -> list[Person]:
        """The last group of so many people; nobody if there was none."""
        return next((group for group in reversed(self.groups) if len(group) == count), [])

    def _count(self, phrase: str) -> int | None:
        counts: dict[int | str, list[str]] = self.lexicon["group-words"]
        exact = [n for n in counts if isinstance(n, int) and self.lexicon.pattern(f"group-words.{n}").fullmatch(phrase)]
        if exact:
            return exact[0]
        for number, forms in self.lexicon["numbers"].items():
            if 1 < number <= 12 and any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", phrase.lower()) for form in forms):
                return int(number)
        return None

    def one(self, word: str, people: list[Person]) -> list[Person]:
        """Those whom a pronoun can mean by its gender, as far as names tell."""
        if self.lexicon.pattern("feminine-pronouns").fullmatch(word):
            return [person for person in people if person.female is not False]
        if self.lexicon.pattern("masculine-pronouns").fullmatch(word):
            return [person for person in people if person.female is not True]
        return people
