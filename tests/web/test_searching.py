"""Anybody is found by any spelling, script, initial or typo, with what is known about them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kg.web.suggestions import SuggestionIndex


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Kolpikov", "Yevgeny Kolpikov"),
        ("Колпиков", "Yevgeny Kolpikov"),
        ("Колпіков Євген", "Yevgeny Kolpikov"),
        ("Kolpkov", "Yevgeny Kolpikov"),
        ("Л. Халилов", "Lenur Khalilov"),
        ("Nahaiev", "Ruslan Nagayev"),
        ("Celâl", "Nariman Dzhelyal"),
        ("Сімферополь", "Simferopol"),
        ("верховний суд крим", "Supreme Court of Crimea (Russian occupation)"),
    ],
)
def test_the_first_suggestion_is_who_is_meant(shipped: TestClient, question: str, label: str) -> None:
    found = shipped.get("/api/suggest", params={"q": question}).json()["suggestions"]
    assert found[0]["label"] == label
    assert shipped.get(found[0]["url"]).status_code == 200


def test_a_suggestion_says_what_somebody_is_known_for(shipped: TestClient) -> None:
    (found, *_) = shipped.get("/api/suggest?q=Kurbedinov").json()["suggestions"]
    assert found["roles"] == ["Persecuted person", "Defence lawyer"]
    assert found["context"]
    (same, *_) = shipped.get("/api/suggest?q=Kurbedinov&lang=uk").json()["suggestions"]
    assert "Адвокат" in same["roles"]


@pytest.mark.parametrize("question", ["", " ", "x" * 5000, "<script>", "\u202e", "' OR 1=1", "%00", "?" * 100, "ʼ"])
def test_a_question_without_an_answer_is_no_error(shipped: TestClient, question: str) -> None:
    assert shipped.get("/api/suggest", params={"q": question}).status_code == 200
    page = shipped.get("/search", params={"q": question})
    assert page.status_code == 200
    assert "<script>" not in page.text


def test_the_page_of_results_needs_no_script_and_keeps_two_people_of_one_name_apart(shipped: TestClient) -> None:
    page = shipped.get("/search", params={"q": "Халилов Ленур"}).text
    results = page.split('<ol class="results">')[1]
    assert results.count("><bdi>Lenur Khalilov</bdi></a>") == 2
    assert "Same name is not same person" in page


def test_what_is_named_often_comes_first_among_equals() -> None:
    index = SuggestionIndex([("a", "Oleh Bondar"), ("b", "Ivan Bondar"), ("c", "Bondarenko")], {"b": 40})
    assert [found.iri for found in index.find("bondar")] == ["b", "a", "c"]
    assert [found.iri for found in index.find("bondar oleg")] == ["a"]
    assert index.find("bandur petro") == []
