"""Spellings of one name are found across scripts, with reasons an editor can check; a score is about names, never about people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.names import block, blocking_keys, compare_names, score_names

CYRILLIC_TO_LATIN = dict(
    zip("абвгдезийклмнопрстуфы", "abvgdeziiklmnoprstufy", strict=True),
) | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "э": "e"}

SPELLINGS = [
    ("Lenur Khalilov", "Ленур Халилов"),
    ("Lenur Khalilov", "Ленур Халілов"),
    ("Халилов", "Халілов"),
    ("Ruslan Nagayev", "Руслан Нагаєв"),
    ("Ruslan Nagayev", "Ruslan Nahaiev"),
    ("Nariman Dzhelyal", "Nariman Celâl"),
    ("Nariman Celâl", "Нариман Джелял"),
    ("Izet Abdullayev", "Иззет Абдуллаев"),
    ("Izzet Abdullayev", "Izet Abdullaev"),
    ("Emir-Usein Kuku", "Emir-Huseyn Kuku"),
    ("Emir-Usein Kuku", "Эмир Усеин Куку"),
    ("Irina Danilovich", "Iryna Danilovych"),
    ("Irina Danilovich", "ДАНИЛОВИЧ Ірина"),
    ("Olga Berdnikova", "Ольга БЕРДНИКОВА"),
    ("Mykola Semena", "Николай Семена"),
    ("Volodymyr Yakymenko", "Владимир Якименко"),
    ("В'ячеслав Соловйов", "Viacheslav Soloviov"),
    ("Aliaksandr Lukashenka", "Аляксандр Лукашэнка"),
    ("Siarhei Zubkou", "Сергей Зубков"),
    ("Server (also known as Sasha) Mustafayev", "Сервер Мустафаев"),
    ("R. Nagayev", "Руслан Нагаєв"),
    ("Emil-aga Ziyadinov", "Эмиль Зиядинов"),
    ("Sergei Surovikin", "Cергей Суровикин"),  # the first letter of the second is a Latin C
]

OTHER_NAMES = [
    ("Enver Mamutov", "Enver Omerov", "Mamutov and Omerov differ"),
    ("Ivan Ivanovich Petrov", "Иван Петрович Петров", "patronymics differ: Ivanovich, Петрович"),
    ("R. Nagayev", "Timur Nahaiev", "the initial R. does not fit Timur"),
    ("S. V. Petrov", "Сергей Андреевич Петров", "the initials of the patronymic differ"),
    ("A. Berdnikova", "A. Berdnikov", "Berdnikova and Berdnikov: one has the form for a man, the other for a woman"),
    ("Oleksandr Malkov", "Павел Мальков", "Oleksandr and Павел are different given names"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_an_editor_is_shown_other_spellings_of_a_name(one: str, other: str) -> None:
    match = compare_names(one, other)
    assert match.score >= 0.8, match
    assert blocking_keys(one) & blocking_keys(other)


@pytest.mark.parametrize(("one", "other", "reason"), OTHER_NAMES)
def test_what_speaks_against_is_said_and_weighs(one: str, other: str, reason: str) -> None:
    match = compare_names(one, other)
    assert match.score < 0.5, match
    assert reason in match.reasons


def test_two_men_of_one_name_have_one_name_and_nothing_more_follows() -> None:
    match = compare_names("Lenur Khalilov", "Lenur Khalilov")
    assert match.score == 1.0
    assert match.reasons == ("Lenur on both sides", "Khalilov on both sides")


def test_a_patronymic_on_one_side_only_is_no_contradiction() -> None:
    match = compare_names("Raim Aivazov", "Айвазов Раим Халилович")
    assert match.score == 1.0
    assert "only one side has a patronymic: Халилович" in match.reasons


def test_an_initial_says_less_than_the_name_it_stands_for() -> None:
    assert score_names("R. Nagayev", "Ruslan Nahaiev") < score_names("Ruslan Nagayev", "Ruslan Nahaiev")


def test_a_surname_alone_says_less_than_a_whole_name() -> None:
    assert score_names("Khalilov", "Ленур Халилов") < 0.8 <= score_names("Lenur Khalilov", "Ленур Халилов")


def test_a_surname_of_which_one_half_was_left_out_is_likely_but_not_the_same() -> None:
    assert 0.8 <= score_names("Olha Semena-Kovalenko", "Ольга Коваленко") < 0.95


def test_an_honorific_weighs_less_than_a_name_that_one_side_lacks() -> None:
    assert score_names("Emil-aga Ziyadinov", "Эмиль Зиядинов") > 0.95 > score_names("Emil-Server Ziyadinov", "Эмиль Зиядинов")
    assert score_names("Judge Ruslan Nagayev", "Руслан Нагаєв") == 1.0


def test_reasons_name_both_spellings() -> None:
    assert "Nagayev = Нагаєв once spelled in one alphabet" in compare_names("Ruslan Nagayev", "Руслан Нагаєв").reasons


@pytest.mark.parametrize("name", ["", "—", "A", "٣", "ប៉ុល ពត", "Иван.", "..", "J.-C. Juncker", "(только скобки)"])
def test_odd_names_are_compared_without_failing(name: str) -> None:
    assert 0 <= score_names(name, "Lenur Khalilov") <= 1
    assert score_names(name, name) == 1.0
    assert isinstance(blocking_keys(name), frozenset)


def test_only_names_that_share_a_key_are_paired_each_pair_once() -> None:
    names = ["Lenur Khalilov", "Enver Omerov", "Халілов Ленур", "Энвер Омеров", "Olga Berdnikova"]
    assert sorted(block(names)) == [(0, 2), (1, 3)]


def test_a_common_given_name_does_not_pair_everyone_with_everyone() -> None:
    syllables = ["ban", "dor", "fek", "gul", "him", "kas", "lot", "mur", "niv", "pez", "rud", "sab", "tol", "vuk", "zem"]
    names = [f"Aleksandr {one}{two}ov" for one in syllables for two in syllables]
    pairs = list(block([*names, "Александр Бандоров"]))
    assert (names.index("Aleksandr bandorov"), len(names)) in pairs
    assert len(pairs) == len(set(pairs)) < len(names) * (len(names) - 1) / 2 / 4


WORDS = st.text("абвгдезийклмнопрстуфыжхцчшщюяэ", min_size=2, max_size=10)
NAMES = st.lists(WORDS | WORDS.map(str.title) | st.sampled_from(["Р.", "Н.", "Иванович", "ага", "Усеин"]), max_size=4).map(" ".join)


@given(NAMES | st.text(max_size=20), NAMES | st.text(max_size=20))
def test_a_score_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= score_names(one, other) <= 1
    assert score_names(one, other) == pytest.approx(score_names(other, one))
    assert compare_names(one, other).score == score_names(one, other)


@given(st.text(max_size=30))
def test_a_name_is_its_own_spelling(name: str) -> None:
    assert score_names(name, name) == 1.0


@given(st.lists(st.from_regex(r"[бвгдзклмнпрстф][аиоу][бвдзклмнпрст][аиоу][бвдзлмнрст]", fullmatch=True), min_size=2, max_size=2))
def test_a_name_and_its_romanisation_are_one_name(words: list[str]) -> None:
    name = " ".join(words)
    latin = "".join(CYRILLIC_TO_LATIN.get(letter, letter) for letter in name)
    assert score_names(name, latin) == 1.0
    assert blocking_keys(name) == blocking_keys(latin)


@given(st.lists(NAMES.filter(bool), max_size=12))
def test_every_pair_of_a_short_list_that_shares_a_key_is_a_candidate(names: list[str]) -> None:
    shared = {
        (at, to)
        for at, one in enumerate(names)
        for to, other in enumerate(names)
        if at < to and blocking_keys(one) & blocking_keys(other)
    }
    assert set(block(names)) == shared


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("Vadymovych ABISOV", "Сергей Вадимович АБИСОВ"),
        ("Oleksandr Serhiyovych", "Александр Сергеевич МАЛЫХИН"),
    ],
)
def test_a_patronymic_in_a_name_of_two_words_is_known_by_the_other_side(short: str, whole: str) -> None:
    """Lists have rows from which a given name or a surname was cut off: what is left may be that name, and does not suffice."""
    match = compare_names(short, whole)
    assert 0.5 < match.score < 0.8
    assert any("patronymics agree" in reason for reason in match.reasons)
    assert list(block([short, whole])) == [(0, 1)]
    assert score_names("Abramovich Roman", "Роман Абрамович") == 1.0  # a surname that only looks like one


def test_serbian_letters_are_read() -> None:
    assert score_names("Bogoljub Karić", "Богољуб Карић") == 1.0
