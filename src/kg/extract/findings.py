"""What is not told by a verb of action: diagnoses and names of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.dates import DateMention
from kg.extract.event_draft import EventDraft
from kg.extract.participants import ParticipantReader
from kg.extract.persons import Person, PersonMention
from kg.extract.tokens import Stretch, Text, balanced, words


@dataclass(frozen=True)
class CaseMention:
    """A prosecution called by a name at `stretch`, with the people who are its defendants in the same sentence."""

    stretch: Stretch
    name: str
    defendants: tuple[Person, ...]


_AT_HIM = re.compile(r"(?<!\w)[Уу]\s+(?:него|неё|нее|нього|неї|[А-ЯЁІЇЄҐ][\w’'-]+(?:\s+[А-ЯЁІЇЄҐ][\w’'-]+)?)(?=\s+[а-яіїєґ])")
"""`У Смольской эпилепсия`, `у неё обострилась астма`."""


class FindingReader:
    """Reads the findings of a text."""

    def __init__(self, text: Text, participants: ParticipantReader, dates: list[DateMention] | None = None) -> None:
        self.text, self.lexicon, self.participants, self.dates = text, text.lexicon, participants, dates or []
        self.disease = self.lexicon.pattern("disease-words")

    # --- health ---
    def diagnoses(self) -> Iterator[EventDraft]:
        """Illnesses of a person, each list as one finding."""
        last: list[Person] = []
        for sentence in self.text.sentences:
            named = [m for m in self.participants.within(sentence) if m.person not in self.participants.beside_the_story]
            for cue in self._cues(sentence):
                if self.text.in_speech(cue.start()) or self._denied(cue):
                    continue
                strong = bool(self.lexicon.pattern("diagnosis-strong").fullmatch(cue[0]))
                ill = self._object(cue.end(), named)
                items = self._illnesses(Stretch(ill.stretch.end if ill else cue.end(), sentence.end), strong)
                if not items:
                    continue
                before = [m.person for m in named if m.stretch.end <= cue.start()]
                who = [ill.person] if ill else before[-1:] or last[-1:] or [m.person for m in named][:1]
                who = self.participants.client_meant(Stretch(sentence.start, cue.start())) or who
                if cue.re is _AT_HIM:
                    who = self._at(cue, named, [*last, *before])
                if who:
                    event = EventDraft("health-finding", Stretch(cue.start(), items[-1].end), f"{self.lexicon.language}:health")
                    event.people = {"prisoner": who}
                    event.diagnoses = list(dict.fromkeys(" ".join(self.text.of(item).split()) for item in items))
                    event.date = self._date(cue, sentence)
                    if not before and not ill:
                        event.doubts.append("the ill person is not named in this sentence")
                    yield event
                    break
            last = [m.person for m in named] or last

    def _cues(self, sentence: Stretch) -> Iterator[re.Match[str]]:
        """Words that an illness follows, with `у X` and `у него` where the verb is left out."""
        yield from self.lexicon.pattern("diagnosis-cues").finditer(self.text.text, sentence.start, sentence.end)
        if self.lexicon.get("free-word-order"):
            yield from _AT_HIM.finditer(self.text.text, sentence.start, sentence.end)

    def _denied(self, cue: re.Match[str]) -> bool:
        """`не страдает заболеваниями`: the cue right behind a negation."""
        before = self.text.text[max(0, cue.start() - 16) : cue.start()]
        return bool(re.search(rf"{self.lexicon.pattern('negations').pattern}\s+$", before))

    def _at(self, cue: re.Match[str], named: list[PersonMention], known: list[Person]) -> list[Person]:
        """Whom `у X` names, or `у него` means: the last one of that sex."""
        inside = [m.person for m in named if cue.start() < m.stretch.start and m.stretch.end <= cue.end()]
        female = bool(re.search(r"(?:неё|нее|неї)$", cue[0]))
        pronoun = bool(re.search(r"\s(?:не|ньо)\w+$", cue[0]))
        return inside[:1] or ([p for p in known if p.female is female][-1:] if pronoun else [])

    def _date(self, cue: re.Match[str], sentence: Stretch) -> DateMention | None:
        """When doctors found it, or it struck; an illness that somebody has, has no date."""
        if not self.lexicon.pattern("diagnosis-dated").fullmatch(cue[0]):
            return None
        inside = [d for d in self.dates if sentence.holds(d.stretch) and d.use == "on"]
        return inside[0] if len(inside) == 1 else None

    def _object(self, position: int, named: list[PersonMention]) -> PersonMention | None:
        """`diagnosed in X a ...`, `діагностували в X ...`: the person right after the cue."""
        return next((m for m in named if re.fullmatch(r"\s+(?:(?:у|в|in)\s+)?", self.text.text[position : m.stretch.start])), None)

    def _illnesses(self, part: Stretch, strong: bool) -> list[Stretch]:
        stop = re.compile(
            r"[.;:!?()–—]|\s(?:in|at)\s(?:the\s)?[A-Z]|\s(?:while|during|after|before|since)\s|,?\s(?:which|that)\s|,?\s(?:and|but|а|и|та|і)\s+(?:was|is|has|had|he|she)\s"
        ).search(self.text.text, part.start, part.end)
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

    def _case_name(self, printed: str) -> str:
        name = balanced(re.sub(r"^in the\s+", "", balanced(" ".join(printed.split()))))
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
