"""Counts that somebody states: `98 political prisoners`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.extract.body_mentions import BodyMention
from kg.extract.dates import DateMention
from kg.extract.lexicon import phrase_source
from kg.extract.persons import Person
from kg.extract.statements import StatementReader
from kg.extract.tokens import Stretch, Text


@dataclass(frozen=True)
class FigureMention:
    """A number of people or acts that somebody states."""

    stretch: Stretch
    value: Decimal
    counts: str
    by: Person | BodyMention | None
    as_of: DateMention | None


class FigureReader:
    """Reads the figures of a text."""

    def __init__(self, text: Text, statements: StatementReader, dates: list[DateMention]) -> None:
        self.text, self.lexicon, self.statements, self.dates = text, text.lexicon, statements, dates

    def figures(self) -> Iterator[FigureMention]:
        """What the text counts, in either order."""
        yield from self._counted_after()
        yield from self._counted_before()

    def _counted_before(self) -> Iterator[FigureMention]:
        """`The number of political prisoners has reached 1,452`, `puts the number of journalists in prison at 17`."""
        lead, verbs = phrase_source(self.lexicon["figure-leads"]), phrase_source(self.lexicon["figure-verbs"])
        value = r"(?P<value>\d{1,3}(?:[ ,\u00a0]\d{3})+|\d{2,6})(?![\w%]|[.,]\d)"
        pattern = re.compile(rf"{lead}\s+(?P<what>[^.;:()“”\"\d]{{3,90}}?)\s+{verbs}\s+{value}")
        for sentence in self.text.sentences:
            for match in pattern.finditer(self.text.text, sentence.start, sentence.end):
                if not self.text.in_speech(match.start()):
                    number = Decimal(re.sub(r"[ ,\u00a0]", "", match["value"]))
                    as_of = next((d for d in self.dates if d.use == "as-of" and sentence.holds(d.stretch)), None)
                    speaker = self.statements.speaker(sentence)
                    yield FigureMention(Stretch(*match.span()), number, " ".join(match["what"].split()), speaker, as_of)

    def _counted_after(self) -> Iterator[FigureMention]:
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
                yield FigureMention(Stretch(match.start(), end), value, counts, self.statements.speaker(sentence), as_of)
