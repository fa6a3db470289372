"""People: where an article names them, which mentions are the same person, and the name as it should stand in a record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.extract.agreement import declined
from kg.extract.body_mentions import Bodies
from kg.extract.keys import slug
from kg.extract.lexicon import cached_pattern, phrase_source
from kg.extract.morphology import same_name, stems
from kg.extract.name_evidence import NameEvidence, NameRun
from kg.extract.nominatives import family_surname, spouse_surname
from kg.extract.persons import Person, PersonForms, PersonMention, unused_key
from kg.extract.same_names import same_people
from kg.extract.tokens import Stretch, Text

_NAME_WORD = re.compile(r"(?:[^\W\d_]\.\s?){1,2}(?=[A-ZА-ЯЁІЇЄҐ][\w’ʼ'-])|[A-ZА-ЯЁІЇЄҐ]\.\s?[A-ZА-ЯЁІЇЄҐ]\.|[^\W\d_][\w’ʼ'‑-]*")
_POSSESSIVE = re.compile(r"[’'ʼ]s?$")
_CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
_CAPITAL_NEXT = re.compile(r"[ \u00a0][^\W\d_a-zа-яёіїєґ]")
_WITH_ARTICLE = re.compile(r"(?:al|el|as|ad|an|ar|ash|at|az|ul)-[A-Z]\w+")
"""`al-Sayed`: a name that begins with the Arabic article in small letters."""
_GAP = re.compile(r"[ \u00a0]{1,2}")
_OPENING_VERB = re.compile(
    r"^(?:.{2,}[аяиіуые]л[иоа](?:с[ья])?|.{2,}(?:ува|юва|ану)в|.{3,}[ае]но|.{2,}(?:[аяую]є|[аяую]ет|[аяую]ют|[аяую]ють))$"
)
"""`Затримали Івана`, `Засуджено Марію`: a verb of the past that opens a sentence is no given name."""
_OPENING_ADVERB = re.compile(r"[а-яёіїєґ]{3,}(?:но|чера|чора|перь|огда|ейчас|араз|отім|отом)")
"""`Недавно Соколов ...`: an adverb before a surname."""
_VERBAL = re.compile(r"(?:л[аио]?(?:с[ья])?|[аиіюує]в(?:ся)?|ет(?:ся)?|ит(?:ся)?|ють|ать|ить|ає|ує|є|ться|тся)$")
_HIS_GENITIVE = re.compile(r"(?:ича|[уюіая]ка|енка|[сц]ь?кого|ого|ця)$")
_TAILS = {"оглу", "оглы", "огли", "кызы", "кизи", "заде", "ага", "бей", "аль", "хан"}
"""What may stand behind a hyphen in small letters in a name."""


def find_people(text: Text, bodies: Bodies, taken: list[Stretch]) -> list[PersonMention]:
    """Every mention of a person outside `bodies` and `taken` (provisions, dates), full names first, then parts of them."""
    return _People(text, bodies, taken).find()


class _People(NameEvidence):
    def __init__(self, text: Text, bodies: Bodies, taken: list[Stretch]) -> None:
        super().__init__(text)
        self.bodies, self.taken = bodies, taken
        nouns = {
            word.lower()
            for entry in self.lexicon["roles"]
            for form in ("words", "plural")
            for phrase in entry.get(form, [])
            for word in phrase.split()
        }
        never = frozenset(str(word).lower() for word in self.lexicon["not-names"])
        self.stop, self.trades = never | nouns, nouns - never
        self.lower = {match[0] for match in re.finditer(r"(?<!\w)[^\W\d_A-ZА-ЯЁІЇЄҐ][\w’ʼ'-]+", text.text)}
        self.places = cached_pattern(phrase_source(self.lexicon["places"]))
        free = self.lexicon.get("free-word-order")  # "мешканку Каховки": what follows a word for a resident is a place
        telling = [row for row in self.lexicon["roles"] if not free or {"role", "occupation", "status", "relative"} & row.keys()]
        single = [w for entry in telling for w in entry["words"]]
        self.titled_before = cached_pattern(rf"(?:{phrase_source(single)}|{self.title_words})[”\"»)]?,?\s+[\"“«'‘]?$")
        many = phrase_source([w for row in self.lexicon["roles"] if row.get("official") for w in row.get("plural", [])]) or r"(?!)"
        cap = r"[А-ЯЁІЇЄҐ][\w’ʼ'-]+(?:,\s+|\s+(?:и|та|і|й)\s+)"
        kin = phrase_source([w for row in self.lexicon["roles"] if row.get("relative") for w in row["words"]]) or r"(?!)"
        self.kin_before = cached_pattern(rf"{kin}\s+[А-ЯЁІЇЄҐ][\w’ʼ'-]+\s+$")  # "дружина Лабковича Ніна"
        self.kin_near = cached_pattern(
            rf"(?:{kin}|(?<!\w)[Чч]олові(?:к|ка|ком|кові)),?\s+(?:[\w’'-]+,?\s+){{0,2}}$"
        )  # "чоловік журналістки Тарас Дзюбенко"
        self.list_before = cached_pattern(rf"{many}\s+(?:{cap})+$")  # "судьи Кравчук, Малышев и Тришин"
        self.role_after = cached_pattern(rf",\s+(?:the|his|her|their)\s+(?:[\w-]+\s+)?{self.role_words}")
        single = [
            form for entry in self.lexicon["events"] for key in ("active", "passive", "self") for form in entry.get(key) or []
        ]
        self.event_word = cached_pattern(phrase_source([form for form in single if form.isalpha() and len(form) > 3]))
        self.forms = PersonForms(text, self.event_word)
        self.honorific = re.compile(rf"-(?:{'|'.join(self.lexicon['honorifics'])})$", re.IGNORECASE)

    def find(self) -> list[PersonMention]:
        runs = self._couples([run for sentence in self.text.sentences for run in self._runs(sentence)])
        alone = Counter(key for run in runs if len(run.words) == 1 for key in stems(run.words[-1]))
        full = self._full(runs, alone)
        people: list[Person] = []
        mentions: list[PersonMention] = []
        for run in full:
            owner = self._bracketed(run, mentions)
            if owner is not None:
                owner.others.add(" ".join(run.words))
            mentions.append(PersonMention(run.stretch, owner or self._person(run, people), True))
        self.forms.put_in_nominative(people, mentions)  # the sex of each tells which of two people a form of one surname means
        for run in runs:
            if run not in full:
                mention = self._part(run, people, mentions)
                if mention:
                    mentions.append(mention)
        self.forms.put_in_nominative(people, mentions)
        return sorted(mentions, key=lambda mention: mention.stretch)

    def _bracketed(self, run: NameRun, mentions: list[PersonMention]) -> Person | None:
        """`Samuel Vedel (Sergei Klokov)`: a second name of the person just named."""
        if not mentions or self.text.text[run.stretch.end : run.stretch.end + 1] != ")":
            return None
        return mentions[-1].person if self.text.text[mentions[-1].stretch.end : run.stretch.start] == " (" else None

    def _couples(self, runs: list[NameRun]) -> list[NameRun]:
        """`Ярослава та Світлану Паламарчуків`: two given names before one surname in the plural are two people."""
        found: list[NameRun] = []
        for run in runs:
            left = found[-1] if found else None
            gap = self.text.text[left.stretch.end : run.stretch.start] if left else ""
            single = family_surname(*run.words) if len(run.words) == 2 and self._given(run.words[0]) else None
            if left and self._share_surname(left, run, gap):
                found[-1] = NameRun(left.stretch, (left.words[0], run.words[1]))
            if left and single and len(left.words) == 1 and re.fullmatch(r"\s(?:и|та|і|й)\s", gap) and self._given(left.words[0]):
                oblique = run.words[0][-1] in "уюыи"
                self.forms.couples.add(" ".join(run.words))
                found[-1] = NameRun(left.stretch, (left.words[0], spouse_surname(left.words[0], single, oblique)))
                run = NameRun(run.stretch, (run.words[0], spouse_surname(run.words[0], single, oblique)))
            found.append(run)
        return found

    def _share_surname(self, left: NameRun, run: NameRun, gap: str) -> bool:
        """`Siarhei and Volha Krupko`: two given names before one surname."""
        alone = gap == " and " and len(left.words) == 1 and len(run.words) == 2
        return alone and self._given(left.words[0]) and self._given(run.words[0])

    # --- runs of capitals ---
    def _runs(self, sentence: Stretch) -> Iterator[NameRun]:
        current: list[re.Match[str]] = []
        for match in _NAME_WORD.finditer(self.text.text, sentence.start, sentence.end):
            fits = self._fits(match, match.start() == sentence.start or (not current and self._opens(match.start(), sentence)))
            joined = bool(current) and self._joined(current[-1], match)
            if joined and not fits and len(current) == 1:  # "Микола Кухар": a surname that is the word for a trade too
                trade = match[0][0].isupper() and match[0].lower() in self.trades and not match[0].isascii()
                surname = any(key.endswith(self.endings) for key in stems(match[0]))
                place = surname and self.places.fullmatch(match[0])  # "Валерій Тулупов", not of Tula
                fits = bool(trade or place) and self._given(current[-1][0])
            if fits and joined:
                current.append(match)
            else:
                if joined and match[0] in self.lexicon.get("particles", []) and _CAPITAL_NEXT.match(self.text.text, match.end()):
                    current.append(match)  # "Loujain bint Saleh"
                    continue
                if current and not (joined and match[0] in self.lexicon.get("particles", [])):
                    yield from self._run(current)
                    current = []
                if fits:
                    current = [match]
        if current:
            yield from self._run(current)

    def _joined(self, left: re.Match[str], right: re.Match[str]) -> bool:
        between = self.text.text[left.end() : right.start()]
        if _POSSESSIVE.search(left[0]) and left[0].lower().replace("’", "'") not in self.given:
            return False
        opening = between in (" (", "\u00a0(") and self.text.text[right.end() : right.end() + 2] == ") "
        if opening or (between == ") " and self.text.text[left.start() - 1] == "("):
            return True
        return bool(_GAP.fullmatch(between)) or (left[0].rstrip().endswith(".") and between == "")

    def _starts_sentence(self, position: int) -> bool:
        return self._opens(position, self.text.sentence_at(position))

    def _opens(self, position: int, sentence: Stretch) -> bool:
        return not re.search(r"\w", self.text.text[sentence.start : position])

    def _fits(self, match: re.Match[str], opening: bool) -> bool:
        word = match[0]
        part = Stretch(*match.span())
        if (
            not (word[0].isupper() or _WITH_ARTICLE.fullmatch(word))
            or self.bodies.covers(part)
            or any(part.touches(other) for other in self.taken)
        ):
            return False
        if re.fullmatch(r"(?:[^\W\d_]\.\s?){1,2}", word):
            return True
        bare = _POSSESSIVE.sub("", word)
        if len(bare) < 2 or re.search(r"\d", bare):
            return False
        tail = bare.rpartition("-")[2]
        if not bare.isascii() and tail != bare and tail.islower() and tail not in _TAILS:
            return False  # "Экс-менеджер", "ИТ-компании"
        if bare.isupper() and not opening and not self._surname_in_capitals(match, bare):
            return False
        lower = bare.lower().replace("’", "'")
        if lower in self.given:
            return True
        if lower in self.stop or any(
            piece in self.stop and piece not in self.lexicon["honorifics"] for piece in lower.split("-")[:1]
        ):
            return False
        if self.places.fullmatch(bare) or (opening and _OPENING_VERB.search(lower)):
            return False
        if opening and not bare.isascii() and self.event_word.fullmatch(lower):
            return False
        if opening and _OPENING_ADVERB.fullmatch(lower) and _CAPITAL_NEXT.match(self.text.text, match.end()):
            return False
        return not (opening and lower in self.lower)

    def _surname_in_capitals(self, match: re.Match[str], bare: str) -> bool:
        """`Fırat ALTUNTAŞ`: a long word in capitals right behind a name that is not."""
        before = re.search(r"(?:^|\s)([^\W\d_][\w’'-]+)\s$", self.text.text[max(0, match.start() - 40) : match.start()])
        if before is None or len(bare) < 4 or bare.isascii() != match[0].isascii():
            return False
        word = before[1]
        return word[0].isupper() and not word.isupper() and word.lower() not in self.stop and not self.places.fullmatch(word)

    def _run(self, matches: list[re.Match[str]]) -> Iterator[NameRun]:
        while matches and re.fullmatch(r"(?:[^\W\d_]\.\s?){1,2}", matches[-1][0]) and len(matches) == 1:
            return
        words = tuple(self.honorific.sub("", _POSSESSIVE.sub("", match[0])).strip() for match in matches)
        end = matches[-1].end() - len(matches[-1][0]) + len(_POSSESSIVE.sub("", matches[-1][0]))
        if len(words) > 2 and words[0].lower() in self.stop and self._given(words[1]):
            yield from self._run(matches[1:])  # "Muslim Renat Suleimanov"
            return
        opens = len(words) > 2 and not words[0].isascii() and self._starts_sentence(matches[0].start())
        if opens and self._given(words[1]) and not self._given(words[0]) and not words[-1].lower().endswith(self.patronymics):
            yield from self._run(matches[1:])  # "Ювелира Баира Дымбрылова доставили"
            return
        if len(words) > 2 and self.event_word.fullmatch(words[0].lower()) and self._given(words[1]):
            yield from self._run(matches[1:])  # "Умер Анатолий Бережной", where "Умер" is a given name too
            return
        if bool(_CYRILLIC.search(words[-1])) and not _CYRILLIC.search(words[0]) and not words[0].endswith("."):
            yield from self._run(matches[1:])  # "журналисту RusNews Роману Иванову"
            return
        alien = len(words) > 2 and bool(_CYRILLIC.search(words[0])) and not self._given(words[0]) and self._given(words[1])
        if alien and not words[-1].lower().endswith(self.patronymics):
            yield from self._run(matches[:1])
            yield from self._run(matches[1:])  # "бранець Кремля Ремзі Османкулов", "адвокат Петренка Олена Коваль"
            return
        if len(words) == 2 and _HIS_GENITIVE.search(words[0]) and words[1].lower() in self.given:
            yield from self._run(matches[:1])
            yield from self._run(matches[1:])  # "дружина Лабковича Ніна"
            return
        for at in range(2, len(words) - 1):  # "адвокат Сергея Петрова Мария Коваль": two people side by side
            if self._given(words[at]) and not words[at].lower().endswith(self.patronymics) and _CYRILLIC.search(words[at]):
                yield from self._run(matches[:at])
                yield from self._run(matches[at:])
                return
        if len(words) == 2 and words[1].endswith(".") and not words[0].endswith("."):
            words = (words[1], words[0])
        aliases = [i for i, match in enumerate(matches) if i and self.text.text[match.start() - 1] == "("]
        if aliases and len(words) > 2:
            at = aliases[0]
            yield NameRun(Stretch(matches[0].start(), end), words[:at] + words[at + 1 :], f"{words[at]} {words[-1]}")
        else:
            yield NameRun(Stretch(matches[0].start(), end), words)

    # --- who is it? ---
    def _person(self, run: NameRun, people: list[Person]) -> Person:
        for person in people:
            if same_people(person.words, run.words):
                if len(run.words) > len(person.words):
                    person.name, person.words = " ".join(run.words), run.words
                person.others |= {run.alias} if run.alias else set()
                return person
        return self._new(run, people)

    def _new(self, run: NameRun, people: list[Person]) -> Person:
        name = " ".join(run.words)
        person = Person(
            unused_key(slug(run.words[-1]), slug(name), people), name, run.words, others={run.alias} if run.alias else set()
        )
        if name.isascii():
            masculine: set[str] = self.lexicon["given-masculine"]
            first = run.words[0].lower()
            person.female = (
                first not in masculine if first in self.given else True if re.search(r"(?:ova|eva|skaya)$", name) else None
            )
        people.append(person)
        return person

    def _part(self, run: NameRun, people: list[Person], mentions: list[PersonMention]) -> PersonMention | None:
        before = self.text.text[max(0, run.stretch.start - 60) : run.stretch.start].rsplit("\n")[-1]
        after = self.text.text[run.stretch.end : run.stretch.end + 40]
        titled = bool(self.titled_before.search(before) or self.role_after.match(after)) and not self._headline(run.stretch)
        if len(run.words) > 1 and not run.words[0].endswith("."):
            return None
        wanted = run.words[-1]
        by_surname = [p for p in people if same_name(p.words[-1], wanted) or (len(p.words) > 2 and same_name(p.words[0], wanted))]
        fits = by_surname or [p for p in people if any(same_name(word, wanted) for word in p.words)]
        follows = re.match(r"[ \u00a0]([А-ЯЁІЇЄҐ][\w’ʼ'-]+)", after)
        titled = titled or bool(self.list_before.search(before))
        titled = titled or (bool(self.kin_before.search(before)) and run.words[-1].lower() in self.given)
        titled = titled and not self._names_an_outlet(run, before, after)
        if not fits and (not titled or (follows and self._given(follows[1]))):
            return None
        if not fits:
            if not run.words[-1].isascii() and self._oblique_owner(run, before):
                return None
            if not run.words[-1].isascii() and re.search(r"(?:ого|его|ому|ему|ых|их)$", run.words[-1]):
                return None  # an adjective opening the name of an organisation
            noun = re.match(r"[ \u00a0]([а-яіїєґ][\w’ʼ'-]+)", after)
            if noun and re.search(r"[сц]ь?к(?:ой|ую|ая|ої|ій|у|ою|а|ий|им|ом)$", run.words[-1]) and not _VERBAL.search(noun[1]):
                return None  # "депутата Саратовской областной думы"
            return PersonMention(run.stretch, self._new(run, people), True)
        if len(fits) > 1:
            fits = self._no_kin(self._agreeing(run, fits), mentions)
        earlier = [m for m in mentions if m.person in fits and m.stretch.end <= run.stretch.start]
        who = max(earlier, key=lambda m: m.stretch.start).person if earlier else fits[0]
        doubt = f"{len(fits)} people here share this name" if len(fits) > 1 else None
        return PersonMention(run.stretch, who, False, doubt)

    def _no_kin(self, fits: list[Person], mentions: list[PersonMention]) -> list[Person]:
        """Of several people with one surname those not introduced as somebody's kin, who are seldom called by it alone."""
        kin = {
            m.person
            for m in mentions
            if m.full and self.kin_near.search(self.text.text[max(0, m.stretch.start - 40) : m.stretch.start].rsplit("\n")[-1])
        }
        return [person for person in fits if person not in kin] or fits

    def _names_an_outlet(self, run: NameRun, before: str, after: str) -> bool:
        """`корреспондент «Медиазоны»`, `фрилансера Reuters`, `журналисту Север.Реалии`: for whom somebody works."""
        alien = run.words[-1].isascii() and bool(self.lexicon.get("free-word-order"))
        return alien or bool(re.search(r"[«“„\"]$", before)) or bool(re.match(r"\.[A-ZА-ЯІЇЄҐ]", after))

    def _agreeing(self, run: NameRun, fits: list[Person]) -> list[Person]:
        """Of several people with one surname those of whose surname it can be a form: `Аметова` is a form of his, and of hers."""
        wanted = run.words[-1]
        if wanted.isascii():
            return fits
        fits = [
            p for p in fits if p.female is None or declined(p.name.split()[-1], wanted, p.female, self.lexicon.language)
        ] or fits
        both = {p.female for p in fits} >= {True, False}
        if not both or not any(p.female and p.name.split()[-1] == wanted for p in fits):
            return fits
        before = self.text.text[max(0, run.stretch.start - 40) : run.stretch.start]
        after = self.text.text[run.stretch.end : run.stretch.end + 40]
        if re.search(rf"{phrase_source(self.lexicon['before-genitive'])}\s+$", before):
            return [p for p in fits if p.female is not True] or fits  # "добивался для Мурсалова": no nominative
        hers = re.match(r"\s+(?:[\w-]+\s+)?(?!лет(?!\w))\w+(?:ла|лась|лася|ає|ує|ет|ит)(?!\w)", after) or re.search(
            r"(?:ла|ает|ует|ає|ує)\s+$", before
        )
        if not hers and all(p.name.split()[-1] == wanted for p in fits):
            return fits  # "затримали Дзюбенко": a surname with one form for him and for her
        return [p for p in fits if p.female is bool(hers)]

    def _oblique_owner(self, run: NameRun, before: str) -> bool:
        """`адвокат Сафронова`: a surname in the genitive after a noun in the nominative says whose lawyer it is."""
        noun = re.search(r"(\w+)\s+$", before)
        upright = bool(noun) and not noun[1].isupper() and noun[1][-1].lower() in "бвгґджзклмнпрстфхцчшщь"  # type: ignore[index]
        return upright and bool(re.search(r"(?:[оеєё]ва|[иії]на|[бвгджзклмнпрстфхцчшщ](?:а|у)|ого|ому|енк[ау])$", run.words[-1]))

    def _headline(self, part: Stretch) -> bool:
        """Whether the sentence is in title case, where capitals tell nothing."""
        if not self.text.text[part.start].isascii():
            return False
        long = [word for word in self.text.of(self.text.sentence_at(part.start)).split() if len(word) > 3 and word[0].isalpha()]
        return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.8 * len(long)
