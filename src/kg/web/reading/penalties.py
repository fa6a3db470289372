"""Penalties in words."""

from __future__ import annotations

import re

from kg.web.facts import Description
from kg.web.texts import Translator

_DURATION = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?")


def penalty_text(penalty: Description, t: Translator) -> str:
    """A penalty on one line, every value that sources give for it; empty when nothing is known of it."""
    lengths = " / ".join(dict.fromkeys(duration_text(fact.text, t) for fact in penalty.all("length")))
    fines = " / ".join(dict.fromkeys(f"{fact.text} {penalty.first('currency')}".strip() for fact in penalty.all("fineAmount")))
    kinds = ", ".join(dict.fromkeys(fact.text for fact in penalty.all("penaltyKind")))
    regimes = ", ".join(dict.fromkeys(fact.text for fact in penalty.all("regime")))
    return ", ".join(part for part in (kinds, lengths, regimes, fines) if part)


def duration_text(duration: str, t: Translator) -> str:
    """An ISO 8601 duration of years, months and days in words; as it stands when it is another."""
    match = _DURATION.fullmatch(duration)
    if match is None or duration == "P":
        return duration
    return " ".join(t(f"penalty.{unit}", n=int(number)) for unit, number in match.groupdict().items() if number)
