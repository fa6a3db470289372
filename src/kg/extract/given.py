"""The terms that an event gives, tied to the people of its part of the sentence."""

from __future__ import annotations

import re

from kg.extract.clauses import ACTIVE, NEW_SUBJECT, NOUN, Trigger
from kg.extract.event_draft import EventDraft
from kg.extract.participants import ParticipantReader
from kg.extract.penalties import TermReader
from kg.extract.persons import Person, PersonMention
from kg.extract.sentencing import given_terms
from kg.extract.tokens import Stretch, Text

CARRYING = {"sentence", "sentence-request", "appeal-ruling", "administrative-penalty"}
"""Kinds of event that give terms or ask for them."""


class TermGiver:
    """Gives each event its terms; a weak word such as "got" reports a sentence only with one."""

    def __init__(self, text: Text, participants: ParticipantReader) -> None:
        self.text, self.lexicon, self.participants = text, text.lexicon, participants
        self.terms = TermReader(text)

    def give(
        self, event: EventDraft, trigger: Trigger, sentence: Stretch, triggers: list[Trigger], who: list[Person]
    ) -> list[Person] | None:
        """Add the terms to `event`; whom it happened to after that, or None where without a term nothing happened."""
        who = self._read(event, trigger, self._part(trigger, sentence, triggers), sentence, who)
        if event.outcome in ("upheld", "overturned", "acquitted"):
            event.given = []
        if trigger.kind == "sentence":
            event.given = [given for given in event.given if not self.terms.is_limit(given.term) and given.length.most is None]
        needs_term = trigger.weak or trigger.entry.get("requires-length")
        if trigger.weak and not who and _several_for_nobody(event):
            return None
        if needs_term and (not event.given or self.text.text[trigger.stretch.end :][:1] in (",", ".")):
            return None
        if trigger.kind == "administrative-penalty" and any(given.length.years for given in event.given):
            return None
        if (
            trigger.kind == "sentence"
            and event.given
            and all(g.length.days is not None and not g.length.years for g in event.given)
        ):
            event.kind = "administrative-penalty"
        event.doubts += [given.doubt for given in event.given if given.doubt]
        return list(dict.fromkeys(given.person for given in event.given if given.person)) or who

    def _read(self, event: EventDraft, trigger: Trigger, part: Stretch, sentence: Stretch, who: list[Person]) -> list[Person]:
        """Put the terms of `part` into `event`; `who`, or those of the story of whom there are as many as terms."""
        changed = trigger.kind == "appeal-ruling"
        event.given = given_terms(self.text, self.terms, part, self._eligible(part, trigger, sentence, who), who, changed)
        several = max((len(given.term.lengths) for given in event.given if given.doubt), default=0)
        if several > 1 and not self.participants.within(trigger.clause):  # "had asked for ten, nine and five years respectively"
            who = self.participants.story.of_size(several) or who
            event.given = given_terms(self.text, self.terms, part, [], who)
        asked = [given for given in event.given if given.term.main]
        if trigger.kind == "sentence-request" and not who and len(asked) > 1 and not any(given.person for given in asked):
            who = self.participants.story.of_size(len(asked))  # "had sought 20 years and 16"
            event.given = given_terms(self.text, self.terms, part, [], who) if who else event.given
        return who

    def _eligible(self, part: Stretch, trigger: Trigger, sentence: Stretch, who: list[Person]) -> list[PersonMention]:
        """Those of `part` who can have been given a term, and those whom its words for groups mean."""
        cast = self.participants
        named = [m for m in cast.within(part) if cast.can_be_affected(m.person, trigger.kind) and not cast.beside(m)]
        named = [m for m in named if m.person in who or not (cast.owner(m, trigger.kind) or m.person in cast.lawyers)]
        if trigger.voice == ACTIVE and self.lexicon.get("free-word-order"):  # who gives a term does not get it
            named = [m for m in named if m.stretch.end > trigger.stretch.start or not cast.upright(m)]
        known = {m.person for m in named}
        named += [m for m in cast.group_mentions(trigger.clause if who else part, sentence) if m.person not in known]
        plain = cast.over_who(trigger) is not None or (who and cast.in_relative_clause(trigger))
        if cast.attributive(trigger) or plain:
            named = [m for m in named if m.person in who]
        return sorted(named, key=lambda m: m.stretch)

    def _part(self, trigger: Trigger, sentence: Stretch, triggers: list[Trigger]) -> Stretch:
        """The part of the sentence in which terms belong to this trigger: up to a trigger of another kind that may carry terms."""
        triggers = [
            t
            for t in triggers
            if not (trigger.kind == "sentence-request" and t.kind == "sentence" and (t.weak or t.voice == NOUN))
            or self.apart(trigger, t)
        ]
        left = [t for t in triggers if t.stretch.end <= trigger.stretch.start and t.kind != trigger.kind]
        right = [t for t in triggers if t.stretch.start >= trigger.stretch.end and t.kind in CARRYING and t.kind != trigger.kind]
        start = max([t.clause.end for t in left], default=sentence.start)
        end = min([t.clause.start for t in right], default=sentence.end)
        for other in (t for t in triggers if t.kind == trigger.kind and t is not trigger):  # "...; her husband received two years"
            first, second = sorted((trigger.stretch, other.stretch))
            mark = self.text.text.find(";", first.end, second.start)
            behind = other.stretch.start > trigger.stretch.start
            if behind and self.participants.over_who(other) is not None:
                end = min(end, other.stretch.start)  # "who sentenced A to six years, was sentenced to five"
            if not behind and self.participants.over_who(trigger) is not None:
                start = max(start, trigger.stretch.start)
            if mark >= 0 and behind:
                end = min(end, mark)
            elif mark >= 0:
                start = max(start, mark)
        return Stretch(min(start, trigger.stretch.start), max(end, trigger.stretch.end))

    def apart(self, request: Trigger, verdict: Trigger) -> bool:
        """`asked for nine years; the court gave him seven`: what was asked for and what was given stand in two clauses."""
        if verdict.stretch.start < request.stretch.start:  # "gave her 13 years; the prosecutor had demanded 15"
            return bool(re.search(r"[;—–]", self.text.text[verdict.stretch.end : request.stretch.start]))
        between = self.text.text[request.stretch.end : verdict.stretch.start]
        return not self.lexicon.get("free-word-order") and bool(NEW_SUBJECT.search(between))


def _several_for_nobody(event: EventDraft) -> bool:
    """Two different terms, and nobody whom either is said to be for."""
    lengths = {given.length for given in event.given if given.term.main}
    return len(lengths) > 1 and not any(given.person for given in event.given)
