"""Whom pronouns, groups and nouns mean in the sentence of an event: the people told of before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.cast import Cast
from kg.extract.clauses import ACTIVE, NOUN, PASSIVE, POSSESSED, SELF, Trigger
from kg.extract.counted import CountedPeople
from kg.extract.declension import case_forms
from kg.extract.lexicon import cached_pattern, compile_phrases, phrase_source
from kg.extract.name_rows import joined_to_last
from kg.extract.persons import Person, PersonMention
from kg.extract.role_mentions import RoleMention
from kg.extract.story import Story
from kg.extract.tokens import Stretch, Text
from kg.extract.trades import ANOTHER

_OWNED = re.compile(r"\s+(?:(?!on|at|in|for|to|with|from|after|of|as|by|and)[a-z-]+,?\s+){1,3}")
"""Nouns between a possessive and a name: ` colleague `, ` defence lawyer, `."""
_RELATIVE_OVER = re.compile(r"\w+\s+[^,]+,\s+(?:(?:also|then|later|has|had|have|\w+ly)\s+)*$")
"""Before the verb of a main clause: `the court, which Russia has set up, `."""
_AUXILIARY = re.compile(r"(?:(?:was|were|has|had|have|been)\s+)+$")
_HIS_TERM = re.compile(r"\b(?:[Hh]is|[Hh]er)\b(?=\s+(?:[\w-]+\s+){0,2}(?:term|sentence|verdict|conviction|punishment)\b)")
_THEM = re.compile(r"them|they|них|ними|їх|их|ним|їм|им", re.IGNORECASE)
_HIS = re.compile(r"(?<!\w)(?:his|their)(?!\w)")
_OF_SOMEBODY = {"search", "ill-treatment", "custody-ruling", "appeal-ruling", "release-ruling"}


class Pointers(Cast):
    """The people of an article with what has been told of them so far."""

    def __init__(self, text: Text, people: list[PersonMention], roles: list[RoleMention]) -> None:
        super().__init__(text, people, roles)
        self.relative = "|".join(map(re.escape, self.lexicon["relative-pronouns"]))
        nouns = [form for noun in self.lexicon.get("pointing-nouns", []) for form in case_forms(noun, self.lexicon.language)]
        self.anybody = compile_phrases(nouns)
        self.story = Story(self.lexicon)
        kin = phrase_source([word for entry in self.lexicon["roles"] if entry.get("relative") for word in entry["words"]])
        whose = self.lexicon.pattern("posessive-roles").pattern
        self.unnamed_kin = cached_pattern(rf"{whose}\s+(?:[\w-]+\s+)?{kin}(?![\w’'-]|,?\s+[A-ZА-ЯЁІЇЄҐ])[^,;:]*$")
        self.counted = CountedPeople(text, people, lambda person: self.can_be_affected(person, ""))

    def pointed(self, trigger: Trigger, sentence: Stretch, earlier: list[Person]) -> tuple[list[Person], str | None]:
        """Whom an event happened to whose own clause names nobody, and why that needs a look."""
        listed = self._listed(trigger, sentence)
        if listed:
            return listed, None
        if self._of_somebodys_kin(trigger):
            return self._kin_before(trigger, sentence)
        same = [m for m in self._before(trigger, sentence) if not self.beside(m)]
        if self.in_relative_clause(trigger):
            people, doubt = self._antecedent(trigger, sentence)
            present = self.lawyers | self.relatives if trigger.voice == NOUN else set()
            return [person for person in people if person not in present], doubt  # "his lawyer X, who was present at the hearing"
        group = self._group(trigger, sentence)
        if group is not None:
            they = earlier if len(earlier) > 1 and _THEM.fullmatch(group[0]) else group[1]
            people = [person for person in they if self.can_be_affected(person, trigger.kind)]
            return people, f"'{group[0]}' was taken to mean the people named before" if people else None
        word = self._word_for_one(trigger)
        if word:
            return self._meant(word, trigger, sentence, same, earlier)
        if trigger.voice in (POSSESSED, NOUN):
            return [], None
        return self._unnamed(trigger, sentence, same, earlier)

    def _before(self, trigger: Trigger, sentence: Stretch) -> list[PersonMention]:
        """Those named in the sentence before the trigger to whom it can have happened."""
        named = self.within(Stretch(sentence.start, trigger.stretch.start))
        return [m for m in named if self.can_be_affected(m.person, trigger.kind) and not self.owner(m, trigger.kind)]

    def _of_somebodys_kin(self, trigger: Trigger) -> bool:
        """`her husband was arrested`, `его сына задержали`: it happened to a relative whom the clause does not name."""
        lead = self.text.text[trigger.clause.start : trigger.stretch.start]
        return trigger.voice in (PASSIVE, SELF, ACTIVE) and self.unnamed_kin.search(lead) is not None

    def _kin_before(self, trigger: Trigger, sentence: Stretch) -> tuple[list[Person], str | None]:
        """`X, Y's father, said his son had been remanded`: Y, where the sentence names one relative and one other person."""
        named = self._unique([m.person for m in self.within(Stretch(sentence.start, trigger.stretch.start))])
        kin = [person for person in named if person in self.relatives]
        others = [person for person in named if person not in self.beside_the_story]
        if len(kin) != 1 or len(others) != 1:
            return [], None
        return others, f"taken to be the relative of whom {kin[0].name} speaks"

    def in_relative_clause(self, trigger: Trigger) -> bool:
        """Whether the clause of the trigger begins with a relative pronoun, or is a reduced one."""
        lead = self.text.text[trigger.clause.start : trigger.stretch.start]
        over = "," in lead.strip(" ,") if self.lexicon.get("free-word-order") else _RELATIVE_OVER.search(lead)
        closed = trigger.voice in (ACTIVE, SELF) and over
        if trigger.voice == PASSIVE and not self.lexicon.get("free-word-order"):  # "who has diabetes, was left"
            closed = _RELATIVE_OVER.search(_AUXILIARY.sub("", lead))
        return trigger.reduced or (not closed and bool(re.match(rf"\W*(?:{self.relative})", lead.lower())))

    def _antecedent(self, trigger: Trigger, sentence: Stretch) -> tuple[list[Person], str | None]:
        """Whom a relative clause is about: who is named right before it."""
        near = [m for m in self._before(trigger, sentence) if m.stretch.end <= trigger.clause.start + 3]
        close = Stretch(max(sentence.start, trigger.clause.start - 40), trigger.clause.start)
        several = next((people for at, people in self.groups(close, sentence) if close.end - at.end <= 2), [])
        if several and not near:
            return several, "the relative clause is about several people named before"
        meant = joined_to_last(self.text, near) if near and self._plural_relative(trigger) else near[-1:]
        return self._unique([m.person for m in meant]), None if near else "no person stands before the relative clause"

    def _word_for_one(self, trigger: Trigger) -> str:
        """The pronoun or noun of the clause that stands for somebody named before; nothing if there is none."""
        text, possessive = self.text.text, self.lexicon.pattern("posessive-roles")
        if trigger.voice == POSSESSED:
            found = possessive.search(text[max(0, trigger.stretch.start - 14) : trigger.stretch.start])
            return found[0].strip() if found else ""
        if trigger.voice == NOUN and self.lexicon.get("free-word-order") and trigger.kind not in ("search", "hearing"):
            lead = text[max(trigger.clause.start, trigger.stretch.start - 16) : trigger.stretch.start]
            found = re.search(rf"{possessive.pattern}\s+$", lead)  # "його затримання"
            return found[0].strip() if found else ""
        subject, objects = self._subject_word(trigger), self._object_word(trigger)
        return subject[0].strip() if subject else objects[0] if objects else ""

    def _subject_word(self, trigger: Trigger) -> re.Match[str] | None:
        acting = trigger.voice == ACTIVE and not self.lexicon.get("free-word-order")
        subject = None if acting else self._pronoun("subject-pronouns", trigger) or self._noun_pointer(trigger)
        if subject and trigger.kind == "sentence-request" and self.lexicon.pattern("speaking-pronouns").fullmatch(subject[0]):
            subject = None  # "він домагався довічного": who asks for a term does not get it
        if subject is None and trigger.kind == "sentence" and trigger.voice == PASSIVE:
            subject = _HIS_TERM.search(self.text.text, trigger.clause.start, trigger.stretch.start)
        return subject

    def _object_word(self, trigger: Trigger) -> re.Match[str] | None:
        acting = trigger.voice == ACTIVE and not self.lexicon.get("free-word-order")
        reach = min(trigger.clause.end, trigger.stretch.end + (45 if acting else 20))
        pronouns = self.lexicon.pattern("object-pronouns").finditer(self.text.text, trigger.stretch.start, reach)
        objects = next((found for found in pronouns if not self._partitive(found.start())), None)
        if objects is None and acting and trigger.kind in _OF_SOMEBODY:
            objects = _HIS.search(self.text.text, trigger.stretch.start, reach)  # "searched his flat", "upheld his sentence"
        return objects

    def _meant(
        self, word: str, trigger: Trigger, sentence: Stretch, same: list[PersonMention], earlier: list[Person]
    ) -> tuple[list[Person], str | None]:
        """Whom a pronoun or a noun for one person means: somebody of the sentence, of its last event, of the story."""
        theirs = word.lower() == "their"
        people = (
            (self.client_meant(sentence) if self.lexicon.pattern("clients").search(word) else [])
            or (earlier or self.story.plural if theirs else [])
            or self._who_says(word, trigger, sentence)
            or self.story.one(word, self._unique([m.person for m in same if m.person not in self.relatives]))
            or earlier
            or self.story.one(word, self.story.affected)
        )
        if not people and word.lower() in ("he", "she"):
            people = self._last_of_that_sex(word, sentence)
        one = people if theirs else people[-1:]
        return one, f"'{word}' was taken to mean the person named before" if one else None

    def _who_says(self, word: str, trigger: Trigger, sentence: Stretch) -> list[Person]:
        """`X told a lawyer that he had been beaten`: X, where the sentence names nobody else of the story behind them."""
        told = [m for m in self.within(Stretch(sentence.start, trigger.stretch.start)) if m.person not in self.beside_the_story]
        speaks = told and re.match(
            rf"\s+(?:\w+\s+)?{self.lexicon.pattern('say-verbs').pattern}", self.text.text[told[-1].stretch.end :][:60]
        )
        return self.story.one(word, [told[-1].person]) if speaks else []

    def _unnamed(
        self, trigger: Trigger, sentence: Stretch, same: list[PersonMention], earlier: list[Person]
    ) -> tuple[list[Person], str | None]:
        """Nothing in the clause points to anybody: the subject is left out, or stands in another clause."""
        if trigger.kind == "search" and self.counted.homes_follow(trigger.stretch.end, trigger.clause.end):
            return [], None
        if trigger.voice == PASSIVE and self._without_subject(trigger, sentence):
            return self.story.affected, "the sentence leaves its subject out; taken to be whom the one before speaks of"
        apart = trigger.voice in (PASSIVE, SELF) and self._own_subject(trigger)
        if earlier and not apart:
            return earlier, None
        told = self.story.affected
        if trigger.kind == "charge-brought" and trigger.voice == PASSIVE and not same and " " in self.text.of(trigger.stretch):
            return told, "nobody is named here; taken to be whom the article was speaking of" if told else None
        if (
            trigger.kind in ("appeal-ruling", "custody-ruling")
            and trigger.voice in (ACTIVE, PASSIVE)
            and len(told) == 1
            and (len(self.story.everyone) == 1 or self._in_paragraph(told[0], trigger))
            and not same
        ):
            return told, "nobody is named here; taken to be whom the article was speaking of"
        if trigger.voice in (PASSIVE, SELF) and same and not apart:
            subjects = self._without(same, self.lawyers | self.relatives)[-4:]
            return self._unique([m.person for m in subjects]), "the subject stands in another clause"
        return [], None

    def _plural_relative(self, trigger: Trigger) -> bool:
        """Whether the relative clause is about several: `які`, `которых`, `who were`."""
        lead = self.text.text[trigger.clause.start : trigger.stretch.start].lower()
        if not self.lexicon.get("free-word-order"):
            return bool(re.search(r"(?<!\w)(?:were|are|have)(?!\w)", lead))
        return bool(re.match(r"\W*(?:\w{1,3}\s+)?(?:котор(?:ые|ых|ым|ыми)|як(?:і|их|им|ими))(?!\w)", lead))

    def _last_of_that_sex(self, word: str, sentence: Stretch) -> list[Person]:
        """`Her husband, X, was named too. He died in May`: nobody else told of so far can be meant."""
        near = Stretch(self.text.paragraph_at(sentence.start).start, sentence.start)
        people = [m.person for m in self.within(near) if m.person not in self.officials | self.lawyers]
        return [p for p in self.story.one(word, people) if p.female is not None or p in self.relatives][-1:]

    def _without_subject(self, trigger: Trigger, sentence: Stretch) -> bool:
        """`Detained on 26 September during a raid.`: an entry of a list that begins with its participle."""
        lead = self.text.text[sentence.start : trigger.stretch.start]
        return not self.lexicon.get("free-word-order") and bool(re.fullmatch(r"\W*(?:\w+ly\s+|First\s+|Later\s+)?", lead))

    def _own_subject(self, trigger: Trigger) -> bool:
        """`because prisoners there have been beaten`: the clause has a subject of its own, so nobody named before it is meant."""
        if self.lexicon.get("free-word-order"):
            return False
        lead = self.text.text[trigger.clause.start : trigger.stretch.start]
        for section in ("auxiliaries", "perfect", "clause-breaks", "coordinators", "adverbs", "to-words"):
            lead = self.lexicon.pattern(section).sub(" ", lead)
        own = [word for word in re.findall(r"[^\W\d_][\w’'-]*", lead) if word[0].islower() and not word.endswith("ly")]
        return len(own) <= 3 and any(word.endswith("s") for word in own)

    def _pronoun(self, section: str, trigger: Trigger) -> re.Match[str] | None:
        """A pronoun of the clause before the trigger, outside speech and not followed by a name."""
        for match in self.lexicon.pattern(section).finditer(self.text.text, trigger.clause.start, trigger.stretch.start):
            named = self.within(Stretch(match.end(), trigger.stretch.start))
            if not named and not self.text.in_speech(match.start()):
                return match
        return None

    def _noun_pointer(self, trigger: Trigger) -> re.Match[str] | None:
        """`Украинца задержали`, `арестовал девушку`: a noun alone for whoever the paragraphs right before spoke of."""
        pattern = self.lexicon.pattern("noun-pointers")
        for match in pattern.finditer(self.text.text, trigger.clause.start, min(trigger.clause.end, trigger.stretch.end + 30)):
            before = self.text.text[max(0, match.start() - 14) : match.start()]
            after = self.text.text[match.end() : match.end() + 3]
            told = trigger.stretch.start <= match.start() < trigger.stretch.end or self.text.in_speech(match.start())
            described = re.match(r"\s[«“\"A-ZА-ЯІЇЄҐ]", after) or ANOTHER.search(before)
            if not (told or described) and self._can_mean(match[0], trigger):
                return match
        return None

    def _can_mean(self, noun: str, trigger: Trigger) -> bool:
        """Whether the last person spoken of is near, of the sex of `noun`, and called so before unless the noun fits anybody."""
        near = [person for person in self.story.one(noun, self.story.affected) if self._lately(person, trigger)]
        if len(near) != 1:
            return False
        called = [role.entry for role in self.roles if role.person == near[0] and noun.lower() in role.entry["words"]]
        return bool(called) or bool(self.anybody.fullmatch(noun))

    def _lately(self, person: Person, trigger: Trigger) -> bool:
        """Whether the paragraph of the trigger, up to it, or the one before it names `person`."""
        at = self.text.paragraphs.index(self.text.paragraph_at(trigger.stretch.start))
        start = self.text.paragraphs[max(0, at - 1)].start
        return any(m.person == person for m in self.within(Stretch(start, trigger.stretch.start)))

    def _object_pronoun(self, trigger: Trigger) -> bool:
        pronoun = self.lexicon.pattern("object-pronouns")
        match = cached_pattern(rf"\s+{pronoun.pattern}").match(self.text.text, trigger.stretch.end, trigger.stretch.end + 12)
        if match is None or not self.lexicon["object-pronouns"]:
            return False
        named = next((m for m in self.within(trigger.clause) if m.stretch.start >= match.end()), None)
        owned = named and _OWNED.fullmatch(self.text.text[match.end() : named.stretch.start])
        return not (owned and match[0].strip().lower() == "her")  # "acquitted her colleague NAME"

    def _group(self, trigger: Trigger, sentence: Stretch) -> tuple[str, list[Person]] | None:
        """The phrase of the clause for several people, and whom it means; in English before a passive, after an active."""
        if trigger.voice == NOUN and trigger.kind != "hearing":
            return None
        free, active = self.lexicon.get("free-word-order"), trigger.voice == ACTIVE
        start = trigger.clause.start if free or not active else trigger.stretch.start
        end = min(trigger.clause.end, trigger.stretch.end + 60) if free or active else trigger.stretch.start
        if trigger.voice == POSSESSED or (trigger.voice == NOUN and not free):
            start, end = max(trigger.clause.start, trigger.stretch.start - 10), trigger.stretch.start
        for part, people in self.groups(Stretch(start, end), sentence):
            return self.text.of(part), people
        return None

    def groups(self, part: Stretch, sentence: Stretch) -> Iterator[tuple[Stretch, list[Person]]]:
        """Phrases for several people in `part`, none followed by a name, with the people they mean (perhaps nobody)."""
        for kind in ("other", *(n for n in self.lexicon["group-words"] if isinstance(n, int)), "any"):
            for match in self.lexicon.pattern(f"group-words.{kind}").finditer(self.text.text, part.start, part.end):
                found = Stretch(*match.span())
                named = any(0 <= m.stretch.start - found.end <= 2 for m in self.within(sentence))
                if named or self.text.in_speech(found.start) or self._partitive(found.start) or self._some_of(found.start):
                    continue
                besides = [m.person for m in self.within(Stretch(sentence.start, found.start))]
                yield found, self.story.group(match[0], besides)

    def _partitive(self, position: int) -> bool:
        """`13 лет, из них три года`: of years, not of people."""
        return bool(re.search(r"(?<!\w)[иИ]?[зЗ][іi]?\s+$", self.text.text[max(0, position - 5) : position]))

    def _some_of(self, position: int) -> bool:
        """`one of them`: not all of them."""
        lead = self.text.text[max(0, position - 16) : position]
        return bool(re.search(r"\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ss]ome|[Ss]everal|[Mm]ost|[Mm]any|[Ee]ither|[Nn]one)\s+of\s+$", lead))

    def group_mentions(self, part: Stretch, sentence: Stretch) -> list[PersonMention]:
        """The people whom phrases such as "the other two men" in `part` mean, each as if named there."""
        found: list[PersonMention] = []
        for at, people in self.groups(part, sentence):
            if not any(m.stretch.touches(at) for m in found):
                doubt = f"'{self.text.of(at)}' was taken to mean the people named before"
                found += [PersonMention(at, person, False, doubt) for person in people]
        return found

    def _listed(self, trigger: Trigger, sentence: Stretch) -> list[Person]:
        """`Four men were detained: A, B and C`: the names after the colon that ends the clause."""
        if trigger.voice == NOUN or ":" not in self.text.text[trigger.clause.end - 1 : trigger.clause.end + 1]:
            return []
        after = self.within(Stretch(trigger.clause.end, sentence.end))
        return self._unique([m.person for m in after if self.can_be_affected(m.person, trigger.kind) and not self.beside(m)])
