"""Dates at the precision a source gives: a day, a month, a year, an interval, or around one of them.

The notation is a subset of EDTF (Extended Date/Time Format, ISO 8601-2:2019): `2019-06-10`, `2019-06`, `2019`,
`2019-06-10/2019-06-14`, `2019-06/..`, `../2019`, and `~` after a date for "around". EDTF leaves open how far "around" reaches; here
it is one day, month or year to either side, whichever the date is written to.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_SINGLE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~)?", re.ASCII)
_XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as written (`text`) and the first and last day it can mean (`None`: open at that end)."""

    text: str
    earliest: date | None
    latest: date | None

    @property
    def datatype(self) -> str:
        """IRI of the RDF datatype: xsd:date, xsd:gYearMonth or xsd:gYear; EDTF for intervals and "around"."""
        if not _SINGLE.fullmatch(self.text) or self.text.endswith("~"):
            return EDTF
        return _XSD + {10: "date", 7: "gYearMonth", 4: "gYear"}[len(self.text)]

    def __str__(self) -> str:
        return self.text


def parse_date(text: str) -> PartialDate:
    """Read one date or interval.

    Raises ValueError, with a message fit for an editor, when `text` is not in the notation or names no real day.
    """
    if "/" not in text:
        return PartialDate(text, *_bounds(text))
    start, _, end = text.partition("/")
    earliest = None if start == ".." else _bounds(start)[0]
    latest = None if end == ".." else _bounds(end)[1]
    if start == end == "..":
        raise ValueError("an interval open at both ends says nothing: leave the date out")
    if earliest and latest and earliest > latest:
        raise ValueError("the interval ends before it begins")
    return PartialDate(text, earliest, latest)


def _bounds(text: str) -> tuple[date, date]:
    """The first and last day; "around" takes in the day, month or year on either side as well."""
    match = _SINGLE.fullmatch(text)
    if match and text.endswith("~"):
        first, last = _bounds(text[:-1])
        before, after = (first - timedelta(days=1)).isoformat(), (last + timedelta(days=1)).isoformat()
        return _bounds(before[: len(text) - 1])[0], _bounds(after[: len(text) - 1])[1]
    if not match:
        raise ValueError("not a date: write 2019-06-10, 2019-06, 2019, 2019-06-10/2019-06-14, 2019/.. or 2019-06~")
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(f"no such day in the calendar: {error}") from None
