"""The name of a person as a record should print it, from the case forms in which an article prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.lexicon import Lexicon
from kg.extract.morphology import feminine, nominative_given, nominative_surname

_MASCULINE_FORM = re.compile(
    r"[бвгджзклмнпрстфхцчшщ](?<![оеєёиіїы]в)(?<!ин)(?<!ін)(?<!їн)(?<!ск)(?<!ськ)(?<!цк)(?<!цьк)(?:а|у|ом|ем|ові)$"
)
"""Surnames of this form are inflected only when a man bears them."""
_HER_ROLE = re.compile(r"(?:тка|рка|нка|чка|ниця|ница|иця|иня)\s+$")
_HIS_ROLE = re.compile(r"(?:иста|іста|ката|тора|рора|ника|нера|мана|вця|еля|аря|дді|дью)\s+$")
"""A role word right before a name: a woman's in the nominative, a man's in another case."""


_HER_SURNAME = re.compile(r"(?:[оеєё]в|[иії]н)(?:ої|ой|ою|ій)$|(?:ськ|цьк)(?:ої|ою|ій|а)$|(?:ск|цк)(?:ую|ая)$")
"""Surnames in a form that only a woman's has."""


@dataclass(frozen=True)
class Nominative:
    """A name in the nominative, the sex if the forms tell it, and what was guessed."""

    name: str
    female: bool | None
    doubt: str | None


def nominative(forms: list[list[str]], before: list[str], lexicon: Lexicon, subject_of: str = "") -> Nominative:
    """The nominative of a Russian or Ukrainian name.

    `forms` are the words of each mention, all of the same number; `before` what stands before mentions (a role may tell the sex);
    `subject_of` the verb, if any, that has one of the mentions as its subject: its ending tells the sex.
    """
    words = forms[0]
    if len(words) == 1:
        guess = words[0][-1:].lower() in "аяуюыиіе"
        return Nominative(words[0], None, "only a surname is given, perhaps not in the nominative" if guess else None)
    female, ambiguous = _sex(forms, before, lexicon)
    if re.search(r"л[ао](?:с[ья])?$", subject_of) and forms[0][-1][-1:] in "ая":
        return Nominative(" ".join(words), True, None)
    known: set[str] = lexicon["given"]
    masculine: set[str] = lexicon["given-masculine"]
    fitting = known if female is None else {name for name in known if (name in masculine) != female}
    given = nominative_given(words[0], fitting, lexicon.language) or min((form[0] for form in forms), key=len)
    if female is False and given.lower() not in known:
        given = re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:а|у|ом|ові)$", "", given)
    upright = next((form for form in forms if form[0] == given and given[-1].lower() not in "аяуюеєиыіїо"), None)
    if upright and female is False:  # the given name is in the nominative, so the surname beside it is too
        return Nominative(" ".join(upright), False, None)
    if ambiguous:
        return Nominative(" ".join(words), None, "a woman's name, or a man's in another case")
    middle = [_patronymic(word) if re.search(r"(?:ич|вн)\w{1,3}$", word) else word for word in words[1:-1]]
    name = " ".join([given, *middle, nominative_surname(words[-1], female) or words[-1]])
    sure = any(" ".join(form) == name for form in forms)
    return Nominative(name, female, None if sure else "the nominative was worked out from an inflected form")


def _sex(forms: list[list[str]], before: list[str], lexicon: Lexicon) -> tuple[bool | None, bool]:
    """Whether the bearer is a woman, and whether the printed form could be a woman's nominative or a man's other case."""
    words = forms[0]
    known: set[str] = lexicon["given"]
    masculine: set[str] = lexicon["given-masculine"]
    if any(_HER_SURNAME.search(form[-1]) for form in forms):
        return True, False
    initial = words[0].endswith(".")
    female = None if initial else feminine(words[0], masculine, known)
    hers, his = any(map(_HER_ROLE.search, before)), any(map(_HIS_ROLE.search, before))
    if female is None and hers != his:
        female = hers
    if any(re.search(r"(?:[оеєё]в|[иіїы]н|ський|ский|цький|цкий)$", form[-1]) for form in forms):
        female = False
    if female is None and _MASCULINE_FORM.search(words[-1]):
        female = False
    listed = words[0].lower() in known
    if female is None and not initial and not listed:
        one = nominative_given(words[0], known, lexicon.language)
        female = one.lower() not in masculine if one else None
    if female is None and not initial and any(form[-1][-1:].lower() in "бвгґджзклмнпрстфхцчшщйь" for form in forms):
        return False, False
    return female, female is None and not initial and listed


def _patronymic(word: str) -> str:
    male = re.sub(r"(ич)(?:а|у|ем|е|еві)$", r"\1", word)
    return re.sub(r"(вн)(?:ы|е|у|ой|и|і|ою)$", r"\1а", male)
