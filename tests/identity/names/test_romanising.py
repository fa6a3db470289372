"""Names that only Cyrillic sources print, as readers of Latin letters meet them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.names.romanising import romanise


@pytest.mark.parametrize(
    ("printed", "latin"),
    [
        ("Згорани", "Zghorany"),
        ("Борщагівка", "Borshchahivka"),
        ("Єнакієве", "Yenakiieve"),
        ("Їжакевич Кадиївка", "Yizhakevych Kadyivka"),
        ("Короп'є", "Koropie"),
        ("Йосипівка Стрий", "Yosypivka Stryi"),
        ("Юрій Крюківка", "Yurii Kriukivka"),
        ("Знам’янка", "Znamianka"),
        ("ЯГОТИН", "YAHOTYN"),
    ],
)
def test_ukrainian_as_the_examples_of_the_resolution_write_it(printed: str, latin: str) -> None:
    assert romanise(printed, ukrainian=True) == latin


@pytest.mark.parametrize(
    ("printed", "latin"), [("Эскендер Подъячев", "Eskender Podieiachev"), ("Голышев М.А.", "Golyshev M.A."), ("Щукин", "Shchukin")]
)
def test_russian_as_travel_documents_write_it(printed: str, latin: str) -> None:
    assert romanise(printed, ukrainian=False) == latin


def test_letters_tell_the_language_better_than_the_source() -> None:
    """A Ukrainian outlet prints a Russian's name in Russian; a Russian one a Ukrainian's in Ukrainian."""
    assert romanise("Игорь Крымов Быков", ukrainian=True) == "Igor Krymov Bykov"
    assert romanise("Ігор Гриценко", ukrainian=False) == "Ihor Hrytsenko"


def test_a_name_in_letters_of_a_third_language_stays_as_printed() -> None:
    assert romanise("Віктар Ўладзіміравіч", ukrainian=False) is None


@given(st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", min_size=3, max_size=12), st.booleans())
def test_every_name_of_one_alphabet_can_be_read(letters: str, ukrainian: bool) -> None:
    latin = romanise(letters.capitalize(), ukrainian)
    assert latin is not None
    assert latin.isascii()
