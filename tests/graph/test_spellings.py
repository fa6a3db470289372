"""A name is found in whatever spelling and script somebody types it."""

from __future__ import annotations

import pytest

import kg
from kg.errors import NotFoundError
from kg.graph.spellings import Spellings
from tests.conftest import DataFolder

NAMES = [("1", "Олександр Деменок"), ("2", "Lenur Khalilov"), ("3", "Gulsum Khalilova"), ("4", "Celâl Nahaiev"), ("5", "Ali Vali")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Demenok", ["1"]),
        ("Oleksandr Demenok", ["1"]),
        ("Халілов", ["2", "3"]),
        ("Халилова Гульсум", ["3"]),
        ("Нагаєв", ["4"]),
        ("Джелял", ["4"]),
        ("Али", ["5"]),
        ("Alina", []),
        ("Khalilov Demenok", []),
        ("...", []),
    ],
)
def test_one_spelling_finds_the_others(typed: str, found: list[str]) -> None:
    assert Spellings(NAMES).find(typed) == found


def test_another_spelling_opens_a_person_but_never_makes_a_plain_name_ambiguous(folder: DataFolder) -> None:
    folder.verdict("a", judge="Олена Іваненко", defendant="Ivan Moroz")
    folder.verdict("b", judge="Петро Петренко", defendant="Іван Мороз")
    kg.build(folder.path, folder.path.parent / "build")
    graph = kg.open(folder.path.parent / "build")
    assert graph.graph.resolve("Olena Ivanenko").iri.endswith("id/a/judge")
    assert graph.graph.resolve("Ivan Moroz").iri.endswith("id/a/defendant")
    people = [match.label for match in graph.find("Ivan Moroz") if match.type == "Person"]
    assert people == ["Ivan Moroz", "Ivan Moroz (Іван Мороз)"], "who is written so comes first, whoever is only romanised so after"
    with pytest.raises(NotFoundError, match="another spelling"):
        graph.graph.resolve("Nobody Whatsoever")
