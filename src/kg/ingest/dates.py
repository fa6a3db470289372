"""Dates as tables write them -> dates as records write them, never guessing which number is the day.

`05/06/2019` is 5 June in Kyiv and 6 May in Chicago. Unless somebody says which, such a date is a question, not a fact.
"""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from pathlib import Path

import yaml

from kg.records import parse_date

_NUMBERS = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})", re.ASCII)
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|º)?[\s./-]+(?:de\s+)?)?([^\W\d_]{3,})\.?[\s./-]+(?:del?\s+)?(\d{4})(?:\s*р\.|\s*г\.)?"
)
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}", re.ASCII)


class DateOrder(StrEnum):
    """What to make of a date such as 05/06/2019: ask, take the first number as day or as month, or keep it as written."""

    ask = "ask"
    day_first = "day-first"
    month_first = "month-first"
    keep = "keep"


class AmbiguousDateError(ValueError):
    """A date that can be two days."""


def read_date(text: str, order: DateOrder = DateOrder.ask) -> str:
    """The date `text` in the notation of records (see kg.records.dates).

    Understood besides that notation: 31.12.2019, 31/12/2019, 12/31/2019, 12/2019, 2019/12/31, 31 December 2019, DIC/2019.
    Between dots the day stands first (as in DIN 5008 and GOST R 7.0.97); between strokes and hyphens `order` decides, and where it
    only asks, a date that can be read one way is read that way. Raises AmbiguousDateError where it does not decide, ValueError
    where `text` is no date.
    """
    text = text.strip()
    if match := _NUMBERS.fullmatch(text):
        return _by_numbers(text, int(match[1]), match[2], int(match[3]), int(match[4]), order)
    if match := _YEAR_FIRST.fullmatch(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH_YEAR.fullmatch(text):
        return _checked(int(match[2]), int(match[1]))
    if match := _NAMED.fullmatch(text):
        return _checked(int(match[3]), month(match[2]), int(match[1]) if match[1] else None)
    if match := _NAMED_FIRST.fullmatch(text):
        return _checked(int(match[3]), month(match[1]), int(match[2]))
    if _SHORT_YEAR.fullmatch(text):
        raise ValueError("a year of two digits: write all four")
    parse_date(text)
    return text


def readings(text: str) -> set[DateOrder]:
    """In which orders a date of three numbers is a day of the calendar: both, one, or none; none also for anything else."""
    found = set()
    for order in (DateOrder.day_first, DateOrder.month_first):
        match = _NUMBERS.fullmatch(text.strip())
        try:
            if match and match[2] != ".":
                day, mon = (int(match[1]), int(match[3])) if order is DateOrder.day_first else (int(match[3]), int(match[1]))
                _checked(int(match[4]), mon, day)
                found.add(order)
        except ValueError:
            continue
    return found


def _by_numbers(text: str, first: int, mark: str, second: int, year: int, order: DateOrder) -> str:
    if mark == "." or order is DateOrder.day_first or first == second or first > 12:
        return _checked(year, second, first)
    if order is DateOrder.month_first or second > 12:
        return _checked(year, first, second)
    one, other = _checked(year, second, first), _checked(year, first, second)
    raise AmbiguousDateError(f"{text} can be {one} or {other}: write one of them, or say --dates day-first or month-first")


def _checked(year: int, mon: int, day: int | None = None) -> str:
    written = f"{year:04}-{mon:02}" + (f"-{day:02}" if day is not None else "")
    parse_date(written)
    return written


@functools.cache
def month(name: str) -> int:
    """The number of the month `name`, whole or abbreviated to three letters or more; raises ValueError."""
    names = yaml.safe_load((Path(__file__).parent / "months.yaml").read_text(encoding="utf-8"))
    wanted = name.casefold()
    found = {number for number, forms in names.items() if any(form.startswith(wanted) for form in forms)}
    if len(found) != 1:
        raise ValueError(f"'{name}' is not the name of a month")
    return int(found.pop())
