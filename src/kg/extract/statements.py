"""Who said what: the person or body that is the subject of a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.body_mentions import Bodies, BodyMention
from kg.extract.event_draft import EventDraft
from kg.extract.nominatives import stands_upright
from kg.extract.participants import ParticipantReader
from kg.extract.persons import Person, PersonMention
from kg.extract.speakers import EnglishSpeakers
from kg.extract.tokens import Stretch, Text

RECENT = 3
"""How many sentences back a pronoun may point for a speaker."""
_NOUNS = r"(?:[а-яіїєґ'’ʼ-]+\s+){0,2}[«“\"„]?"
"""Nouns that say what a body is, up to its name: `громадському об'єднанні «`."""
_IN_A_PAPER = re.compile(
    r"(?:говорится|сказано|отмечается|подчеркивается|[йі]деться|сказано|зазначається|наголошується)\s+"
    rf"(?:в|у|во)\s+(?:[а-яіїєґ'’ʼ-]+\s+)?(?:сообщени|заявлени|пост|публикаци|отчет|письм|повідомлен|заяв|дописі?|публікаці|звіт|лист)\w*\s+{_NOUNS}$"
)
"""`говорится в сообщении X`: whose paper says it."""
LONGEST_STATEMENT = 400
"""Most characters of a statement's text; an editor shortens it anyway."""


_CONNECTED = re.compile(r"(?:According|In|On|At|After|Before|For|With|By|From|As|When|While|If|Since|Under)\b")
"""How a sentence opens whose first name is not its subject."""


class StatementReader:
    """Reads who said what in a text."""

    def __init__(self, text: Text, people: list[PersonMention], participants: ParticipantReader, bodies: Bodies) -> None:
        self.text, self.lexicon, self.people = text, text.lexicon, people
        self.participants, self.bodies = participants, bodies
        self.english = EnglishSpeakers(self.lexicon)
        self.say = self.lexicon.pattern("say-verbs") if self.lexicon.get("free-word-order") else self.english.say

    def statements(self) -> Iterator[EventDraft]:
        """One per sentence in which a person or body is the subject of a verb of saying."""
        speakers: list[tuple[int, Person]] = []
        for number, sentence in enumerate(self.text.sentences):
            candidates: list[PersonMention | BodyMention] = [*self.participants.within(sentence), *self.bodies.within(sentence)]
            if not self.lexicon.get("free-word-order"):
                candidates.sort(key=lambda mention: not self.english.is_aside(self.text, mention.stretch, sentence))
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
                continue
            body = None if told or pronoun else self._meant_body(number, sentence)
            if body:
                event = EventDraft("statement", sentence, f"{self.lexicon.language}:statement:pronoun", body=body)
                event.text = " ".join(self.text.of(sentence).split())[:LONGEST_STATEMENT]
                event.doubts.append(f"the speaker was taken to be {body.name}")
                yield event

    def _meant_body(self, number: int, sentence: Stretch) -> BodyMention | None:
        """`It said`, `the group added`: the only body, other than a court, of the sentence before."""
        pointing = self.lexicon.pattern("body-pronouns")
        whole = re.compile(rf"{pointing.pattern}(?:\s+(?:also|later|has|had|\w+ly))*\s+{self.say.pattern}")
        match = whole.search(self.text.text, sentence.start, sentence.end)
        if not number or not match or self.text.in_speech(match.start()):
            return None
        before = Stretch(self.text.sentences[number - 1].start, match.start())
        named = {body.name: body for body in self.bodies.within(before) if not body.court}
        return next(iter(named.values())) if len(named) == 1 else None

    def speaker(self, sentence: Stretch) -> Person | BodyMention | None:
        """Who states what `sentence` says, if the sentence tells it."""
        for mention in self.participants.within(sentence):
            if self._speaks(mention.stretch, sentence):
                return mention.person
        for body in self.bodies.within(sentence):
            if not body.anaphor and self._speaks(body.stretch, sentence):
                return body
        return None

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
        subject = self._subject_before(number, speakers)
        if subject and subject.female in (female, None):
            return subject
        fits = [(at, person) for at, person in speakers if number - at <= RECENT and person.female in (female, None)]
        inside = self._in_paragraph(sentence, female)
        if fits and not (inside and fits[-1][1] not in inside and len(inside) == 1):
            return fits[-1][1]
        start = self.text.sentences[max(0, number - RECENT)].start
        named = [m.person for m in self.participants.within(Stretch(start, sentence.start)) if m.person.female in (female, None)]
        if self.lexicon.get("free-word-order") and len(set(named)) > 1:  # the subject of the sentence before
            before = self.text.sentences[number - 1]
            named = [m.person for m in self.participants.within(before) if m.person in named and self._upright(m.stretch)][-1:]
        return named[-1] if named and len(set(named)) == 1 else None

    def _in_paragraph(self, sentence: Stretch, female: bool | None) -> list[Person]:
        """Whom the paragraph names before `sentence`, of one sex."""
        before = Stretch(self.text.paragraph_at(sentence.start).start, sentence.start)
        return list(dict.fromkeys(m.person for m in self.participants.within(before) if m.person.female in (female, None)))

    def _subject_before(self, number: int, speakers: list[tuple[int, Person]]) -> Person | None:
        """In English, whom the sentence before begins with, if nobody speaks in it."""
        if self.lexicon.get("free-word-order") or not number or any(at == number - 1 for at, _ in speakers):
            return None
        before = self.text.sentences[number - 1]
        first = next(iter(self.participants.within(before)), None)
        lead = self.text.text[before.start : first.stretch.start] if first else ""
        if not re.fullmatch(r"\W{0,2}(?:[\w’'-]+\s+){0,4}", lead) or _CONNECTED.match(lead):
            return None
        return first.person if first else None

    def _speaks(self, part: Stretch, sentence: Stretch) -> bool:
        if not self.lexicon.get("free-word-order"):
            return self.english.speaks(self.text, part, sentence)
        after = self.text.text[part.end : min(sentence.end, part.end + 90)]
        before = self.text.text[max(sentence.start, part.start - 140) : part.start]
        adverbs = r"(?:\s+(?:also|later|then|has|had|in turn|\w+ly))*"
        if re.search(r"(?:Об этом|Про це)\s+$", before) and re.match(rf"\s+{self.say.pattern}\s+\w", after):
            return False  # "Об этом ОВД-Инфо рассказал знакомый": told to it
        if self._told_by_others(after):
            return False
        # "X, сообщила пресс-служба" has another speaker: what follows a name and a comma is a parenthesis.
        apposition = r"(?:\s\([^)]*\))?(?:,\s[^,.;]{2,70},)?"
        subject = re.match(rf"[’'\"”»]*(?P<aside>{apposition}){adverbs}\s+{self.say.pattern}", after)
        if subject and not self._names_others(Stretch(part.end, part.end + subject.end("aside"))):
            return True
        if self._according(part, sentence):
            return True
        if re.search(rf"{self.say.pattern}\s+(?:[\w’'«»“”.-]+\s+){{0,9}}$", before[-140:]) and self._upright(part):
            return True
        if re.search(rf"{self.say.pattern}\s+(?:(?:в|у|во)\s+)?{_NOUNS}$", before) and self._of_body(part):
            return True
        if _IN_A_PAPER.search(before) and self._of_body(part):
            return True
        role_words = r"(?:[\w’'-]+\s+){0,6}"
        return bool(re.search(rf"(?:[”\"»]\s*,?\s*[–—-]?|,\s+[–—-])\s*{self.say.pattern}\s+{role_words}$", before))

    def _names_others(self, aside: Stretch) -> bool:
        """`вернулись A, B и C, сообщил D`: what stands between commas goes on with a row of names, and D speaks."""
        return any(m.full for m in self.participants.within(aside))

    def _told_by_others(self, after: str) -> bool:
        """`Проєкту X повідомили в організації «Y»`: those of Y told it to X."""
        told = re.match(rf"[»”\"]?\s+{self.say.pattern}\s+(?:в|у)\s+{_NOUNS}", after)
        return bool(told)

    def _oblique(self, mention: PersonMention) -> bool:
        """`Мать Иванова, 70-летняя Зера Иванова, рассказала`: a name in another case than the nominative is no subject."""
        person, printed = mention.person, self.text.of(mention.stretch)
        if not self.lexicon.get("free-word-order") or printed[:1].islower() or printed.isascii():
            return False
        return stands_upright(printed, person.name, person.female, self.lexicon.language) is False

    def _according(self, part: Stretch, sentence: Stretch) -> bool:
        if self._owner_of_next(part):
            return False
        before = self.text.text[max(sentence.start, part.start - 140) : part.start]
        return bool(
            re.search(rf"{self.lexicon.pattern('speech-according').pattern}\s+(?:[^.;,]{{0,60}}|[а-яіїєґ’'-]+,\s+)$", before)
        )

    def _owner_of_next(self, part: Stretch) -> bool:
        """`за словами адвоката Івана X Петра Y`: the first name says whose lawyer the second is."""
        return any(m.full and m.stretch.start == part.end + 1 for m in self.people)

    def _of_body(self, part: Stretch) -> bool:
        return any(body.stretch == part and not body.anaphor for body in self.bodies.mentions)

    def _upright(self, part: Stretch) -> bool:
        """Whether a name stands in the nominative, as the subject of a verb before it does."""
        return any(m.stretch == part and m.full and self.text.of(part) == m.person.name for m in self.people)
