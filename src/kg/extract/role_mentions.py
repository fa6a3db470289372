"""A role that a text gives to a person: the word for it, and which post of the vocabulary it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kg.extract.body_mentions import BodyMention
from kg.extract.morphology import same_name
from kg.extract.persons import Person, PersonMention
from kg.extract.tokens import Stretch

_PRISONS = ("penal-colony", "remand-prison", "prison", "prison-hospital")
POSTS = {
    "head": {
        **dict.fromkeys(_PRISONS, "prison-head"),
        "investigative-body": "head-of-investigation",
        "prosecutors-office": "head-prosecutor",
    },
    "chief": {
        **dict.fromkeys(_PRISONS, "prison-head"),
        "prison-service": "head-of-prison-service",
        "investigative-body": "head-of-investigation",
        "police": "head-of-police",
        "security-service": "head-of-security-service",
    },
    "deputy-head": {**dict.fromkeys(_PRISONS, "deputy-prison-head"), "prosecutors-office": "deputy-prosecutor"},
    "servant": {
        **dict.fromkeys((*_PRISONS, "prison-service"), "prison-officer"),
        "investigative-body": "investigator",
        "police": "police-officer",
        "security-service": "security-officer",
        "armed-forces": "soldier",
    },
}
"""The post that a general word means in a body of some kind, where the vocabulary has a word of its own.
Which row applies: the `post` of the row in the lexicon, else its role."""
_STATE_POSTS = frozenset(post for row in POSTS.values() for post in row.values())


@dataclass(frozen=True)
class RoleWord:
    """A noun that says what somebody is; `entry` is its row in the lexicon."""

    stretch: Stretch
    entry: dict[str, Any]
    plural: bool


def plain_word(entry: dict[str, Any]) -> str:
    """The first word of a row that can be printed: a phrase such as `колегію очолив|очолила` is a pattern."""
    return next((str(word) for word in entry["words"] if not re.search(r"[|*.()]", str(word))), str(entry["words"][0]))


@dataclass(frozen=True)
class RoleMention:
    """A person with a role at `stretch`; `title` as printed; `body` if the text names it; `client` of a lawyer."""

    stretch: Stretch
    mention: PersonMention
    entry: dict[str, Any]
    title: str
    body: BodyMention | None = None
    doubt: str | None = None
    word: str = ""
    word_at: Stretch | None = None
    presides: bool = False
    """Whether the text says beside the name that a judge presided."""

    @property
    def noun(self) -> str:
        """The role alone, in the form the lexicon lists first for it."""
        forms = (
            [
                form
                for form in self.entry["words"]
                if len(form.split()) == len(self.word.split()) and same_name(form.split()[-1], self.word.split()[-1])
            ]
            if self.word
            else []
        )
        single = next((form for form in self.entry["words"] if self.word.lower() == f"{form}s".lower()), None)
        if single:
            return str(single)
        return str(forms[0] if forms else plain_word(self.entry)) if not self.word.isascii() or not forms else self.word

    @property
    def printed(self) -> str:
        """The title as printed; a bare noun in the nominative and singular."""
        bare = self.title.lower() == self.word.lower()
        if self.role == "presiding-judge" and (not self.word.isascii() or self.word.endswith(" by")):
            return plain_word(self.entry)
        return self.noun if bare else self.title

    @property
    def occupation(self) -> str | None:
        """What the person is by profession or calling; a bare word for it as the vocabulary's key, so that all languages agree."""
        if not self.entry.get("occupation") or self.official:
            return None
        known = self.role in ("lawyer", "expert") or self.title.lower() == self.word.lower()
        return self.role if known and self.role in ("lawyer", "expert", "journalist", "activist") else self.printed

    @property
    def person(self) -> Person:
        """Who has the role."""
        return self.mention.person

    @property
    def role(self) -> str | None:
        """Key of the role in the ontology, if it has one."""
        role = self.entry.get("role")
        posts = POSTS.get(str(self.entry.get("post", role)), {})
        if self.body is not None and self.body.kind in posts:
            return posts[self.body.kind]
        return str(role) if role else None

    @property
    def official(self) -> bool:
        """Whether it is a post in the service of a state."""
        return bool(self.entry.get("official")) or self.role in _STATE_POSTS
