"""Reading YAML: the subset that records use comes back as written, and nothing an attacker writes hangs or crashes the reader."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.records.document import Document, parse_document

KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029\ufeff\ufffe\uffff"), max_size=12
)
VALUES = st.recursive(WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_is_written_as_quoted_yaml_comes_back(value: dict[str, object]) -> None:
    document = parse_document(yaml.safe_dump(value, default_style='"', allow_unicode=True), Document("x.yaml"))
    assert not document.problems
    assert document.value == value


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_located_problems(text: str) -> None:
    document = parse_document(text, Document("x.yaml"))
    assert all(problem.line >= 1 and problem.column >= 1 for problem in document.problems)


def test_dates_stay_text_so_that_their_precision_stays() -> None:
    document = parse_document("date: 2019-06\nyear: 2019\nday: 2019-06-10\nyes: no\n", Document("x.yaml"))
    assert document.value == {"date": "2019-06", "year": "2019", "day": "2019-06-10", "yes": "no"}
