"""When and where an event took place, before which body, and which officials took part: read from its clause, then its sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.body_mentions import Bodies, BodyMention
from kg.extract.clauses import NOUN, ClauseReader, Trigger
from kg.extract.dates import DateMention
from kg.extract.event_draft import EventDraft
from kg.extract.lexicon import phrase_source
from kg.extract.participants import IN_COURT, ParticipantReader
from kg.extract.places import PlaceMention
from kg.extract.provisions import ProvisionMention
from kg.extract.tokens import Stretch, Text

_SEIZING = ("security-service", "police", "investigative-body", "armed-forces", "state-body")
"""Kinds of body whose people search and detain."""
_LASTING = ("detention", "rearrest", "custody-ruling", "ban", "sanction-designation", "protest")
"""Kinds of event that begin something: "since May" says when."""
_REVIEWING = ("cassation-court", "military-appeal-court", "constitutional-court", "international-court")
"""Kinds of court that review sentences and pass none."""
_OF_A_PAPER = re.compile(
    r"(?:dated|letter of|order of|decree of|resolution of|post of|published on|issued on|[Nn]o\.?\s?[\d/-]+\s+of)\s+(?:on\s+)?$"
)
"""Before a date: that of a letter or an order, not of what it tells."""
_PEOPLE_OF = re.compile(r"(?:agents|officers|officials|employees|operatives|forces|members)\s+(?:of|from)\s+(?:the\s+)?$")
_IN_RELATIVE = re.compile(r",\s+(?:\w{1,3}\s+)?(?:котор\w+|як(?:ий|а|у|ого|ому|ої|ій|і|их|им)|who|which|whom|whose|where)\s[^,]*$")
_FOR_DOING = re.compile(r"\b(?:for|accused\s+of|suspected\s+of)\s+(?:\w+ly\s+)?(?!being|having)\w+ing\b[^,;]*$")
_RELATIVE = re.compile(r"\W*(?:who|whom|whose)(?!\w)")


class CircumstanceReader:
    """Adds date, place, body, provisions and officials to an event."""

    def __init__(
        self, text: Text, participants: ParticipantReader, bodies: Bodies, clauses: ClauseReader,
        dates: list[DateMention], places: list[PlaceMention], provisions: list[ProvisionMention],
    ) -> None:  # fmt: skip
        self.text, self.lexicon = text, text.lexicon
        self.participants, self.bodies, self.clauses = participants, bodies, clauses
        self.dates, self.places, self.provisions = dates, places, provisions

    def add_to(self, event: EventDraft, trigger: Trigger, sentence: Stretch, elsewhere: list[Stretch]) -> None:
        """Fill in what the clause and the sentence say; `elsewhere`: clauses about other kinds of event."""
        event.date = self.date(trigger, sentence)
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
            event.until = self._coming(event.until, event.date)
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

    def _coming(self, until: DateMention | None, since: DateMention | None) -> DateMention | None:
        """A day without a year until which custody lasts comes after the day of the ruling."""
        if until is None or since is None or re.search(r"\d{4}", self.text.of(until.stretch)) or len(since.value) < 7:
            return until
        value = until.value
        while value < since.value[: len(value)] and int(value[:4]) <= int(since.value[:4]):
            value = f"{int(value[:4]) + 1}{value[4:]}"
        return replace(until, value=value)

    def date(self, trigger: Trigger, sentence: Stretch) -> DateMention | None:
        """The date nearest to the words that report the event, else one that opens the sentence."""
        usable = [
            d
            for d in self.dates
            if d.use in ("on", "since") and sentence.holds(d.stretch) and not self.text.in_speech(d.stretch.start)
        ]
        usable = [d for d in usable if not _OF_A_PAPER.search(self.text.text[max(0, d.stretch.start - 24) : d.stretch.start])]
        if trigger.kind != "accountability-charge" and self.lexicon.pattern("serving").search(self.text.of(trigger.stretch)):
            return None  # the date of a term being served is that of something else
        usable = [d for d in usable if not self._of_the_offence(d, trigger) and not self._of_an_aside(d, trigger)]
        usable = [d for d in usable if d.use == "on" or trigger.kind in _LASTING]
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
        if before := self._date_before_when(trigger):
            return before
        verbs = [t for t in self.clauses.triggers(sentence) if t.voice != NOUN and t.stretch.end <= trigger.stretch.start]
        if trigger.voice == NOUN and any(t.kind in ("appeal-ruling", "appeal", "release-ruling") for t in verbs):
            return None  # "21 марта суд признал законными обыски у X": the day is that of the ruling
        if trigger.reduced:
            return None  # "On May 25 the court heard the case of X, arrested last year": the day is that of the hearing
        relative = "|".join(map(re.escape, self.lexicon["relative-pronouns"])) if self.lexicon.get("free-word-order") else "(?!)"
        if re.match(rf"\W*(?:{relative})", self.text.text[trigger.clause.start : trigger.stretch.start].lower()):
            return None  # "Вчора суд слухав справу X, якого обвинувачують": the date is that of the hearing
        first = min((t.stretch.start for t in self.clauses.triggers(sentence)), default=trigger.stretch.start)
        opening = [d for d in usable if d.stretch.end <= min(first, trigger.stretch.start) and self._opens(d, sentence)]
        opening = [d for d in opening if not self._divided(d.stretch, trigger.stretch)]
        later = self.lexicon.pattern("later-words")
        opening = [
            d for d in opening if first >= trigger.stretch.start or not later.search(self.text.text, first, trigger.stretch.start)
        ]
        if opening or trigger.kind not in ("search", "detention"):
            return opening[0] if opening else None
        # A search and the detention that follows it are told with one date.
        return usable[0] if len(usable) == 1 and self._beside_search(trigger, usable[0], sentence) else None

    def _date_before_when(self, trigger: Trigger) -> DateMention | None:
        """`... ended on 13 March, when the judge found X guilty`: the day right before the clause."""
        opens = self.lexicon.pattern("when-words").match(self.text.of(trigger.clause).lstrip(" ,").lower())
        close = [d for d in self.dates if 0 <= trigger.clause.start - d.stretch.end <= 2]
        return close[-1] if opens and close else None

    def _of_an_aside(self, date: DateMention, trigger: Trigger) -> bool:
        """`X, який осліп у 2009 році, обвинуватили`: the date of a relative clause that is over before the event is told."""
        before = self.text.text[trigger.clause.start : date.stretch.start]
        between = self.text.text[date.stretch.end : trigger.stretch.start]
        return "," in between and bool(_IN_RELATIVE.search(before))

    def _of_the_offence(self, date: DateMention, trigger: Trigger) -> bool:
        """`fined for cursing at the president five years ago`: the date of what somebody was punished for."""
        between = self.text.text[trigger.stretch.end : date.stretch.start] if date.stretch.start >= trigger.stretch.end else ""
        punished = trigger.kind in ("sentence", "administrative-penalty", "charge-brought", "detention")
        return punished and bool(_FOR_DOING.search(between))

    def _beside_search(self, trigger: Trigger, date: DateMention | PlaceMention, sentence: Stretch) -> bool:
        others = [t for t in self.clauses.triggers(sentence) if t.clause.holds(date.stretch)]
        return bool(others) and {t.kind for t in others} <= {"search", "detention"} - {trigger.kind}

    def _opens(self, date: DateMention, sentence: Stretch) -> bool:
        """A date at the beginning of the sentence holds for all that it tells."""
        return len(self.text.text[sentence.start : date.stretch.start].split()) <= 4

    def _body(self, event: EventDraft, trigger: Trigger, sentence: Stretch) -> tuple[BodyMention | None, str | None]:
        court = event.kind in IN_COURT
        bodies = [b for b in self.bodies.within(sentence) if b.court == court and (court or b.kind in _SEIZING or self._acts(b))]
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
        if not own and (trigger.reduced or _RELATIVE.match(self.text.of(trigger.clause))):
            return None, None  # "upheld the sentence of X, who was jailed last year": another court may have jailed him
        bodies = [b for b in bodies if not self._divided(b.stretch, trigger.stretch)]
        if self.lexicon.get("free-word-order"):
            bodies = [b for b in bodies if not self.in_relative_clause(trigger, b.stretch)]
        best = own or bodies
        if event.kind == "sentence":
            best = [b for b in best if b.kind not in _REVIEWING]
        if not best:
            return None, None
        named = [b for b in best if not b.anaphor] or best
        nearest = min(
            named, key=lambda b: min(abs(b.stretch.start - trigger.stretch.end), abs(trigger.stretch.start - b.stretch.end))
        )
        return nearest, "the body is only pointed to; its name stands elsewhere in the article" if nearest.anaphor else None

    def _divided(self, one: Stretch, other: Stretch) -> bool:
        """Whether a semicolon stands between: what is told there is another matter."""
        first, second = sorted((one, other))
        return ";" in self.text.text[first.end : second.start]

    def _acts(self, body: BodyMention) -> bool:
        """`agents of the Ministry of Intelligence`: a body whose people did it."""
        before = self.text.text[max(0, body.stretch.start - 30) : body.stretch.start]
        return body.kind in ("government", "organization") and bool(_PEOPLE_OF.search(before))

    def in_relative_clause(self, trigger: Trigger, part: Stretch) -> bool:
        """`засудили за участь в об'єднанні, яке Верховний суд визнав ...`: what a later relative clause names."""
        relative = "|".join(map(re.escape, self.lexicon["relative-pronouns"]))
        between = self.text.text[trigger.stretch.end : part.start]
        return bool(re.search(rf",\s+(?:\w+\s+)?(?:{relative})", between))

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
