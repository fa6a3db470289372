"""Dates as tables write them; which number is the day is never guessed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.dates import AmbiguousDateError, DateOrder, read_date

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))


@given(days)
def test_a_day_comes_back_from_every_unambiguous_spelling(day: datetime.date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y"):
        assert read_date(day.strftime(form)) == day.isoformat()
    assert read_date(day.strftime("%m/%Y")) == day.isoformat()[:7]


@given(days)
def test_strokes_need_to_be_told_exactly_where_two_days_are_possible(day: datetime.date) -> None:
    european, american = day.strftime("%d/%m/%Y"), day.strftime("%m/%d/%Y")
    assert read_date(european, DateOrder.day_first) == day.isoformat()
    assert read_date(american, DateOrder.month_first) == day.isoformat()
    if day.day > 12 or day.day == day.month:
        assert read_date(european) == read_date(american) == day.isoformat()
    else:
        with pytest.raises(AmbiguousDateError, match=day.isoformat()):
            read_date(european)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DIC/1976", "1976-12"),
        ("15 de agosto de 1976", "1976-08-15"),
        ("10 червня 2019 р.", "2019-06-10"),
        ("3 мая 2019", "2019-05-03"),
        ("1er mars 2020", None),
        ("2019-06/..", "2019-06/.."),
        ("1st June 2019", "2019-06-01"),
    ],
)
def test_months_by_name(written: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(ValueError, match="not a date"):
            read_date(written)
    else:
        assert read_date(written) == meant


@pytest.mark.parametrize(
    "written", ["31.02.2019", "32/01/2019", "2019-13", "29/02/2019", "13/13/2019", "1/2/19", "soon", "٣١/١٢/٢٠١٩"]
)
def test_what_is_no_date_is_never_made_one(written: str) -> None:
    for order in DateOrder:
        with pytest.raises(ValueError, match=r"date|day|digits|month"):
            read_date(written, order)
