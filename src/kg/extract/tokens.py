"""Text -> paragraphs, sentences, words and quotations, all as offsets into the text as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.lexicon import Lexicon

WORD = re.compile(r"[^\W_]+(?:[-’'ʼ‑.][^\W_]+)*")
_CAPITALS = "".join(chr(code) for code in range(0x100, 0x250) if chr(code).isupper())
"""Capital letters of Turkish, Azerbaijani, Polish, Czech and the other alphabets beyond Latin-1."""
_END = re.compile(rf"[.!?…]+[\"”»’)\]]*(?=\s+[\"“„«‘(\[–—-]*\s*[A-ZÀ-ÞА-ЯЁІЇЄҐ0-9{_CAPITALS}])|[!?…:]?[\"”»]\s+(?=[–—-]\s)")
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ("„", "”"), ('"', '"'))
SPEECH_WORDS = 5
"""A quotation of at least so many words is speech; a shorter one is a word set apart ("judge", "Hizb ut-Tahrir case")."""


@dataclass(frozen=True, order=True)
class Stretch:
    """A part of the text: `start` up to, not including, `end`."""

    start: int
    end: int

    def holds(self, other: Stretch) -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Stretch) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass
class Text:
    """An article's text with its layout."""

    text: str
    lexicon: Lexicon
    paragraphs: list[Stretch] = field(default_factory=list)
    sentences: list[Stretch] = field(default_factory=list)
    speech: list[Stretch] = field(default_factory=list)

    def of(self, part: Stretch) -> str:
        """The characters of `part`."""
        return self.text[part.start : part.end]

    def sentence_at(self, position: int) -> Stretch:
        """The sentence that `position` lies in, or an empty stretch there."""
        return _at(self.sentences, position)

    def paragraph_at(self, position: int) -> Stretch:
        """The paragraph that `position` lies in, or an empty stretch there."""
        return _at(self.paragraphs, position)

    def in_speech(self, position: int) -> bool:
        """Whether `position` lies inside a quotation long enough to be somebody's speech."""
        return any(s.start < position < s.end for s in self.speech)


def _at(parts: list[Stretch], position: int) -> Stretch:
    """The one of the parts, which are in order, that holds `position`."""
    index = bisect_right(parts, position, key=lambda part: part.start) - 1
    return parts[index] if index >= 0 and position < parts[index].end else Stretch(position, position)


def read_text(text: str, lexicon: Lexicon) -> Text:
    """Cut `text` into paragraphs (lines; page furniture is left out), sentences and quotations."""
    result = Text(text, lexicon)
    furniture = lexicon.pattern("furniture")
    for line in re.finditer(r"[^\n\r]+", text):
        part = _trimmed(text, line.start(), line.end())
        if part.end > part.start and not furniture.match(text, part.start, part.end):
            result.paragraphs.append(part)
            result.sentences += sentences(text, part, lexicon)
    result.speech = [part for paragraph in result.paragraphs for part in _quotations(text, paragraph)]
    return result


def sentences(text: str, paragraph: Stretch, lexicon: Lexicon) -> Iterator[Stretch]:
    """The sentences of a paragraph; a full stop after an abbreviation or an initial ends none."""
    abbreviations = lexicon.pattern("abbreviations")
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        before = text[max(start, match.start() - 25) : match.start()]
        last = before.split()[-1] if before.split() else ""
        if match[0].startswith(".") and len(match[0]) == 1:
            bare = last.lstrip("(«“\"'")
            if abbreviations.fullmatch(bare) or re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])*", bare):
                continue
        part = _trimmed(text, start, match.end())
        if part.end > part.start:
            yield part
        start = match.end()
    part = _trimmed(text, start, paragraph.end)
    if part.end > part.start:
        yield part


def words(text: str, part: Stretch) -> Iterator[re.Match[str]]:
    """The words of a part of the text."""
    return WORD.finditer(text, part.start, part.end)


def balanced(name: str) -> str:
    """A name without quotation marks around it, and without a mark whose partner was cut off."""
    for opening, closing in ("“”", "«»", "‘’", "„“"):
        alone = name.count(opening) != name.count(closing)
        if alone or (name.startswith(opening) and name.endswith(closing) and name.count(opening) == 1):
            name = name.replace(opening, "").replace(closing, "")
    return name.strip(' "') if name.count('"') % 2 or (name.startswith('"') and name.endswith('"')) else name.strip()


def _quotations(text: str, paragraph: Stretch) -> Iterator[Stretch]:
    for opening, closing in _QUOTES:
        start = text.find(opening, paragraph.start, paragraph.end)
        while start >= 0:
            end = text.find(closing, start + 1, paragraph.end)
            # Speech that runs over several paragraphs is closed only in the last one.
            stop = end + 1 if end >= 0 else paragraph.end
            if end >= 0 or start == paragraph.start:
                part = Stretch(start, stop)
                if sum(1 for _ in words(text, part)) >= SPEECH_WORDS:
                    yield part
            start = text.find(opening, stop, paragraph.end)


def _trimmed(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)
