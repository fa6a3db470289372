"""What is not told by a verb of action: diagnoses, who said what, figures, names of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.extract.body_mentions import Bodies, BodyMention
from kg.extract.dates import DateMention
from kg.extract.event_draft import EventDraft
from kg.extract.lexicon import phrase_source
from kg.extract.nominatives import stands_upright
from kg.extract.participants import ParticipantReader
from kg.extract.persons import Person, PersonMention
from kg.extract.tokens import Stretch, Text, balanced, words

RECENT = 3
"""How many sentences back a pronoun may point for a speaker."""
LONGEST_STATEMENT = 400
"""Most characters of a statement's text; an editor shortens it anyway."""


@dataclass(frozen=True)
class CaseMention:
    """A prosecution called by a name at `stretch`, with the people who are its defendants in the same sentence."""

    stretch: Stretch
    name: str
    defendants: tuple[Person, ...]


@dataclass(frozen=True)
class FigureMention:
    """A number of people or acts that somebody states."""

    stretch: Stretch
    value: Decimal
    counts: str
    by: Person | BodyMention | None
    as_of: DateMention | None


class FindingReader:
    """Reads the findings of a text."""

    def __init__(
        self, text: Text, people: list[PersonMention], participants: ParticipantReader, bodies: Bodies, dates: list[DateMention]
    ) -> None:
        self.text, self.lexicon, self.people = text, text.lexicon, people
        self.participants, self.bodies, self.dates = participants, bodies, dates
        self.disease = self.lexicon.pattern("disease-words")
        self.say = self.lexicon.pattern("say-verbs")

    # --- health ---
    def diagnoses(self) -> Iterator[EventDraft]:
        """Illnesses of a person, each list as one finding."""
        last: list[Person] = []
        for sentence in self.text.sentences:
            named = [
                m
                for m in self.participants.within(sentence)
                if m.person not in self.participants.officials | self.participants.lawyers
            ]
            for cue in self.lexicon.pattern("diagnosis-cues").finditer(self.text.text, sentence.start, sentence.end):
                if self.text.in_speech(cue.start()):
                    continue
                strong = bool(self.lexicon.pattern("diagnosis-strong").fullmatch(cue[0]))
                ill = self._object(cue.end(), named)
                items = self._illnesses(Stretch(ill.stretch.end if ill else cue.end(), sentence.end), strong)
                if not items:
                    continue
                before = [m.person for m in named if m.stretch.end <= cue.start()]
                who = [ill.person] if ill else before[-1:] or last[-1:] or [m.person for m in named][:1]
                if who:
                    event = EventDraft("health-finding", Stretch(cue.start(), items[-1].end), f"{self.lexicon.language}:health")
                    event.people = {"prisoner": who}
                    event.diagnoses = list(dict.fromkeys(" ".join(self.text.of(item).split()) for item in items))
                    if not before and not ill:
                        event.doubts.append("the ill person is not named in this sentence")
                    yield event
                    break
            last = [m.person for m in named] or last

    def _object(self, position: int, named: list[PersonMention]) -> PersonMention | None:
        """`diagnosed in X a ...`, `діагностували в X ...`: the person right after the cue."""
        return next((m for m in named if re.fullmatch(r"\s+(?:(?:у|в|in)\s+)?", self.text.text[position : m.stretch.start])), None)

    def _illnesses(self, part: Stretch, strong: bool) -> list[Stretch]:
        stop = re.compile(r"[.;:!?()–—]|,?\s(?:and|but|а|и|та|і)\s+(?:was|is|has|had|he|she)\s").search(
            self.text.text, part.start, part.end
        )
        end = stop.start() if stop else part.end
        items: list[Stretch] = []
        for piece in self._pieces(part.start, end):
            words_ = self.text.of(piece)
            skip = self.lexicon.pattern("diagnosis-skip").match(words_)
            while skip:
                piece = Stretch(
                    piece.start + skip.end() + len(words_[skip.end() :]) - len(words_[skip.end() :].lstrip(" ,")), piece.end
                )
                words_ = self.text.of(piece)
                skip = self.lexicon.pattern("diagnosis-skip").match(words_)
            if (self.disease.search(words_) or (strong and not items and words_ and len(words_.split()) <= 5)) and len(
                words_.split()
            ) <= 9:
                items.append(piece)
            elif items or not strong or (words_.strip() and not self.disease.search(self.text.text[piece.end : end])):
                break
        return items

    def _pieces(self, start: int, end: int) -> Iterator[Stretch]:
        joint = re.compile(r"\s*,\s+(?:and\s+|и\s+|та\s+|і\s+|а также\s+|а також\s+)?|\s+(?:and|и|та|і|й)\s+")
        at = start
        for match in joint.finditer(self.text.text, start, end):
            yield _trim(self.text.text, at, match.start())
            at = match.end()
        yield _trim(self.text.text, at, end)

    # --- who said what ---
    def statements(self) -> Iterator[EventDraft]:
        """One per sentence in which a person or body is the subject of a verb of saying."""
        speakers: list[tuple[int, Person]] = []
        for number, sentence in enumerate(self.text.sentences):
            candidates: list[PersonMention | BodyMention] = [*self.participants.within(sentence), *self.bodies.within(sentence)]
            told = False
            for mention in candidates:
                if not sentence.holds(mention.stretch) or not self._speaks(mention.stretch, sentence):
                    continue
                if isinstance(mention, PersonMention) and self._oblique(mention) and not self._according(mention.stretch, sentence):
                    continue
                if isinstance(mention, BodyMention) and mention.court:
                    continue
                event = EventDraft("statement", sentence, f"{self.lexicon.language}:statement")
                if isinstance(mention, PersonMention):
                    event.people = {"speaker": [mention.person]}
                    speakers.append((number, mention.person))
                else:
                    event.body = mention
                event.text = " ".join(self.text.of(sentence).split())[:LONGEST_STATEMENT]
                yield event
                told = True
                break
            pronoun = None if told else self._speaking_pronoun(sentence)
            who = self._meant(pronoun, number, sentence, speakers) if pronoun else None
            if who:
                speakers.append((number, who))
                event = EventDraft("statement", sentence, f"{self.lexicon.language}:statement:pronoun", {"speaker": [who]})
                event.text = " ".join(self.text.of(sentence).split())[:LONGEST_STATEMENT]
                event.doubts.append(f"'{pronoun}' was taken to mean {who.name}")
                yield event

    def _speaking_pronoun(self, sentence: Stretch) -> str | None:
        """The pronoun that is the subject of a verb of saying: `she said`, `заявил он`, `за її словами`."""
        he = rf"(?P<{{}}>{self.lexicon.pattern('speaking-pronouns').pattern})"
        adverbs = r"(?:\s+(?:also|later|then|has|had|\w+ly))*"
        whole = rf"{he.format('one')}{adverbs}\s+{self.say.pattern}|{self.lexicon.pattern('speech-of-pronoun').pattern}"
        if self.lexicon.get("free-word-order"):
            whole += rf"|[–—-]\s*{self.say.pattern}\s+{he.format('two')}"
        for match in re.compile(whole).finditer(self.text.text, sentence.start, sentence.end):
            if not self.text.in_speech(match.start()):
                return match["one"] or (match.groupdict().get("two")) or match[0]
        return None

    def _meant(self, pronoun: str, number: int, sentence: Stretch, speakers: list[tuple[int, Person]]) -> Person | None:
        """Who spoke shortly before, else who was named last, of the sex that the pronoun tells."""
        sexes = ((True, "feminine-pronouns"), (False, "masculine-pronouns"))
        female = next((sex for sex, section in sexes if self.lexicon.pattern(section).search(pronoun)), None)
        fits = [person for at, person in speakers if number - at <= RECENT and person.female in (female, None)]
        if fits:
            return fits[-1]
        start = self.text.sentences[max(0, number - RECENT)].start
        named = [m.person for m in self.participants.within(Stretch(start, sentence.start)) if m.person.female in (female, None)]
        if self.lexicon.get("free-word-order") and len(set(named)) > 1:  # the subject of the sentence before
            before = self.text.sentences[number - 1]
            named = [m.person for m in self.participants.within(before) if m.person in named and self._upright(m.stretch)][-1:]
        return named[-1] if named and len(set(named)) == 1 else None

    def _speaks(self, part: Stretch, sentence: Stretch) -> bool:
        after = self.text.text[part.end : min(sentence.end, part.end + 90)]
        before = self.text.text[max(sentence.start, part.start - 140) : part.start]
        adverbs = r"(?:\s+(?:also|later|then|has|had|in turn|\w+ly))*"
        if re.search(r"(?:Об этом|Про це)\s+$", before) and re.match(rf"\s+{self.say.pattern}\s+\w", after):
            return False  # "Об этом ОВД-Инфо рассказал знакомый": told to it
        # In Russian and Ukrainian "X, сообщила пресс-служба" has another speaker: what follows a name and a comma is a parenthesis.
        comma = "" if self.lexicon.get("free-word-order") else "|,"
        apposition = rf"(?:\s\([^)]*\))?(?:,\s[^,.;]{{2,70}},{comma})?"
        if re.match(rf"[’'\"”»]*{apposition}{adverbs}\s+{self.say.pattern}", after):
            return True
        if self.lexicon.get("speech-according") and re.search(
            rf"{self.lexicon.pattern('speech-according').pattern}\s+[^.;,]{{0,60}}$", before
        ):
            return True
        role_words = r"(?:[\w’'-]+\s+){0,6}"
        if re.match(r"\s+added\s+(?:an?|the|to)\s", after):
            return False  # "the investigator added a charge"
        free = self.lexicon.get("free-word-order")
        if free and re.search(rf"{self.say.pattern}\s+(?:[\w’'«»“”.-]+\s+){{0,9}}$", before[-140:]) and self._upright(part):
            return True
        if (
            free
            and re.search(rf"{self.say.pattern}\s+(?:(?:в|у|во)\s+)?(?:[а-яіїєґ-]+\s+){{0,2}}«?$", before)
            and self._of_body(part)
        ):
            return True
        return bool(re.search(rf"(?:[”\"»]\s*,?\s*[–—-]?|,\s+[–—-])\s*{self.say.pattern}\s+{role_words}$", before))

    def _oblique(self, mention: PersonMention) -> bool:
        """`Мать Иванова, 70-летняя Зера Иванова, рассказала`: a name in another case than the nominative is no subject."""
        person, printed = mention.person, self.text.of(mention.stretch)
        if not self.lexicon.get("free-word-order") or printed[:1].islower() or printed.isascii():
            return False
        return stands_upright(printed, person.name, person.female, self.lexicon.language) is False

    def _according(self, part: Stretch, sentence: Stretch) -> bool:
        before = self.text.text[max(sentence.start, part.start - 140) : part.start]
        return bool(re.search(rf"{self.lexicon.pattern('speech-according').pattern}\s+[^.;,]{{0,60}}$", before))

    def _of_body(self, part: Stretch) -> bool:
        return any(body.stretch == part and not body.anaphor for body in self.bodies.mentions)

    def _upright(self, part: Stretch) -> bool:
        """Whether a name stands in the nominative, as the subject of a verb before it does."""
        return any(m.stretch == part and m.full and self.text.of(part) == m.person.name for m in self.people)

    # --- figures ---
    def figures(self) -> Iterator[FigureMention]:
        """`98 political prisoners`: a number and what it counts, to the end of its clause."""
        noun = phrase_source(self.lexicon["figure-words"])
        pattern = re.compile(
            rf"(?<![\w.,-])(?P<value>\d{{1,3}}(?:[ ,\u00a0]\d{{3}})+|\d{{2,6}})\s+(?P<what>(?:[^\W\d][\w’'-]*\s+){{0,3}}?{noun})"
        )
        for sentence in self.text.sentences:
            for match in pattern.finditer(self.text.text, sentence.start, sentence.end):
                value_at = Stretch(*match.span("value"))
                if self.text.in_speech(match.start()) or any(date.stretch.touches(value_at) for date in self.dates):
                    continue
                stop = re.compile(r"[.;()“”\"—–]|,\s").search(self.text.text, match.end(), sentence.end)
                end = min(stop.start() if stop else sentence.end, match.end() + 120)
                try:
                    value = Decimal(re.sub(r"[ ,\u00a0]", "", match["value"]))
                except InvalidOperation:
                    continue
                if any(self.lexicon.pattern(f"units.{unit}").match(match["what"]) for unit in ("years", "months", "days")):
                    continue
                counts = " ".join(self.text.text[match.start("what") : end].split()).rstrip(",")
                as_of = next((d for d in self.dates if d.use == "as-of" and sentence.holds(d.stretch)), None)
                yield FigureMention(Stretch(match.start(), end), value, counts, self._source(sentence), as_of)

    def _source(self, sentence: Stretch) -> Person | BodyMention | None:
        for mention in self.participants.within(sentence):
            if self._speaks(mention.stretch, sentence):
                return mention.person
        for body in self.bodies.within(sentence):
            if not body.anaphor and self._speaks(body.stretch, sentence):
                return body
        return None

    def _case_name(self, printed: str) -> str:
        name = balanced(" ".join(printed.split()))
        first, _, rest = name.partition(" ")
        nominative = self.lexicon.get("case-nominative", {}).get(first.lower())
        return f"{nominative} {rest}" if nominative and rest else name

    # --- cases ---
    def cases(self) -> Iterator[CaseMention]:
        """`“Hizb ut-Tahrir case”`, `the Bakhchysarai case`, `дело «Хизб ут-Тахрир»`: a prosecution with a name of its own."""
        seen: list[Stretch] = []
        for pattern in self.lexicon.get("case-names", []):
            for match in re.finditer(pattern, self.text.text):
                name = self._case_name(match["name"])
                if any(Stretch(*match.span()).touches(other) for other in seen):
                    continue
                seen.append(Stretch(*match.span()))
                sentence = self.text.sentence_at(match.start())
                if name and sentence.end > sentence.start and sum(1 for _ in words(name, Stretch(0, len(name)))) <= 8:
                    yield CaseMention(Stretch(*match.span()), name, ())


def _trim(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start] in " ,\u00a0\n":
        start += 1
    while end > start and text[end - 1] in " ,\u00a0\n.":
        end -= 1
    return Stretch(start, end)
