"""Terms of punishment: lengths, their regime and kind, fines; ages and other lengths of time are told apart by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kg.extract.lexicon import cached_pattern, phrase_source
from kg.extract.tokens import Stretch, Text
from kg.records.model import PenaltyTerm

MOST_YEARS = 30
"""A larger number without a unit is no term of years."""
_GIVEN_TO = re.compile(r"[а-яіїєґ](?:л[аио]?|[иаі]в|[ае]но)\s+(?:ему|ей|йому|їй)\s*$")
"""`назначил ей девять лет`: a term given to her, not her age."""
REACH = 70
"""How many characters from a length the words for its regime or kind may stand."""


@dataclass(frozen=True)
class Length:
    """Years, months and days; `most` for the upper end of a range of years."""

    years: Decimal | None = None
    months: Decimal | None = None
    days: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Term:
    """One or several lengths given together ("13 and 12 years") at `stretch`, with what is said of them."""

    stretch: Stretch
    lengths: tuple[Length, ...]
    kind: str | None = None
    regime: str | None = None
    suspended: bool = False
    prison_first: Decimal | None = None
    fine: Decimal | None = None
    currency: str | None = None
    each: bool = False
    lowered: bool = False
    """Whether it is told as what a longer term was changed to: `from 13 to 12 years`."""

    @property
    def main(self) -> bool:
        """Whether it is a main punishment rather than one that comes on top (restriction, ban on a profession)."""
        return self.kind not in ("restriction-of-freedom", "occupational-ban")


_RANGING = re.compile(r"(?:ranging|ranged|varying|varied)\s+(?:from|between)\s[^.;]{0,40}$|\bbetween\s[^.;,]{1,25}\sand\s+$")
"""Before a length: `terms ranging from two to ten years`."""
_IN_TOTAL = re.compile(
    r"\s+(?:\w+\s+){0,3}?(?:в совокупности|в общей сложности|на всех|на (?:двоих|троих|четверых|пятерых|шестерых|семерых|восьмерых)"
    r"|в сукупності|загалом|на (?:двох|трьох|чотирьох|п['’]ятьох|шістьох|сімох)|in total|altogether|between them|combined)(?!\w)"
)
_TOTAL_BEFORE = re.compile(r"(?:в общей сложности|в сукупності|загалом|a total of|a combined)\s+(?:[\w’'-]+\s+){0,3}$")
"""Years of several people added up are nobody's term."""
_AFTER_A_NAME = re.compile(r"[A-Z][\w’'-]+\s+[A-Z][\w’'-]+\s+$")
"""Before a bare number that ends a clause: `his deputy Maryna Saladukha eight,`."""
_ELLIPSIS = re.compile(r"\s[–—-]\s+(?:(?:for|to|на|до|к)\s+)?$")
"""Before a length that goes on with what the one before is of."""
_CONVERTED = re.compile(r"\d[^()]{0,30}\((?:[^()]{0,25}\s)?$")
"""Before an amount: the same in another currency."""
_SUSPENDED_FOR = re.compile(
    r"(?:suspended\s+for\s+(?:a\s+)?|(?:испытательн|іспитов|випробувальн)\w+\s+(?:срок|строк|термін)\w*\s+(?:(?:в|на|у)\s+)?)$"
)
_THEN_SUSPENDED = re.compile(r"[^.;,]{0,25},\s+(?:[\w-]+\s+){0,3}suspended\s+for(?!\w)")
"""`three years' imprisonment, suspended for two`: the second length is the time of trial."""
_THE_REST = re.compile(r"(?<!\w)(?:решт[уиа]|остальн\w+|остаток|оставш\w+|the rest|the remainder|the remaining)(?!\w)")
"""`four of them in prison, the rest in a strict-regime colony`: what follows still describes the term before."""
_TRIAL_PERIOD = re.compile(r"[\s-]+(?:of\s+)?(?:probation|probationary|trial)(?:ary)?(?:\s+(?:period|term))?(?!\w)")
"""After a length: the time in which a suspended sentence can still be enforced, no punishment of its own."""


class TermReader:
    """Finds terms in a part of a text."""

    def __init__(self, text: Text) -> None:
        self.text, self.lexicon = text, text.lexicon
        words = {number: phrase_source(forms) for number, forms in self.lexicon["numbers"].items()}
        self.words = {number: re.compile(source) for number, source in words.items()}
        number = rf"(?:(?<![\d.,])\d{{1,3}}(?:[.,]\d|[\s\u00a0-]1/2|\s?½)?|{_compound(words)}|{'|'.join(words.values())})"
        joint = rf",\s*(?:{_any(self.lexicon['number-list'][:-1])})\s+|\s*(?:{_any(self.lexicon['number-list'])})\s+|,\s*"
        span = rf"\s*(?:{_any(self.lexicon['number-range'])})\s*(?:до\s+)?"
        years, months, days = (phrase_source(self.lexicon["units"][unit]) for unit in ("years", "months", "days"))
        half = phrase_source(self.lexicon["half"]).replace(r"\s+", r"[\s-]+")
        one_half = phrase_source(self.lexicon["one-and-half"])
        one_year = phrase_source(self.lexicon["unit-one"]["years"])
        if self.lexicon.get("free-word-order"):
            one_year = "|".join(_one(phrase) for phrase in self.lexicon["unit-one"]["years"])
        dash = r"[\s\u00a0-]+"
        tail = rf"(?:,?\s+(?:and|и|і|та)?\s*(?P<m>{number}){dash}{months}(?!\s+(?:suspended|conditional)))?"
        list_ = rf"(?:(?P<range>{number}{span}{number})|(?P<list>{number}(?:(?:{joint}){number})+)|(?P<one>{number}))"
        self.length = cached_pattern(
            rf"(?:(?P<half1>{one_half})|(?P<year1>{one_year})|{list_}(?P<half>[\s-]+{half})?{dash}{years}(?P<half2>[\s-]+{half})?)(?:{tail})"
            rf"|(?P<months>{number})(?P<mhalf>[\s-]+{half})?{dash}{months}|(?P<days>{number}){dash}{days}"
        )
        self.number = re.compile(number)
        also = rf"(?:{phrase_source([*self.lexicon['number-list'][:-1], 'а'])})"
        before = phrase_source([*self.lexicon["term-before"], "по"])
        number_word = "(?!)" if self.lexicon.get("free-word-order") else "|".join(words.values())
        request: dict[str, Any] = next((entry for entry in self.lexicon["events"] if entry.get("asked")), {})
        free = self.lexicon.get("free-word-order", False)
        asked = phrase_source(request.get("active", []) if free else self.lexicon["term-bare-after"])
        got = phrase_source(self.lexicon["term-got"]) if free else r"(?!)"
        self.bare = cached_pattern(
            rf"{before}\s+(?P<to>{number})(?P<tohalf>\s+{half})?(?=\s*(?:[.,;]|$)|\s+{also}\s|\s+[–—-]\s)"
            rf"|[—–]\s+(?P<dash>{number})(?P<dashhalf>\s+{half})?(?=\s*(?:[.,;]|$))"
            rf"|(?:{asked}|{got})\s+(?:по\s+)?(?P<asked>{number})(?P<askedhalf>\s+{half})?(?=\s*(?:[.,;]|$)|\s+{also}\s)"
            rf"|(?<=[a-z])\s+(?P<named>{number_word})(?=\s*[,;.]|\s+and\s)"
            rf"|(?:,|{also})\s+(?P<for>{number})(?P<forhalf>\s+{half})?(?=\s+{phrase_source(self.lexicon['term-for'])})"
        )
        self.life = self.lexicon.pattern("life-words")
        money = "|".join(phrase_source(forms) for forms in self.lexicon["currencies"].values())
        scale = "|".join(phrase_source(forms) for forms in self.lexicon["thousand"].values())
        self.money = cached_pattern(rf"(?P<amount>\d[\d\s\u00a0.,]*)\s*(?P<scale>{scale})?\s*(?P<currency>{money})")
        self.after_age = cached_pattern(rf"[-\s]*{phrase_source(self.lexicon['age-after'])}")
        self.before_age = cached_pattern(rf"{phrase_source(self.lexicon['age-before'])}\s*$")

    def find(self, part: Stretch) -> list[Term]:
        """All terms inside `part`, in order."""
        return sorted(self._find(part), key=lambda term: term.stretch)

    def _find(self, part: Stretch) -> Iterator[Term]:
        raw: list[tuple[Stretch, tuple[Length, ...]]] = []
        lowered: list[Stretch] = []
        for match in self.length.finditer(self.text.text, part.start, part.end):
            before, after = (
                self.text.text[max(part.start, match.start() - 30) : match.start()],
                self.text.text[match.end() : part.end],
            )
            aged = self.before_age.search(before) and not _GIVEN_TO.search(before)
            trial = _TRIAL_PERIOD.match(after) or _SUSPENDED_FOR.search(before)
            if not (self.after_age.match(after) or aged or trial or self._elapsed(before, after)):
                raw.append((Stretch(*match.span()), self._lengths(match)))
                if match["range"] and raw[-1][1][0].most is None:
                    lowered.append(raw[-1][0])
        if not raw or any(lengths[0].years for _, lengths in raw) or self.lexicon.get("free-word-order"):
            raw = sorted([*raw, *self._shortened(part, [stretch for stretch, _ in raw])], key=lambda one: one[0])
        last: Term | None = None
        for at, (stretch, lengths) in enumerate(raw):
            rest = [other for other, _ in raw[at + 1 :]]
            inside = [
                other for other in rest[:1] if self._begins_with(other)
            ]  # "11 years, the first three in prison, the rest in ..."
            behind = rest[len(inside) :]
            stop = behind[0].start if behind else part.end
            rest_at = _THE_REST.search(self.text.text, stretch.end, min(stop, part.end))
            reach = (rest_at.end() if rest_at else (inside[0] if inside else stretch).end) + REACH
            start = raw[at - 1][0].end if at else part.start
            if _IN_TOTAL.match(self.text.text, stretch.end) or _TOTAL_BEFORE.search(self.text.text, part.start, stretch.start):
                continue
            term = self._described(Term(stretch, lengths, lowered=stretch in lowered), start, min(stop, reach))
            if last and not last.main and self._of_the_same_kind(last, term):
                term = replace(term, kind=last.kind)
            yield term
            last = term
        for match in self.life.finditer(self.text.text, part.start, part.end):
            yield Term(Stretch(*match.span()), (Length(),), kind="life-imprisonment")
        for match in self.money.finditer(self.text.text, part.start, part.end):
            amount = self._amount(match)
            converted = _CONVERTED.search(self.text.text, part.start, match.start())  # "70,000 rubles (over 27,000 hryvnias)"
            if amount is not None and not converted:
                yield Term(
                    Stretch(*match.span()), (Length(),), kind="fine", fine=amount, currency=self._currency(match["currency"])
                )

    def _of_the_same_kind(self, last: Term, term: Term) -> bool:
        """`restriction of freedom for 1 year, and B – for 18 months`: no noun of its own says what the second length is of."""
        between = self.text.text[last.stretch.end : term.stretch.start]
        bare = term.kind is None and term.regime is None and not re.search("[.;]", between)
        return (
            bare and bool(_ELLIPSIS.search(between)) and bool(re.match(r"\s*(?:[.;,]|$)", self.text.text[term.stretch.end :][:3]))
        )

    def _shortened(self, part: Stretch, taken: list[Stretch]) -> Iterator[tuple[Stretch, tuple[Length, ...]]]:
        """Years told by the number alone, because "years" stands with another: `A to five years and B to three`, `18 for B`."""
        for match in self.bare.finditer(self.text.text, part.start, part.end):
            group = next(name for name in ("to", "for", "asked", "dash", "named") if match[name])
            if group != "asked" and not taken:
                continue
            if group == "named" and not _AFTER_A_NAME.search(self.text.text, part.start, match.start(group)):
                continue
            stretch, value = Stretch(*match.span(group)), self._value(match[group])
            if MOST_YEARS >= value > 1 and not any(stretch.touches(other) for other in taken):
                yield stretch, (Length(years=value + (Decimal("0.5") if match.groupdict().get(f"{group}half") else 0)),)

    def _elapsed(self, before: str, after: str) -> bool:
        """A time that passed: `after two months`, `three years ago`."""
        passed = rf"{phrase_source(self.lexicon['not-term-before'])}\s+$"
        return bool(re.search(passed, before) or re.match(rf"\s+{phrase_source(self.lexicon['not-term-after'])}", after))

    def _lengths(self, match: re.Match[str]) -> tuple[Length, ...]:
        months = self._value(match["m"]) if match["m"] else None
        extra = Decimal("0.5") if match["half"] or match["half2"] or match["half1"] else Decimal(0)
        if match["half1"] or match["year1"]:
            return (Length(years=1 + extra, months=months),)
        if match["range"]:
            low, high = (self._value(number) for number in self.number.findall(match["range"]))
            return (Length(years=low, most=high),) if high > low else (Length(years=high),)
        between = re.search(
            rf"{phrase_source(self.lexicon['range-before'])}\s+$", match.string[max(0, match.start() - 12) : match.start()]
        )
        if match["list"] and between:
            numbers = [self._value(number) for number in self.number.findall(match["list"])]
            return (Length(years=numbers[0], most=numbers[-1] + extra),)
        if match["list"]:
            return tuple(Length(years=self._value(number)) for number in self.number.findall(match["list"]))
        if match["one"]:
            return (Length(years=self._value(match["one"]) + extra, months=months),)
        if match["months"]:
            return (Length(months=self._value(match["months"]) + (Decimal("0.5") if match["mhalf"] else 0)),)
        return (Length(days=self._value(match["days"])),)

    def _described(self, term: Term, start: int, end: int) -> Term:
        text = self.text.text
        after, before = text[term.stretch.end : end], text[max(start, term.stretch.start - 40) : term.stretch.start]
        near = re.split(r"[,;]|\sand\s|\sи\s|\sта\s|\sі\s", after)[0]
        direct = cached_pattern(rf"[’']?\s+(?:of\s+)?{phrase_source(self.lexicon['restriction-words'])}")
        if direct.match(near) or self._leads(before, "restriction-words"):
            return replace(term, kind="restriction-of-freedom")
        if self._leads(before, "ban-words") or self.lexicon.pattern("ban-words").search(near[:30]):
            return replace(term, kind="occupational-ban")
        kind = None
        if self.lexicon.pattern("suspended-words").search(before + " " + near):
            kind = "suspended-sentence"
        elif self.lexicon.pattern("labour-words").search(near[:50]) and not term.lengths[0].years:
            kind = "compulsory-labour"
        elif term.lengths[0].days is not None and term.lengths[0].years is None and term.lengths[0].months is None:
            kind = "administrative-arrest"
        regime = next(
            (r for r in self.lexicon["regimes"] if self.lexicon.pattern(f"regimes.{r}").search(before[-25:] + " " + after)), None
        )
        if _THEN_SUSPENDED.match(after):
            kind = "suspended-sentence"
        each = bool(re.match(rf"[^.;]{{0,60}}?{phrase_source(self.lexicon['each-words'])}", after))
        return replace(term, kind=kind, regime=regime, suspended=kind == "suspended-sentence", each=each)

    def _leads(self, before: str, section: str) -> bool:
        """Whether the words of `section` introduce the length: `restriction of freedom for 18 months`."""
        return (
            bool(re.search(rf"(?:{phrase_source(self.lexicon[section])})(?:\s+[\w’'-]+){{0,5}}\s*$", before))
            if self.lexicon[section]
            else False
        )

    def is_difference(self, term: Term) -> bool:
        """Whether the length says by how much, or from what, a term was changed: `reduced by 6 months`, `from 13 to 12 years`."""
        before = self.text.text[max(0, term.stretch.start - 12) : term.stretch.start]
        if term.lowered:
            return False
        return bool(re.search(rf"{phrase_source(self.lexicon['change-by'])}\s+$", before))

    def is_limit(self, term: Term) -> bool:
        """Whether the length is only the most that several people got: `sentenced to up to 17 years`."""
        before = self.text.text[max(0, term.stretch.start - 50) : term.stretch.start]
        if _RANGING.search(before):
            return True
        return bool(re.search(rf"{phrase_source(self.lexicon['term-limit'])}\s+$", before[-12:]))

    def is_first_years(self, term: Term) -> bool:
        """Whether the length is the part of a sentence served in prison first, or otherwise not a punishment of its own."""
        return self._begins_with(term.stretch)

    def _begins_with(self, part: Stretch) -> bool:
        before = self.text.text[max(0, part.start - 25) : part.start]
        return bool(re.search(rf"{phrase_source(self.lexicon['prison-first'])}\s+$", before))

    def _value(self, word: str) -> Decimal:
        if word[0].isdigit():
            whole, half = re.subn(r"\s?½|[\s\u00a0-]1/2$", "", word)
            return Decimal(whole.replace(",", ".")) + (Decimal("0.5") if half else 0)
        return Decimal(sum(self._number(part) for part in ([word] if self._number(word) else re.split(r"[\s-]+", word))))

    def _number(self, word: str) -> int:
        return next((int(number) for number, pattern in self.words.items() if pattern.fullmatch(word)), 0)

    def _amount(self, match: re.Match[str]) -> Decimal | None:
        digits = re.sub(r"[\s\u00a0]", "", match["amount"]).rstrip(".,")
        digits = re.sub(r"[.,](?=\d{3}(?!\d))", "", digits).replace(",", ".")
        if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
            return None
        for factor, forms in self.lexicon["thousand"].items():
            if match["scale"] and re.fullmatch(phrase_source(forms), match["scale"]):
                return Decimal(digits) * int(factor)
        return Decimal(digits)

    def _currency(self, word: str) -> str:
        return str(next(code for code, forms in self.lexicon["currencies"].items() if re.fullmatch(phrase_source(forms), word)))


def penalty(term: Term, length: Length, person: str | None, request: bool = False) -> PenaltyTerm | None:
    """A record's penalty from one length of a term; None for a range, which only a request may have."""
    if term.fine is not None:
        return PenaltyTerm(person=person, kind="fine", fine=term.fine, currency=term.currency)
    if length.most is not None and not request:
        return None
    fields: dict[str, Any] = {}
    if length.years is not None:
        whole = f"{length.years.normalize():f}"
        fields["years"] = whole if length.most is None else f"{whole}-{length.most.normalize():f}"
    kind = term.kind
    note = "life imprisonment" if kind == "life-imprisonment" else None
    return PenaltyTerm(
        person=person,
        kind="imprisonment" if kind == "life-imprisonment" else kind,
        months=length.months,
        days=length.days,
        regime=term.regime,
        suspended=True if term.suspended else None,
        prison_years_first=term.prison_first,
        note=note,
        **fields,
    )


def _compound(words: dict[int, str]) -> str:
    """Tens and units: `twenty two`, `двадцать два`."""
    tens, units = ("|".join(source for number, source in words.items() if number in group) for group in ((20, 30), range(1, 10)))
    return rf"(?:{tens})[\s-](?:{units})"


def _one(phrase: str) -> str:
    """A length of one told without a number: `на год`; the word before it is no part of the length."""
    before, _, word = phrase.rpartition(" ")
    return rf"(?<={re.escape(before)}\s){word}(?!\w)" if before else rf"(?<!\w){word}(?!\w)"


def _any(forms: list[str]) -> str:
    return "|".join(re.escape(form) if not form.isalpha() else rf"(?<!\w){form}(?!\w)" for form in forms)
