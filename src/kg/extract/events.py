"""Events as an article states them: triggers with their people, date, place, body, outcome and penalties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.extract.bodies import Bodies, BodyMention
from kg.extract.clauses import ACTIVE, NOUN, POSSESSED, ClauseReader, Trigger
from kg.extract.dates import DateMention
from kg.extract.lexicon import phrase_source
from kg.extract.names import Person, PersonMention
from kg.extract.participants import AFFECTED, IN_COURT, ParticipantReader
from kg.extract.penalties import TermReader
from kg.extract.places import PlaceMention
from kg.extract.provisions import ProvisionMention
from kg.extract.sentencing import Given, given_terms
from kg.extract.tokens import Stretch, Text
from kg.records import Provision

NEEDS_PERSON = {
    "detention", "rearrest", "release", "release-ruling", "transfer", "custody-ruling", "ill-treatment", "death", "charge-brought",
    "exchange", "sanction-designation", "protest", "accountability-charge", "administrative-penalty",
}  # fmt: skip
"""Kinds that say nothing without a person."""
NEAR_WORDS = 30
"""How many words may stand between what happened in court and the sentence that names the officials."""


@dataclass
class EventDraft:
    """One event as one sentence tells it."""

    kind: str
    stretch: Stretch
    rule: str
    people: dict[str, list[Person]] = field(default_factory=dict)
    date: DateMention | None = None
    until: DateMention | None = None
    place: PlaceMention | None = None
    body: BodyMention | None = None
    to: PlaceMention | None = None
    given: list[Given] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    outcome: str | None = None
    measure: str | None = None
    modality: str | None = None
    diagnoses: list[str] = field(default_factory=list)
    text: str | None = None
    about: list[Person | BodyMention] = field(default_factory=list)
    by: list[Person] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def affected(self) -> list[Person]:
        """The people the event happened to."""
        return self.people.get(AFFECTED.get(self.kind, ""), [])


class EventReader:
    """Reads events sentence by sentence, in the order of the text, because pronouns look back."""

    def __init__(
        self, text: Text, people: list[PersonMention], participants: ParticipantReader, bodies: Bodies,
        dates: list[DateMention], places: list[PlaceMention], provisions: list[ProvisionMention],
    ) -> None:  # fmt: skip
        self.text, self.lexicon = text, text.lexicon
        self.people, self.participants, self.bodies = people, participants, bodies
        self.dates, self.places, self.provisions = dates, places, provisions
        self.clauses, self.terms = ClauseReader(text), TermReader(text)

    def read(self) -> list[EventDraft]:
        """All events of the text."""
        events: list[EventDraft] = []
        for sentence in self.text.sentences:
            told = list(self._sentence(sentence))
            bare = [event for event in told if event.kind == "hearing" and not event.date and not event.body]
            if len(told) == len(bare) and events and self._officials_after(events[-1], sentence):
                told = []  # "The hearing was chaired by judge X": of what the sentence before told
            self._regime_after(events, sentence, told)
            events += told
            self.participants.remember(sentence)
        return events

    def _officials_after(self, event: EventDraft, sentence: Stretch) -> bool:
        """`... was sentenced. The judge was X.`: officials said to have taken part in what the sentence right before told."""
        between = self.text.text[self.text.sentence_at(event.stretch.start).end : sentence.start]
        said = self.lexicon.pattern("participation").search(self.text.of(sentence))
        near = len(between.split()) <= NEAR_WORDS and "\n" not in between
        if event.kind not in IN_COURT or not near or not said:
            return False
        added = False
        for role, people in self.participants.officials_in(sentence, event.kind).items():
            if role not in event.people:
                event.people[role] = people
                event.doubts.append(f"the {role} is named in another sentence")
                added = True
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
        triggers = self.clauses.triggers(sentence)
        # "5 years in prison and a fine of 100,000": the fine is a part of the sentence.
        verdict = min((t.stretch.end for t in triggers if t.kind == "sentence" and not t.weak), default=sentence.end)
        triggers = [t for t in triggers if t.kind != "administrative-penalty" or t.voice != NOUN or t.stretch.start < verdict]
        earlier: list[Person] = []
        done: list[EventDraft] = []
        requests = [t for t in triggers if t.kind == "sentence-request"]
        for trigger in triggers:
            if (
                trigger.kind == "sentence"
                and (trigger.weak or trigger.voice == NOUN)
                and any(r.stretch.end <= trigger.stretch.start for r in requests)
            ):
                continue
            event = self._event(trigger, sentence, earlier, triggers)
            if event is None:
                continue
            twin = next((e for e in done if e.kind == event.kind and _alike(e, event)), None)
            if twin:
                _join(twin, event)
            else:
                done.append(event)
            earlier = event.affected or earlier
        yield from done

    def _event(self, trigger: Trigger, sentence: Stretch, earlier: list[Person], triggers: list[Trigger]) -> EventDraft | None:
        entry = trigger.entry
        event = EventDraft(trigger.kind, trigger.stretch, f"{self.lexicon.language}:{trigger.kind}:{trigger.voice}")
        event.outcome, event.measure, event.modality = entry.get("outcome"), entry.get("measure"), entry.get("modality")
        if entry.get("body-only"):
            return self._ban(event, trigger, sentence)
        if trigger.voice == POSSESSED and not any(0 <= d.stretch.start - trigger.stretch.end < 25 for d in self.dates):
            return None
        who, doubt = self.participants.affected(trigger, sentence, earlier)
        if trigger.kind == "charge-brought" and not who:
            accused, _ = self.participants.affected(replace(trigger, entry={"kind": "accountability-charge"}), sentence, [])
            who = [person for person in accused if person in self.participants.officials]
            event.kind = "accountability-charge" if who else event.kind
        if trigger.kind in ("sentence", "sentence-request", "appeal-ruling", "administrative-penalty"):
            part = self._penalty_part(trigger, sentence, triggers)
            eligible = [
                m
                for m in self.participants.within(part)
                if self.participants.can_be_affected(m.person, trigger.kind) and not self.participants.beside(m)
            ]
            eligible = [m for m in eligible if m.person not in self.participants.lawyers or m.person in who]
            named_too = {m.person for m in eligible}
            eligible += [m for m in self.participants.group_mentions(part, sentence) if m.person not in named_too]
            eligible.sort(key=lambda m: m.stretch)
            if self.participants.attributive(trigger):
                eligible = [m for m in eligible if m.person in who]
            event.given = given_terms(self.text, self.terms, part, eligible, who, trigger.kind == "appeal-ruling")
            if trigger.kind == "appeal-ruling" and event.outcome == "upheld":
                event.given = []
            if trigger.kind == "sentence":
                event.given = [given for given in event.given if not self.terms.is_limit(given.term)]
            if (trigger.weak or entry.get("requires-length")) and (
                not event.given or self.text.text[trigger.stretch.end :][:1] in (",", ".")
            ):
                return None
            if event.given and any(given.person for given in event.given):
                named = list(dict.fromkeys(g.person for g in event.given if g.person))
                doubt = doubt if set(named) <= set(who) and doubt else None
                who = named + [person for person in who if person not in named and trigger.kind == "sentence" and not event.given]
            if trigger.kind == "administrative-penalty" and any(g.length.years for g in event.given):
                return None
            event.doubts += [given.doubt for given in event.given if given.doubt]
            if (
                trigger.kind == "sentence"
                and all(g.length.days is not None and not g.length.years for g in event.given)
                and event.given
            ):
                event.kind = "administrative-penalty"
        if trigger.kind == "release" and trigger.voice == ACTIVE and self._by_court(trigger):
            event.kind, event.outcome = "release-ruling", "granted"
        if trigger.kind == "detention" and self.lexicon.pattern("again").search(self.text.of(trigger.clause)):
            event.kind = "rearrest"
        if not who and (trigger.kind in NEEDS_PERSON or (trigger.voice == NOUN and trigger.kind not in ("search", "hearing"))):
            return None
        if who and trigger.kind in AFFECTED:
            event.people[AFFECTED[event.kind]] = list(who)
        if doubt:
            event.doubts.append(doubt)
        self._circumstances(event, trigger, sentence, [t.clause for t in triggers if t.kind != trigger.kind])
        if trigger.alleged and trigger.kind in ("ill-treatment",):
            event.modality = "alleged"
        if trigger.kind == "appeal":
            self._appellant(event, trigger)
        asked = event.kind == "sentence-request" and event.given
        stepped = event.kind in ("appeal", "hearing") and (event.by or event.people or event.body)
        if not event.affected and (asked or stepped):
            concerned = self.participants.concerned(sentence, event.by)
            if concerned:
                event.people[AFFECTED[event.kind]] = concerned
                event.doubts.append("whose case it is was taken from the sentence or from what was told before")
        if entry.get("place-needed") and event.to is None and event.place is None:
            event.doubts.append("no destination that the registry of places knows")
        return event if self._says_something(event, trigger) else None

    def _by_court(self, trigger: Trigger) -> bool:
        """`the court, which released X`: a court right before the verb."""
        return any(b.court and 0 <= trigger.stretch.start - b.stretch.end < 40 for b in self.bodies.mentions)

    def _says_something(self, event: EventDraft, trigger: Trigger) -> bool:
        if event.kind == "sentence" and trigger.voice == NOUN and not (event.given or event.date or event.body):
            return False  # "after the verdict against X": told elsewhere
        if event.kind in ("sentence", "sentence-request"):
            return bool(event.affected or event.given or (event.date and event.body) or (event.date and event.people))
        if event.kind == "hearing":
            return bool(event.people or (event.body and event.date))
        if event.kind in ("search", "appeal-ruling", "release-ruling", "appeal"):
            return bool(event.people or event.body or event.date)
        return True

    def _penalty_part(self, trigger: Trigger, sentence: Stretch, triggers: list[Trigger]) -> Stretch:
        """The part of the sentence in which terms belong to this trigger: up to a trigger of another kind that may carry terms."""
        carrying = {"sentence", "sentence-request", "appeal-ruling", "administrative-penalty"}
        triggers = [
            t for t in triggers if not (trigger.kind == "sentence-request" and t.kind == "sentence" and (t.weak or t.voice == NOUN))
        ]
        left = [t for t in triggers if t.stretch.end <= trigger.stretch.start and t.kind != trigger.kind]
        right = [t for t in triggers if t.stretch.start >= trigger.stretch.end and t.kind in carrying and t.kind != trigger.kind]
        start = max([t.clause.end for t in left], default=sentence.start)
        end = min([t.clause.start for t in right], default=sentence.end)
        return Stretch(min(start, trigger.stretch.start), max(end, trigger.stretch.end))

    def _circumstances(self, event: EventDraft, trigger: Trigger, sentence: Stretch, elsewhere: list[Stretch]) -> None:
        event.date = self._date(trigger, sentence)
        if event.date and event.date.doubt:
            event.doubts.append(event.date.doubt)
        if event.kind == "custody-ruling":
            event.until = next(
                (
                    d
                    for d in self.dates
                    if d.use == "until" and sentence.holds(d.stretch) and d.stretch.start > trigger.stretch.start
                ),
                None,
            )
        event.body, doubt = self._body(event, trigger, sentence)
        if doubt:
            event.doubts.append(doubt)
        places = [p for p in self.places if trigger.clause.holds(p.stretch) and not self._in_name(p)]
        if event.kind == "transfer":
            event.to = self._destination(trigger, places)
        elif event.kind in ("search", "detention", "rearrest", "death", "ill-treatment", "protest"):
            event.place = next((p for p in places if self._locates(p)), None)
            nearby = {p.key: p for p in self.places if sentence.holds(p.stretch) and not self._in_name(p) and self._locates(p)}
            if event.place is None and len(nearby) == 1 and self._beside_search(trigger, next(iter(nearby.values())), sentence):
                event.place = next(iter(nearby.values()))
                event.doubts.append("the place stands in another clause")
        if event.kind in ("sentence", "charge-brought", "administrative-penalty", "accountability-charge"):
            own = [p for p in self.provisions if trigger.clause.holds(p.stretch)]
            event.provisions = [p.provision for p in own or [p for p in self.provisions if sentence.holds(p.stretch)]]
        for role, people in self.participants.officials_in(sentence, event.kind, elsewhere).items():
            event.people.setdefault(role, [])
            event.people[role] += [person for person in people if person not in event.affected]
        if event.kind in IN_COURT and self.lexicon.pattern("presence").search(self.text.of(sentence)):
            event.people["lawyer"] = [m.person for m in self.participants.within(sentence) if m.person in self.participants.lawyers]
        event.people = {role: list(dict.fromkeys(people)) for role, people in event.people.items() if people}

    def _date(self, trigger: Trigger, sentence: Stretch) -> DateMention | None:
        usable = [
            d
            for d in self.dates
            if d.use in ("on", "since") and sentence.holds(d.stretch) and not self.text.in_speech(d.stretch.start)
        ]
        if self.lexicon.pattern("serving").search(self.text.of(trigger.stretch)):
            return None  # the date of a term being served is that of something else
        usable = [d for d in usable if d.use == "on" or trigger.kind in ("detention", "rearrest", "custody-ruling", "ban")]
        own = [d for d in usable if trigger.clause.holds(d.stretch)]
        if own:
            behind = [d for d in own if d.stretch.start >= trigger.stretch.end]
            ahead = [d for d in own if d.stretch.end <= trigger.stretch.start]
            close = (
                behind[:1]
                if behind
                and (not ahead or behind[0].stretch.start - trigger.stretch.end < trigger.stretch.start - ahead[-1].stretch.end)
                else ahead[-1:]
            )
            return (close or own)[0]
        opening = [d for d in usable if d.stretch.end <= trigger.stretch.start and self._opens(d, sentence)]
        if opening or trigger.kind not in ("search", "detention"):
            return opening[0] if opening else None
        # A search and the detention that follows it are told with one date.
        return usable[0] if len(usable) == 1 and self._beside_search(trigger, usable[0], sentence) else None

    def _beside_search(self, trigger: Trigger, date: DateMention | PlaceMention, sentence: Stretch) -> bool:
        others = [t for t in self.clauses.triggers(sentence) if t.clause.holds(date.stretch)]
        return bool(others) and {t.kind for t in others} <= {"search", "detention"}

    def _opens(self, date: DateMention, sentence: Stretch) -> bool:
        """A date at the beginning of the sentence holds for all that it tells."""
        return len(self.text.text[sentence.start : date.stretch.start].split()) <= 4

    def _body(self, event: EventDraft, trigger: Trigger, sentence: Stretch) -> tuple[BodyMention | None, str | None]:
        court = event.kind in IN_COURT
        bodies = [
            b
            for b in self.bodies.within(sentence)
            if b.court == court
            and (court or b.kind in ("security-service", "police", "investigative-body", "armed-forces", "state-body"))
        ]
        if event.kind == "custody-ruling":
            bodies = [b for b in self.bodies.within(sentence) if b.court]
        if event.kind not in IN_COURT | {"search", "detention", "rearrest", "charge-brought", "appeal"}:
            return None, None
        if event.kind == "appeal":
            bodies = [b for b in self.bodies.within(sentence) if b.court and trigger.stretch.end <= b.stretch.start]
            bodies = [
                b
                for b in bodies
                if re.search(
                    r"(?:with|to|in|at|до|в|у)\s+(?:the\s+)?$", self.text.text[max(0, b.stretch.start - 12) : b.stretch.start]
                )
            ]
        own = [b for b in bodies if trigger.clause.holds(b.stretch)]
        best = own or bodies
        if not best:
            return None, None
        named = [b for b in best if not b.anaphor] or best
        nearest = min(
            named, key=lambda b: min(abs(b.stretch.start - trigger.stretch.end), abs(trigger.stretch.start - b.stretch.end))
        )
        return nearest, "the body is only pointed to; its name stands elsewhere in the article" if nearest.anaphor else None

    def _in_name(self, place: PlaceMention) -> bool:
        return self.bodies.covers(place.stretch)

    def _locates(self, place: PlaceMention) -> bool:
        before = self.text.text[max(0, place.stretch.start - 70) : place.stretch.start]
        if before.count("(") > before.count(")"):
            return False  # "(born in ...)"
        return bool(re.search(rf"{phrase_source(self.lexicon['locatives'])}\s+(?:[\w’'-]+\s+){{0,6}}[«“\"]?$", before))

    def _destination(self, trigger: Trigger, places: list[PlaceMention]) -> PlaceMention | None:
        for place in places:
            before = self.text.text[max(0, place.stretch.start - 90) : place.stretch.start]
            if self.text.text[place.stretch.end :][:2] in ("’s", "'s"):
                continue
            if place.stretch.start >= trigger.stretch.end and re.search(
                rf"{phrase_source(self.lexicon['to-words'])}\s+(?:[\w’'\"«»№.-]+\s+){{0,9}}$", before
            ):
                return place
        return None

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
        before = [b for b in self.bodies.within(sentence) if b.stretch.end <= trigger.stretch.start and not b.court]
        before = [
            b
            for b in before
            if b.kind
            in ("organization", "religious-community", "political-organization", "human-rights-organization", "media-outlet")
        ]
        if not before or trigger.voice == ACTIVE:
            return None
        event.about = [before[-1]]
        if before[-1].anaphor:
            event.doubts.append("the organisation is only pointed to; its name stands elsewhere in the article")
        event.date = self._date(trigger, sentence)
        near = self.text.text[max(sentence.start, trigger.stretch.start - 20) : trigger.stretch.start]
        if event.date is None and not re.search(rf"{self.lexicon.pattern('told-auxiliaries').pattern}\s+(?:\w+\s+)?$", near):
            return None  # "the organization, banned in Russia": a state, not what happened
        return event


def _alike(one: EventDraft, other: EventDraft) -> bool:
    dates = {event.date.value for event in (one, other) if event.date}
    outcomes = {event.outcome for event in (one, other)}
    people = (
        not one.affected
        or not other.affected
        or bool(set(one.affected) & set(other.affected))
        or one.kind in ("sentence", "sentence-request")
    )
    return len(dates) < 2 and people and len(outcomes - {None}) < 2


def _join(into: EventDraft, more: EventDraft) -> None:
    for role, people in more.people.items():
        into.people[role] = list(dict.fromkeys([*into.people.get(role, []), *people]))
    into.date, into.body, into.place = into.date or more.date, into.body or more.body, into.place or more.place
    into.outcome = into.outcome or more.outcome
    seen = {(g.person, g.length) for g in into.given}
    into.given += [g for g in more.given if (g.person, g.length) not in seen]
    into.doubts += [doubt for doubt in more.doubts if doubt not in into.doubts]
    into.stretch = Stretch(min(into.stretch.start, more.stretch.start), max(into.stretch.end, more.stretch.end))
