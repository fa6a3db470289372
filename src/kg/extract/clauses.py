"""Who did what to whom in a sentence: words that report an event, their voice, and whether the text states it as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.extract.lexicon import NOTHING, Lexicon, cached_pattern, phrase_source
from kg.extract.tokens import Stretch, Text

ACTIVE, PASSIVE, NOUN, SELF, POSSESSED = "active", "passive", "noun", "self", "possessed"


_GERUND = re.compile(r"\s*\w+(?:[юуая]чи|вши|[аяу]я)(?:с[ья])?(?!\w)[^,]*,")
_OTHER_VERB = re.compile(r"(?:л[аио]?|[иаіу]в)(?:с[ья])?(?:\s+[\w-]+){0,2},?\s+(?:и|та|й|і|а|но|але)\s")
"""A verb of the past and a conjunction: what stood before them is over."""
NEW_SUBJECT = re.compile(
    r"(?:[;:–—]|,|\s(?:but|while|and|yet))\s+(?:(?:but|while|and|yet)\s+)?the\s+(?:court|judges?|panel|tribunal|bench|jury)\b"
)
"""Between two verbs of a sentence: the second has a subject of its own, a court."""
_WHO = re.compile(r",\s+(?:who|которы[йхме]\w*|котор(?:ая|ую|ого|ому|ой|ое)|як(?:ий|а|у|ого|ому|ої|і|их|им))(?!\w)")
_NO_DEATH = re.compile(r"\s+(?:sentences?|penalty|row|threats?|toll|certificate)(?!\w)")
"""After a word for death: `the death sentence`."""
_MEANWHILE = re.compile(
    r"(?:(?:під|во) (?:час|время)|[ув] ході|в ходе|после|після|при)\s+(?:[а-яіїєґ’'-]+\s+){0,2}$", re.IGNORECASE
)
_DENIED_THAT = re.compile(r"(?:\bnot|n[’']t|\bnever|\bdenied|\bdenies|\bno evidence)\s+(?:\w+\s+){0,3}that\s?$")
_WILL = re.compile(r"[аиіїяю]тим(?:е|уть|у|емо)(?!\w)")
_TWO_NAMES = re.compile(r"(?<=[а-яіїєґ]),?\s+(?:и|та|і|й)\s+[А-ЯЁІЇЄҐ]")
_POSSESSIVE = re.compile(r"(?:[’'ʼ]s?|(?<!\w)(?:his|her|their|its))\s+(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
_COMMA_AND = re.compile(r",\s+(?:and|but)\s")
_REASON = re.compile(
    r"\s(?:for|over|because of|on suspicion of|in connection with|without|despite|instead of|rather than|prior to|following|upon)\s"
)
"""`was arrested on 12 August | for the abduction of X`: what a noun behind it tells is another matter."""
_TO_DASH = re.compile(r"[^–—;:.]{3,70}\s[–—]\s")
_FROM_DASH = re.compile(r"\s[–—]\s[^–—;:.]{3,70}$")
_AFTER_NAME = re.compile(r"(?:,\s\d\d)?,\s+(?:(?:first|previously|originally|recently|also|already|later)\s+)?")
_OF_PARTICIPLE = re.compile(r"\s+(?:by|in|on|at|for|since|under|over|to|last|earlier|during|along|together|alongside|with)\b|[,.]")
_COURT_BEFORE = re.compile(
    r"\b(?:[Cc]ourt|[Jj]udge|[Pp]rosecutor)(?:\s(?:of|in)\s(?:the\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)?"
    r"(?:\s(?:today|also|later|has|had|then|again|on \w+))*\s+$"
)
_AMONG = re.compile(r"\w+\s+(?:(?:today|on \w+|so far|also)\s+)?(?:include|includes|included|are|were)(?!\w)")
_THAT = re.compile(r"(?:ask|request|demand|insist|propos)\w*\s+that$", re.IGNORECASE)
_ABOUT_A_SENTENCE = {"appeal-ruling", "appeal", "sentence-request"}


@dataclass(frozen=True)
class Trigger:
    """Words at `stretch` that report an event of `entry` (a row of the lexicon); `clause`: the part of the sentence about it."""

    stretch: Stretch
    entry: dict[str, Any]
    voice: str
    clause: Stretch
    weak: bool = False
    alleged: bool = False
    reduced: bool = False
    """Whether it is a participle behind a name and a comma: `X, arrested in May, ...`."""

    @property
    def kind(self) -> str:
        """Key of the event kind in the ontology."""
        return str(self.entry["kind"])

    def __hash__(self) -> int:
        return hash((self.stretch, self.kind))


_PREPOSITION = re.compile(r"(?<!\w)(?:of|in|at|on|for|from|by|to|with|under|during)\s*$")
_A_DATE = re.compile(r"\s*(?:\d|(?:early|mid|late|the)\s|[A-Z][a-z]+\s+\d)")
_BEFORE_A_COURT = re.compile(
    r"\s*(?:the|a|an)\s+(?:[\w’'-]+\s+){0,4}?(?:[Cc]ourt|[Bb]ranch|judge|panel|bench|[Tt]ribunal|[Cc]hamber)(?!\w)"
)


class ClauseReader:
    """Finds the triggers of a sentence."""

    def __init__(self, text: Text, names: Iterable[int] = ()) -> None:
        """`names`: where the names of people end."""
        self.text, self.lexicon, self.names = text, text.lexicon, sorted(names)
        self.forms = _forms(self.lexicon)
        self.read: dict[Stretch, list[Trigger]] = {}
        dash = "" if self.lexicon.get("free-word-order") else r"|\s[–—]\s"
        self.breaks = cached_pattern(rf"[;:]{dash}|,?\s+{phrase_source(self.lexicon['clause-breaks'])}\s(?!(?:также|також)\s)")
        joiner = self.lexicon.get("coordinators", ["and", "but", "or"])
        self.coordination = cached_pattern(rf",\s+{phrase_source(joiner)}\s|\s{phrase_source(joiner)}\s|,\s")
        adverbs = rf"(?:\s+(?:\w+ly|{phrase_source(self.lexicon.get('adverbs') or ['also'])})){{0,3}}"
        self.auxiliary = cached_pattern(rf"(?:{phrase_source(self.lexicon['auxiliaries'])}){adverbs}\s+(?:\w+ed\s+and\s+)?$")
        articles = phrase_source(self.lexicon.get("adjective-after") or [])
        self.adjective = cached_pattern(rf"(?:{articles}|(?<!\d)\d{{1,3}})\s+$") if articles else NOTHING
        months = "|".join(phrase_source(words) for words in self.lexicon["months"].values())
        self.day_before = cached_pattern(rf"(?:{months})\s+\d{{1,2}}\s+$")

    def triggers(self, sentence: Stretch) -> list[Trigger]:
        """The events that the sentence states as facts, in order; hypotheticals, denials and speech are left out."""
        if sentence not in self.read:
            self.read[sentence] = self._triggers(sentence)
        return self.read[sentence]

    def _triggers(self, sentence: Stretch) -> list[Trigger]:
        found = self._matches(sentence)
        result = []
        for at, (stretch, entry, form, weak) in enumerate(found):
            left = found[at - 1][0] if at else None
            right = found[at + 1][0] if at + 1 < len(found) else None
            clause = Stretch(
                self._boundary(left.end, stretch.start, found[at - 1][2] == "nouns") if left else self._opening(sentence, stretch),
                self._boundary(stretch.end, right.start, form == "nouns") if right else self._closing(sentence, stretch),
            )
            reduced = form == "either" and self._is_reduced(sentence, stretch)
            if reduced:
                clause = Stretch(stretch.start, clause.end)
            if not self._stated(stretch, clause, entry) or (left and self._asked_for(left, stretch)):
                continue
            voice = self._voice(stretch, form)
            alleged = bool(self.lexicon.pattern("alleged-words").search(self.text.text, sentence.start, stretch.end))
            result.append(Trigger(stretch, entry, PASSIVE if reduced else voice, clause, weak, alleged, reduced))
        return result

    def _matches(self, sentence: Stretch) -> list[tuple[Stretch, dict[str, Any], str, bool]]:
        hits = []
        for entry, form, pattern, weak in self.forms:
            for match in pattern.finditer(self.text.text, sentence.start, sentence.end):
                if self.text.in_speech(match.start()):
                    continue
                if form == "either" and self._counted(sentence, match.start()):
                    continue
                if form == "possessed" and not _POSSESSIVE.search(
                    self.text.text, max(sentence.start, match.start() - 60), match.start()
                ):
                    continue
                if _WILL.search(match[0]):
                    continue  # "подаватиме апеляцію"
                if entry["kind"] == "sentence" and " that " in match[0]:
                    continue  # "announced that the death sentence had been upheld"
                if entry["kind"] == "death" and _NO_DEATH.match(self.text.text, match.end()):
                    continue
                if self.lexicon.pattern("not-event-after").match(self.text.text[match.end() : match.end() + 40].lstrip()):
                    continue
                behind = self.text.text[match.end() : match.end() + 40].lstrip()
                if entry["kind"] == "search" and self.lexicon.pattern("not-search-after").match(behind):
                    continue
                lead = self.text.text[max(sentence.start, match.start() - 30) : match.end()]
                if self.lexicon.pattern("not-event-before").search(lead):
                    continue
                if form == "nouns" and entry["kind"] == "detention" and self.lexicon.pattern("not-an-arrest").search(lead):
                    continue
                required = entry.get("requires")
                if required and not re.search(phrase_source(required), self.text.of(sentence)):
                    continue
                hits.append((Stretch(*match.span()), entry, form, bool(weak and weak.fullmatch(match[0]))))
        hits = [hit for hit in hits if not self._only_circumstance(hit, hits)]
        kinds = {hit[1]["kind"] for hit in hits}
        if kinds & _ABOUT_A_SENTENCE:  # "upheld the sentence of ...", "demanded sentences of ...": the verdict is not told here
            steps = [hit[0] for hit in hits if hit[1]["kind"] in _ABOUT_A_SENTENCE]
            hits = [
                hit
                for hit in hits
                if hit[1]["kind"] != "sentence" or not (hit[3] or hit[2] == "nouns") or self._own_court(steps, hit[0], hit[2])
            ]
        if kinds & {"appeal-ruling"}:  # "отклонил жалобу на продление ареста"
            hits = [hit for hit in hits if hit[1]["kind"] != "custody-ruling" or hit[2] != "nouns"]
        if kinds & {"appeal", "appeal-ruling", "custody-ruling"}:  # "rejected the appeal against the arrest of ..."
            hits = [hit for hit in hits if hit[1]["kind"] != "detention" or hit[2] not in ("nouns", "possessed")]
        kept: list[tuple[Stretch, dict[str, Any], str, bool]] = []
        for hit in sorted(hits, key=lambda hit: (hit[0].start - hit[0].end, hit[0].start)):
            if not any(hit[0].touches(other[0]) for other in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit[0])

    def _only_circumstance(self, hit: tuple[Stretch, dict[str, Any], str, bool], hits: list[Any]) -> bool:
        """`заарештував двох затриманих під час обшуків кримчан`: words that only say of whom and when another verb tells."""
        stretch, entry, form, _ = hit
        if not self.lexicon.get("free-word-order") or entry["kind"] not in ("detention", "search"):
            return False
        verbs = [other for other in hits if other[2] != "nouns" and other[1] is not entry and not self._long_form(other[0])]
        near = self.text.text[stretch.end : stretch.end + 25]
        if not verbs or re.search(r"\d", near) or re.match(r"\s+(?:в|на)\s", near):
            return False
        if form == "nouns":
            return bool(_MEANWHILE.search(self.text.text, max(0, stretch.start - 40), stretch.start))
        return self._long_form(stretch) and "," not in self.text.text[stretch.start - 2 : stretch.start]

    def _long_form(self, part: Stretch) -> bool:
        """A participle in the long form and an oblique case: `задержанных`, `затриманого`."""
        return bool(re.search(r"(?:ого|ому|ым|им|их|ых|ыми|ими)$", self.text.of(part)))

    def _own_court(self, steps: list[Stretch], hit: Stretch, form: str) -> bool:
        """`asked for nine years; the court gave him seven`: the words at `hit` have a court of their own as their subject."""
        left = [step for step in steps if step.end <= hit.start]
        if not left and form != "nouns":  # "gave her 13 years; the prosecutor had demanded 15"
            right = min((step.start for step in steps if step.start >= hit.end), default=hit.end)
            return bool(re.search(r"[;—–]", self.text.text[hit.end : right]))
        return bool(left) and bool(NEW_SUBJECT.search(self.text.text[left[-1].end : hit.start]))

    def _asked_for(self, left: Stretch, hit: Stretch) -> bool:
        """`asked that X be acquitted`: what follows is the wish of whoever asked."""
        return bool(_THAT.search(self.text.of(left))) and not re.search("[.;]", self.text.text[left.end : hit.start])

    def _is_reduced(self, sentence: Stretch, stretch: Stretch) -> bool:
        near = max((end for end in self.names if sentence.start < end <= stretch.start), default=None)
        if near is None or self.lexicon.get("free-word-order"):
            return False
        behind = _AFTER_NAME.fullmatch(self.text.text, near, stretch.start)
        return bool(behind) and bool(_OF_PARTICIPLE.match(self.text.text, stretch.end))

    def _counted(self, sentence: Stretch, position: int) -> bool:
        """`the detained men`, `12 detained activists`: a participle before its noun; "on November 12 sentenced" is none."""
        before = self.text.text[max(sentence.start, position - 20) : position]
        if _AMONG.match(self.text.text, position):
            return False  # "those listed include X"
        return bool(self.adjective.search(before[-12:])) and not self.day_before.search(before)

    def _breaks(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where clauses are divided; two dashes around an aside divide nothing."""
        for match in self.breaks.finditer(self.text.text, start, end):
            dash = match[0].strip() in ("–", "—")
            if not (dash and self._is_aside(match.start(), match.end())) and not self._no_conjunction(match):
                yield match

    def _no_conjunction(self, match: re.Match[str]) -> bool:
        """`nobody of that name`, `opened before the same court`: a pronoun and a preposition, which divide nothing."""
        word, text = match[0].strip(" ,"), self.text.text
        if word == "that":
            return bool(_PREPOSITION.search(text, max(0, match.start() - 8), match.start()))
        if word == "until":
            return bool(_A_DATE.match(text, match.end()))
        return word == "before" and bool(_BEFORE_A_COURT.match(text, match.end()))

    def _is_aside(self, start: int, end: int) -> bool:
        sentence = self.text.sentence_at(start)
        after = _TO_DASH.match(self.text.text, end, sentence.end)
        before = _FROM_DASH.search(self.text.text, sentence.start, start)
        return bool(after or before)

    def _opening(self, sentence: Stretch, trigger: Stretch) -> int:
        """The first clause begins at the last break before its trigger."""
        return max((match.start() + 1 for match in self._breaks(sentence.start, trigger.start)), default=sentence.start)

    def _closing(self, sentence: Stretch, trigger: Stretch) -> int:
        return min((match.start() for match in self._breaks(trigger.end, sentence.end)), default=sentence.end)

    def _boundary(self, left: int, right: int, noun: bool) -> int:
        """Where one clause ends and the next begins, between two triggers; `noun`: the first of them is one."""
        for pattern in (self.breaks, self.coordination):
            matches = list(self._breaks(left, right) if pattern is self.breaks else pattern.finditer(self.text.text, left, right))
            if pattern is self.coordination and noun:  # "При задержании у X и Y провели обыски"
                matches = [match for match in matches if not _TWO_NAMES.match(self.text.text, match.start())]
            if matches and pattern is self.breaks:
                return matches[0].start() + 1
            if matches:
                joined = [match for match in matches if _COMMA_AND.match(match[0])]  # before the commas of what follows
                return (joined or matches)[-1].start() + 1
        reasons = list(_REASON.finditer(self.text.text, left, right)) if not self.lexicon.get("free-word-order") else []
        return reasons[-1].start() if reasons else left

    def _voice(self, stretch: Stretch, form: str) -> str:
        if form != "either":
            return {"nouns": NOUN}.get(form, form)
        before, after = self.text.text[max(0, stretch.start - 60) : stretch.start], self.text.text[stretch.end : stretch.end + 40]
        if self.auxiliary.search(before):
            return PASSIVE  # "was transferred from PRISON to"
        own = re.search(r"\b(?:his|her|their)\b", self.text.of(stretch))  # "ordered their pre-trial detention"
        if own or re.search(r"\s[A-ZА-ЯІЇЄҐ]", self.text.of(stretch)) or _COURT_BEFORE.search(before):
            return ACTIVE  # "detained NAME again", "the court extended for three months"
        inside = self.text.of(stretch).partition(" ")[2]
        for section in ("object-pronouns", *(f"group-words.{key}" for key in self.lexicon["group-words"])):
            if self.lexicon.pattern(section).search(inside):
                return ACTIVE  # "placed him in pre-trial detention"
        if re.match(
            r"\s*(?:[,.;)–—]|$)|\s+(?:by|in|on|at|from|for|since|after|when|during|under|as|near|and|again|with|to|over|because|outside|while|without|earlier|last|together|alongside|once|today|yesterday|through|upon|until)\b",
            after,
        ):
            return PASSIVE if not re.match(r"\s+(?:to|with)\b", after) or True else ACTIVE
        return ACTIVE

    def _stated(self, stretch: Stretch, clause: Stretch, entry: dict[str, Any]) -> bool:
        before = self.text.text[max(clause.start, stretch.start - 70) : stretch.start]
        own = self.text.of(stretch)
        for match in self.lexicon.pattern("negations").finditer(before):
            behind = before[match.end() :]
            if re.search(r"[:;]", behind):
                continue  # "на свободу не вышел: 27 мая его перевезли"
            if self.lexicon.get("free-word-order") and re.search(r",\s.*\d|,\s(?:на|у|в)\s", behind):
                continue  # "якому відмовили в операції, 9 березня перевезли": another clause
            if self.lexicon.get("free-word-order") and _OTHER_VERB.search(behind):
                continue  # "вину не признал и объявил голодовку"
            if self.lexicon.get("free-word-order") and _GERUND.match(behind):
                continue  # "не випускаючи з ізолятора, висунули звинувачення"
            if match[0].lower().startswith("den") and re.search(r",\s+(?:was|were|has|had)\s", behind + own):
                continue  # "X, who denies the charges, was convicted"
            near = 6 if match[0].lower() in ("nobody", "no one") else 5
            if not re.search(r"only\b", behind[:6]) and len(behind.split()) <= near:
                return False
        if entry.get("asked"):
            return True
        sentence = self.text.sentence_at(stretch.start)
        if _DENIED_THAT.search(self.text.text, sentence.start, min(clause.start + 5, stretch.start)):
            return False  # "They did not find that X had been beaten"
        if self.lexicon.pattern("retractions").search(self.text.text, stretch.end, max(sentence.end, stretch.end)):
            return False  # "Reports that X had been detained turned out to be wrong"
        corrected = self.lexicon.pattern("corrections").match(self.text.text[sentence.end : sentence.end + 40].lstrip())
        if corrected and self.lexicon.pattern("rumours").search(self.text.text, sentence.start, sentence.end):
            return False  # "Channels reported the arrest of X. In fact he was only questioned."
        opening = self.text.text[sentence.start : stretch.start]
        if self.lexicon.get("free-word-order"):
            denied = list(self.lexicon.pattern("retractions").finditer(opening))
            if denied and re.match(r"[^,]{0,30},\s+(?:что|що)\s(?!.*,)", opening[denied[-1].end() :]):
                return False  # "Полиция опровергла, что X избивали"
        if self.lexicon.pattern("conditions").match(opening) and not re.search(r"[,;]", opening[-3:]):
            return False  # "В случае утверждения приговора осужденных этапируют"
        for match in self.lexicon.pattern("hypotheticals").finditer(before):
            if _WHO.search(before, match.end()):
                continue  # "came to meet X, who had been released": the wish is not about what the relative clause tells
            if match[0] != "May" and len(before[match.end() :].split()) <= 7 and match[0].lower() not in own.lower():
                return False
        return True


@cache
def _forms_of(language: str, lexicon: Lexicon) -> tuple[tuple[dict[str, Any], str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (
            entry,
            "self" if entry.get("subject") and form == "active" else form,
            cached_pattern(phrase_source(entry[form])),
            _weak(entry),
        )
        for entry in lexicon["events"]
        for form in ("either", "active", "passive", "nouns", "possessed", "self")
        if isinstance(entry.get(form), list)
    )


def _forms(lexicon: Lexicon) -> tuple[tuple[dict[str, Any], str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return _forms_of(lexicon.language, lexicon)


def _weak(entry: dict[str, Any]) -> re.Pattern[str] | None:
    return cached_pattern(phrase_source(entry["weak"])) if entry.get("weak") else None
