"""Case forms of Russian and Ukrainian nouns for people, so that a word list needs only the nominative.

The head of a phrase is inflected with the adjectives before it; what follows it (`начальник колонии`) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

_NOUNS_IN_IY = {"муфтий", "муфтій", "викарий", "вікарій"}
_AS_PRINTED = {"мать", "мати", "дочь", "отец", "сын", "муж", "брат", "свекровь", "доньки", "дядько"}
"""Nouns whose forms the word lists give themselves."""


def case_forms(phrase: str, language: str) -> list[str]:
    """The singular case forms of a phrase in the nominative, itself first; only itself if no pattern fits."""
    return list(dict.fromkeys([phrase, *_inflected(phrase, language, plural=False)]))


def plural_forms(phrase: str, language: str) -> list[str]:
    """Those plural case forms of a phrase in the nominative singular that are no singular forms of it too."""
    single = set(case_forms(phrase, language))
    return [form for form in dict.fromkeys(_inflected(phrase, language, plural=True)) if form not in single]


def feminine_form(noun: str, form: str) -> bool:
    """Whether `form` of `noun` speaks of a woman."""
    if noun.endswith(("ый", "ий", "ій")):
        return not form.endswith(("ый", "ий", "ій", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем"))
    return noun.endswith(("ка", "ца", "ця", "ня", "ая", "ина")) and noun not in ("мужчина", "людина")


def _inflected(phrase: str, language: str, plural: bool) -> Iterator[str]:
    words = phrase.split()
    if any(mark in phrase for mark in "*|(.") or not words or not words[0].isalpha():
        return
    head = next((at for at, word in enumerate(words) if not _adjective(word, last=at == len(words) - 1)), 0)
    if head and not _head(words[head], language):
        head = 0  # "подсудний справи": the adjective stands for a noun
    before, noun, rest = words[:head], words[head], words[head + 1 :]
    forms = _forms(noun, language, plural)
    lead = [_forms(word, language, plural) for word in before]
    for case, one in enumerate(forms):
        for form in one.split("/"):
            adjectives = [(cases[min(case, len(cases) - 1)] if cases else word) for cases, word in zip(lead, before, strict=True)]
            choices = [adjective.split("/")[0] for adjective in adjectives]
            yield " ".join([*choices, form, *rest])


def _adjective(word: str, last: bool) -> bool:
    """Whether a word has the ending of an adjective and a noun can follow it."""
    return not last and word.endswith(("ый", "ий", "ой", "ая", "яя")) and word not in _NOUNS_IN_IY


def _head(word: str, language: str) -> bool:
    return bool(_forms(word, language, plural=False)) and not word.endswith(("ы", "и", "і", "у"))


def _forms(noun: str, language: str, plural: bool) -> list[str]:
    """Genitive, dative, accusative, instrumental and prepositional (plural: nominative first), alternatives parted by `/`."""
    if noun in _AS_PRINTED or len(noun) < 4:
        return []
    build = _plural if plural else _singular
    return [_spelt(form) for form in build(noun, language)]


def _spelt(form: str) -> str:
    """`лікар+а/я` -> `лікара/лікаря`: each alternative whole."""
    stem, _, endings = form.partition("+")
    return "/".join(stem + ending for ending in endings.split("/"))


def _singular(noun: str, language: str) -> list[str]:
    uk, base, last = language == "uk", noun[:-1], noun[-1]
    if noun.endswith(("ый", "ий", "ой", "ій")) and noun not in _NOUNS_IN_IY:
        return _adjectival(noun[:-2], uk)
    if noun.endswith("ая"):
        return [noun[:-2] + "+" + end for end in ("ой", "ой", "ую", "ой", "ой")]
    if last in "ая":
        return _in_a(base, last, uk)
    if noun.endswith(("ец", "ець")):
        stem = noun[: -2 if last == "ц" else -3] + "ц"
        return [f"{stem}+{end}" for end in (("я", "ю/еві", "я", "ем", "еві") if uk else ("а", "у", "а", "ем/ом", "е"))]
    if last == "ь" or last == "й":
        soft = "єві" if last == "й" else "еві"
        return [
            f"{base}+{end}"
            for end in (("я", f"ю/{soft}", "я", "єм" if last == "й" else "ем", soft) if uk else ("я", "ю", "я", "ем", "е"))
        ]
    if last in "бвгґджзклмнпрстфхцчшщ":
        by = "ем" if last in "жшчщц" else "ом"
        if not uk:
            endings = ("а", "у", "а", "ом/ем" if by == "ем" else by, "е")
        elif noun.endswith("ар"):
            endings = ("а/я", "у/ю/ові/еві", "а/я", "ом/ем", "ові")
        else:
            endings = ("а", "у/ові" if by == "ом" else "у/еві", "а", by, "ові")
        return [f"{noun}+{end}" for end in endings]
    return []


def _adjectival(base: str, uk: bool) -> list[str]:
    if uk:
        woman = [f"{base}+{end}" for end in ("а", "ої", "ій", "у", "ою")]
        return [base + "+ого", base + "+ому", base + "+ого", base + "+им", *woman]
    soft = base[-1] in "жшчщ"
    him = ("его", "ему", "его", "им", "ем") if soft else ("ого", "ому", "ого", "им" if base[-1] in "кгх" else "ым", "ом")
    her = ("ая", "ей", "ую") if soft else ("ая", "ой", "ую")
    return [f"{base}+{end}" for end in (*him, *her)]


def _in_a(base: str, last: str, uk: bool) -> list[str]:
    if uk:
        changed = base[:-1] + {"к": "ц", "г": "з", "х": "с"}.get(base[-1], base[-1])
        if last == "я":
            return [f"{base}+{end}" for end in ("і", "і", "ю", "ею", "і")]
        return [base + "+и", changed + "+і", base + "+у", base + ("+ею" if base[-1] in "жшчщ" else "+ою"), changed + "+і"]
    if last == "я":
        return [f"{base}+{end}" for end in ("и", "е", "ю", "ей/ёй", "е")]
    of = "и" if base[-1] in "кгхжшчщ" else "ы"
    by = "ей" if base[-1] in "цжшчщ" else "ой/ою"
    return [f"{base}+{end}" for end in (of, "е", "у", by, "е")]


def _plural(noun: str, language: str) -> list[str]:
    uk, base, last = language == "uk", noun[:-1], noun[-1]
    if noun.endswith(("анин", "янин")) or noun.endswith("ья"):
        return []
    if noun.endswith(("ый", "ий", "ой", "ій")) and noun not in _NOUNS_IN_IY:
        stem, soft = noun[:-2], noun[-3] in "жшчщкгх"
        vowel = "і" if uk else "ие" if soft else "ые"
        theirs = "и" if uk or soft else "ы"
        return [f"{stem}+{end}" for end in (vowel, f"{theirs}х", f"{theirs}м", f"{theirs}х", f"{theirs}ми")]
    if noun.endswith("ка"):
        return [base[:-1] + "+ок", base + "+ам", base + "+ами"]
    if last in "ая":
        return [base + ("+ям" if last == "я" else "+ам"), base + ("+ями" if last == "я" else "+ами")]
    if noun.endswith(("ец", "ець")):
        stem = noun[: -2 if last == "ц" else -3] + "ц"
        return [f"{stem}+{end}" for end in (("і", "ів", "ям", "ів", "ями") if uk else ("ы", "ев/ов", "ам", "ев", "ами"))]
    if last in "ьй":
        of = ("їв" if last == "й" else "ів") if uk else ("ев" if last == "й" else "ей")
        return [f"{base}+{end}" for end in (("ї" if last == "й" else "і") if uk else "и", of, "ям", of, "ями")]
    if last in "бвгґджзклмнпрстфхцчшщ":
        if uk:
            return [f"{noun}+{end}" for end in ("и/і", "ів", "ам", "ів", "ами")]
        of = "ей" if last in "жшчщ" else "ов"
        return [f"{noun}+{end}" for end in ("и" if last in "кгхжшчщ" else "ы", of, "ам", of, "ами")]
    return []
