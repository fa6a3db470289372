"""What each person is, as the text gives it: a post they hold, an occupation, whom they represent."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.extract.body_mentions import Bodies, BodyMention
from kg.extract.lexicon import Lexicon, cached_pattern, compile_phrases, phrase_source
from kg.extract.name_rows import joined_to_last
from kg.extract.nominatives import stands_upright
from kg.extract.persons import PersonMention
from kg.extract.role_mentions import POSTS, RoleMention, RoleWord, plain_word
from kg.extract.tokens import Stretch, Text, balanced

_VERB = re.compile(
    r"(?<!\w)(?!(?:спра|пра|устро|коми|сове|университе|институ|си|шко|служ)\w{1,3}(?!\w))[а-яіїєґ]+"
    r"(?:л|ла|ло|ли|лся|лась|лись|ться|тся|(?<!с)ти|ть(?<!ость)(?<!асть)|ет|ит|ют|ят|ає|ує|ють|ять|ив|ав|яв)(?!\w)"
)
"""Russian and Ukrainian words with the endings of verbs: a title has none (`прав`, `комитет`, `області` are nouns)."""
_AFTER_OWNER = re.compile(r"(?:['’]?s)?,?\s+(?:\d\d[- ]?\w*\s+)?")
"""Between the name of somebody and that of their relative: `X's`, `X, 70-летняя`."""
_OF_A_BODY = re.compile(r",?\s+(?:of|from|at|with)\s+(?:the\s+|a\s+)?(?:[a-z]+\s+){0,2}")
_ANOTHER_MATTER = re.compile(
    r"(?<!\w)(?:over|against|behind|responsible|jailing|sentencing|persecution|prosecution|imprisonment|torture|murder|death)(?!\w)"
)
"""In what would be the rest of a title: `judges over the jailing of X` says nothing of what X is."""
_CLOSING = "’”\"»')"
_ADVERBIAL = re.compile(r"(?:Following|After|Before|Despite|Since|During|Without|Besides|Because of|Together with)\s[^,]*$")
_WHAT_ONE_IS = re.compile(r",\s+(?:an?|one of the)\s+(?:(?!and\b)[\w’'-]+\s+){0,5}")
_BY_A_PREPOSITION = re.compile(r",\s+(?:of|for|with|to|by|from|on|in|at|after|before|over|against)\s")
_COMPOUND = re.compile(r"(?<!\w)[a-z]+-$")
_LIST = re.compile(r"\s+(?:[А-ЯЁІЇЄҐ][\w’'.-]*\s+){0,2}[А-ЯЁІЇЄҐ][\w’'.-]*(?:,|\s+(?:и|та|і|й))\s+[А-ЯЁІЇЄҐ]")
_OF_CHILDREN = re.compile(r"\s+(?:[\w-]+\s+){0,2}(?:дітей|детей|синів|сыновей|дочок|дочерей|доньок|дитини|ребенка|ребёнка)(?!\w)")
_ACTS = re.compile(r"(?:л[аи]?|[иаіу]в)(?:с[ья])?$")
REACH = 110
"""How many characters a role may stand away from the name it belongs to."""


@cache
def _trigger_patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Words that report an event, compiled once: a title has none."""
    forms = ("either", "active", "passive")
    return tuple(compile_phrases(event[form]) for event in lexicon["events"] for form in forms if event.get(form))


def find_roles(text: Text, people: list[PersonMention], bodies: Bodies) -> list[RoleMention]:
    """The role words of each sentence, tied to the person before or after them."""
    return _Roles(text, people, bodies).find()


def pointed_to(text: Text, people: list[PersonMention], roles: list[RoleMention], bodies: Bodies) -> list[PersonMention]:
    """`the prosecutor`, `the lawyer`: meant is the one person of the article with that post, if there is only one."""
    found = []
    for entry in text.lexicon["roles"]:
        holders = {role.person for role in roles if role.entry is entry}
        if len(holders) != 1 or not (entry.get("official") or entry.get("defence")):
            continue
        articles = phrase_source(text.lexicon["anaphoric-articles"])
        lead = rf"{articles}\s+(?:[a-z]+\s+)?" if articles else ""
        for match in re.finditer(rf"{lead}(?P<role>{phrase_source(entry['words'])})", text.text):
            part = Stretch(*match.span("role"))
            role_near = any(role.stretch.touches(part) for role in roles)
            if role_near or any(m.stretch.touches(part) for m in people) or any(b.stretch.touches(part) for b in bodies.mentions):
                continue
            person = next(iter(holders))
            first = min(m.stretch.start for m in people if m.person == person)
            if first < part.start and text.sentence_at(part.start).end > part.start:
                found.append(PersonMention(part, person, False, f"'{match[0]}' was taken to mean {person.name}"))
    return found


_STEPS = re.compile(r"\s+(?:д[іи]й|дії|дія[мх]и?|діями|експеримент|ізолятор|управлінн|відділ|комітет|груп)\w*")
"""After a word for an investigator: `після слідчих дій`, where it is none but an adjective."""
_RANK = re.compile(r"\bof\s+Justice$")
"""At the end of a role word: `Colonel of Justice` is a rank of prosecutors, investigators and judges alike."""
_AS = re.compile(r"\s+as\s")
_CHAIRED = re.compile(r"\b(?:panel|bench|board|collegium)\s+(?:was\s+)?(?:chaired|headed|led|presided over)\s+by\s")
_OF_THE = re.compile(r"[’']?\s+(?:of|for|to)\s+(?:the|a|an|his|her|their)\s+(?:[a-z-]+\s+)?")
"""Between two role words, the second of which depends on the first: `the defender of the jailed blogger, NAME`."""


class _Roles:
    def __init__(self, text: Text, people: list[PersonMention], bodies: Bodies) -> None:
        self.text, self.lexicon, self.people, self.bodies = text, text.lexicon, people, bodies
        self.patterns = [
            (cached_pattern(phrase_source(entry.get(form) or []) or r"(?!)"), entry, form == "plural")
            for entry in self.lexicon["roles"]
            for form in ("words", "plural")
        ]
        self.modifiers = cached_pattern(rf"(?:(?:{phrase_source(self.lexicon['role-modifiers'])})[\s-]+)+$")
        links = phrase_source(self.lexicon["role-links"]) if self.lexicon["role-links"] else ""
        self.free = bool(self.lexicon.get("free-word-order"))
        self.link = cached_pattern(rf"[’”\"»']?\s+{links}\s" if links else r"\s")
        was = r"(?:(?:був|була|был|была)\s+)?" if self.free else ""  # "обвинувачем був X"
        self.bare_gap = re.compile(rf"[’”\"»'’)]*(?:,|:|\s[–—-])?\s+{was}[\"“«‘']?(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?")
        articles = phrase_source(self.lexicon["role-articles"])
        article = rf"(?:{articles}\s+)?" if articles else ""
        copulas = phrase_source(self.lexicon["role-copulas"])
        copula = rf"|,?\s+{copulas}\s+" if copulas else ""
        inner = self.lexicon.get("role-inner", r"(?:[\w’'«»“”\"-]+\s+){0,6}")
        as_ = "" if self.free else r"|\s+as\s+"
        self.after = cached_pattern(
            rf"(?:\s\([^)]*\))?(?:,\s+(?:\d\d,\s+)?|\s+[–—-]\s+{copula}|\s\({as_}){article}[\"“‘'«]?(?P<inner>{inner})"
        )
        self.joiner = re.compile(r"(?:\s*\([^)]*\))?\s*(?:[,;]|[,;]?\s+(?:and|и|та|і|й)|,\s*(?:and|а также|а також))\s+")

    def find(self) -> list[RoleMention]:
        found: list[RoleMention] = []
        for sentence in self.text.sentences:
            words = self._words(sentence)
            mentions = [m for m in self.people if sentence.holds(m.stretch)]
            claimed: set[Stretch] = set()
            for mention in mentions:
                before = None if self._owner_of_next(mention, mentions) else self._before(mention, words, mentions, sentence)
                if before:
                    found.append(before)
                    claimed.add(before.stretch)
            found += self._lists(found, mentions, sentence)
            for mention in mentions:
                after = self._after(mention, words, mentions, sentence)
                if after and not any(role.entry is after.entry and role.stretch.touches(after.stretch) for role in found):
                    row = [mention]
                    if _AS.match(self.text.text, mention.stretch.end):  # "with A and B as side judges"
                        row = joined_to_last(self.text, mentions[: mentions.index(mention) + 1])
                    found += [replace(after, mention=one) for one in row]
        found += [role for mention in self.people if (role := self._from_service(mention, found))]
        found = [self._presiding(role) for role in found if not self._lonely(role, found)]
        return sorted(found, key=lambda role: (role.mention.stretch, role.stretch))

    def _from_service(self, mention: PersonMention, found: list[RoleMention]) -> RoleMention | None:
        """`майор Шевченко з ФСБ`: somebody said to be from a service is one of its officers."""
        link = re.compile(r"\s+(?:з|із|зі|из)\s+(?:[а-яіїєґ]+\s+){0,2}").match(self.text.text, mention.stretch.end)
        if not self.free or not link or any(role.mention.stretch == mention.stretch and role.official for role in found):
            return None
        body = next((b for b in self.bodies.mentions if b.stretch.start == link.end() and b.kind in POSTS["servant"]), None)
        entry = next((entry for entry in self.lexicon["roles"] if entry.get("post") == "servant"), None)
        if body is None or entry is None:
            return None
        title = self.text.text[mention.stretch.start : body.stretch.end]
        return RoleMention(Stretch(mention.stretch.start, body.stretch.end), mention, entry, title, body, None, title)

    def _lonely(self, role: RoleMention, found: list[RoleMention]) -> bool:
        """`адвокаты Алексея Петрова`, `lawyers for Ivan Petrenko`: a plural before one name does not say what its bearer is."""
        if role.word_at is None or not (role.entry.get("defence") or role.entry.get("relative")):
            return False
        plural = any(re.fullmatch(pattern, role.word) for pattern, entry, many in self.patterns if many and entry is role.entry)
        return plural and not any(r is not role and r.word_at == role.word_at for r in found)

    def _presiding(self, role: RoleMention) -> RoleMention:
        """`judges A (presiding), B and C`."""
        after = self.text.text[role.mention.stretch.end : role.mention.stretch.end + 25]
        before = self.text.text[max(0, role.stretch.start - 40) : role.mention.stretch.start]
        if role.role == "judge" and (_CHAIRED.search(before) or re.match(r",?\s+presiding\b", after)):
            return replace(role, presides=True)
        if role.role != "judge" or not re.match(rf"\s*\((?:{self.lexicon.pattern('presiding-mark').pattern})", after):
            return role
        entry = next(entry for entry in self.lexicon["roles"] if entry.get("role") == "presiding-judge")
        return RoleMention(role.stretch, role.mention, entry, plain_word(entry), role.body, None, plain_word(entry))

    def _depends(self, word: RoleWord, head: RoleWord) -> bool:
        """Whether `word` says whose `head` somebody is, and a name set off behind it is that of the head."""
        apart = self.text.text.startswith(",", word.stretch.end)  # "the lawyer of the blogger NAME" names the blogger
        return apart and bool(_OF_THE.fullmatch(self.text.text, head.stretch.end, word.stretch.start))

    def _words(self, sentence: Stretch) -> list[RoleWord]:
        found: list[RoleWord] = []
        for pattern, entry, plural in self.patterns:
            for match in pattern.finditer(self.text.text, sentence.start, sentence.end):
                compound = _COMPOUND.search(self.text.text, sentence.start, match.start())  # "a land-rights activist"
                start = compound.start() if compound else match.start()
                found.append(RoleWord(Stretch(start, match.end()), entry, plural))
        many = {word.stretch for word in found if word.plural and _LIST.match(self.text.text, word.stretch.end)}
        found = [word for word in found if word.plural or word.stretch not in many]  # "судьи" of one, or several
        longest = sorted(found, key=lambda word: (word.stretch.start - word.stretch.end, word.stretch))
        kept: list[RoleWord] = []
        for word in longest:
            if re.search(r"(?<!\w)[Вв]о $", self.text.text[max(0, word.stretch.start - 4) : word.stretch.start]):
                continue  # "во главе с"
            if _STEPS.match(self.text.text, word.stretch.end) or _RANK.search(self.text.text, sentence.start, word.stretch.end):
                continue
            if word.entry.get("relative") and _OF_CHILDREN.match(self.text.text, word.stretch.end):
                continue  # "батько чотирьох дітей" is nobody's relative here
            apart = not any(m.stretch.touches(word.stretch) and not self._pointer(m) for m in self.people)
            if apart and not any(word.stretch.touches(other.stretch) for other in kept) and not self._inside_body(word.stretch):
                kept.append(word)
        if not self.free:
            kept = [word for word in kept if not any(self._depends(word, other) for other in kept)]
        return sorted(kept, key=lambda word: word.stretch)

    def _pointer(self, mention: PersonMention) -> bool:
        return not self.text.text[mention.stretch.start].isupper()

    def _inside_body(self, part: Stretch) -> bool:
        return any(mention.stretch.holds(part) for mention in self.bodies.mentions)

    def _before(
        self, mention: PersonMention, words: list[RoleWord], mentions: list[PersonMention], sentence: Stretch
    ) -> RoleMention | None:
        candidates = [w for w in words if w.stretch.end <= mention.stretch.start and mention.stretch.start - w.stretch.end <= REACH]
        for word in reversed(candidates):
            gap = self.text.text[word.stretch.end : mention.stretch.start]
            between = Stretch(word.stretch.end, mention.stretch.start)
            past = self.free and word.entry.get("relative") and self._past_owner(between, mentions)
            if any(between.holds(other.stretch) for other in mentions) and not (past or self._client_gap(between, mentions)):
                return None
            if (word.entry.get("relative") or self._whose_lawyer(mention, word)) and self._is_owner(mention, word, mentions):
                continue
            if self.free and self._done_by_another(mention, word):
                return None
            if self._said_of_the_one_before(word, gap, mentions) or self._begins_the_clause(mention, word, gap, sentence):
                return None
            if self.bare_gap.fullmatch(gap) or past:
                lead = [w for w in candidates if self.free and w.stretch.end + 1 == word.stretch.start and not w.plural]
                word = lead[-1] if lead else word  # "адвокат активиста X": the first of two
                if not past and re.match(r"\W*,", gap) and not self._apposition(word, sentence):
                    return None
                if self.free and self._of_a_woman(mention, word):
                    return None
                return self._role(mention, word, Stretch(word.stretch.start, mention.stretch.start), sentence)
            if self._complement(gap):
                return self._role(mention, word, Stretch(word.stretch.start, mention.stretch.start), sentence)
        return None

    def _begins_the_clause(self, mention: PersonMention, word: RoleWord, gap: str, sentence: Stretch) -> bool:
        """`Following the arrest of his lawyer, X refused`: X is the subject, not the lawyer."""
        opening = self.text.text[sentence.start : word.stretch.start]
        apart = gap.lstrip(_CLOSING).startswith(",") and not self.text.text.startswith(",", mention.stretch.end)
        return not self.free and apart and bool(_ADVERBIAL.match(opening))

    def _said_of_the_one_before(self, word: RoleWord, gap: str, mentions: list[PersonMention]) -> bool:
        """`A, a 41-year-old builder, B, a 51-year-old baker`: with an indefinite article between commas it says what A is."""
        ahead = [m for m in mentions if m.stretch.end <= word.stretch.start]
        lead = self.text.text[ahead[-1].stretch.end : word.stretch.start] if ahead and not self.free else ""
        return bool(_WHAT_ONE_IS.fullmatch(lead)) and gap.lstrip(_CLOSING).startswith(",")

    def _done_by_another(self, mention: PersonMention, word: RoleWord) -> bool:
        """`судив Івана X`: after a verb that says what a judge did, a name in another case than the nominative is not the judge."""
        person, printed = mention.person, self.text.of(mention.stretch)
        acts = _ACTS.search(self.text.of(word.stretch)) and word.entry.get("official")
        return bool(acts) and stands_upright(printed, person.name, person.female, self.lexicon.language) is False

    def _of_a_woman(self, mention: PersonMention, word: RoleWord) -> bool:
        """`чоловік журналістки Тарас X`: a noun for a woman before a man's name is not what he is."""
        feminine = self.lexicon["noun-sexes"].get(self.text.of(word.stretch).lower())
        return bool(feminine) and mention.person.female is False

    def _owner_of_next(self, mention: PersonMention, mentions: list[PersonMention]) -> bool:
        """`захисник Терещук Артур Мельниченко`: a surname right before a full name says whose defender it is."""
        after = next((m for m in mentions if m.stretch.start >= mention.stretch.end), None)
        if not self.free or after is None or not after.full or after.person == mention.person:
            return False
        return self.text.text[mention.stretch.end : after.stretch.start] in (" ", "\u00a0")

    def _is_owner(self, mention: PersonMention, word: RoleWord, mentions: list[PersonMention]) -> bool:
        """`мать Куртсеитова, Зера ...`, `дружина активіста Івана Петренка Ганна`: the first name says whose relative it is."""
        if not self.free:
            return False
        after = [m for m in mentions if m.stretch.start >= mention.stretch.end]
        gap = self.text.text[mention.stretch.end : after[0].stretch.start] if after else "-"
        if after and _AFTER_OWNER.fullmatch(gap) and after[0].person != mention.person:
            return True
        women = self.lexicon.pattern("women").fullmatch(self.text.of(word.stretch))
        return mention.person.female is not None and mention.person.female != bool(women)

    def _whose_lawyer(self, mention: PersonMention, word: RoleWord) -> bool:
        """`Адвоката Сейтягаєва, Ільмі Козубека, не пустили`: a surname alone, set off from the lawyer's name."""
        return bool(word.entry.get("defence")) and not mention.full and self.text.text.startswith(",", mention.stretch.end)

    def _past_owner(self, between: Stretch, mentions: list[PersonMention]) -> bool:
        inside = [m for m in mentions if between.holds(m.stretch)]
        words = self.text.text[between.start : inside[0].stretch.start].split() if inside else []
        if inside:
            return len(words) < 3 and bool(_AFTER_OWNER.fullmatch(self.text.text[inside[-1].stretch.end : between.end]))
        return bool(re.fullmatch(r"\s+[\w'’-]+,?\s+(?:\d\d\S*\s+)?", self.text.of(between)))

    def _client_gap(self, between: Stretch, mentions: list[PersonMention]) -> bool:
        """`the lawyer of X, Y`: one other person, right before the comma."""
        inside = [m for m in mentions if between.holds(m.stretch)]
        gap = self.text.text[inside[0].stretch.end : between.end] if len(inside) == 1 else ""
        return gap == " " or (gap == ", " and not self.free)

    def _apposition(self, word: RoleWord, sentence: Stretch) -> bool:
        """`the head of ..., NAME` and `his lawyer, NAME`: the role has an article or opens the sentence."""
        before = self.text.text[max(sentence.start, word.stretch.start - 40) : word.stretch.start]
        return (
            bool(
                re.search(
                    r"(?:(?:^|[,\s])(?:the|The|his|her|their|His|Her|a|an|another|fellow)|['’]s?)\s+(?:[\w-]+\s+){0,3}$", before
                )
            )
            or self.lexicon.language != "en"
        )

    def _complement(self, gap: str) -> bool:
        """The rest of the title between the role and the name: `of the Alushta community,`."""
        if re.search(r"[.;:!?()\n]|\d{4}", gap.replace("No.", "No").replace("im.", "im")) or not self.link.match(gap):
            return False
        inner = gap.strip().rstrip(",–—- ")
        if len(inner.split()) > 12 or inner.count(",") > 0 or (not self.free and _ANOTHER_MATTER.search(inner)):
            return False
        verbs = self.lexicon.pattern("say-verbs").search(inner) or self.lexicon.pattern("auxiliaries").search(inner)
        if self.free and _VERB.search(inner):
            return False
        return not verbs and not self._has_trigger(inner)

    def _has_trigger(self, words: str) -> bool:
        return any(pattern.search(words) for pattern in _trigger_patterns(self.lexicon))

    def _after(
        self, mention: PersonMention, words: list[RoleWord], mentions: list[PersonMention], sentence: Stretch
    ) -> RoleMention | None:
        match = self.after.match(self.text.text, mention.stretch.end, sentence.end)
        if not match:
            return None
        for word in words:
            if not match.start() <= word.stretch.start <= match.end() or word.stretch.start < mention.stretch.end:
                continue
            lead = self.text.text[mention.stretch.end : word.stretch.start]
            between = [m for m in mentions if mention.stretch.end <= m.stretch.start < word.stretch.end]
            if not self.after.fullmatch(lead) or (between and not self._whose(mention, word, between)):
                continue
            behind = self.text.text[word.stretch.end :]
            nextone = next((m for m in mentions if m.stretch.start >= word.stretch.end), None)
            if (
                nextone
                and self.bare_gap.fullmatch(self.text.text[word.stretch.end : nextone.stretch.start])
                and "," not in self.text.text[word.stretch.end : nextone.stretch.start]
            ):
                return None
            if self.free and word.entry.get("status") and re.match(rf"\s+{_VERB.pattern}", behind):
                return None  # "за словами X, затриманий перебуватиме": the subject of what follows
            one_of = word.plural and self.lexicon.pattern("one-of").search(lead)
            if not self.free and _BY_A_PREPOSITION.match(lead):
                return None  # "convicted X, of insulting the president"
            if (
                (word.plural and not one_of and not _AS.match(lead))
                or self._has_trigger(lead)
                or self.lexicon.pattern("say-verbs").search(lead)
            ):
                return None
            end = word.stretch.end + self._complement_length(behind)
            return self._role(mention, word, Stretch(mention.stretch.end, end), sentence)
        return None

    def _whose(self, mention: PersonMention, word: RoleWord, between: list[PersonMention]) -> bool:
        """`X, Y's father, said`: set off behind a name, with whose relative or lawyer its bearer is."""
        ahead = self.text.text[mention.stretch.end : between[0].stretch.start]
        owned = re.match(r"[’']s?\s+(?:[a-z-]+\s+){0,2}$", self.text.text[between[-1].stretch.end : word.stretch.start])
        closed = self.text.text[word.stretch.end : word.stretch.end + 1] in (",", ".", ")", ";")
        holds = word.entry.get("relative") or word.entry.get("defence")
        return ahead in (", ", " (") and len(between) == 1 and bool(owned and closed and holds)

    def _complement_length(self, behind: str) -> int:
        """How far a title goes on after its noun: `project manager for the Centre`."""
        if not self.free:
            stop = re.match(r"[’”\"»']?\s+(?:of|for|at|from|in|with)\s+[^,.;:()–—\n]{2,70}", behind)
            return stop.end() if stop else 0
        length = 0
        for word in re.compile(r"[«“\"]?\s+[«“\"]?[^\s,.;:()–—]+[»”\"]?").finditer(behind[:90]):
            if word.start() != length or _VERB.search(word[0]):
                break
            length = word.end()
        return length

    def _lists(self, found: list[RoleMention], mentions: list[PersonMention], sentence: Stretch) -> list[RoleMention]:
        """`judges A, B and C`: the role of the first is that of all in the row."""
        more: list[RoleMention] = []
        plural = [word for word in self._words(sentence) if word.plural]
        for role in [r for r in found if sentence.holds(r.mention.stretch)]:
            if not any(
                word.stretch.start >= role.stretch.start and word.stretch.end <= role.mention.stretch.start for word in plural
            ):
                continue
            at = mentions.index(role.mention)
            for left, right in zip(mentions[at:], mentions[at + 1 :], strict=False):
                gap = self.text.text[left.stretch.end : right.stretch.start]
                if not self.joiner.fullmatch(gap):
                    break
                if not any(r.mention is right for r in found):
                    more.append(
                        RoleMention(
                            Stretch(role.stretch.start, right.stretch.end),
                            right,
                            role.entry,
                            role.title,
                            role.body,
                            None,
                            role.word,
                            role.word_at,
                        )
                    )
        return more

    def _role(self, mention: PersonMention, word: RoleWord, part: Stretch, sentence: Stretch) -> RoleMention:
        lead = self.text.text[max(sentence.start, part.start - 60) : word.stretch.start]
        modifiers = self.modifiers.search(lead) if part.start == word.stretch.start else None
        start = word.stretch.start - (len(lead) - modifiers.start()) if modifiers else word.stretch.start
        end = part.end
        body = self._body(start, end, sentence) or self._body_after(mention, word)
        if body and start < body.stretch.start < end:
            end = min(end, body.stretch.end)
        title = " ".join(self.text.text[start:end].split()).strip(" ,.;:–—-(\"“”«»'‘’")
        title = re.sub(r"\s+(?:(?:Mr|Mrs|Ms|Dr)\.?|був|була|был|была)$", "", title)
        title = balanced(re.split(r"\s+(?:that|who|which|said|stated|told|and)\s", title)[0])
        return RoleMention(
            Stretch(min(start, mention.stretch.start), max(end, mention.stretch.end)),
            mention,
            word.entry,
            title,
            body,
            None,
            self.text.of(word.stretch),
            word.stretch,
        )

    def _body_after(self, mention: PersonMention, word: RoleWord) -> BodyMention | None:
        """`Judge NAME of the Minsk City Court`: where somebody serves, said after the name."""
        if self.free or not (word.entry.get("official") or word.entry.get("defence")) or word.stretch.start > mention.stretch.start:
            return None
        after = [b for b in self.bodies.mentions if 0 <= b.stretch.start - mention.stretch.end < 40]
        gap = self.text.text[mention.stretch.end : after[0].stretch.start] if after else "-"
        return after[0] if _OF_A_BODY.fullmatch(gap) else None

    def _body(self, start: int, end: int, sentence: Stretch) -> BodyMention | None:
        inside = [b for b in self.bodies.mentions if b.stretch.start >= start and b.stretch.end <= end + 1]
        if inside:
            return inside[0]
        before = [b for b in self.bodies.mentions if sentence.start <= b.stretch.start and 0 <= start - b.stretch.end <= 3]
        return before[-1] if before and "," not in self.text.text[before[-1].stretch.end : start] else None
