"""What the stories ask of a draft: its events, people and bodies in a form that is easy to compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.extract import Draft, extract_article
from kg.records.model import BodyFact, EventFact, PersonFact, TenureFact


def draft(text: str, published: str | None = "2024-10-09", **more: Any) -> Draft:
    return extract_article(text, title="An article", published=published, publisher="example-news", **more)


def facts(found: Draft, model: type[Any]) -> list[Any]:
    return [fact for passage in found.record.passages for fact in passage.facts if isinstance(fact, model)]


def names(found: Draft) -> set[str]:
    return {fact.name for fact in facts(found, PersonFact)}


def bodies(found: Draft) -> dict[str, str]:
    return {fact.name: fact.kind for fact in facts(found, BodyFact)}


def roles(found: Draft) -> set[tuple[str, str]]:
    by_key = {fact.person: fact.name for fact in facts(found, PersonFact)}
    return {(by_key[fact.tenure], fact.role) for fact in facts(found, TenureFact)}


def events(found: Draft, kind: str | None = None) -> list[EventFact]:
    return [fact for fact in facts(found, EventFact) if kind in (None, fact.kind) and fact.kind != "statement"]


def terms(found: Draft, kind: str = "sentence") -> dict[str | None, str]:
    return {
        term.person: f"{term.years or ''}{term.months or ''}".strip()
        for event in events(found, kind)
        for term in [*event.penalties, *event.requested]
        if term.kind in (None, "imprisonment")
    }


SEED = Path(__file__).parents[2].parent / "shared" / "seed-article.txt"
