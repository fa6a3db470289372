"""The people of an article: which of them are officials, lawyers or kin, and how a name stands in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.clauses import PASSIVE, Trigger
from kg.extract.lexicon import cached_pattern, phrase_source
from kg.extract.nominatives import stands_upright
from kg.extract.officials import officials_in
from kg.extract.persons import Person, PersonMention
from kg.extract.relations import find_relations
from kg.extract.role_mentions import RoleMention
from kg.extract.tokens import Stretch, Text

_RANK = re.compile(
    r"(?:[Cc]aptain|[Mm]ajor|[Cc]olonel|[Ll]ieutenant|[Ss]ergeant|[Gg]eneral|Capt\.|Maj\.|Col\.|Lt\.|Gen\.|Sgt\.)\s+$"
)
"""Before the name of somebody in uniform, whom a pronoun in a story of persecution seldom means."""
_AND_KIN = re.compile(r",?\s+(?:and|и|та|і|й)\s+(?:[\w’'-]+,?\s+){1,2}")
AGAINST_OFFICIALS = {"sanction-designation", "accountability-charge", "accountability-judgment"}


class Cast:
    """Everybody whom an article names, with the roles that it gives them."""

    def __init__(self, text: Text, people: list[PersonMention], roles: list[RoleMention]) -> None:
        self.text, self.lexicon, self.people, self.roles = text, text.lexicon, people, roles
        self.starts = [mention.stretch.start for mention in people]
        self.officials = {role.person for role in roles if role.official and not self.lexicon.pattern("former").match(role.title)}
        members = {role.person for role in roles if role.role == "member-of-parliament"}
        acting = {role.person for role in roles if role.official and role.role != "member-of-parliament"}
        self.deputies = members - acting  # are persecuted as often as anybody
        self.lawyers = {role.person for role in roles if role.entry.get("defence")}
        self.relatives = {role.person for role in roles if role.entry.get("relative")}
        self.ranked = {m.person for m in people if _RANK.search(text.text, max(0, m.stretch.start - 30), m.stretch.start)}
        defended = [one for one in find_relations(text, people, roles) if one.kind == "represents"]
        self.clients = {one.subject: one.other for one in defended}
        self.beside_the_story = self.officials | self.lawyers | self.relatives | self.ranked
        kin = [
            word
            for entry in self.lexicon["roles"]
            if entry.get("relative") or entry.get("defence")
            for form in ("words", "plural")
            for word in entry.get(form, [])
        ]
        link = r"\s+(?:of|for)\s+(?:\w+\s+)?" if not self.lexicon.get("free-word-order") else r"\s+(?:[а-яіїєґ'’-]+\s+)?"
        self.of_kin = cached_pattern(rf"{phrase_source(kin)}{link}$")

    def within(self, part: Stretch) -> list[PersonMention]:
        """The mentions inside `part`, in order."""
        first = bisect_left(self.starts, part.start)
        return [m for m in self.people[first : bisect_left(self.starts, part.end)] if m.stretch.end <= part.end]

    def upright(self, mention: PersonMention) -> bool:
        """Whether a name stands in the nominative and shows it: the subject of an active verb is not its object."""
        person, printed = mention.person, self.text.of(mention.stretch)
        if printed[:1].islower():
            return False
        return stands_upright(printed, person.name, person.female, self.lexicon.language) is True

    def beside(self, mention: PersonMention) -> bool:
        """Named only as a source or an agent: `according to X`, `by X`, `X said`."""
        before = self.text.text[max(0, mention.stretch.start - 60) : mention.stretch.start]
        if (
            re.search(
                rf"{self.lexicon.pattern('speech-according').pattern}(?:[^,.;]*|\s+(?:[a-zа-яіїєґ’'-]+\s)?[a-zа-яіїєґ’'-]+,\s+)$",
                before,
            )
            if self.lexicon.get("speech-according")
            else False
        ):
            return True
        asides = phrase_source(self.lexicon["aside-before"])
        if re.search(rf"\bby (?:[\w-]+ ){{0,3}}$|{asides}\s+(?:[\w’'-]+\s+){{0,3}}$", before):
            return True
        if self.lexicon.get("free-word-order") and re.search(
            rf"{self.lexicon.pattern('say-verbs').pattern}\s+(?:[\w’'-]+\s+){{0,4}}$", before
        ):
            return True
        said = rf"[,”\"’']\s+{self.lexicon.pattern('say-verbs').pattern}\s+(?:(?!that\b)[\w’'-]+\s+){{0,3}}$"
        clause = re.match(r"\s+(?:was|were|is|are|has|had|have|did|would|will|could)\b", self.text.text[mention.stretch.end :][:12])
        if re.search(said, before) and not clause:
            return True  # "Police arrested X, said Y"
        after = self.text.text[mention.stretch.end : mention.stretch.end + 40]
        return bool(re.match(rf"\s+(?:also\s+|later\s+)?{self.lexicon.pattern('say-verbs').pattern}", after))

    def owner(self, mention: PersonMention, kind: str) -> bool:
        """Named only to say whose brother, lawyer or neighbour somebody else is."""
        before = self.text.text[max(0, mention.stretch.start - 40) : mention.stretch.start]
        after = self.text.text[mention.stretch.end : mention.stretch.end + 50]
        if not self.lexicon.get("free-word-order"):
            possessed = re.match(r"[’']s?\s+(?:[\w-]+\s+){0,2}?([\w-]+)", after)
            own = possessed and re.match(rf"[’']s?\s+(?:[\w-]+\s+){{0,3}}?{self.lexicon.pattern('own-nouns').pattern}", after)
            return bool(possessed and not own) or bool(self.of_kin.search(before))
        close = [role.entry for role in self.roles if role.mention.stretch == mention.stretch]
        holder = any(entry.get("relative") or entry.get("defence") for entry in close)
        return not holder and bool(self.of_kin.search(before))

    def can_be_affected(self, person: Person, kind: str) -> bool:
        """Whether an event of `kind` may be proposed as having happened to `person`: to officials only what is against them."""
        if kind in AGAINST_OFFICIALS:
            return True
        return person not in self.officials or person in self.deputies

    def client_meant(self, part: Stretch) -> list[Person]:
        """`her client` in `part`: whom the last lawyer named there represents; nobody if no such word or lawyer stands there."""
        lawyers = [m.person for m in self.within(part) if m.person in self.clients]
        told = self.lexicon.pattern("clients").search(self.text.text, part.start, part.end)
        return [self.clients[lawyers[-1]]] if lawyers and told else []

    def attributive(self, trigger: Trigger) -> bool:
        """A participle in the long form, not set off by a comma from a name before it."""
        before = self.text.text[max(0, trigger.stretch.start - 2) : trigger.stretch.start]
        if not self.lexicon.get("free-word-order") or trigger.voice != PASSIVE:
            return False
        return "," not in before and bool(re.search(r"(?:ого|ому|ым|им|ый|ий|ую|ой|ої|ій|ых|их)$", self.text.of(trigger.stretch)))

    def officials_in(self, sentence: Stretch, kind: str, elsewhere: Sequence[Stretch] = ()) -> dict[str, list[Person]]:
        """The officials whom the sentence names by their post, in the role that the post has in an event of `kind`."""
        return officials_in(sentence, kind, self.within(sentence), self.roles, self.officials, elsewhere)

    def _core(self, before: list[PersonMention]) -> list[PersonMention]:
        """Without the defence and relatives, unless they are the only ones the clause names."""
        kept = self._without(before, self.lawyers | self.relatives)
        return [m for m in before if m in kept or self._with_kin(m, kept)]

    def _with_kin(self, mention: PersonMention, kept: list[PersonMention]) -> bool:
        """`X and his sister Y were detained`: named beside X as one of those to whom it happened."""
        gaps = (self.text.text[one.stretch.end : mention.stretch.start] for one in kept if one.stretch.end <= mention.stretch.start)
        return mention.person in self.relatives and any(_AND_KIN.fullmatch(gap) for gap in gaps)

    def _without(self, mentions: list[PersonMention], people: set[Person]) -> list[PersonMention]:
        kept = [m for m in mentions if m.person not in people]
        return kept or mentions

    def _in_paragraph(self, person: Person, trigger: Trigger) -> bool:
        return any(m.person == person for m in self.within(self.text.paragraph_at(trigger.stretch.start)))

    def _unique(self, people: list[Person]) -> list[Person]:
        return list(dict.fromkeys(people))
