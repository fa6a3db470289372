"""The nominative of a Russian or Ukrainian surname from its form and the case of the given name beside it.

`Івана Дзюбу` and `Івану Дзюбі` are the cases of `Дзюба`, `Івана Ковальчука` one of `Ковальчук`: the given name tells the case, the
case and the ending of the surname tell its declension. A woman's surname that ends in a consonant or in -о has one form.
"""

from __future__ import annotations

import re

NOMINATIVE, GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL, LOCATIVE = "nominative", "genitive", "dative", "accusative", "by", "in"
_UNCHANGED = ("дзе", "швили", "швілі", "заде")
"""Georgian and Azerbaijani surnames that have one form."""
_CONSONANT = "бвгґджзклмнпрстфхцчшщ"
_VOWEL = "аеёиоуыэюяіїє"
_HERS = [
    ("(?:а|я)", {NOMINATIVE}),
    ("(?:ы|и|ії|ї|ии)", {GENITIVE}),
    ("(?:е|і|ії|ии)", {DATIVE, LOCATIVE}),
    ("(?:у|ю)", {ACCUSATIVE}),
    ("(?:ою|ею|єю|ой|ей|ью|'ю|ією|ией)", {INSTRUMENTAL}),
]
"""Endings of given names in -а and -я, and the cases they stand for."""
_HIS = [
    ("(?:а|я)", {GENITIVE, ACCUSATIVE}),
    ("(?:у|ю)", {DATIVE}),
    ("(?:ові|еві|єві)", {DATIVE, LOCATIVE}),
    ("(?:ом|ем|єм|ём)", {INSTRUMENTAL}),
    ("(?:е|і|ї|и)", {LOCATIVE}),
]
"""The same for men's given names in a consonant or -о."""


def case_of(form: str, nominative: str) -> set[str]:
    """The cases in which a given name stands; all of them are possible for a name that does not change (`Лутфие`, `Али`)."""
    form, name = form.lower(), nominative.lower()
    if form == name:
        changes = name[-1] in "ая" or name[-1] in _CONSONANT + "йь" or name.endswith(("ло", "ро"))
        return {NOMINATIVE} if changes else {NOMINATIVE, GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL, LOCATIVE}
    endings = _HERS if name[-1] in "ая" else _HIS
    if name[-1] == "ь" and form[-1] in "иі":
        return {GENITIVE, DATIVE}
    return {case for pattern, cases in endings if re.search(f"{pattern}$", form) for case in cases}


def agreed_surname(form: str, cases: set[str], female: bool, language: str) -> str | None:
    """The nominative of a surname that stands in one of `cases`; None where its form fits no declension in them."""
    if not cases or (cases == {NOMINATIVE}):
        return form if cases else None
    if "-" in form.strip("-"):  # each part of a double surname is declined
        parts = [agreed_surname(part, cases, female, language) or part for part in form.split("-")]
        return "-".join(parts)
    surname = _her(form, cases, language) if female else _his(form, cases, language)
    return surname if surname and len(surname) > 2 else None


def declined(surname: str, form: str, female: bool, language: str) -> bool:
    """Whether `form` can be a case form of a man's or a woman's `surname`, which is in the nominative."""
    cases = (GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL)
    return form == surname or any(agreed_surname(form, {case}, female, language) == surname for case in cases)


def _first(form: str, rules: list[tuple[str, str]]) -> str | None:
    for pattern, replacement in rules:
        changed, count = re.subn(f"{pattern}$", replacement, form)
        if count:
            return changed
    return None


def _her(form: str, cases: set[str], language: str) -> str | None:
    if form[-1] in _CONSONANT + "оь" or form.endswith(_UNCHANGED) or len(form) < 5:
        return form
    if language == "uk":
        rules = [("(?:ої|ій|ою)" if cases & {DATIVE, LOCATIVE} else "(?:ої|ою)", "а"), ("ею|єю", "я")]
        of_a = {
            GENITIVE: [("и", "а"), ("[іїй]", "я")],
            DATIVE: [("ці", "ка"), ("і", "а"), ("ї", "я")],
            ACCUSATIVE: [("у", "а"), ("ю", "я")],
        }
    else:
        rules = [("(?<=[оеё]в)ой|(?<=[иы]н)ой", "а"), ("(?<=[сц]к)ой", "ая"), ("ую", "ая"), ("юю", "яя")]
        rules += [("ой|ою", "а")] if INSTRUMENTAL in cases and not re.search("[нтд]ой$", form) else [("ой", "ая")]
        rules += [("(?<=[жчшщ])ей", "ая" if INSTRUMENTAL not in cases else "а"), ("ей", "я")]
        of_a = {GENITIVE: [("[ыи]", "а")], DATIVE: [("е", "а")], ACCUSATIVE: [("у", "а"), ("ю", "я")]}
    own = [rule for case in (GENITIVE, DATIVE, ACCUSATIVE) if case in cases for rule in of_a[case]]
    return _first(form, rules) or _first(form, own) or form


def _his(form: str, cases: set[str], language: str) -> str | None:
    if form.endswith(_UNCHANGED):
        return form
    possessive = "(?<=[оеєёіїи]в)|(?<=[иіїы]н)"
    if INSTRUMENTAL in cases and re.search(f"(?:{possessive})(?:ым|им)$", form):
        return form[:-2]
    if re.search("(?:[сц]ьк(?:им|ім)|[сц]к(?:им|ом)|ого|ому|его|ему|ым)$", form):
        base = re.sub("(?:ого|ому|им|ім|ом|его|ему|ым)$", "", form)
        soft = form.endswith(("его", "ему")) and base[-1] != "ц"  # Заворотнего, but Куцего
        return base + ("ий" if language == "uk" or base[-1] in "кгхжшчщ" or soft else "ый")
    if form.endswith("ього"):
        return form[:-4] + "ій"
    if INSTRUMENTAL in cases and re.search("[нвтрдлп]им$", form):
        return form[:-2] + "ий"
    if GENITIVE in cases or ACCUSATIVE in cases:
        of_a = ([("[ыи]", "а"), ("і", "я")] if GENITIVE in cases else []) + (
            [("у", "а"), ("ю", "я")] if ACCUSATIVE in cases else []
        )
        return _first(form, of_a) or _bare(form, "а", "я", language) or form
    if DATIVE in cases:
        ending = next((end for end in ("ові", "еві", "єві") if form.endswith(end)), None)
        if ending:
            return _bare(form[: -len(ending)] + ("у" if ending == "ові" else "ю"), "у", "ю", language)
        return _first(form, [("ці", "ка"), ("[еі]", "а")]) or _bare(form, "у", "ю", language) or form
    if INSTRUMENTAL in cases:
        if form.endswith(("ою", "ой")):
            return form[:-2] + "а"
        if form.endswith(("ею", "єю", "ей")) and len(form) > 4 and form.endswith("ю"):
            return form[:-2] + "я"
        if re.search("[жчшщ]ем$", form):
            return form[:-2]
        if re.search("(?:ом|ем|єм|ём)$", form):
            return _bare(form[:-2] + ("у" if form.endswith("ом") else "ю"), "у", "ю", language)
        return form
    return None


def _bare(form: str, hard: str, soft: str, language: str) -> str | None:
    """Without the ending of a surname that ends in a consonant, in a soft sign, in -й or in -ко."""
    if form.endswith(soft):
        base = form[:-1]
        if base[-1] in _VOWEL:
            return base + "й"
        if base.endswith("йц"):
            return base[:-2] + "єць"
        if base.endswith("ц"):
            return base[:-1].rstrip("ь") + ("ець" if language == "uk" else "ец")
        return base if language == "uk" and base.endswith("р") else base + "ь"
    if not form.endswith(hard) or form[-2] not in _CONSONANT:
        return None
    base = form[:-1]
    if re.search("енк$|[йцчшлнь]к$", base) and not re.search("[аеєиіїоуюя]нк$(?<!енк)", base):
        return base + "о"
    if language == "uk" and len(base) > 4 and re.search(f"[{_CONSONANT}]к$", base) and not base.endswith("нк"):
        return base + "о"
    if base.endswith("йц"):
        return base[:-2] + "ец"
    if base.endswith(("рл", "зл")):  # Орел, Козел
        return base[:-1] + "ел"
    if base.endswith("ц") and len(base) > 4 and base[-2] in _CONSONANT:
        return base[:-1] + "ец"
    return base
