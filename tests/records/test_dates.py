"""Dates keep the precision the source gives, and know which days they can mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import parse_date

DAYS = st.dates(min_value=date(1000, 1, 1))


@given(DAYS)
def test_a_day_is_itself(day: date) -> None:
    parsed = parse_date(day.isoformat())
    assert (parsed.earliest, parsed.latest, str(parsed)) == (day, day, day.isoformat())
    assert parsed.datatype.endswith("#date")


@given(DAYS)
def test_a_month_and_a_year_hold_all_their_days(day: date) -> None:
    for length, datatype in ((7, "#gYearMonth"), (4, "#gYear")):
        parsed = parse_date(day.isoformat()[:length])
        assert parsed.earliest is not None
        assert parsed.latest is not None
        assert parsed.earliest <= day <= parsed.latest
        assert parsed.datatype.endswith(datatype)


@given(DAYS, DAYS)
def test_an_interval_runs_from_its_first_to_its_last_day(one: date, other: date) -> None:
    start, end = sorted((one, other))
    parsed = parse_date(f"{start}/{end}")
    assert (parsed.earliest, parsed.latest) == (start, end)
    if start != end:
        with pytest.raises(ValueError, match="ends before"):
            parse_date(f"{end}/{start}")


@given(DAYS)
def test_an_open_interval_is_open_at_that_end_only(day: date) -> None:
    assert parse_date(f"{day}/..").latest is None
    assert parse_date(f"{day}/..").earliest == day
    assert parse_date(f"../{day}").earliest is None


@given(st.text(max_size=20))
def test_any_text_is_either_read_as_written_or_refused(text: str) -> None:
    try:
        parsed = parse_date(text)
    except ValueError:
        return
    assert parsed.text == text


@pytest.mark.parametrize(
    "text", ["", "2019-6-10", "10.06.2019", "2019-00", "2019-13", "2019-02-29", "../..", "2019-06-10/", "٢٠١٩"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)


def test_around_is_kept_as_written_and_typed_as_uncertain() -> None:
    parsed = parse_date("2019-06~")
    assert str(parsed) == "2019-06~"
    assert parsed.datatype.endswith("EDTF")
