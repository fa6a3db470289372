"""Whether capitalised words name a person: what stands before and after them, and what they look like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.extract.lexicon import cached_pattern, phrase_source
from kg.extract.morphology import stems
from kg.extract.same_names import folded, plain
from kg.extract.tokens import Stretch, Text

_TERM_AFTER = re.compile(r"\s+(?:[—–-]\s+)?(?:к|до|на|по)\s+\d")
"""`Сейдамета X — к 14`: a person in a list of terms."""
_SCHOLAR = re.compile(r", an? (?:[a-z-]+ ){0,2}[a-z]{3,}(?:ologist|iatrist|trician|ist|cian)\b")
"""`NAME, a cardiologist`: nouns that only people are called by."""
_SURNAME_FIRST = re.compile(r"[A-Z][a-z]{1,5} [A-Z][a-z]+-[a-z]{2,}")
"""`Fok Wing-kau`: how Chinese names are written in Hong Kong."""
_GIVEN_ENDING = re.compile(r"[а-яіїєь']{0,2}|ові|еві|єві|ією|ией|ией|ами")
LONGEST = 4
"""Most words in a name; longer runs of capitals are headlines."""


@dataclass(frozen=True)
class NameRun:
    """Capitalised words in a row that may be a name; `alias`: a second given name in brackets."""

    stretch: Stretch
    words: tuple[str, ...]
    alias: str | None = None


class NameEvidence:
    """Weighs the evidence in one text."""

    def __init__(self, text: Text) -> None:
        self.text, self.lexicon = text, text.lexicon
        self.given: set[str] = self.lexicon["given"]
        self.given_stems = {folded(key) for name in self.given for key in stems(name)}
        roles = phrase_source([w for entry in self.lexicon["roles"] for w in [*entry["words"], *entry.get("plural", [])]])
        titles = [re.escape(title) for title in self.lexicon.get("titles", [])]
        self.role_words, self.title_words = roles, rf"(?<!\w)(?:{'|'.join(titles) or '(?!)'})"
        self.role_before = cached_pattern(rf"(?:{self.role_words}|{self.title_words})['’\"”»)]*,?\s+[\"“«'‘]?$")
        free = self.lexicon.get("free-word-order")
        lead = r"(?:(?:an?|the|his|her|their|then|now|former|both|all|\d\d,?|\d\d?-year-old)\s+)*(?:[a-z][\w-]+\s+){0,3}"
        whose = r"(?:[A-Z][\w’'-]+\s+){0,2}[A-Z][\w-]+[’']s?\s+"  # ", Petrenko's lawyer"
        described = rf",\s+(?:{whose})?{lead}{roles}"
        post = rf"{roles}\s+(?:of|at|for)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+){{0,4}}[A-Z][\w’'-]*,\s+$"
        self.post_before = cached_pattern(post if self.lexicon.language == "en" else r"(?!)")  # "the chair of AWC, NAME"
        self.described_after = cached_pattern(described if self.lexicon.language == "en" else r"(?!)")
        self.person_verb = cached_pattern(rf"['’]?s?[,\s]*(?:\(\w+\)\s*)?{phrase_source(self.lexicon['person-verbs'])}")
        self.age_before = re.compile(r"\d\d[- ](?:year-old|year old|летн\w+|річн\w+|летний)\s+(?:[\w-]+\s+){0,4}$")
        past = phrase_source(self.lexicon["person-events"])
        done = phrase_source(self.lexicon.get("person-after") or [])
        been = rf"|\s+(?:was|were|has been|had been|have been)\s+(?:(?:also|later|then|first)\s+)?{done}" if done else ""
        self.event_after = cached_pattern(
            rf"(?:,\s(?:an?\s)?[^,.;]{{2,70}},)?\s+(?:(?:was|were|has|had|been|have|is|also|then|later|был|была|було)\s+){{0,3}}{past}{been}"
        )
        relative = "|".join(re.escape(word) for word in self.lexicon["person-pronouns"]) or "(?!)"
        self.relative_after = cached_pattern(rf",\s+(?:{relative})(?!\w)")
        who = r"(?:[а-яёіїєґ][а-яёіїєґ’'-]+\s+){0,2}" if free else ""  # "предупреждает офтальмолог NAME"
        self.said_before = cached_pattern(rf"{phrase_source(self.lexicon['say-verbs'])}\s+{who}$")
        term = "" if free else r"(?:\s+to(?:\s+[a-z0-9][\w’'-]*){1,6})?"  # "sentenced to two years in prison NAME"
        self.event_before = cached_pattern(rf"{past}{term}\s+$")
        self.endings = tuple(self.lexicon["surname-endings"])
        self.patronymics = tuple(self.lexicon["patronymic-endings"])

    def _full(self, runs: list[NameRun], alone: Counter[str]) -> list[NameRun]:
        """Runs with evidence enough; one in a row with a person ("A, B and C") needs less."""
        candidates = [run for run in runs if 2 <= len(run.words) <= LONGEST]
        scores = [self._evidence(run, alone) for run in candidates]
        sure = [score >= 2 for score in scores]
        for _ in range(3):
            for at, score in enumerate(scores):
                if not sure[at] and score >= 0:
                    left = at > 0 and sure[at - 1] and self._in_a_row(candidates[at - 1], candidates[at])
                    right = at + 1 < len(candidates) and sure[at + 1] and self._in_a_row(candidates[at], candidates[at + 1])
                    before, after = (candidates[max(0, at - 2) : at], candidates[at + 1 : at + 3])
                    chain = (left and at > 1 and sure[at - 2] and self._in_a_row(*before)) or (
                        right and len(after) > 1 and sure[at + 2] and self._in_a_row(*after)
                    )
                    paired = (left and self._coordinated(candidates[at - 1], candidates[at])) or (
                        right and self._coordinated(candidates[at], candidates[at + 1])
                    )
                    sure[at] = bool(chain) or bool(paired) or score + left + right >= (2 if score else 3)
        return [run for run, good in zip(candidates, sure, strict=True) if good]

    def _coordinated(self, left: NameRun, right: NameRun) -> bool:
        """`A and B`, two whole names: what goes with a person is one."""
        gap = self.text.text[left.stretch.end : right.stretch.start]
        return self.lexicon.language == "en" and gap == " and " and min(len(left.words), len(right.words)) > 1

    def _in_a_row(self, left: NameRun, right: NameRun) -> bool:
        gap = self.text.text[left.stretch.end : right.stretch.start]
        return bool(
            re.fullmatch(rf"\s*(?:\([^)]*\)\s*)?(?:[,;]\s*)?(?:{phrase_source(self.lexicon['number-list'][:-1])}\s+|[,;]\s*)?", gap)
        )

    def _evidence(self, run: NameRun, alone: Counter[str]) -> int:
        before = self.text.text[max(0, run.stretch.start - 60) : run.stretch.start].rsplit("\n")[-1]
        after = self.text.text[run.stretch.end : run.stretch.end + 100].split("\n")[0]
        given = self._given(run.words[0])
        score = 2 if given else 1 if self._given(run.words[-1]) else 0
        score += 1 if run.words[0].endswith(".") else 0
        if not given and self._given(run.words[-1]) and run.words[0].lower().endswith(self.endings):
            score += 1  # surname first, as in lists
        score += 2 if any(word.lower().endswith(self.patronymics) for word in run.words[1:]) else 0
        score += 1 if any(key.endswith(self.endings) for key in stems(run.words[-1])) else 0
        score += 1 if any(word.isupper() and len(word) > 3 for word in run.words[1:]) else 0
        score += 2 if self.role_before.search(before) or self.age_before.search(before) else 0
        if self.event_after.match(after) or self.event_before.search(before) or _SCHOLAR.match(after):
            score += 2
        elif self.person_verb.match(after) or re.match(r", an? |,? (?:\(\w*\s?\d\d\)|aged \d\d|\d\d,)|\s\(", after):
            score += 1
        quoted = self.said_before.search(before)
        score += (2 if re.search(r"[”\"»’],?\s$", before[: quoted.start()]) else 1) if quoted else 0
        score += 2 if len(run.words) > 1 and self.described_after.match(after) else 0
        score += 1 if _TERM_AFTER.match(after) else 0
        score += 2 if _SURNAME_FIRST.fullmatch(" ".join(run.words)) else 0
        score += 2 if self.relative_after.match(after) else 0
        score += 2 if self.post_before.search(before) else 0
        score += 1 if any(alone[key] for key in stems(run.words[-1])) else 0
        score -= 2 if re.search(r"(?:^|\s)(?:the|a|an|The|A)\s$", before) else 0
        score -= 3 if re.search(r"[а-яіїєґ] [«“\"]$", before) and re.match(r"[»”\"]", after) else 0  # катер «Яны Капу»
        score -= 1 if re.search(rf"{phrase_source(self.lexicon['place-before'])}\s$", before) and not given else 0
        return score

    def _given(self, word: str) -> bool:
        first = word.split("-")[0]
        return (
            word.lower() in self.given
            or plain(word) in self.given
            or (first != word and self._given(first))
            or any(folded(key) in self.given_stems and _GIVEN_ENDING.fullmatch(word.lower()[len(key) :]) for key in stems(word))
        )
