"""Who took part in an event and in which role: grammar of the clause first, then who else the sentence points to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.clauses import ACTIVE, NOUN, PASSIVE, POSSESSED, SELF, Trigger
from kg.extract.counted import CountedPeople
from kg.extract.declension import case_forms
from kg.extract.lexicon import cached_pattern, compile_phrases, phrase_source
from kg.extract.name_rows import joined_to_first, joined_to_last
from kg.extract.nominatives import stands_upright
from kg.extract.officials import IN_COURT, OFFICIAL_ROLES, officials_in
from kg.extract.persons import Person, PersonMention
from kg.extract.roles import RoleMention
from kg.extract.story import Story
from kg.extract.tokens import Stretch, Text

AFFECTED = {
    "search": "searched-person",
    "detention": "detainee",
    **dict.fromkeys(("charge-brought", "custody-ruling", "hearing", "sentence-request", "sentence"), "defendant"),
    **dict.fromkeys(("appeal", "appeal-ruling", "administrative-penalty"), "defendant"),
    **dict.fromkeys(("release-ruling", "release", "rearrest", "transfer", "imprisonment"), "prisoner"),
    **dict.fromkeys(("health-finding", "exchange", "protest"), "prisoner"),
    "ill-treatment": "victim",
    "death": "deceased",
    "sanction-designation": "designee",
    "accountability-charge": "accused",
}
"""The role of the person an event happens to, by kind of event."""
_WITH_OBJECT = {
    "detention", "rearrest", "sentence", "custody-ruling", "charge-brought", "ill-treatment", "release", "transfer", "exchange",
    "sentence-request", "administrative-penalty", "sanction-designation", "accountability-charge",
}  # fmt: skip
"""Kinds whose active verbs have as their object whom the event happens to."""
_ANOTHER = re.compile(r"(?:друг|інш|остальн|одн|кажд|кожн|нов|ещ[её]|ще|двух|двох|нескольк|кільк)\w*\s+$", re.IGNORECASE)
"""Words before a noun that make it mean somebody not named."""
_HE_OR_SHE = re.compile(r"(?:^|\W)(he|she)\s+(?:(?:\w+ly|also|then|later|again|himself|herself|has|had)\s+){0,2}$", re.IGNORECASE)
_OWNED = re.compile(r"\s+(?:(?!on|at|in|for|to|with|from|after|of|as|by|and)[a-z-]+,?\s+){1,3}")
"""Nouns between a possessive and a name: ` colleague `, ` defence lawyer, `."""
_TOLD_BY_NUMBER = {"sentence", "detention", "search", "custody-ruling", "appeal-ruling", "charge-brought"}
"""Kinds of event that a first paragraph tells of a number of people."""
_RELATIVE_OVER = re.compile(r"\w+\s+[^,]+,\s+(?:(?:also|then|later|has|had|have|\w+ly)\s+)*$")
"""Before the verb of a main clause: `the court, which Russia has set up, `."""
_RANK = re.compile(
    r"(?:[Cc]aptain|[Mm]ajor|[Cc]olonel|[Ll]ieutenant|[Ss]ergeant|[Gg]eneral|Capt\.|Maj\.|Col\.|Lt\.|Gen\.|Sgt\.)\s+$"
)
"""Before the name of somebody in uniform, whom a pronoun in a story of persecution seldom means."""
_HIS_TERM = re.compile(r"\b(?:[Hh]is|[Hh]er)\b(?=\s+(?:[\w-]+\s+){0,2}(?:term|sentence|verdict|conviction|punishment)\b)")
_WHOM = re.compile(r"\W*(?:котор(?:ого|ую|ых)|як(?:ого|у|их))(?!\w)")
_THEM = re.compile(r"them|they|них|ними|їх|их|ним|їм|им", re.IGNORECASE)
_NESTED = re.compile(r",\s+(?:[а-яёіїєґ][\w’'-]*\s+){3,8}")
"""Between a name and another in the title of who bears the first."""
_REASON = re.compile(
    r"(?<!\w)(?:over|because of|in connection with|responsible for|involved in|complicit in|role in|for (?:the|their|his))(?!\w)"
)
"""Before a name: what the measure is about."""
_HIS = re.compile(r"(?<!\w)(?:his|their)(?!\w)")
_OF_SOMEBODY = {"search", "ill-treatment", "custody-ruling", "appeal-ruling", "release-ruling"}
_AGAINST_LAWYERS = {"detention", "search", "sentence", "custody-ruling", "charge-brought", "rearrest", "administrative-penalty"}
"""Kinds of event after which a lawyer counts as persecuted too, whatever else they do in the article."""
AGAINST_OFFICIALS = {"sanction-designation", "accountability-charge", "accountability-judgment"}


class ParticipantReader:
    """Finds the people of an event; remembers them for the sentences that follow."""

    def __init__(self, text: Text, people: list[PersonMention], roles: list[RoleMention]) -> None:
        self.text, self.lexicon, self.people, self.roles = text, text.lexicon, people, roles
        self.relative = "|".join(map(re.escape, self.lexicon["relative-pronouns"]))
        self.starts = [mention.stretch.start for mention in people]
        self.officials = {role.person for role in roles if role.official and not self.lexicon.pattern("former").match(role.title)}
        members = {role.person for role in roles if role.role == "member-of-parliament"}
        acting = {role.person for role in roles if role.official and role.role != "member-of-parliament"}
        self.deputies = members - acting  # are persecuted as often as anybody
        self.lawyers = {role.person for role in roles if role.entry.get("defence")}
        self.relatives = {role.person for role in roles if role.entry.get("relative")}
        self.ranked = {m.person for m in people if _RANK.search(text.text, max(0, m.stretch.start - 30), m.stretch.start)}
        self.beside_the_story = self.officials | self.lawyers | self.relatives | self.ranked
        self.others = {
            role.person
            for role in roles
            if role.role in ("employee", "member-of-parliament", "coordinator", "head", "deputy-head") and role.body is not None
        }
        kin = [
            word
            for entry in self.lexicon["roles"]
            if entry.get("relative") or entry.get("defence")
            for form in ("words", "plural")
            for word in entry.get(form, [])
        ]
        link = r"\s+(?:of|for)\s+(?:\w+\s+)?" if not self.lexicon.get("free-word-order") else r"\s+(?:[а-яіїєґ'’-]+\s+)?"
        self.of_kin = cached_pattern(rf"{phrase_source(kin)}{link}$")
        nouns = [form for noun in self.lexicon.get("pointing-nouns", []) for form in case_forms(noun, self.lexicon.language)]
        self.anybody = compile_phrases(nouns)
        self.story = Story(self.lexicon)
        self.counted = CountedPeople(text, people, lambda person: self.can_be_affected(person, ""))

    def within(self, part: Stretch) -> list[PersonMention]:
        """The mentions inside `part`, in order."""
        first = bisect_left(self.starts, part.start)
        return [m for m in self.people[first : bisect_left(self.starts, part.end)] if m.stretch.end <= part.end]

    def affected(self, trigger: Trigger, sentence: Stretch, earlier: list[Person]) -> tuple[list[Person], str | None]:
        """Who the event happened to, and why that needs a look (None: the clause names them)."""
        found = self._in_clause(trigger)
        doubt = next((m.doubt for m in self.within(trigger.clause) if m.person in found and m.doubt), None)
        if not found:
            found, doubt = self._from_before(trigger, sentence, earlier)
        counted = self.counted.meant(trigger.clause) if not found and trigger.kind in _TOLD_BY_NUMBER else None
        if counted:
            found, doubt = counted[1], f"'{counted[0]}' was taken to mean those named together elsewhere"
        if trigger.kind in _AGAINST_LAWYERS and doubt is None:
            self.lawyers -= set(found)  # what happened to a lawyer is told as of anybody
        self.story.tell(found)
        return found, doubt

    def acting_official(self, trigger: Trigger) -> RoleMention | None:
        """The official whom `he` or `she` before an active verb means: the last one that the sentences right before name."""
        lead = self.text.text[trigger.clause.start : trigger.stretch.start]
        said = _HE_OR_SHE.search(lead) if trigger.voice == ACTIVE and not self.lexicon.get("free-word-order") else None
        if said is None:
            return None
        sentence = self.text.sentence_at(trigger.stretch.start)
        near = [m for m in self.within(self.text.paragraph_at(trigger.stretch.start)) if m.stretch.end <= sentence.start]
        person = next((m.person for m in reversed(near) if self.story.one(said[1].lower(), [m.person])), None)
        if person is None or person not in self.officials:
            return None
        return next((role for role in self.roles if role.person == person and role.role in OFFICIAL_ROLES), None)

    def concerned(self, sentence: Stretch, apart: list[Person]) -> list[Person]:
        """The one person of the sentence, or of the story so far, whom a step of the case concerns; nobody if there are several."""
        aside = self.lawyers | self.relatives | set(apart)
        named = self._unique(
            [m.person for m in self.within(sentence) if self.can_be_affected(m.person, "") and m.person not in aside]
        )
        people = named or [person for person in self.story.affected if person not in aside]
        return people if len(people) == 1 else []

    def remember(self, sentence: Stretch) -> None:
        """After a sentence: the people it named are those a pronoun may mean next."""
        aside = self.lawyers | self.relatives | (self.ranked - set(self.story.everyone))
        named = self._unique(
            [m.person for m in self.within(sentence) if self.can_be_affected(m.person, "") and m.person not in aside]
        )
        if self.lexicon.get("free-word-order"):
            named = self._without_nested(sentence, named)
        if not named and not self.story.everyone and self.lexicon.get("free-word-order"):
            named = [m.person for m in self.within(sentence) if m.person in self.lawyers]  # lawyers are persecuted too
        if not self._goes_on(sentence, named):
            self.story.tell(self._unique(named))

    def _without_nested(self, sentence: Stretch, people: list[Person]) -> list[Person]:
        """`дело X, экс-главы штаба политика Y`: Y only says what X was."""
        mentions = self.within(sentence)
        nested = {
            right.person
            for left, right in pairwise(mentions)
            if _NESTED.fullmatch(self.text.text[left.stretch.end : right.stretch.start])
        }
        return [person for person in people if person not in nested] or people

    def _goes_on(self, sentence: Stretch, named: list[Person]) -> bool:
        """`He had struck a passer-by, NAME`: the sentence goes on about whom it calls "he", and so may the next."""
        first = next((m for m in self.within(sentence) if m.person in named), None)
        if first is None or first.person in self.story.everyone or self.lexicon.get("free-word-order"):
            return False
        pronoun = self.lexicon.pattern("speaking-pronouns").search(self.text.text, sentence.start, first.stretch.start)
        return pronoun is not None and len(self.story.one(pronoun[0], self.story.affected)) == 1

    def _in_clause(self, trigger: Trigger) -> list[Person]:
        inside = [m for m in self.within(trigger.clause) if self.can_be_affected(m.person, trigger.kind)]
        told = re.search(r"(?:being|having been)\s+$", self.text.text[: trigger.stretch.start][-14:])  # "X reported being beaten"
        inside = [m for m in inside if not self.owner(m, trigger.kind)]
        acting = trigger.kind == "protest"  # "X declared a hunger strike" is no verb of saying
        inside = [m for m in inside if told or acting or trigger.kind in AGAINST_OFFICIALS or not self.beside(m)]
        if trigger.kind == "sanction-designation":
            inside = [m for m in inside if not self._reason_for(trigger, m)]
        before = [m for m in inside if m.stretch.end <= trigger.stretch.start]
        after = [m for m in inside if m.stretch.end > trigger.stretch.start]
        free = self.lexicon.get("free-word-order", False)
        if trigger.voice == PASSIVE and after and self._inverted(trigger, after[0]):
            chosen = after  # "Also designated are X and Y", "Among those detained were X and Y"
        elif trigger.voice == PASSIVE and after and self.attributive(trigger):
            chosen = after[:1]  # "супруга осужденного на 16 лет X": the participle belongs to the name that follows
        elif trigger.voice == PASSIVE:
            chosen = self._agreeing(trigger, self._core(before) or (after if free else []))
        elif trigger.voice == SELF:
            chosen = joined_to_last(self.text, before) or (joined_to_first(self.text, after) if free else [])
        elif trigger.voice == POSSESSED:
            chosen = [
                m
                for m in before[-1:]
                if re.fullmatch(r"[’'ʼ]s?\s+(?:[\w-]+\s+){0,2}", self.text.text[m.stretch.end : trigger.stretch.start])
            ]
        elif trigger.voice == NOUN:
            chosen = self._next(after, trigger) or (before if trigger.kind in ("hearing", "sentence") else [])
            if not chosen and trigger.kind == "search" and free:
                first = next((at for at, m in enumerate(before) if self._visited(m)), len(before))
                chosen = joined_to_first(self.text, before[first:])
        else:
            near = self.text.text[max(trigger.clause.start, trigger.stretch.start - 25) : trigger.stretch.start]
            pointed = free and re.search(rf"{self.lexicon.pattern('object-pronouns').pattern}\s+(?:[\w’'-]+\s+)?$", near)
            pointed = pointed or (free and self._object_pronoun(trigger) and not after)
            lead = self.text.text[trigger.clause.start : trigger.stretch.start].lower()
            pointed = pointed or (
                free and _WHOM.match(lead) is not None and "," not in lead.strip(" ,")
            )  # "X, которого обменяли в мае, Y держали в подвале"
            if free and trigger.kind in _WITH_OBJECT:
                before, after = ([m for m in part if not self.upright(m)] for part in (before, after))
            chosen = [] if pointed else after or (before if free else [])
            if free and before and after and self._object_before(before, trigger):
                chosen = before  # "Ветрова схватили 3 мая, Халилова — днём позже"
            if not free and self._object_pronoun(trigger):
                chosen = []
        return self._unique([m.person for m in chosen])

    def _object_before(self, before: list[PersonMention], trigger: Trigger) -> bool:
        """Whether the last name before an active verb stands right before it, in a case that a subject does not have."""
        last = before[-1]
        gap = self.text.text[last.stretch.end : trigger.stretch.start]
        printed = self.text.of(last.stretch)
        oblique = stands_upright(printed, last.person.name, last.person.female, self.lexicon.language) is False
        return oblique and "," not in gap and len(gap.split()) <= 2

    def upright(self, mention: PersonMention) -> bool:
        """Whether a name stands in the nominative and shows it: the subject of an active verb is not its object."""
        person, printed = mention.person, self.text.of(mention.stretch)
        if printed[:1].islower():
            return False
        return stands_upright(printed, person.name, person.female, self.lexicon.language) is True

    def _visited(self, mention: PersonMention) -> bool:
        """`К пенсионеру X с обыском пришли`, `у X пройшов обшук`."""
        before = self.text.text[max(0, mention.stretch.start - 60) : mention.stretch.start]
        return bool(re.search(r"(?<!\w)(?:[Кк]о?|[Дд]о|[Уу])\s+(?:[а-яіїєґ’'-]+\s+){0,4}$", before))

    def _reason_for(self, trigger: Trigger, mention: PersonMention) -> bool:
        """`sanctioned six judges over the jailing of X`: X is why, not who."""
        between = self.text.text[trigger.stretch.end : max(trigger.stretch.end, mention.stretch.start)]
        return not self.lexicon.get("free-word-order") and bool(_REASON.search(between))

    def _inverted(self, trigger: Trigger, first: PersonMention) -> bool:
        gap = self.text.text[trigger.stretch.end : first.stretch.start]
        copulas = phrase_source(self.lexicon.get("inverting-copulas") or [])
        return bool(copulas) and bool(re.match(rf"[^,.;:]{{0,40}}?\s{copulas}\s[^,.;:]{{0,60}}$", gap))

    def attributive(self, trigger: Trigger) -> bool:
        """A participle in the long form, not set off by a comma from a name before it."""
        before = self.text.text[max(0, trigger.stretch.start - 2) : trigger.stretch.start]
        if not self.lexicon.get("free-word-order") or trigger.voice != PASSIVE:
            return False
        return "," not in before and bool(re.search(r"(?:ого|ому|ым|им|ый|ий|ую|ой|ої|ій|ых|их)$", self.text.of(trigger.stretch)))

    def _agreeing(self, trigger: Trigger, mentions: list[PersonMention]) -> list[PersonMention]:
        """Those of the sex that a Russian or Ukrainian participle in the singular tells: `осуждена`, `засуджений`."""
        word = self.text.of(trigger.stretch).split()[-1].lower() if self.lexicon.get("free-word-order") else ""
        female = (
            True if word.endswith(("ена", "ана", "ята")) else False if word.endswith(("ен", "ан", "ят", "ений", "аний")) else None
        )
        return [m for m in mentions if female is None or m.person.female in (female, None)] or mentions

    def _core(self, before: list[PersonMention]) -> list[PersonMention]:
        """Without the defence and relatives, unless they are the only ones the clause names."""
        return self._without(before, self.lawyers | self.relatives)

    def _without(self, mentions: list[PersonMention], people: set[Person]) -> list[PersonMention]:
        kept = [m for m in mentions if m.person not in people]
        return kept or mentions

    def _next(self, after: list[PersonMention], trigger: Trigger) -> list[PersonMention]:
        gap = self.text.text[trigger.stretch.end : after[0].stretch.start] if after else ","
        told = self.lexicon.pattern("say-verbs").search(gap) or self.lexicon.pattern("auxiliaries").search(gap)
        if trigger.kind == "death" and (told or len(gap.split()) > 4):
            return []  # "the death became known from her lawyer X"
        apart = re.search(r"[,.;:]", gap) or len(gap) > (160 if trigger.kind == "hearing" else 100)
        return [] if apart or not after else joined_to_first(self.text, after)

    def beside(self, mention: PersonMention) -> bool:
        """Named only as a source or an agent: `according to X`, `by X`, `X said`."""
        before = self.text.text[max(0, mention.stretch.start - 60) : mention.stretch.start]
        if (
            re.search(
                rf"{self.lexicon.pattern('speech-according').pattern}(?:[^,.;]*|\s+(?:[a-zа-яіїєґ’'-]+\s)?[a-zа-яіїєґ’'-]+,\s+)$",
                before,
            )
            if self.lexicon.get("speech-according")
            else False
        ):
            return True
        asides = phrase_source(self.lexicon["aside-before"])
        if re.search(rf"\bby (?:[\w-]+ ){{0,3}}$|{asides}\s+(?:[\w’'-]+\s+){{0,3}}$", before):
            return True
        if self.lexicon.get("free-word-order") and re.search(
            rf"{self.lexicon.pattern('say-verbs').pattern}\s+(?:[\w’'-]+\s+){{0,4}}$", before
        ):
            return True
        after = self.text.text[mention.stretch.end : mention.stretch.end + 40]
        return bool(re.match(rf"\s+(?:also\s+|later\s+)?{self.lexicon.pattern('say-verbs').pattern}", after))

    def owner(self, mention: PersonMention, kind: str) -> bool:
        """Named only to say whose brother, lawyer or neighbour somebody else is."""
        before = self.text.text[max(0, mention.stretch.start - 40) : mention.stretch.start]
        after = self.text.text[mention.stretch.end : mention.stretch.end + 50]
        if not self.lexicon.get("free-word-order"):
            possessed = re.match(r"[’']s?\s+(?:[\w-]+\s+){0,2}?([\w-]+)", after)
            own = possessed and re.match(rf"[’']s?\s+(?:[\w-]+\s+){{0,3}}?{self.lexicon.pattern('own-nouns').pattern}", after)
            return bool(possessed and not own) or bool(self.of_kin.search(before))
        close = [role.entry for role in self.roles if role.mention.stretch == mention.stretch]
        holder = any(entry.get("relative") or entry.get("defence") for entry in close)
        return not holder and bool(self.of_kin.search(before))

    def can_be_affected(self, person: Person, kind: str) -> bool:
        """Whether an event of `kind` may be proposed as having happened to `person`: to officials only what is against them."""
        if kind in AGAINST_OFFICIALS:
            return True
        return person not in self.officials or person in self.deputies

    def _object_pronoun(self, trigger: Trigger) -> bool:
        pronoun = self.lexicon.pattern("object-pronouns")
        match = cached_pattern(rf"\s+{pronoun.pattern}").match(self.text.text, trigger.stretch.end, trigger.stretch.end + 12)
        if match is None or not self.lexicon["object-pronouns"]:
            return False
        named = next((m for m in self.within(trigger.clause) if m.stretch.start >= match.end()), None)
        owned = named and _OWNED.fullmatch(self.text.text[match.end() : named.stretch.start])
        return not (owned and match[0].strip().lower() == "her")  # "acquitted her colleague NAME"

    def _from_before(self, trigger: Trigger, sentence: Stretch, earlier: list[Person]) -> tuple[list[Person], str | None]:
        before = Stretch(sentence.start, trigger.stretch.start)
        listed = self._listed(trigger, sentence)
        if listed:
            return listed, None
        acting = trigger.voice == ACTIVE and not self.lexicon.get("free-word-order")
        subject = None if acting else self._pronoun("subject-pronouns", trigger) or self._noun_pointer(trigger)
        if subject and trigger.kind == "sentence-request" and self.lexicon.pattern("speaking-pronouns").fullmatch(subject[0]):
            subject = None  # "він домагався довічного": who asks for a term does not get it
        group = self._group(trigger, sentence)
        reach = min(trigger.clause.end, trigger.stretch.end + (45 if acting else 20))
        objects = self.lexicon.pattern("object-pronouns").search(self.text.text, trigger.stretch.start, reach)
        if subject is None and trigger.kind == "sentence" and trigger.voice == PASSIVE:
            subject = _HIS_TERM.search(self.text.text, trigger.clause.start, trigger.stretch.start)
        if objects is None and acting and trigger.kind in _OF_SOMEBODY:
            objects = _HIS.search(self.text.text, trigger.stretch.start, reach)  # "searched his flat", "upheld his sentence"
        same = [m for m in self.within(before) if self.can_be_affected(m.person, trigger.kind) and not self.beside(m)]
        same = [m for m in same if not self.owner(m, trigger.kind)]
        lead = self.text.text[trigger.clause.start : trigger.stretch.start]
        over = "," in lead.strip(" ,") if self.lexicon.get("free-word-order") else _RELATIVE_OVER.search(lead)
        closed = trigger.voice == ACTIVE and over
        if trigger.reduced or (
            not closed
            and re.match(
                rf"\W*(?:{self.relative})",
                self.text.text[trigger.clause.start : trigger.stretch.start].lower(),
            )
        ):
            named = [m for m in self.within(before) if self.can_be_affected(m.person, trigger.kind)]
            near = [m for m in named if m.stretch.end <= trigger.clause.start + 3 and not self.owner(m, trigger.kind)]
            meant = joined_to_last(self.text, near) if near and self._plural_relative(trigger) else near[-1:]
            close = Stretch(max(sentence.start, trigger.clause.start - 40), trigger.clause.start)
            several = next((people for at, people in self.groups(close, sentence) if close.end - at.end <= 2), [])
            if several and not near:
                return several, "the relative clause is about several people named before"
            return self._unique([m.person for m in meant]), None if near else "no person stands before the relative clause"
        if group is not None:
            they = earlier if len(earlier) > 1 and _THEM.fullmatch(group[0]) else group[1]
            people = [person for person in they if self.can_be_affected(person, trigger.kind)]
            return people, f"'{group[0]}' was taken to mean the people named before" if people else None
        if trigger.voice == POSSESSED:
            subject = self.lexicon.pattern("posessive-roles").search(
                self.text.text[max(0, trigger.stretch.start - 14) : trigger.stretch.start]
            )
            objects = None
            if not subject:
                return [], None
        if trigger.voice == NOUN and self.lexicon.get("free-word-order") and trigger.kind not in ("search", "hearing"):
            lead = self.text.text[max(trigger.clause.start, trigger.stretch.start - 16) : trigger.stretch.start]
            subject = re.search(rf"{self.lexicon.pattern('posessive-roles').pattern}\s+$", lead)  # "його затримання"
            objects = None
        if trigger.voice == NOUN and not subject and not objects:
            return [], None
        if subject or objects:
            word = subject[0].strip() if subject else objects[0] if objects else ""
            near_people = (
                (earlier or self.story.plural if word.lower() == "their" else [])
                or self.story.one(word, self._unique([m.person for m in same if m.person not in self.relatives]))
                or earlier
                or self.story.one(word, self.story.affected)
            )
            if not near_people and subject and word.lower() in ("he", "she"):
                near_people = self._last_of_that_sex(word, sentence)
            one = near_people if len(near_people) == 1 or word.lower() == "their" else near_people[-1:]
            return one, f"'{word}' was taken to mean the person named before" if one else None
        if trigger.voice == PASSIVE and self._without_subject(trigger, sentence):
            return self.story.affected, "the sentence leaves its subject out; taken to be whom the one before speaks of"
        apart = trigger.voice in (PASSIVE, SELF) and self._own_subject(trigger)
        if earlier and not apart:
            return earlier, None
        if (
            trigger.kind in ("appeal-ruling", "custody-ruling")
            and trigger.voice in (ACTIVE, PASSIVE)
            and len(self.story.affected) == 1
            and (len(self.story.everyone) == 1 or self._in_paragraph(self.story.affected[0], trigger))
            and not same
        ):
            return self.story.affected, "nobody is named here; taken to be whom the article was speaking of"
        if trigger.voice in (PASSIVE, SELF) and same and not apart:
            return self._unique(
                [m.person for m in self._without(same, self.lawyers | self.relatives)][-4:]
            ), "the subject stands in another clause"
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
            described = re.match(r"\s[«“\"A-ZА-ЯІЇЄҐ]", after) or _ANOTHER.search(before)
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

    def _in_paragraph(self, person: Person, trigger: Trigger) -> bool:
        return any(m.person == person for m in self.within(self.text.paragraph_at(trigger.stretch.start)))

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
                if named or self.text.in_speech(found.start):
                    continue
                besides = [m.person for m in self.within(Stretch(sentence.start, found.start))]
                yield found, self.story.group(match[0], besides)

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

    def officials_in(self, sentence: Stretch, kind: str, elsewhere: Sequence[Stretch] = ()) -> dict[str, list[Person]]:
        """The officials whom the sentence names by their post, in the role that the post has in an event of `kind`."""
        return officials_in(sentence, kind, self.within(sentence), self.roles, self.officials, elsewhere)

    def _unique(self, people: list[Person]) -> list[Person]:
        return list(dict.fromkeys(people))


__all__ = ["ACTIVE", "AFFECTED", "AGAINST_OFFICIALS", "IN_COURT", "OFFICIAL_ROLES", "ParticipantReader"]
