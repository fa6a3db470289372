"""Where an article names a body, and the bodies of a stretch of it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from kg.extract.tokens import Stretch

UPPER = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
CAP = rf"[{UPPER}][\w’ʼ'‑-]*"


@dataclass(frozen=True, order=True)
class BodyMention:
    """A body named at `stretch`; `anaphor`: only pointed to ("the court"), so that the name had to be found elsewhere."""

    stretch: Stretch
    name: str
    kind: str
    anaphor: bool = False

    @property
    def court(self) -> bool:
        """Whether it is a court of any kind."""
        return self.kind.endswith("court")


@dataclass
class Bodies:
    """All mentions in the order of the text."""

    mentions: list[BodyMention] = field(default_factory=list)

    def within(self, part: Stretch) -> list[BodyMention]:
        """The mentions inside `part`."""
        first = bisect_left(self.mentions, part.start, key=lambda mention: mention.stretch.start)
        last = bisect_left(self.mentions, part.end, key=lambda mention: mention.stretch.start)
        return [mention for mention in self.mentions[first:last] if mention.stretch.end <= part.end]

    def covers(self, part: Stretch) -> bool:
        """Whether a named body stands where `part` is."""
        last = bisect_left(self.mentions, part.end, key=lambda mention: mention.stretch.start)
        near = self.mentions[max(0, last - 4) : last]  # named bodies do not overlap; a pointer may stand between
        return any(mention.stretch.touches(part) for mention in near if not mention.anaphor)
