"""Dates in an article: complete, partial or told relative to the day of publication, in the notation of records (EDTF)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.lexicon import phrase_source
from kg.extract.tokens import Stretch, Text

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|-го)?"


_ROUGHLY = re.compile(
    r"(?:some|about|around|nearly|almost|roughly|over|than|около|примерно|почти|приблизно|майже|близько|понад|более|больше)\s+$",
    re.IGNORECASE,
)
"""Before a number of days: no date can be counted from it."""


@dataclass(frozen=True, order=True)
class DateMention:
    """A date at `stretch`; `value` as records write it; `use`: on, until, since, as-of or born; `doubt`: what was guessed."""

    stretch: Stretch
    value: str
    use: str = "on"
    doubt: str | None = None


def find_dates(text: Text, published: str | None) -> list[DateMention]:
    """Every date that can be told; one without a year is completed from its paragraph or from `published` (ISO 8601)."""
    return _Dates(text, _day(published), published).find()


class _Dates:
    def __init__(self, text: Text, published: date | None, published_text: str | None) -> None:
        self.text, self.lexicon, self.published = text, text.lexicon, published
        self.published_year = int(published_text[:4]) if published_text and published_text[:4].isdecimal() else None
        self.months = {number: phrase_source(words) for number, words in self.lexicon["months"].items()}
        self.found: list[DateMention] = []
        self.complete = True
        self.impossible: list[Stretch] = []

    def find(self) -> list[DateMention]:
        # Dates with a year first: those without one are completed from them.
        for self.complete in (True, False):
            for pattern, read in self._patterns():
                for match in pattern.finditer(self.text.text):
                    self._add(match, read)
        self._other_days()
        self._counted_on()
        return sorted(self.found)

    def _ahead(self, value: str, match: re.Match[str]) -> str:
        """`до 27 ноября` without a year is the next such day after publication, unless a date shortly before it tells the year."""
        told = any(d.use == "on" and 0 < match.start() - d.stretch.end < 200 for d in self.found)
        if match.groupdict().get("year") or told or self.published is None or not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", value):
            return value
        if value < self.published.isoformat()[: len(value)]:
            return f"{self.published.year + (value[4:] < self.published.isoformat()[4 : len(value)])}{value[4:]}"
        return value

    def _other_days(self) -> None:
        """`the same day`, `the next day`: counted from the last whole date before it."""
        for days, words in self.lexicon["other-days"].items():
            for match in re.finditer(phrase_source(words), self.text.text):
                whole = [
                    d
                    for d in self.found
                    if d.stretch.end <= match.start() and re.fullmatch(r"\d{4}-\d\d-\d\d", d.value) and d.use == "on"
                ]
                if whole:
                    day = date.fromisoformat(max(whole).value) + timedelta(days=days)
                    doubt = "counted from the date before it in the article"
                    self.found.append(DateMention(Stretch(*match.span()), day.isoformat(), "on", doubt))

    def _counted_on(self) -> None:
        """`two months earlier`, `через три дня`: counted from the date before it, at the precision of the unit."""
        amounts = "|".join(phrase_source(words) for words in self.lexicon["numbers"].values())
        units = {**self.lexicon["ago-units"], **{months * 100: words for months, words in self.lexicon["ago-months"].items()}}
        for size, words in units.items():
            length = rf"(?P<amount>\d+|{amounts}|an?)\s+{phrase_source(words)}"
            lead, behind = self._words("span-lead"), rf"(?:(?P<later>{self._words('span-later')})|{self._words('span-earlier')})"
            led = rf"{lead}\s+{length}|" if lead else ""
            for match in re.finditer(led + rf"{length.replace('amount', 'count')}\s+{behind}", self.text.text, re.IGNORECASE):
                self._count_on(match, int(size))

    def _count_on(self, match: re.Match[str], size: int) -> None:
        part = Stretch(*match.span())
        groups = match.groupdict()
        word = groups.get("amount") or groups["count"]
        amount = 1 if word.lower() in ("a", "an") else self._amount(word.lower())
        shift = amount if groups.get("amount") or groups["later"] else -amount
        precision = {1: 10, 7: 10, 100: 7, 1200: 4}[size]
        sentence = self.text.sentence_at(part.start)
        near = min(self.text.paragraph_at(part.start).start, self.text.sentence_at(max(0, sentence.start - 2)).start)
        known = [d for d in self.found if near <= d.stretch.start and d.stretch.end <= part.start]
        known = [d for d in known if d.use in ("on", "since") and "/" not in d.value]
        base = max(known).value[:precision] if known else ""
        if _ROUGHLY.search(self.text.text, max(0, part.start - 16), part.start):
            return
        if len(base) != precision or any(part.touches(other.stretch) for other in self.found):
            return
        if precision == 10:
            value = (date.fromisoformat(base) + timedelta(days=shift * size)).isoformat()
        elif precision == 7:
            index = int(base[:4]) * 12 + int(base[5:]) - 1 + shift
            value = f"{index // 12}-{index % 12 + 1:02}"
        else:
            value = str(int(base) + shift)
        self.found.append(DateMention(part, value, "on", "counted from the date before it in the article"))

    def _add(self, match: re.Match[str], read: Callable[[re.Match[str]], tuple[str, str | None] | None]) -> None:
        part = Stretch(*match.span("whole" if "whole" in match.re.groupindex else 0))
        if any(part.touches(other.stretch) for other in self.found) or any(part.touches(other) for other in self.impossible):
            return
        if re.search(r"[«“\"„](?:\w+\s+)?$", self.text.text[max(0, part.start - 12) : part.start]):
            return  # "the 26 February case": the name of something
        value = read(match)
        if value is None and match.groupdict().get("year"):
            self.impossible.append(part)  # 31 February 2020 is not February 2020
        if value is not None:
            use = self._use(part)
            self.found.append(DateMention(part, self._ahead(value[0], match) if use == "until" else value[0], use, value[1]))

    def _patterns(self) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str | None] | None]]]:
        month = "(?P<month>" + "|".join(self.months.values()) + ")"
        after = self._words("year-after")
        year_word = rf"(?:\s*{after})?" if after else ""
        part = rf"(?:{self._words('date-part')}[\s-]+(?:of\s+)?)?"
        compiled = re.compile
        yield compiled(r"(?<![\d.])(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)(?!\d)"), self._numeric
        yield compiled(r"(?<![\d.])(?P<day>[0-3]?\d)\.(?P<m>[01]\d)\.(?P<year>(?:19|20)\d\d)(?!\d)"), self._numeric
        days = rf"{_DAY}(?:\s*(?:[-–]|to|по|до)\s*(?P<last>[0-3]?\d)(?:st|nd|rd|th)?)?"
        ranged = rf"(?P<month>{'|'.join(self.months.values())})(?:\s+{_DAY})?\s+(?:and|to|по|до|та|і|и)\s+"
        dashed = rf"(?P<month>{'|'.join(self.months.values())})\s?[–-]\s?"
        until = rf"(?:{month.replace('<month>', '<lastmonth>')})(?:\s+(?P<last>[0-3]?\d))?,?\s+{_YEAR}(?!\d)"
        yield compiled(rf"(?:{self._words('date-between')})\s+(?P<whole>{ranged}{until})"), self._between
        yield compiled(rf"(?P<whole>{dashed}{until})"), self._between
        own = ranged.replace(r")?\s+(?:and|", rf")?,?\s+{_YEAR.replace('year', 'firstyear')}\s+(?:and|")
        yield compiled(rf"(?:{self._words('date-between')})\s+(?P<whole>{own}{until})"), self._between
        second = rf"[0-3]?\d(?:st|nd|rd|th)?\s+{month}(?:,?\s+{_YEAR}(?!\d){year_word})?"
        yield compiled(rf"(?<![\d.])(?P<whole>{_DAY})\s+(?:and|и|та|і|й)\s+{second}"), self._by_words
        yield compiled(rf"(?<![\d.]){days}\s+(?:of\s+)?{month}(?:,?\s+{_YEAR}(?!\d){year_word})?"), self._by_words
        yield compiled(rf"{month}\s+{days}(?!\d|[.,]\d|\s*(?:years|months))(?:,?\s+{_YEAR}(?!\d))?"), self._by_words
        yield compiled(rf"{part}{month},?\s+(?:of\s+)?{_YEAR}(?!\d){year_word}"), self._by_words
        before = self._words("month-before")
        yield compiled(rf"(?:{before}\s+)(?P<whole>{part}{month})(?!\s+\d)"), self._by_words
        yield compiled(rf"(?P<whole>{self._words('date-part')}[\s-]+{month})(?!\s+\d)"), self._by_words
        if after:
            yield compiled(rf"(?<![\d.-]){_YEAR}(?:[-–](?P<lastyear>(?:19|20)\d\d))?\s*{after}"), self._by_words
            yield compiled(rf"(?<![\d.-]){_YEAR}-(?:го|м|му|ому)(?!\w)"), self._by_words
        years = rf"{self._words('year-before')}[\s-]+(?:the\s+)?"
        yield compiled(rf"{years}(?P<whole>{_YEAR})(?![\d%-]|\.\d|\s+(?:people|persons|prisoners|cases))"), self._by_words
        for shift, words in self.lexicon["relative-years"].items():
            named = compiled(rf"(?:{_DAY}\s+)?{part}{month},?\s+(?:of\s+)?(?:{phrase_source(words)})")
            yield named, lambda match, shift=shift: self._that_year(match, shift)  # type: ignore[misc]
            counted = compiled(rf"{month}\s+{_DAY},?\s+(?:{phrase_source(words)})")
            yield counted, lambda match, shift=shift: self._that_year(match, shift)  # type: ignore[misc]
            turned = compiled(rf"(?:{phrase_source(words)})\s+(?:{self._words('date-of-event-joiners')}\s+)?{part}{month}(?!\s+\d)")
            yield turned, lambda match, shift=shift: self._that_year(match, shift)  # type: ignore[misc]
        yield from self._relative()

    def _relative(self) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str | None] | None]]]:
        for shift, words in self.lexicon["relative-days"].items():
            yield re.compile(phrase_source(words)), lambda match, shift=shift: self._shifted(days=shift)  # type: ignore[misc]
        for shift, words in self.lexicon["relative-months"].items():
            yield re.compile(phrase_source(words)), lambda match, shift=shift: self._shifted(months=shift)  # type: ignore[misc]
        for shift, words in self.lexicon["relative-years"].items():
            yield re.compile(phrase_source(words)), lambda match, shift=shift: self._shifted(years=shift)  # type: ignore[misc]
        joiners = self._words("date-of-event-joiners")
        for number, words in self.lexicon["weekdays"].items():
            last = rf"(?:{self._words('last-week')}\s+)?" if self._words("last-week") else ""
            yield re.compile(rf"(?:{joiners}\s+){last}{phrase_source(words)}"), lambda match, number=number: self._weekday(number)  # type: ignore[misc]
        amounts = "|".join(phrase_source(words) for words in self.lexicon["numbers"].values())
        for unit, words in self.lexicon["ago-units"].items():
            pattern = rf"(?P<amount>\d+|{amounts})\s+{phrase_source(words)}\s+{self._words('ago')}"
            yield re.compile(pattern), lambda match, unit=unit: self._shifted(days=-unit * self._amount(match["amount"]))  # type: ignore[misc]
        for unit, words in self.lexicon["ago-months"].items():
            pattern = rf"(?P<amount>\d+|{amounts})\s+{phrase_source(words)}\s+{self._words('ago')}"
            yield (
                re.compile(pattern),
                lambda match, unit=unit: (  # type: ignore[misc]
                    self._shifted(months=-self._amount(match["amount"]))
                    if unit == 1
                    else self._shifted(years=-self._amount(match["amount"]))
                ),
            )

    def _numeric(self, match: re.Match[str]) -> tuple[str, str | None] | None:
        return _checked(int(match["year"]), int(match["m"]), int(match["day"]))

    def _by_words(self, match: re.Match[str]) -> tuple[str, str | None] | None:
        groups = match.groupdict()
        month = self._month(groups["month"]) if groups.get("month") else None
        day = int(groups["day"]) if groups.get("day") else None
        doubt = None
        if groups.get("year"):
            year: int | None = int(groups["year"])
        elif self.complete:
            return None
        else:
            year, doubt = self._year_for(match.start(), month, day)
        if year is None:
            return None
        if groups.get("lastyear"):
            return f"{year}/{groups['lastyear']}", doubt
        value = _checked(year, month, day)
        if value and groups.get("last"):
            last = _checked(year, month, int(groups["last"]))
            return (f"{value[0]}/{last[0]}", doubt) if last and last[0] > value[0] else value
        return (value[0], doubt) if value else None

    def _that_year(self, match: re.Match[str], shift: int) -> tuple[str, str | None] | None:
        """`in November of last year`."""
        if self.published_year is None:
            return None
        day = match.groupdict().get("day")
        return _checked(self.published_year + shift, self._month(match["month"]), int(day) if day else None)

    def _between(self, match: re.Match[str]) -> tuple[str, str | None] | None:
        """`between February and April 2016`: the year stands with the second month only."""
        year = int(match["year"])
        day = match.groupdict().get("day")
        first = _checked(int(match.groupdict().get("firstyear") or year), self._month(match["month"]), int(day) if day else None)
        last = _checked(year, self._month(match["lastmonth"]), int(match["last"]) if match["last"] else None)
        return (f"{first[0]}/{last[0]}", None) if first and last and first[0] < last[0] else None

    def _month(self, word: str) -> int:
        return int(next(number for number, source in self.months.items() if re.fullmatch(source, word)))

    def _year_for(self, position: int, month: int | None, day: int | None) -> tuple[int | None, str | None]:
        """The year of a date told without one: that of the last full date in the paragraph, else the latest before publication."""
        sentence = self.text.paragraph_at(position)
        near = [d for d in self.found if d.stretch.end <= position and sentence.holds(d.stretch) and d.use == "on"]
        season = self.lexicon.pattern("seasons")
        near = [d for d in near if not season.search(self.text.text, max(0, d.stretch.start - 12), d.stretch.start)]
        if near:
            last = max(near)
            year = int(last.value[:4])
            if self.published_year is None or year != self.published_year:
                whole = re.match(r"\d{4}-\d\d(?!.*/)", last.value)
                apart = last.stretch.start < self.text.sentence_at(position).start
                if month and whole and apart and (month, day or 31) < _month_day(last.value):
                    year += 1 if self.published_year and year < self.published_year else 0
                return year, "the year is that of the date before it in the paragraph"
        if self.published_year is None:
            return None, None
        year = self.published_year
        if self.published is not None and month is not None:
            try:
                candidate = date(year, month, day or 1)
            except ValueError:
                return None, None
            if candidate > self.published + timedelta(days=31):
                year -= 1
        return year, None

    def _use(self, part: Stretch) -> str:
        before = self.text.text[max(0, part.start - 25) : part.start]
        noun = re.match(r"\s+[a-z]+", self.text.text[part.end : part.end + 12])
        if noun and re.search(r"\b(?:a|an|his|her|their|the)\s+$", before):
            return "attribute"  # "in a March 2019 interview"
        start = self.text.text[part.start : part.end]
        for use in ("until", "as-of", "born", "since"):
            source = self._words(f"date-{use}")
            if source and (re.search(rf"{source}\s+$", before) or re.match(source, start)):
                return use
        return "on"

    def _words(self, section: str) -> str:
        return phrase_source(self.lexicon.get(section) or [])

    def _amount(self, word: str) -> int:
        if word.isdecimal():
            return int(word)
        return int(next(n for n, words in self.lexicon["numbers"].items() if re.fullmatch(phrase_source(words), word)))

    def _shifted(
        self, days: int | None = None, months: int | None = None, years: int | None = None
    ) -> tuple[str, str | None] | None:
        if years is not None:
            return (str(self.published_year + years), None) if self.published_year else None
        if self.published is None:
            return None
        if months is not None:
            index = self.published.year * 12 + self.published.month - 1 + months
            return f"{index // 12}-{index % 12 + 1:02}", None
        assert days is not None
        moved = self.published + timedelta(days=days)
        return moved.isoformat(), None if days >= -1 else "told as a number of days before publication"

    def _weekday(self, number: int) -> tuple[str, str | None] | None:
        if self.published is None:
            return None
        back = (self.published.weekday() - number) % 7
        return (self.published - timedelta(days=back)).isoformat(), "told as a day of the week before publication"


def _month_day(value: str) -> tuple[int, int]:
    """Month and day of a date as records write it; the first day where it has none."""
    return int(value[5:7]), int(value[8:10]) if len(value) >= 10 else 1


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published and len(published) == 10 else None
    except ValueError:
        return None


def _checked(year: int, month: int | None, day: int | None) -> tuple[str, str | None] | None:
    if month is None:
        return str(year), None
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year}-{month:02}", None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}", None
