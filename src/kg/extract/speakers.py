"""Whether a name in an English sentence is the one who says what the sentence tells."""

from __future__ import annotations

import re
from functools import cached_property

from kg.extract.lexicon import Lexicon, compile_phrases
from kg.extract.tokens import Stretch, Text

_AGE = r"(?:,\s(?:aged\s)?\d{1,3})?"
_ASIDE = r"(?:\s(?:of|from)\s[^,.;:“”\"]{2,60})?(?:\s\([^)]*\))?" + _AGE + r"(?:,\s[^,.;:“”\"]{2,90},)?"
"""What may stand between a subject and its verb: `(RSF)`, `, 34`, `, a lawyer from Yalta,`."""
_WHEN = r"(?:\s+(?:on|in|at|from|via|through)(?:\s+(?!that|which|whom|who|have|had|has)[\w’'-]+){1,5}?)?"
"""When or where: `on Monday`, `in a statement on Friday`."""
_ADVERBS = r"(?:\s+(?:also|later|then|has|have|had|in turn|further|again|once|now|still|both|meanwhile|today|yesterday|\w+ly))*"
_QUOTED = r"[’'\"”»]*"

_ADDED = re.compile(
    r"\s+(?:\w+ly\s+|later\s+|then\s+)?(?:added\s+(?:an?|the|to)\s|(?:declared|announced)\s+(?:an?\s+)?(?:[\w-]+\s+)?hunger)"
)
"""`the investigator added a charge`, `X declared a hunger strike`: no words of theirs."""

_PAPER = re.compile(r"(?:statement|words|account|testimony|report|reports|letter|post|message|information|data)$")
"""After "according to": what somebody said, and the name after a comma is another's."""
_OWNED = re.compile(r"(?<!member)(?<!members)\s(?:of|by|for|with|against)\s(?:the\s)?(?:[a-z-]+\s){0,3}$")
"""`the family of poet X learned`: somebody else is the subject."""
_COLON = re.compile(rf"{_QUOTED}{_ASIDE}\s?:\s?[“\"«‘]")


class EnglishSpeakers:
    """Patterns for the subject of a verb of saying, built once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @cached_property
    def say(self) -> re.Pattern[str]:
        """Verbs of saying, those that tell nothing but a statement included."""
        return compile_phrases([*self.lexicon["say-verbs"], *self.lexicon.get("statement-verbs", [])])

    @cached_property
    def _after(self) -> re.Pattern[str]:
        say = self.say.pattern
        staff = rf"(?:[’']s?)?\s+{self.lexicon.pattern('speaking-staff').pattern}"
        straight = rf"{_QUOTED}(?:{staff})?{_ASIDE}{_ADVERBS}{_WHEN}{_ADVERBS}\s+{say}"
        joined = rf"{_QUOTED}{_ASIDE}{_ADVERBS}\s+\w+(?:ed|t|s)\s+[^,.;:“”\"]{{0,70}}\s(?:and|but){_ADVERBS}\s+{say}"
        quoted = rf"{_QUOTED}{_ASIDE}(?:\s(?:was|were|is|are))?(?:\squoted)?\sas\s(?:saying|telling|writing|stating)"
        tally = rf"[’']s?\s+{self.lexicon.pattern('speaking-papers').pattern}"
        return re.compile(rf"(?:{straight}|{joined}|{quoted}|{tally})")

    @cached_property
    def _told(self) -> re.Pattern[str]:
        return re.compile(rf"{self.say.pattern}\s+(?:to\s+)?(?:the\s+)?(?:[a-z-]+\s+){{0,3}}$")

    @cached_property
    def _after_comma(self) -> re.Pattern[str]:
        return re.compile(rf"{_AGE},{_ADVERBS}{_WHEN}{_ADVERBS}\s+{self.say.pattern}")

    @cached_property
    def _stated_by(self) -> re.Pattern[str]:
        roles = r"(?:(?:the|a|an|its|his|her)\s+)?(?:[\w’'-]+,?\s+){0,12}"
        return re.compile(
            rf"(?:^|\W)(?:[Tt]his|[Ii]t)\s+(?:was|is|has been|had been)\s+(?:\w+ly\s+)?{self.say.pattern}\s+by\s+{roles}$"
        )

    @cached_property
    def _before(self) -> re.Pattern[str]:
        roles = r"(?:[\w’'-]+,?\s+){0,8}"
        return re.compile(rf"(?:[”\"»]\s*,?\s*[–—-]?|,\s+[–—-])\s*{self.say.pattern}\s+{roles}$")

    @cached_property
    def _inverted(self) -> re.Pattern[str]:
        return re.compile(rf",\s+{self.lexicon.pattern('say-verbs').pattern}\s+(?:[\w’'-]+\s+){{0,6}}$")

    @cached_property
    def _according(self) -> re.Pattern[str]:
        return re.compile(
            rf"{self.lexicon.pattern('speech-according').pattern}\s+(?P<whose>[^.;,“”]{{0,60}})(?P<comma>,\s(?:[a-z-]+\s){{0,3}})?$"
        )

    def _closed(self, before: str, after: str) -> bool:
        return bool(
            re.search(
                r",\s(?:(?!of\s|at\s|for\s|who|which|that|where|when|while|and\s|but\s|after|as\s|to\s)[a-z-]+\s){0,3}$", before
            )
            and self._after_comma.match(after)
        )

    def is_aside(self, text: Text, part: Stretch, sentence: Stretch) -> bool:
        """Whether the name stands between commas and tells who the subject before it is: `her lawyer, X, said`."""
        return self._closed(text.text[max(sentence.start, part.start - 60) : part.start], text.text[part.end : part.end + 90])

    def speaks(self, text: Text, part: Stretch, sentence: Stretch) -> bool:
        """Whether what stands at `part` of `sentence` says something there."""
        after = text.text[part.end : min(sentence.end, part.end + 190)]
        before = text.text[max(sentence.start, part.start - 160) : part.start]
        if _ADDED.match(after):
            return False
        if self._closed(before, after):
            return True
        if self._after.match(after) and not _OWNED.search(before):
            return True
        if _COLON.match(after) and not self._told.search(before):
            return True
        if self._stated_by.search(before):
            return not re.match(r"[’']s?\s", after)
        according = self._according.search(before)
        if according:
            owned = re.match(r"[’']s?\s", after) or (according["comma"] and _PAPER.search(according["whose"]))
            return not owned and (not according["comma"] or bool(re.match(r"\s?[,.]", after)))
        if self._before.search(before):
            return True
        return bool(self._inverted.search(before)) and bool(re.match(r"[.]|$", after))
