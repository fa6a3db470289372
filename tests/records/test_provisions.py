"""Legal provisions: one way to write each, so that the same provision has the same address in every record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Provision, parse_provision

CODES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
NUMBERS = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2})?", fullmatch=True)


@given(CODES, st.none() | NUMBERS, st.none() | NUMBERS)
def test_writing_and_reading_a_provision_gives_it_back(code: str, article: str | None, part: str | None) -> None:
    provision = Provision(code, article, part if article else None)
    assert parse_provision(str(provision)) == provision


def test_a_part_belongs_to_its_article_and_the_article_to_its_code() -> None:
    part = parse_provision("ru-cc:205.5/2")
    article = part.broader()
    assert article == parse_provision("ru-cc:205.5")
    assert article is not None
    assert article.broader() == parse_provision("ru-cc")
    assert parse_provision("ru-cc").broader() is None


@pytest.mark.parametrize(
    "text", ["", "Article 205.5", "ru-cc 205.5", "ru-cc:", "ru-cc:205.5/", "RU-CC:205.5", "ru-cc:205.5 part 2"]
)
def test_other_spellings_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"ru-cc:205\.5/2"):
        parse_provision(text)
