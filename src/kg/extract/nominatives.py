"""The name of a person as a record should print it, from the case forms in which an article prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.agreement import agreed_surname, case_of
from kg.extract.lexicon import Lexicon
from kg.extract.morphology import feminine, nominative_given, nominative_surname

_MASCULINE_FORM = re.compile(
    r"[бвгджзклмнпрстфхцчшщ](?<![оеєёиіїы]в)(?<!ин)(?<!ін)(?<!їн)(?<!ск)(?<!ськ)(?<!цк)(?<!цьк)(?:а|у|ом|ем|ові)$"
)
"""Surnames of this form are inflected only when a man bears them."""
_HER_ROLE = re.compile(r"(?:тка|рка|нка|чка|ниця|ница|иця|иня)\s+$")
_HIS_ROLE = re.compile(r"(?:иста|іста|ката|тора|рора|ника|нера|мана|вця|еля|аря|дді|дью)\s+$")
"""A role word right before a name: a woman's in the nominative, a man's in another case."""
_OBJECT_AFTER = re.compile(r"(?:[аеиіоуыя]л|[аиі]ли|[аиі]ло|[аиі]в|[ае]но)\s+$")
"""A verb of the past whose subject is no woman: a name in -а after it is its object, so a man's."""


_HER_SURNAME = re.compile(r"(?:[оеєё]в|[иії]н)(?:ої|ой|ою|ій)$|(?:ськ|цьк)(?:ої|ою|ій|а)$|(?:ск|цк)(?:ую|ая)$")
"""Surnames in a form that only a woman's has."""


@dataclass(frozen=True)
class Nominative:
    """A name in the nominative, the sex if the forms tell it, and what was guessed."""

    name: str
    female: bool | None
    doubt: str | None


def nominative(
    forms: list[list[str]], before: list[str], lexicon: Lexicon, subject_of: str = "", object_too: bool = False
) -> Nominative:
    """The nominative of a Russian or Ukrainian name.

    `forms` are the words of each mention, all of the same number; `before` what stands before mentions (a role may tell the sex);
    `subject_of` the verb, if any, that has one of the mentions as its subject: its ending tells the sex; `object_too`: a mention
    stands in one list with a man's name in the genitive.
    """
    words = forms[0]
    if len(words) == 1:
        if _oblique_title(before, lexicon) and (upright := nominative_surname(words[0], False)):
            return Nominative(upright, False, "the nominative was worked out from an inflected form")
        kin = [text.split()[-1].lower() for text in before if text.split()]
        listed = nominative_given(words[0], lexicon["given"], lexicon.language)
        if listed and words[0].lower() not in lexicon["given"] and any(word in lexicon["kin-words"] for word in kin):
            return Nominative(listed, None, "the nominative was worked out from an inflected form")  # "словами матері Олени"
        guess = words[0][-1:].lower() in "аяуюыиіе"
        return Nominative(words[0], None, "only a surname is given, perhaps not in the nominative" if guess else None)
    female, ambiguous = _sex(forms, before, lexicon)
    if (
        object_too
        and not any(_HER_SURNAME.search(form[-1]) for form in forms)
        and re.search(r"[ая] \S*(?:а|я|ого)$", " ".join(words))
    ):
        female, ambiguous = False, False
    if re.search(r"л[ао](?:с[ья])?$", subject_of) and forms[0][-1][-1:] in "ая":
        return Nominative(" ".join(words), True, None)
    given = _given(forms, female, lexicon)
    if ambiguous:
        return Nominative(" ".join(words), None, "a woman's name, or a man's in another case")
    middle = [_patronymic(word) if re.search(r"(?:ич|вн)\w{1,3}$", word) else word for word in words[1:-1]]
    name = " ".join([given, *middle, _surname(forms, given, female, lexicon.language)])
    sure = any(" ".join(form) == name for form in forms)
    return Nominative(name, female, None if sure else "the nominative was worked out from an inflected form")


def _oblique_title(before: list[str], lexicon: Lexicon) -> bool:
    """`майора Шевченка`, `следователя Власова`: a man's title in another case than the nominative."""
    last = [text.split()[-1].lower() for text in before if text.split()]
    titles = {str(title) for title in lexicon["titles"]}
    return any(lexicon["noun-sexes"].get(word) is False or (word in titles and word[-1] in "ауюм") for word in last)


def stands_upright(printed: str, name: str, female: bool | None, language: str) -> bool | None:
    """Whether a printed form of the person called `name` is the nominative; None where its other cases look the same."""
    last, own = printed.split()[-1], name.split()[-1]
    if female is None or len(name.split()) < 2 or not own:
        return None
    if last != own or (len(printed.split()) == len(name.split()) and printed.split()[0] not in name.split()):
        return False  # "Ольгу Дзюбенко": the given name tells it
    changes = own[-1] in "ая" if female else own[-1] in "бвгґджзклмнпрстфхцчшщйьая" or (language == "uk" and own.endswith("ко"))
    return True if changes and not own.endswith(("ых", "их")) else None


def singular_surname(form: str) -> str | None:
    """A man's surname from the plural of a family's (`Паламарчуки`, `Петровых`, `Вишневських`); None for what is no plural."""
    for pattern, one in _PLURALS:
        if re.search(pattern, form):
            return re.sub(pattern, one, form)
    return None


def family_surname(given: str, form: str) -> str | None:
    """The surname of a couple in the singular, from its plural beside the given name of one of them."""
    if given[-1] in "уюыи" and re.search("[бвгґджзклмнпрстфхцчшщ](?:ов|ів|ев)$", form):
        return form[:-2]  # "Владимира и Наталью Маладыков": a woman's own surname would have another ending
    return singular_surname(form) or (form if form.endswith(("ко", "дзе", "швили", "швілі")) else None)


def spouse_surname(given: str, surname: str, oblique: bool) -> str:
    """The form that a family's surname, given as a man's in the nominative, has beside `given`."""
    if given[-1] in "ая" and oblique:  # a man's genitive: the given names of women end in other vowels then
        return re.sub("ий$", "ого", surname) if surname.endswith("ий") else surname.rstrip("о") + "а"
    if given[-1] not in "аяуюыиі":
        return surname
    possessive = re.search(r"(?:[оеєё]в|[иіїы]н)$", surname)
    if not oblique:
        adjective = "ая" if surname.endswith(("ский", "цкий")) else "а"
        return surname[:-2] + adjective if surname.endswith("ий") else surname + "а" if possessive else surname
    russian = surname.endswith(("ский", "цкий", "ов", "ев", "ёв", "ин", "ын"))
    ending = "у" if given[-1] in "ую" else "ой" if russian else "ої"
    if surname.endswith("ий"):
        return surname[:-2] + ("ую" if russian and ending == "у" else ending)
    return surname + ending if possessive else surname


_PLURALS = [
    (r"(?<=[оеєё]в)(?:ы|и|ых|их|ым|им|ыми|ими)$|(?<=[иіїы]н)(?:ы|и|ых|их|ым|им|ыми|ими)$", ""),
    (r"(?<=ськ)(?:і|их|им|ими)$|(?<=цьк)(?:і|их|им|ими)$|(?<=[сц]к)(?:ие|их|им|ими)$", "ий"),
    (r"(?<=енк)(?:и|ів|ам|ами|ов)$", "о"),
    (r"(?<=[уюаия]к)(?:и|ів|ам|ами|ов)$|(?<=ч)(?:і|ів|ам|ами|и|ей)$", ""),
]


def _given(forms: list[list[str]], female: bool | None, lexicon: Lexicon) -> str:
    """The given name in the nominative, by the list of given names, else by its ending."""
    form = forms[0][0]
    known: set[str] = lexicon["given"]
    masculine: set[str] = lexicon["given-masculine"]
    fitting = known if female is None else {name for name in known if (name in masculine) != female}
    listed = nominative_given(form, fitting, lexicon.language)
    if listed or form.endswith("."):
        return listed or form
    shortest = min((one[0] for one in forms), key=len)
    if female is None or shortest.lower() in (masculine if female is False else known):
        return shortest
    in_a = next((one[0] for one in forms if _his_in_a(one)), None)
    if in_a and not female:
        return re.sub("[уыи]$", "а", re.sub("ю$", "я", in_a))
    rules = (_UNLISTED_HERS if forms[0][-1][-1:] in "аяоеиіїю" or form[-1:] in "уюы" else []) if female else _UNLISTED_HIS
    if not female and any(
        one[-1][-1:] in "бвгґджзклмнпрстфхцчшщй" and not _BY.search(one[-1]) for one in forms if one[0] == shortest
    ):
        return shortest
    return next((re.sub(pattern, nominative, shortest) for pattern, nominative in rules if re.search(pattern, shortest)), shortest)


_BY = re.compile(r"(?:ом|ем|єм|им|ым|ім)$")
"""A man's surname in the instrumental, which ends in a consonant too."""
_UNLISTED_HIS = [
    (r"(?<=[аеєиіоуюяї])(?:я|ю|ем|єм|єві)$", "й"),
    (r"(?<=[бвгґджзклмнпрстфхцчшщ])(?:а|у|ом|ові)$", ""),
    (r"(?<=[бвгджзлмнпрстфхц])(?:я|ю|ем)$", "ь"),
]
_UNLISTED_HERS = [
    (r"(?:ії|ію|ією)$", "ія"),
    (r"(?:ии|ию|ией)$", "ия"),
    (r"ці$", "ка"),
    (r"(?:у|ою|ой|ы)$|(?<=[кгхдтнлрвмсзбп])и$", "а"),
    (r"(?:ю|ею|єю)$", "я"),
]
"""Endings of given names that the list lacks, and of their nominatives."""


def _surname(forms: list[list[str]], given: str, female: bool | None, language: str) -> str:
    """The surname in the nominative: as printed beside a given name in the nominative, else by the case that the given name has."""
    if female is not None and not given.endswith("."):
        for form in sorted(forms, key=lambda form: form[0] != given):
            agreed = agreed_surname(form[-1], case_of(form[0], given), female, language)
            if agreed and len(case_of(form[0], given)) < 4:
                return agreed
    return nominative_surname(forms[0][-1], female) or forms[0][-1]


def _sex(forms: list[list[str]], before: list[str], lexicon: Lexicon) -> tuple[bool | None, bool]:
    """Whether the bearer is a woman, and whether the printed form could be a woman's nominative or a man's other case."""
    words = forms[0]
    known: set[str] = lexicon["given"]
    masculine: set[str] = lexicon["given-masculine"]
    if any(_HER_SURNAME.search(form[-1]) for form in forms):
        return True, False
    initial = words[0].endswith(".")
    middle = " ".join(word.lower() for form in forms for word in form[1:-1])
    if re.search(r"(?:вн|чн)(?:а|ы|е|у|ой|и|і|ою)\b", middle) or re.search(r"вич(?:а|у|ем|еві|ові)?\b", middle):
        return not re.search(r"вич", middle), False
    if not initial and any(_hers(form, masculine, lexicon.language) for form in forms):
        return True, False
    female = None if initial else feminine(words[0], masculine, known)
    if female is None and any(_his_in_a(form) for form in forms):
        return False, False
    sexes = {lexicon["noun-sexes"].get(text.split()[-1].lower()) for text in before if text.split()} - {None}
    if female is None and len(sexes) == 1:
        female = True in sexes
    if any(re.search(r"[^аеєиіоуюя](?:ого|ому|его|ему)$", form[-1]) for form in forms):
        return False, False
    hers, his = (
        any(map(_HER_ROLE.search, before)),
        any(map(_HIS_ROLE.search, before)) or (words[-1][-1] == "а" and any(map(_OBJECT_AFTER.search, before))),
    )
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


def _his_in_a(form: list[str]) -> bool:
    """`Зейтуллу Сейтаблаева`: cases that only a man's given name in -а and his surname share."""
    given, surname = form[0].lower(), form[-1].lower()
    return bool(re.search(r"[уюыи]$", given) and re.search(r"(?:[оеєёії]в|[иіїы]н|к)а$|ого$", surname))


def _hers(form: list[str], masculine: set[str], language: str) -> bool:
    """`Наталку Бевзюк`, `Олександра Петренко`: a surname that a man's would change beside a given name that looks inflected."""
    given, surname = form[0].lower(), form[-1].lower()
    if given in masculine and given[-1] not in "ая":
        return False
    if given in masculine and not re.search(r"(?:санд|лент|лери|ген[иі])\w*$", given):
        return False
    still = surname[-1] in "бвгґджзклмнпрстфхцчшщ" and not re.search(r"(?:ом|ем|єм|им|ым|ім|[оеєёіїи]в|[иіїы]н|их|ых)$", surname)
    return given[-1] in "аяуюы" and (still or (language == "uk" and surname.endswith("ко")))


def _patronymic(word: str) -> str:
    male = re.sub(r"(ич)(?:а|у|ем|е|еві)$", r"\1", word)
    return re.sub(r"(вн)(?:ы|е|у|ой|и|і|ою)$", r"\1а", male)
