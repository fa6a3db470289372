"""Events as an article states them: triggers with their people, date, place, body, outcome and penalties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.body_mentions import Bodies, BodyMention
from kg.extract.circumstances import CircumstanceReader
from kg.extract.clauses import ACTIVE, NOUN, PASSIVE, POSSESSED, ClauseReader, Trigger
from kg.extract.dates import DateMention
from kg.extract.event_draft import EventDraft, alike, join
from kg.extract.given import CARRYING, TermGiver
from kg.extract.officials import OFFICIAL_ROLES
from kg.extract.participants import AFFECTED, IN_COURT, ParticipantReader
from kg.extract.persons import Person, PersonMention
from kg.extract.places import PlaceMention
from kg.extract.provisions import ProvisionMention
from kg.extract.sentencing import given_terms
from kg.extract.tokens import Stretch, Text

NEEDS_PERSON = {
    "detention", "rearrest", "release", "release-ruling", "transfer", "custody-ruling", "ill-treatment", "death", "charge-brought",
    "exchange", "sanction-designation", "protest", "accountability-charge", "administrative-penalty",
}  # fmt: skip
"""Kinds that say nothing without a person."""
_BANNED = {"organization", "religious-community", "political-organization", "human-rights-organization", "media-outlet"}
"""Kinds of body that a state bans."""
_PRONOUN_ONLY = re.compile(r"\W*(?:[Tt]hey|[Hh]e|[Ss]he)\s+")
_ADMINISTRATIVE = {"ru-cao", "ua-cao"}
"""Codes under which courts fine and detain for days, and sentence nobody."""
NEAR_WORDS = 30
"""How many words may stand between what happened in court and the sentence that names the officials."""

_AGAINST_OFFICIALS = {"charge-brought": "accountability-charge", "sentence": "accountability-judgment"}
"""What a charge or a verdict against an official is a step of."""


class EventReader:
    """Reads events sentence by sentence, in the order of the text, because pronouns look back."""

    def __init__(
        self, text: Text, people: list[PersonMention], participants: ParticipantReader, bodies: Bodies,
        dates: list[DateMention], places: list[PlaceMention], provisions: list[ProvisionMention],
    ) -> None:  # fmt: skip
        self.text, self.lexicon = text, text.lexicon
        self.people, self.participants, self.bodies = people, participants, bodies
        self.dates = dates
        self.unnamed: EventDraft | None = None  # what the sentence before told without saying of whom
        self.clauses = ClauseReader(text, (m.stretch.end for m in people))
        self.terms = TermGiver(text, participants)
        self.circumstances = CircumstanceReader(text, participants, bodies, self.clauses, dates, places, provisions)

    def read(self) -> list[EventDraft]:
        """All events of the text."""
        events: list[EventDraft] = []
        head: EventDraft | None = None
        for sentence in self.text.sentences:
            unnamed, self.unnamed = self.unnamed, None
            named = list(self._named_after(unnamed, sentence))
            told = named + [event for event in self._sentence(sentence) if not named or event.kind != named[0].kind]
            head = self._head_of_list(sentence) or (head if self._is_item(sentence, head, told) else None)
            if head and not told:
                told = list(self._item(sentence, head))
            bare = [event for event in told if event.kind == "hearing" and not event.date and not event.body]
            if len(told) == len(bare) and events and self._officials_after(self._main(events), sentence):
                told = []  # "The hearing was chaired by judge X": of what the sentence before told
            self._regime_after(events, sentence, told)
            told = [event for event in told if not (events and self._goes_with(events[-1], event))]
            events += told
            self.participants.remember(sentence)
        return events

    def _main(self, events: list[EventDraft]) -> EventDraft:
        """The first event in court of the sentence that told the last one: what a relative clause tells comes behind it."""
        sentence = self.text.sentence_at(events[-1].stretch.start)
        return next((e for e in events if sentence.holds(e.stretch) and e.kind in IN_COURT), events[-1])

    def _head_of_list(self, sentence: Stretch) -> EventDraft | None:
        """`Sentenced on 12 April:`, with a list of names and terms to follow."""
        if not self.text.of(sentence).rstrip().endswith(":"):
            return None
        trigger = next((t for t in self.clauses.triggers(sentence) if t.kind == "sentence"), None)
        if trigger is None:
            return None
        event = EventDraft(trigger.kind, trigger.stretch, f"{self.lexicon.language}:{trigger.kind}:list")
        self.circumstances.add_to(event, trigger, sentence, [])
        self._agent(event, trigger)
        return event

    def _is_item(self, sentence: Stretch, head: EventDraft | None, told: list[EventDraft]) -> bool:
        """Whether a line goes on with the list of `head` without a verb: a name, perhaps after a post, and what its bearer got."""
        named = self.participants.within(sentence)
        if head is None or told or not named:
            return False
        if re.fullmatch(r"[\W\d]{0,6}", self.text.text[sentence.start : named[0].stretch.start]):
            return True
        return len(named) == 1 and bool(re.match(r"\s*[–—:-]\s*\d", self.text.text[named[0].stretch.end : sentence.end]))

    def _item(self, sentence: Stretch, head: EventDraft) -> Iterator[EventDraft]:
        """`- NAME, 14 years of strict-regime colony`: what one got of those whom `head` announces."""
        named = self.participants.within(sentence)[:1]
        given = given_terms(self.text, self.terms.terms, sentence, named, [m.person for m in named])
        if given:
            people = {**head.people, AFFECTED["sentence"]: [m.person for m in named]}
            yield EventDraft(
                "sentence",
                named[0].stretch,
                head.rule,
                people,
                head.date,
                None,
                head.place,
                head.body,
                given=given,
                listed=head.stretch,
            )

    def _goes_with(self, last: EventDraft, event: EventDraft) -> bool:
        """`... to five years. He was also fined`: what comes on top of the sentence just told is a part of it."""
        lead = self.text.text[self.text.sentence_at(event.stretch.start).start : event.stretch.start]
        if last.kind != "sentence" or event.kind != "administrative-penalty" or not re.search(r"\balso\s+$", lead):
            return False
        if not set(event.affected) <= set(last.affected) or event.date:
            return False
        last.given += event.given
        for role, people in event.people.items():
            last.people.setdefault(role, people)
        last.body = last.body or event.body
        return True

    def _named_after(self, event: EventDraft | None, sentence: Stretch) -> Iterator[EventDraft]:
        """`Повідомили про підозру двом працівникам СІЗО. Йдеться про X та Y.`"""
        if event is None or not self.lexicon.pattern("names-follow").match(self.text.text, sentence.start, sentence.end):
            return
        named = [m for m in self.participants.within(sentence) if self.participants.can_be_affected(m.person, event.kind)]
        who = list(dict.fromkeys(m.person for m in named if not self.participants.beside(m)))
        if who and "\n" not in self.text.text[self.text.sentence_at(event.stretch.start).end : sentence.start]:
            event.people[AFFECTED[event.kind]] = who
            event.doubts.append("whom it happened to is told in the next sentence")
            yield event

    def _officials_after(self, event: EventDraft, sentence: Stretch) -> bool:
        """`... was sentenced. The judge was X.`: officials said to have taken part in what the sentence right before told."""
        between = self.text.text[self.text.sentence_at(event.stretch.start).end : sentence.start]
        words = self.text.of(sentence).split()
        label = self.lexicon.get("free-word-order") and len(words) < 8 and {"—", "–", "-"} & set(words)  # "Судья — X."
        said = label or self.lexicon.pattern("participation").search(self.text.of(sentence))
        near = len(between.split()) <= NEAR_WORDS and "\n" not in between
        if event.kind not in IN_COURT or not near or not said:
            return False
        added = False
        for role, people in self.participants.officials_in(sentence, event.kind).items():
            if role not in event.people:
                event.people[role] = people
                event.doubts.append(f"the {role} is named in another sentence")
                added = True
        courts = [body for body in self.bodies.within(sentence) if body.court and not body.anaphor]
        free = self.lexicon.get("free-word-order")
        if event.body is None and len(courts) == 1 and (added or (said and free)):
            event.body, added = courts[0], True
            event.doubts.append("the court is named in another sentence")
        return added

    def _regime_after(self, events: list[EventDraft], sentence: Stretch, told: list[EventDraft]) -> None:
        """`All three are to serve their sentences in a strict-regime colony`: the regime of the terms told right before."""
        last = events[-1] if events else None
        if (
            told
            or last is None
            or last.kind != "sentence"
            or not self.lexicon.pattern("serving-words").search(self.text.of(sentence))
        ):
            return
        between = self.text.text[self.text.sentence_at(last.stretch.start).end : sentence.start]
        named = [r for r in self.lexicon["regimes"] if self.lexicon.pattern(f"regimes.{r}").search(self.text.of(sentence))]
        if len(named) != 1 or "\n" in between or len(between.split()) > NEAR_WORDS or self.participants.within(sentence):
            return
        paragraph = self.text.paragraph_at(sentence.start)
        for event in (e for e in events if e.kind == "sentence" and paragraph.holds(e.stretch)):
            event.given = [
                replace(g, term=replace(g.term, regime=named[0]))
                if g.term.regime is None and g.term.main and g.term.kind is None
                else g
                for g in event.given
            ]

    def _sentence(self, sentence: Stretch) -> Iterator[EventDraft]:
        triggers = _with_fines(self.clauses.triggers(sentence))
        earlier: list[Person] = []
        done: list[EventDraft] = []
        requests = [t for t in triggers if t.kind == "sentence-request"]
        for trigger in triggers:
            if (
                trigger.kind == "sentence"
                and (trigger.weak or trigger.voice == NOUN)
                and any(r.stretch.end <= trigger.stretch.start and not self.terms.apart(r, trigger) for r in requests)
            ):
                continue
            if trigger.kind == "hearing" and any(self._decides(t, trigger) for t in triggers):
                continue
            event = self._event(trigger, sentence, earlier, triggers)
            if event is None:
                continue
            twin = next((e for e in done if e.kind == event.kind and alike(e, event)), None)
            if twin:
                join(twin, event)
            else:
                done.append(event)
            earlier = event.affected or earlier
        yield from done

    def _decides(self, trigger: Trigger, hearing: Trigger) -> bool:
        """`на выездном заседании в колонии приговорил`: what was decided at the hearing, told in its own clause."""
        decided = trigger.kind in IN_COURT and trigger.kind != "hearing" and trigger.voice in (ACTIVE, PASSIVE)
        between = self.text.text[hearing.stretch.end : trigger.stretch.start]
        return decided and hearing.voice == NOUN and bool(between) and not re.search(r"[,;:.–—]", between)

    def _event(self, trigger: Trigger, sentence: Stretch, earlier: list[Person], triggers: list[Trigger]) -> EventDraft | None:
        entry = trigger.entry
        event = EventDraft(trigger.kind, trigger.stretch, f"{self.lexicon.language}:{trigger.kind}:{trigger.voice}")
        event.outcome, event.measure, event.modality = entry.get("outcome"), entry.get("measure"), entry.get("modality")
        if entry.get("body-only"):
            return self._ban(event, trigger, sentence)
        if self._is_mere_mention(trigger):
            return None
        who, doubt = self.participants.affected(trigger, sentence, earlier)
        if trigger.kind in _AGAINST_OFFICIALS and not who:
            who = self._accused_officials(event, trigger, sentence)
        elif trigger.kind == "sentence" and who and set(who) <= self.participants.officials - self.participants.deputies:
            event.kind = _AGAINST_OFFICIALS[trigger.kind]  # "found Judge X guilty and sentenced him"
        if trigger.kind in CARRYING:
            given_to = self.terms.give(event, trigger, sentence, triggers, who)
            if given_to is None:
                return None
            doubt = doubt if given_to == who or set(given_to) < set(who) else None
            who = given_to
        who = self._refine(event, trigger, who)
        elsewhere = [t.clause for t in triggers if t.kind != trigger.kind]
        if not who and trigger.kind in NEEDS_PERSON and trigger.voice in (ACTIVE, PASSIVE):
            self.circumstances.add_to(event, trigger, sentence, elsewhere)
            self.unnamed = event
        if not who and (trigger.kind in NEEDS_PERSON or (trigger.voice == NOUN and trigger.kind not in ("search", "hearing"))):
            return None
        if who and event.kind in AFFECTED:
            event.people[AFFECTED[event.kind]] = list(who)
        event.doubts += [doubt] if doubt else []
        self.circumstances.add_to(event, trigger, sentence, elsewhere)
        if event.kind == "sentence" and event.provisions and all(p.code in _ADMINISTRATIVE for p in event.provisions):
            event.kind = "administrative-penalty"  # "found guilty under Article 20.2 of the Code of Administrative Offences"
        self._agent(event, trigger)
        if trigger.alleged and trigger.kind == "ill-treatment":
            event.modality = "alleged"
        if trigger.kind == "appeal":
            self._appellant(event, trigger)
        self._concern(event, sentence)
        if not self._arrives(event, trigger):
            return None
        return event if self._says_something(event, trigger) else None

    def _is_mere_mention(self, trigger: Trigger) -> bool:
        """`their arrest` without a date beside it, and "they accused her", where no authority does."""
        told = " " in self.text.of(trigger.stretch)  # "their homes were searched", not only "their arrest"
        dated = any(0 <= d.stretch.start - trigger.stretch.end < 25 for d in self.dates)
        lead = self.text.text[trigger.clause.start : trigger.stretch.start]
        by_somebody = trigger.kind == "charge-brought" and trigger.voice == ACTIVE and _PRONOUN_ONLY.fullmatch(lead)
        return (trigger.voice == POSSESSED and not told and not dated) or bool(by_somebody)

    def _accused_officials(self, event: EventDraft, trigger: Trigger, sentence: Stretch) -> list[Person]:
        """A charge or verdict that hits nobody who can be persecuted may hit an official: then it is a step of accountability."""
        kind = _AGAINST_OFFICIALS[trigger.kind]
        if trigger.kind == "sentence":
            accused = self.participants.judged(trigger)
        else:
            accused, _ = self.participants.affected(replace(trigger, entry={"kind": kind}), sentence, [])
        who = [person for person in accused if person in self.participants.officials - self.participants.deputies]
        event.kind = kind if who else event.kind
        return who

    def _refine(self, event: EventDraft, trigger: Trigger, who: list[Person]) -> list[Person]:
        """Kind, outcome and measure as the words around the trigger tell them; whom it can concern then."""
        clause = self.text.of(trigger.clause)
        if trigger.kind == "release" and trigger.voice == ACTIVE and self._by_court(trigger):
            event.kind, event.outcome = "release-ruling", "granted"
        if trigger.kind == "detention" and self._arrest_by_court(trigger):
            event.kind, event.measure = "custody-ruling", "remand"
        if event.measure == "remand" and self.lexicon.pattern("house-arrest").search(clause):
            event.measure = "house-arrest"  # "обрали запобіжний захід – домашній арешт"
        if event.kind == "sentence" and self.lexicon.pattern("on-appeal").search(clause):
            event.kind = "appeal-ruling"  # "at an appeal hearing sentenced X to six years"
        if event.kind == "detention" and self.lexicon.pattern("again").search(clause):
            event.kind = "rearrest"
        if trigger.kind == "accountability-charge" and self.lexicon.pattern("wanted").search(self.text.of(trigger.stretch)):
            return [person for person in who if person in self.participants.officials]
        return who

    def _concern(self, event: EventDraft, sentence: Stretch) -> None:
        """A term asked for or a step of the case told of nobody concerns the one person of the sentence or the story."""
        asked = event.kind == "sentence-request" and event.given
        stepped = event.kind in ("appeal", "hearing") and (event.by or event.people or event.body)
        concerned = self.participants.concerned(sentence, event.by) if not event.affected and (asked or stepped) else []
        if concerned:
            event.people[AFFECTED[event.kind]] = concerned
            event.doubts.append("whose case it is was taken from the sentence or from what was told before")

    def _arrives(self, event: EventDraft, trigger: Trigger) -> bool:
        """Whether a transfer tells where to; in Russian and Ukrainian one without a place (`увезли на допрос`) is none."""
        needed = trigger.entry.get("place-needed")
        if needed and self.lexicon.get("free-word-order") and not (event.to or self._taken_to_prison(trigger)):
            return False
        if needed and event.to is None and event.place is None:
            event.doubts.append("no destination that the registry of places knows")
        return True

    def _agent(self, event: EventDraft, trigger: Trigger) -> None:
        """`She sentenced him to ten years`: whom the sentences right before named acted, in the part that their post has."""
        role = self.participants.acting_official(trigger)
        if role is None or role.role not in OFFICIAL_ROLES or event.kind not in OFFICIAL_ROLES[role.role][1]:
            return
        part = OFFICIAL_ROLES[role.role][0]
        if part not in event.people:
            event.people[part] = [role.person]
            event.doubts.append(f"the {part} is a pronoun, taken to mean {role.person.name}")
            if event.body is None and role.body is not None and role.body.court == (event.kind in IN_COURT):
                event.body = role.body

    def _arrest_by_court(self, trigger: Trigger) -> bool:
        """`Басманный суд заочно арестовал X`, `арестован судом`: a court orders custody, it seizes nobody."""
        arrest = self.lexicon.pattern("court-arrest")
        if not arrest.search(self.text.of(trigger.stretch)):
            return False
        nouns = self.lexicon.pattern("court-words").pattern
        before = self.text.text[trigger.clause.start : trigger.stretch.start]
        after = self.text.text[trigger.stretch.end : trigger.clause.end]
        acts = re.search(rf"{nouns}[^.;:]{{0,60}}$", before) if trigger.voice == ACTIVE else None
        months = re.search(r"(?<!\w)на\s+(?:[\w-]+\s+){0,3}(?:месяц|місяц)", self.text.of(trigger.clause))
        return bool(acts or months or re.match(r"(?:\s+\S+){0,4}?\s+(?:судом|суддею|судьей|судьёй)(?!\w)", after))

    def _taken_to_prison(self, trigger: Trigger) -> bool:
        return bool(self.lexicon.pattern("prison-words").search(self.text.of(trigger.clause)))

    def _by_court(self, trigger: Trigger) -> bool:
        """`the court, which released X`: a court right before the verb."""
        return any(b.court and 0 <= trigger.stretch.start - b.stretch.end < 40 for b in self.bodies.mentions)

    def _says_something(self, event: EventDraft, trigger: Trigger) -> bool:
        if event.kind == "sentence" and trigger.voice == NOUN and not (event.given or event.date or event.body):
            return False  # "after the verdict against X": told elsewhere
        if event.kind in ("sentence", "sentence-request"):
            return bool(event.affected or event.given or (event.date and event.body) or (event.date and event.people))
        if event.kind == "hearing" and trigger.voice == NOUN:
            return bool(event.date or (event.body and event.people) or set(event.people) - {AFFECTED["hearing"]})
        if event.kind == "hearing":
            return bool(event.people or (event.body and event.date))
        if event.kind in ("search", "appeal-ruling", "release-ruling", "appeal"):
            return bool(event.people or event.body or event.date)
        return True

    def _appellant(self, event: EventDraft, trigger: Trigger) -> None:
        before = [m.person for m in self.participants.within(Stretch(trigger.clause.start, trigger.stretch.start))]
        if before:
            event.by = before[-1:]
            if before[-1] in self.participants.lawyers:
                event.people = {role: [p for p in people if p != before[-1]] for role, people in event.people.items()}
                event.people = {role: people for role, people in event.people.items() if people}
                event.people["lawyer"] = before[-1:]
            if before[-1] in event.affected and len(event.affected) > 1:
                event.people["defendant"] = [person for person in event.affected if person != before[-1]]

    def _ban(self, event: EventDraft, trigger: Trigger, sentence: Stretch) -> EventDraft | None:
        body = self._banned(trigger, sentence)
        if body is None:
            return None
        event.about = [body]
        if body.anaphor:
            event.doubts.append("the organisation is only pointed to; its name stands elsewhere in the article")
        event.date = self.circumstances.date(trigger, sentence)
        near = self.text.text[max(sentence.start, trigger.stretch.start - 20) : trigger.stretch.start]
        told = trigger.voice == ACTIVE or re.search(rf"{self.lexicon.pattern('told-auxiliaries').pattern}\s+(?:\w+\s+)?$", near)
        return event if event.date or told else None  # "the organization, banned in Russia": a state, not what happened

    def _banned(self, trigger: Trigger, sentence: Stretch) -> BodyMention | None:
        """The organisation before a passive and after an active verb."""
        if trigger.voice == ACTIVE:
            behind = [b for b in self.bodies.within(trigger.clause) if b.stretch.end > trigger.stretch.start and b.kind in _BANNED]
            return behind[0] if behind else None
        before = [b for b in self.bodies.within(sentence) if b.stretch.end <= trigger.stretch.start and b.kind in _BANNED]
        # "Crimean Solidarity said ... for the group, which was banned" is about another group.
        return before[-1] if before and not self._pointed_past(before[-1], trigger) else None

    def _pointed_past(self, body: BodyMention, trigger: Trigger) -> bool:
        """Whether a word that points to some other body stands between `body` and what was done to it."""
        between = Stretch(body.stretch.end, trigger.stretch.start)
        pointers = self.lexicon.pattern("body-pronouns").finditer(self.text.text, between.start, between.end)
        return any(" " in match[0] for match in pointers)


def _with_fines(triggers: list[Trigger]) -> list[Trigger]:
    """`5 years in prison and a fine of 100,000 on 3 May`: the fine is a part of the sentence, whose clause goes on behind it."""
    kept: list[Trigger] = []
    for trigger in triggers:
        verdict = any(t.kind == "sentence" for t in kept)
        if trigger.kind == "administrative-penalty" and trigger.voice == NOUN and verdict:
            kept[-1] = replace(kept[-1], clause=Stretch(kept[-1].clause.start, trigger.clause.end))
        else:
            kept.append(trigger)
    return kept
