"""The gold set says nothing that its articles do not: every quote and name stands there, every word is the vocabulary's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.extraction_gold import GOLD, PARTS, Gold, GoldArticle, Named, read_gold
from pydantic import ValidationError

from kg.records import parse_date, parse_provision, read_registries
from kg.vocabulary import load_vocabulary
from tests.conftest import ROOT

ARTICLES = [article for part in PARTS for article in read_gold(part)]
WORDS = load_vocabulary()
CODES = read_registries(ROOT / "data").codes.entries
each = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)


def quotes(gold: Gold) -> Iterator[str]:
    for event in gold.events:
        yield from (event.quote, *event.also_at)
    yield from (one.quote for one in gold.provisions)
    yield from (one.quote for one in gold.statements)
    yield from (one.quote for one in gold.figures)
    yield from (one.quote for one in gold.not_)
    yield from (form for thing in named(gold) for form in (thing.name, *thing.also))


def named(gold: Gold) -> list[Named]:
    return [*gold.people, *gold.bodies, *gold.cases]


@each
def test_every_quote_and_name_stands_in_the_article(article: GoldArticle) -> None:
    assert [quote for quote in quotes(article.gold) if not article.places(quote)] == []


@each
def test_the_words_are_the_vocabularys(article: GoldArticle) -> None:
    gold, concepts = article.gold, WORDS.concepts
    roles = {*WORDS.roles, *concepts["role"], *concepts["membership"]}
    assert {role for person in gold.people for role in (*person.roles, *person.maybe_roles)} <= roles
    assert {kind for body in gold.bodies for kind in body.kind} <= {*concepts["body-kind"]}
    assert {event.kind for event in gold.events} <= {*WORDS.event_kinds} - {"statement"}
    assert {role for event in gold.events for role in (*event.people, *event.maybe)} <= {*WORDS.roles}
    assert {event.outcome for event in gold.events} - {None} <= {*concepts["outcome"]}
    assert {event.measure for event in gold.events} - {None} <= {*concepts["measure"]}
    assert {event.modality for event in gold.events} <= {*concepts["modality"]}
    penalties = [one for event in gold.events for one in (*event.penalties, *event.requested)]
    assert {one.kind for one in penalties} - {None} <= {*concepts["penalty-kind"]}
    assert {one.regime for one in penalties} - {None} <= {*concepts["regime"]}


@each
def test_whoever_takes_part_is_declared(article: GoldArticle) -> None:
    gold = article.gold
    declared = {thing.name for thing in (*gold.people, *gold.bodies)}
    taking = {
        name for event in gold.events for people in (event.people, event.maybe) for names in people.values() for name in names
    }
    taking |= {name for event in gold.events for name in (*event.body, event.origin, event.destination) if name}
    taking |= {one.person for event in gold.events for one in (*event.penalties, *event.requested) if one.person}
    assert taking | {statement.speaker for statement in gold.statements} <= declared
    assert [name for name, times in Counter(thing.name for thing in (*gold.people, *gold.bodies)).items() if times > 1] == []


@each
def test_penalties_belong_to_those_who_were_judged(article: GoldArticle) -> None:
    for event in article.gold.events:
        people = {name for names in (*event.people.values(), *event.maybe.values()) for name in names}
        assert {one.person for one in (*event.penalties, *event.requested)} - {None} <= people
        assert not event.requested or event.kind == "sentence-request"


@each
def test_dates_and_provisions_can_stand_in_a_record(article: GoldArticle) -> None:
    gold = article.gold
    for written in (gold.article.published, *(event.date for event in gold.events), *(event.until for event in gold.events)):
        assert written is None or str(parse_date(written)) == written
    for one in gold.provisions:
        if one.code:
            assert one.code in CODES
            parse_provision(f"{one.code}:{one.article}" + (f"/{one.part}" if one.part else ""))


@each
def test_nobody_is_both_an_official_and_defended(article: GoldArticle) -> None:
    """The annotation itself keeps the accused, their lawyers and the officials apart."""
    official = {key for key, role in WORDS.roles.items() if role.official}
    affected = {key for key, role in WORDS.roles.items() if role.affected}
    parts: dict[str, set[str]] = {}
    for event in article.gold.events:
        for role, names in event.people.items():
            for name in names:
                parts.setdefault(name, set()).add(role)
    for name, roles in parts.items():
        assert not (roles & official and roles & affected), name
        assert not ("lawyer" in roles and roles & official), name


@each
def test_the_article_is_one(article: GoldArticle) -> None:
    headline, dateline, *_ = article.text.splitlines()
    assert article.gold.article.title == headline
    assert article.gold.article.published[:4] in dateline + article.text.splitlines()[2]
    assert 180 <= len(article.text.split()) <= 600
    assert article.name[3:5] == article.gold.article.language


def test_both_parts_have_every_language_in_equal_parts() -> None:
    for part in PARTS:
        languages = Counter(article.gold.article.language for article in read_gold(part))
        assert {language: count / languages["ru"] for language, count in languages.items()} == {"en": 3, "ru": 1, "uk": 1}
        assert len([*(GOLD / part).glob("*.txt")]) == len([*(GOLD / part).glob("*.yaml")])


def test_no_person_of_the_test_half_is_known_from_the_other() -> None:
    people = [{person.name for article in read_gold(part) for person in article.gold.people} for part in PARTS]
    assert people[0] & people[1] == set()


def test_a_slip_in_an_annotation_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "develop"
    folder.mkdir()
    (folder / "01-en-slip.txt").write_text("A headline\nDAILY, 1 May 2020\nText.", encoding="utf-8")
    about = "article: {publisher: Daily, published: 2020-05-01, language: en, title: A headline}\n"
    (folder / "01-en-slip.yaml").write_text(about + "events: [{kind: sentence, quotes: Text.}]\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="quotes"):
        list(read_gold("develop", tmp_path))
