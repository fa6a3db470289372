"""Who took part in an event and in which role: grammar of the clause first, then who else the sentence points to."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract.cast import AGAINST_OFFICIALS
from kg.extract.clauses import ACTIVE, NOUN, PASSIVE, POSSESSED, SELF, Trigger
from kg.extract.lexicon import phrase_source
from kg.extract.name_rows import joined_to_first, joined_to_last
from kg.extract.nominatives import stands_upright
from kg.extract.officials import IN_COURT, OFFICIAL_ROLES
from kg.extract.persons import Person, PersonMention
from kg.extract.pointers import Pointers
from kg.extract.role_mentions import RoleMention
from kg.extract.tokens import Stretch

AFFECTED = {
    "search": "searched-person",
    "detention": "detainee",
    **dict.fromkeys(("charge-brought", "custody-ruling", "hearing", "sentence-request", "sentence"), "defendant"),
    **dict.fromkeys(("appeal", "appeal-ruling", "administrative-penalty"), "defendant"),
    **dict.fromkeys(("release-ruling", "release", "rearrest", "transfer", "imprisonment"), "prisoner"),
    **dict.fromkeys(("health-finding", "exchange", "protest"), "prisoner"),
    "ill-treatment": "victim",
    "death": "deceased",
    "sanction-designation": "designee",
    "accountability-charge": "accused",
    "accountability-judgment": "accused",
}
"""The role of the person an event happens to, by kind of event."""
_WITH_OBJECT = {
    "detention", "rearrest", "sentence", "custody-ruling", "charge-brought", "ill-treatment", "release", "transfer", "exchange",
    "sentence-request", "administrative-penalty", "sanction-designation", "accountability-charge",
}  # fmt: skip
"""Kinds whose active verbs have as their object whom the event happens to."""
_HE_OR_SHE = re.compile(r"(?:^|\W)(he|she)\s+(?:(?:\w+ly|also|then|later|again|himself|herself|has|had)\s+){0,2}$", re.IGNORECASE)
_TOLD_BY_NUMBER = {"sentence", "detention", "search", "custody-ruling", "appeal-ruling", "charge-brought"}
"""Kinds of event that a first paragraph tells of a number of people."""
_WHOM = re.compile(r"\W*(?:котор(?:ого|ую|ых)|як(?:ого|у|их))(?!\w)")
_OVER_WHO = re.compile(r",\s+(?:who|whom|whose)\s[^,;:]+,\s+(?:(?:was|were|has|had|been|later|also|then|\w+ly)\s+)*")
_ASIDE = re.compile(r",\s+(?:\w{1,3}\s+)?(?:котор|як)\w+\s[^,;:]+,[^,;:]{0,60}")
"""Between a name and the clause that goes on about its bearer: `, яка відбуває покарання, `."""
_NESTED = re.compile(r",\s+(?:[а-яёіїєґ][\w’'-]*\s+){3,8}")
"""Between a name and another in the title of who bears the first."""
_REASON = re.compile(
    r"(?<!\w)(?:over|because of|in connection with|responsible for|involved in|complicit in|role in|for (?:the|their|his))(?!\w)"
)
"""Before a name: what the measure is about."""
_AGAINST_LAWYERS = {"detention", "search", "sentence", "custody-ruling", "charge-brought", "rearrest", "administrative-penalty"}
"""Kinds of event after which a lawyer counts as persecuted too, whatever else they do in the article."""


class ParticipantReader(Pointers):
    """Finds the people of an event; remembers them for the sentences that follow."""

    def affected(self, trigger: Trigger, sentence: Stretch, earlier: list[Person]) -> tuple[list[Person], str | None]:
        """Who the event happened to, and why that needs a look (None: the clause names them)."""
        subject = self.over_who(trigger)
        if subject is not None and not self.can_be_affected(subject.person, trigger.kind):
            return [], None
        found = [subject.person] if subject is not None else self._in_clause(trigger)
        doubt = next((m.doubt for m in self.within(trigger.clause) if m.person in found and m.doubt), None)
        if (
            trigger.voice == SELF
            and self.lexicon.get("free-word-order")
            and self.counted.follows(trigger.stretch.end, trigger.clause.end)
        ):
            return [], None  # "за её словами, померли 19 цивільних"
        if not found:
            found, doubt = self.pointed(trigger, sentence, earlier)
        counted = self.counted.meant(trigger.clause) if not found and trigger.kind in _TOLD_BY_NUMBER else None
        if counted:
            found, doubt = counted[1], f"'{counted[0]}' was taken to mean those named together elsewhere"
        if trigger.kind in _AGAINST_LAWYERS and doubt is None:
            self.lawyers -= set(found)  # what happened to a lawyer is told as of anybody
        self.story.tell(found)
        return found, doubt

    def judged(self, trigger: Trigger) -> list[Person]:
        """Officials of whom the clause itself says that they were sentenced; never those who may have passed the sentence."""
        if trigger.voice not in (ACTIVE, PASSIVE) or self.in_relative_clause(trigger):
            return []
        over = self.over_who(trigger)
        if over is not None:
            return [over.person]
        told = self._in_clause(replace(trigger, entry={**trigger.entry, "kind": "accountability-judgment"}))
        return self._unique(
            [m.person for m in self.within(trigger.clause) if m.person in told and self._plainly_judged(trigger, m)]
        )

    def over_who(self, trigger: Trigger) -> PersonMention | None:
        """`X, who had written about Y, was jailed`: the subject, where a relative clause with another name comes between."""
        if self.lexicon.get("free-word-order") or trigger.voice not in (PASSIVE, SELF):
            return None
        sentence = self.text.sentence_at(trigger.stretch.start)
        named = self.within(Stretch(sentence.start, trigger.stretch.start))
        over = (m for m in named[:-1] if _OVER_WHO.fullmatch(self.text.text, m.stretch.end, trigger.stretch.start))
        return next(over, None)

    def _plainly_judged(self, trigger: Trigger, mention: PersonMention) -> bool:
        """Right beside the verb: its object, or the subject of a passive."""
        before = self.text.text[mention.stretch.end : max(mention.stretch.end, trigger.stretch.start)]
        after = self.text.text[trigger.stretch.end : max(trigger.stretch.end, mention.stretch.start)]
        behind = mention.stretch.start >= trigger.stretch.start
        if trigger.voice == PASSIVE:
            helping = "|".join(self.lexicon.pattern(section).pattern for section in ("perfect", "auxiliaries"))
            return not behind and bool(re.fullmatch(rf"\s+(?:(?:{helping})\s+)*(?:[\w-]+\s+)?", before))
        if not self.lexicon.get("free-word-order"):
            inside = trigger.stretch.holds(mention.stretch)  # "sentenced judge X to"
            return inside or (behind and bool(re.fullmatch(r"\s+(?:[\w-]+\s+){0,5}", after)))
        near = re.fullmatch(r"(?:\s+(?:[\w-]+\s+){0,5})?", after) if behind else re.fullmatch(r"\s+(?:[\w-]+\s+){0,2}", before)
        by_nobody = behind or self.text.of(trigger.stretch).endswith("ли")  # "судью Петрова приговорили"
        return near is not None and by_nobody and self._oblique(mention)

    def acting_official(self, trigger: Trigger) -> RoleMention | None:
        """The official whom `he` or `she` before an active verb means: the last one that the sentences right before name."""
        lead = self.text.text[trigger.clause.start : trigger.stretch.start]
        said = _HE_OR_SHE.search(lead) if trigger.voice == ACTIVE and not self.lexicon.get("free-word-order") else None
        if said is None:
            return None
        sentence = self.text.sentence_at(trigger.stretch.start)
        near = [m for m in self.within(self.text.paragraph_at(trigger.stretch.start)) if m.stretch.end <= sentence.start]
        person = next((m.person for m in reversed(near) if self.story.one(said[1].lower(), [m.person])), None)
        if person is None or person not in self.officials:
            return None
        return next((role for role in self.roles if role.person == person and role.role in OFFICIAL_ROLES), None)

    def concerned(self, sentence: Stretch, apart: list[Person]) -> list[Person]:
        """The one person of the sentence, or of the story so far, whom a step of the case concerns; nobody if there are several."""
        aside = self.lawyers | self.relatives | set(apart)
        named = self._unique(
            [m.person for m in self.within(sentence) if self.can_be_affected(m.person, "") and m.person not in aside]
        )
        people = named or [person for person in self.story.affected if person not in aside]
        return people if len(people) == 1 else []

    def remember(self, sentence: Stretch) -> None:
        """After a sentence: the people it named are those a pronoun may mean next."""
        aside = self.lawyers | self.relatives | (self.ranked - set(self.story.everyone))
        named = self._unique(
            [m.person for m in self.within(sentence) if self.can_be_affected(m.person, "") and m.person not in aside]
        )
        if self.lexicon.get("free-word-order"):
            named = self._without_nested(sentence, named)
        if not named and not self.story.everyone and self.lexicon.get("free-word-order"):
            named = [m.person for m in self.within(sentence) if m.person in self.lawyers]  # lawyers are persecuted too
        if not self._goes_on(sentence, named):
            self.story.tell(self._unique(named))

    def _without_nested(self, sentence: Stretch, people: list[Person]) -> list[Person]:
        """`дело X, экс-главы штаба политика Y`: Y only says what X was."""
        mentions = self.within(sentence)
        nested = {
            right.person
            for left, right in pairwise(mentions)
            if _NESTED.fullmatch(self.text.text[left.stretch.end : right.stretch.start])
        }
        return [person for person in people if person not in nested] or people

    def _goes_on(self, sentence: Stretch, named: list[Person]) -> bool:
        """`He had struck a passer-by, NAME`: the sentence goes on about whom it calls "he", and so may the next."""
        first = next((m for m in self.within(sentence) if m.person in named), None)
        if first is None or first.person in self.story.everyone or self.lexicon.get("free-word-order"):
            return False
        pronoun = self.lexicon.pattern("speaking-pronouns").search(self.text.text, sentence.start, first.stretch.start)
        return pronoun is not None and len(self.story.one(pronoun[0], self.story.affected)) == 1

    def _in_clause(self, trigger: Trigger) -> list[Person]:
        inside = [m for m in self.within(trigger.clause) if self.can_be_affected(m.person, trigger.kind)]
        told = re.search(r"(?:being|having been)\s+$", self.text.text[: trigger.stretch.start][-14:])  # "X reported being beaten"
        inside = [m for m in inside if not self.owner(m, trigger.kind)]
        acting = trigger.kind == "protest"  # "X declared a hunger strike" is no verb of saying
        inside = [m for m in inside if told or acting or trigger.kind in AGAINST_OFFICIALS or not self.beside(m)]
        if trigger.kind == "sanction-designation":
            inside = [m for m in inside if not self._reason_for(trigger, m)]
        before = [m for m in inside if m.stretch.end <= trigger.stretch.start]
        if before and self._of_somebodys_kin(replace(trigger, clause=Stretch(before[-1].stretch.end, trigger.clause.end))):
            before = []  # "X said her husband was arrested"
        after = [m for m in inside if m.stretch.end > trigger.stretch.start]
        free = self.lexicon.get("free-word-order", False)
        if trigger.voice == PASSIVE and after and self._inverted(trigger, after[0]):
            chosen = after  # "Also designated are X and Y", "Among those detained were X and Y"
        elif trigger.voice == PASSIVE and after and self.attributive(trigger):
            chosen = after[:1]  # "супруга осужденного на 16 лет X": the participle belongs to the name that follows
        elif trigger.voice == PASSIVE:
            chosen = self._agreeing(trigger, self._core(before) or (after if free else []))
        elif trigger.voice == SELF:
            chosen = joined_to_last(self.text, before) or (joined_to_first(self.text, after) if free else [])
        elif trigger.voice == POSSESSED:
            chosen = [
                m
                for m in before[-1:]
                if re.fullmatch(r"[’'ʼ]s?\s+(?:[\w-]+\s+){0,2}", self.text.text[m.stretch.end : trigger.stretch.start])
            ]
        elif trigger.voice == NOUN:
            aside = self.lawyers | self.relatives  # "his lawyer X, who was present at the hearing"
            about = [m for m in before if m.person not in aside] if trigger.kind in ("hearing", "sentence") else []
            chosen = self._next(after, trigger) or about
            if not chosen and trigger.kind == "search" and free:
                first = next((at for at, m in enumerate(before) if self._visited(m)), len(before))
                chosen = joined_to_first(self.text, before[first:])
        else:
            near = self.text.text[max(trigger.clause.start, trigger.stretch.start - 25) : trigger.stretch.start]
            pointed = free and re.search(rf"{self.lexicon.pattern('object-pronouns').pattern}\s+(?:[\w’'-]+\s+)?$", near)
            pointed = pointed or (free and self._object_pronoun(trigger) and not after)
            lead = self.text.text[trigger.clause.start : trigger.stretch.start].lower()
            pointed = pointed or (
                free and _WHOM.match(lead) is not None and "," not in lead.strip(" ,")
            )  # "X, которого обменяли в мае, Y держали в подвале"
            if free and trigger.kind in _WITH_OBJECT:
                before, after = ([m for m in part if not self.upright(m)] for part in (before, after))
            pointed = pointed or (not after and self.counted.follows(trigger.stretch.end, trigger.clause.end))
            chosen = [] if pointed else after or (before if free else [])
            if free and not (before or after or pointed):
                chosen = self._before_an_aside(trigger)
            if free and before and after and self._object_before(before, trigger):
                chosen = before  # "Ветрова схватили 3 мая, Халилова — днём позже"
            if not free and self._object_pronoun(trigger):
                chosen = []
        return self._unique([m.person for m in chosen])

    def _object_before(self, before: list[PersonMention], trigger: Trigger) -> bool:
        """Whether the last name before an active verb stands right before it, in a case that a subject does not have."""
        last = before[-1]
        gap = self.text.text[last.stretch.end : trigger.stretch.start]
        return self._oblique(last) and "," not in gap and len(gap.split()) <= 2

    def _before_an_aside(self, trigger: Trigger) -> list[PersonMention]:
        """`Олега X, якому відмовили в операції, 9 березня перевезли`: whom the clause goes on about behind a relative one."""
        sentence = self.text.sentence_at(trigger.stretch.start)
        named = [
            m for m in self.within(Stretch(sentence.start, trigger.clause.start)) if self.can_be_affected(m.person, trigger.kind)
        ]
        gap = self.text.text[named[-1].stretch.end : trigger.stretch.start] if named else ""
        return named[-1:] if named and _ASIDE.fullmatch(gap) and self._oblique(named[-1]) else []

    def _oblique(self, mention: PersonMention) -> bool:
        """Whether a Russian or Ukrainian name shows that it is not in the nominative."""
        person = mention.person
        return stands_upright(self.text.of(mention.stretch), person.name, person.female, self.lexicon.language) is False

    def _visited(self, mention: PersonMention) -> bool:
        """`К пенсионеру X с обыском пришли`, `у X пройшов обшук`."""
        before = self.text.text[max(0, mention.stretch.start - 60) : mention.stretch.start]
        return bool(re.search(r"(?<!\w)(?:[Кк]о?|[Дд]о|[Уу])\s+(?:[а-яіїєґ’'-]+\s+){0,4}$", before))

    def _reason_for(self, trigger: Trigger, mention: PersonMention) -> bool:
        """`sanctioned six judges over the jailing of X`: X is why, not who."""
        between = self.text.text[trigger.stretch.end : max(trigger.stretch.end, mention.stretch.start)]
        return not self.lexicon.get("free-word-order") and bool(_REASON.search(between))

    def _inverted(self, trigger: Trigger, first: PersonMention) -> bool:
        gap = self.text.text[trigger.stretch.end : first.stretch.start]
        copulas = phrase_source(self.lexicon.get("inverting-copulas") or [])
        return bool(copulas) and bool(re.match(rf"[^,.;:]{{0,40}}?\s{copulas}\s[^,.;:]{{0,60}}$", gap))

    def _agreeing(self, trigger: Trigger, mentions: list[PersonMention]) -> list[PersonMention]:
        """Those of the sex that a Russian or Ukrainian participle in the singular tells: `осуждена`, `засуджений`."""
        word = self.text.of(trigger.stretch).split()[-1].lower() if self.lexicon.get("free-word-order") else ""
        female = (
            True if word.endswith(("ена", "ана", "ята")) else False if word.endswith(("ен", "ан", "ят", "ений", "аний")) else None
        )
        return [m for m in mentions if female is None or m.person.female in (female, None)] or mentions

    def _next(self, after: list[PersonMention], trigger: Trigger) -> list[PersonMention]:
        gap = self.text.text[trigger.stretch.end : after[0].stretch.start] if after else ","
        told = self.lexicon.pattern("say-verbs").search(gap) or self.lexicon.pattern("auxiliaries").search(gap)
        if trigger.kind == "death" and (told or len(gap.split()) > 4):
            return []  # "the death became known from her lawyer X"
        apart = re.search(r"[,.;:]", gap) or len(gap) > (160 if trigger.kind == "hearing" else 100)
        return [] if apart or not after else joined_to_first(self.text, after)


__all__ = ["ACTIVE", "AFFECTED", "AGAINST_OFFICIALS", "IN_COURT", "OFFICIAL_ROLES", "ParticipantReader"]
