"""Courts, services, prisons and organisations as an article names them, and the words that point back to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from kg.extract.body_mentions import CAP, Bodies, BodyMention
from kg.extract.introduced import acronym_owners, introduced_bodies
from kg.extract.lexicon import NOTHING, Lexicon, cached_pattern, phrase_source
from kg.extract.morphology import nominative_adjectives, nominative_given
from kg.extract.organisations import organisation_names
from kg.extract.tokens import Stretch, Text

_NEEDS_A_NAME = {"penal-colony", "prison", "remand-prison", "prosecutors-office", "police", "religious-community"}
"""Kinds whose common noun, alone and capitalised in a headline, names nothing."""

_BY_WHOM = re.compile(r"[\w’'-]+-(?:annexed|appointed|backed|controlled|imposed|installed|led|occupied|run)\s+")
"""`Moscow-imposed`: whose a court is, no part of its name."""
_SOMEBODY_OF = re.compile(rf"{CAP} {CAP} (?:of|for) ")
"""`Jane Roe of Amnesty International`: a person, and for whom she works."""
_OF_OTHERS = {"investigative-body", "prosecutors-office", "remand-prison", "prison", "penal-colony", "prison-hospital"}
"""Kinds that can be part of another body: `the Investigative Department of the FSB`."""


def find_bodies(text: Text) -> Bodies:
    """Named bodies first, then what points back to them."""
    found: list[BodyMention] = []
    known, others = list(_known(text)), list(_others(text))
    wider = [body for body in others if any(_is_wider(body, one) for one in known)]
    for mention in chain(wider, known, _courts_of_districts(text), _courts(text), others, introduced_bodies(text)):
        if not any(mention.stretch.touches(other.stretch) for other in found):
            found.append(mention)
    acronyms = {mention.stretch: mention for mention in acronym_owners(text, sorted(found))}
    found = [acronyms.pop(mention.stretch, mention) for mention in found]
    found += [mention for mention in acronyms.values() if not any(mention.stretch.touches(other.stretch) for other in found)]
    found = _one_name_each(sorted(found), text.lexicon)
    found += [mention for mention in _anaphors(text, found) if not any(mention.stretch.touches(o.stretch) for o in found)]
    return Bodies(sorted(found))


def _is_wider(body: BodyMention, known: BodyMention) -> bool:
    """`Crimean Human Rights Watch`, `the Council of the European Union`, `KGB remand prison`: more than the body named inside."""
    more = body.stretch.holds(known.stretch) and body.stretch != known.stretch
    before = body.name[: -len(known.name)] if body.name.endswith(known.name) else ""
    if _SOMEBODY_OF.fullmatch(before):
        return False
    return more and (body.kind in _OF_OTHERS or body.kind == known.kind)


def _known(text: Text) -> Iterator[BodyMention]:
    for entry in text.lexicon["court-known"]:
        for match in _pattern(entry["words"]).finditer(text.text):
            yield BodyMention(Stretch(*match.span()), entry["name"], entry["kind"])
    hits = []
    for entry in text.lexicon["body-known"]:
        for match in _pattern(entry["words"]).finditer(text.text):
            if text.lexicon.language == "en" and _goes_on(text, match.end()):
                continue
            name = entry.get("name") or match[0]
            hits.append(BodyMention(Stretch(*match.span()), name, entry["kind"]))
    # The longer name first: "Human Rights Centre ZMINA" before "ZMINA".
    yield from sorted(hits, key=lambda hit: hit.stretch.start - hit.stretch.end)


def _courts(text: Text) -> Iterator[BodyMention]:
    lexicon = text.lexicon
    for match in court_pattern(lexicon).finditer(text.text):
        if lexicon.language == "en" and _goes_on(text, match.end()):
            continue
        start, end = _without_opening(text.text, _after_person(match, lexicon), _before_person(match, lexicon), lexicon)
        words = text.text[start:end]
        if re.search(r"[^\W\d_a-zа-яёіїєґ]", words[:-1]) and len(words.split()) > 1 and _named(words, lexicon):
            name = re.sub('[«»“”"]', "", " ".join(words.split()))
            if lexicon.pattern("court-generic").fullmatch(name):
                place = cached_pattern(rf"\s+in\s+{CAP}").match(text.text, end)
                if not place:
                    continue
                name += " ".join(["", *place[0].split()])
                end = place.end()
            yield BodyMention(Stretch(start, end), nominative_adjectives(name, lexicon), _court_kind(words, lexicon))


def _courts_of_districts(text: Text) -> Iterator[BodyMention]:
    """`суд Ленинского района Бреста`: how courts are called in Belarus."""
    if not text.lexicon.get("court-of-bare"):
        return
    place = rf"(?:\s+(?:г\.\s+|города\s+|м\.\s+|міста\s+)?{CAP})?"
    whole = cached_pattern(rf"(?<!\w)([Сс]уд)(?:а|у|ом|е|і)?(\s+{CAP}\s+район[ау]{place})")
    for match in whole.finditer(text.text):
        yield BodyMention(Stretch(*match.span()), match[1] + " ".join(["", *match[2].split()]), "district-court")


def _after_person(match: re.Match[str], lexicon: Lexicon) -> int:
    """`Judge Chary Amanov of Tejen City Court`, `the Criminal Chamber of Tejen City Court`: the court begins after "of"."""
    court = lexicon.pattern("court-words").search(match[0])
    before = list(re.finditer(r"\s(?:of|at)\s+(?:the\s+)?", match[0][: court.start() if court else 0]))
    return match.start() + before[-1].end() if before and not lexicon.get("court-of-bare") else match.start()


def _before_person(match: re.Match[str], lexicon: Lexicon) -> int:
    """`суддя Київського районного суду Длявер Берберов`: the name after a court is not what it is the court of."""
    if not lexicon.get("court-of-bare"):
        return match.end()
    court = max((m.end() for m in lexicon.pattern("court-words").finditer(match[0])), default=0)
    for word in re.finditer(CAP, match[0][court:]):
        initials = re.match(r"\s+[A-ZА-ЯІЇЄҐ]\.", match.string[match.start() + court + word.end() :])
        if word[0].isupper() or lexicon.pattern("places").fullmatch(word[0]):
            continue
        named = re.match(rf"\s+{CAP}", match.string[match.start() + court + word.end() :]) and _given(word[0], lexicon)
        if initials or named or word[0].lower() in lexicon["given"] or word[0][-1].lower() not in "аеиоуыэюяіїє":
            return match.start() + court + word.start()
    return match.end()


def _given(word: str, lexicon: Lexicon) -> bool:
    """Whether a word can be a case form of a given name."""
    return nominative_given(word, lexicon["given"], lexicon.language) is not None


def court_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A court: words that may stand before "court" (capitalised, or such as "district"), the word, and what it is the court of."""
    adjective = rf"(?:{_cap(lexicon)}|\d{{1,2}}(?:st|nd|rd|th)|{phrase_source(lexicon['court-adjectives'])})"
    tail = rf"(?:\s+{phrase_source(lexicon['court-tails'])})?"
    joiner = rf"(?:{phrase_source(lexicon['court-of'])}\s+)" + ("?" if lexicon.get("court-of-bare") else "")
    places = rf"(?:{phrase_source(lexicon['court-places'])}\s+)*"
    nouns = phrase_source(lexicon.get("court-tail-nouns", []))
    quote = "[»”\"’']?"  # «Верховный суд» Крыма
    of = rf"(?:{quote}\s+{joiner}{places}{CAP}(?:\s+{CAP}){{0,2}}" + (rf"(?:\s+{nouns})?" if nouns else "") + ")?"
    court = phrase_source(lexicon["court-words"])
    opening = '[«“"‘]?'  # Київський районний "суд"
    return cached_pattern(rf"(?:{adjective}[ \u00a0]+(?:№\s?\d+\s+)?{opening}){{1,7}}{court}{tail}{of}")


def _cap(lexicon: Lexicon) -> str:
    endings = lexicon.get("adjective-endings")
    return CAP if not endings else rf"[А-ЯЁІЇЄҐ][\w’ʼ'-]*(?:{'|'.join(endings)})(?!\w)"


def _named(words: str, lexicon: Lexicon) -> bool:
    """A name has a capital other than that of a word like "Court" standing alone at the start of a sentence."""
    bare = lexicon.pattern("court-adjectives").sub(" ", words)
    bare = lexicon.pattern("court-words").sub(" ", bare)
    return bool(re.search(CAP, bare)) or words.split()[0].istitle()


def _court_kind(words: str, lexicon: Lexicon) -> str:
    noun = max((match.end() for match in lexicon.pattern("court-words").finditer(words)), default=len(words))
    tail = re.match(rf"\s+{phrase_source(lexicon['court-tails'])}", words[noun:]) if lexicon["court-tails"] else None
    noun += tail.end() if tail else 0
    for part in (words[:noun], words):  # "District Court of the city of ..." is no city court
        for kind, phrases in lexicon["court-types"].items():
            if _pattern(phrases).search(part):
                return str(kind)
    return "court"


def _without_opening(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Leave out words at the beginning that only open the sentence, and the punctuation of a possessive at the end."""
    skip = {*lexicon["not-in-body"], *lexicon.get("nations", ())}
    while True:
        match = re.compile(r"[\w’'ʼ-]+\s+").match(text, start, end)
        if not match or (match[0].strip() not in skip and not _BY_WHOM.fullmatch(match[0])):
            break
        if match[0].strip() == "Prosecutor" and text.startswith("General", match.end()):
            break
        start = match.end()
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end - 2 if re.search(r"[’']s$", text[start:end]) else end


def _with_nation(text: Text, name: Stretch, kind: str) -> int:
    """`the Belarusian Association of Journalists`: an association is called after its people, a court or ministry is not."""
    nations = phrase_source(text.lexicon.get("nations", ()))
    called_so = kind in ("organization", "human-rights-organization", "political-organization") and " " in text.of(name)
    if not nations or not called_so:
        return name.start
    nation = re.search(rf"(?<=[Tt]he )({nations}\s+)$", text.text[max(0, name.start - 40) : name.start])
    return name.start - len(nation[1]) if nation else name.start


def _goes_on(text: Text, end: int) -> bool:
    """`Crimean Process Monitor`: the words found are only the beginning of a longer name."""
    after = re.match(rf"[ \u00a0]({CAP})", text.text[end : end + 30])
    if re.match(rf"(?:\s{CAP}){{0,2}}\s(?:Day|Prize|Award|Index|Act|Law)(?!\w)", text.text[end : end + 60]):
        return True  # "World Press Freedom Day"
    bare = after[1].lower() if after else ""
    known = bare in text.lexicon["given"] or any(bare in entry["words"] for entry in text.lexicon["roles"])
    if not after or known or text.lexicon.pattern("titles").match(after[1]):
        return False
    return bare in text.lexicon["name-goes-on"]


def _others(text: Text) -> Iterator[BodyMention]:
    """The longer of two names that overlap first."""
    yield from sorted(_other_hits(text), key=lambda hit: hit.stretch.start - hit.stretch.end)


def _other_hits(text: Text) -> Iterator[BodyMention]:
    lexicon = text.lexicon
    connector = lexicon.get("body-connectors", "of|for|the|and|to|against|in|on")
    inner = connector.replace("to|", "")  # "Committee to Protect ...", but not "the Centre for Women to the Hospital"
    for entry in lexicon["body-openers"]:
        whole = cached_pattern(
            rf"{phrase_source(entry['words'])}(?:\s+(?:{connector}))*(?:\s+{CAP}(?:\s+(?:{inner})(?=\s+{CAP}))*)*"
        )
        for match in whole.finditer(text.text):
            start, end = _without_opening(text.text, match.start(), match.end(), lexicon)
            start = _with_nation(text, Stretch(start, end), entry["kind"])
            end = _before_somebody(text, start, end)
            words = " ".join(text.text[start:end].split())
            if len(words.split()) > 2 and "\n" not in text.text[start:end]:
                yield BodyMention(Stretch(start, end), words, entry["kind"])
    for entry in lexicon["body-words"]:
        head = phrase_source(entry["words"])
        number = r"(?:[ -](?:No\.?\s?|№\s?|Nr\.?\s?)?\d+)?"
        place = rf"(?:\s+(?:of|in)\s+(?:the\s+)?{CAP}(?:\s+{CAP})?)?" if entry.get("of") else ""
        acronym = r"(?:\s+[A-Z]{3,})?"
        aim = rf"(?:\s+(?:for|against)\s+{CAP}(?:\s+(?:and\s+)?{CAP}){{0,3}})?" if entry.get("aim") else ""
        area = rf"(?:\s+(?:of|for)\s+(?:the\s+)?(?:Republic\s+of\s+)?{CAP}(?:\s+and\s+{CAP})?){{0,2}}" if entry.get("area") else ""
        whole = cached_pattern(
            rf"(?:{CAP}\s+(?:(?:of|for)\s+(?={CAP}))?){{0,5}}(?:(?<=\w\s)(?:\d{{1,2}}|[IVX]{{1,3}})\s+)?{head}{acronym}{number}{place}{aim}{area}"
        )
        for match in whole.finditer(text.text):
            start, end = _without_opening(text.text, match.start(), match.end(), lexicon)
            start = _with_nation(text, Stretch(start, end), entry["kind"])
            words = " ".join(text.text[start:end].split())
            if lexicon.language == "en" and (_goes_on(text, end) or re.search(r"\b[Gg]roup \d+$", words)):
                continue  # "the Dzhankoi Group 2": those tried together
            bare = entry["kind"] in _NEEDS_A_NAME and bool(re.fullmatch(f"(?i:{head})", words))
            bare = bare or _described(text.text, words, end, entry["kind"])
            if len(words.split()) > 1 and words[0].isupper() and not bare and "\n" not in text.text[start:end]:
                yield BodyMention(Stretch(start, end), words, entry["kind"])
    yield from _quoted(text)
    for part, name, kind in organisation_names(text):
        yield BodyMention(part, name, kind)
    for entry in lexicon.get("body-numbered", []):
        for match in re.finditer(rf"{phrase_source(entry['words'])}(?:\s*№\s*|-|\s+N(?:o|r)?\.?\s?)\d+(?![-\w])", text.text):
            yield BodyMention(Stretch(*match.span()), " ".join(match[0].split()), entry["kind"])
    for kind, phrases in lexicon.get("body-generic", {}).items():
        for match in _pattern(phrases).finditer(text.text):
            yield BodyMention(Stretch(*match.span()), " ".join(match[0].split()), kind)


def _before_somebody(text: Text, start: int, end: int) -> int:
    """`the Council of Churches Baptist Viktor Penner`: a name ends where a person's begins."""
    words = list(re.finditer(r"[\w’'-]+", text.text[start:end]))
    for left, right in pairwise(words[2:]):
        if (
            left[0].lower() in text.lexicon["given"]
            and right[0][0].isupper()
            and left.start()
            and text.text[start + left.end()] == " "
        ):
            return start + words[words.index(left) - 1].end()
    return end


def _described(text: str, words: str, end: int, kind: str) -> bool:
    """`the Bangladesh human rights organization Odhikar`, `Amro's community`: says what sort of body, not which."""
    if kind == "religious-community":
        return bool(re.match(rf"{CAP}[’']s [a-z]", words))
    called = words.rpartition(" ")[2].islower() and re.match(rf"[ \u00a0]{CAP}", text[end : end + 30])
    return kind.endswith("organization") and bool(called)


def _quoted(text: Text) -> Iterator[BodyMention]:
    """`правозащитный центр «Мемориал»`: a noun for a kind of body and a name in quotation marks."""
    for entry in text.lexicon.get("body-quoted", []):
        whole = cached_pattern(rf"({phrase_source(entry['words'])})(?:\s+{CAP})?\s*[«“„\"]([^»”“\"\n]{{2,60}})[»”“\"]")
        for match in whole.finditer(text.text):
            yield BodyMention(Stretch(match.start(2), match.end(2)), match[2].strip(), entry["kind"])


def _one_name_each(mentions: list[BodyMention], lexicon: Lexicon) -> list[BodyMention]:
    """A short form takes the name of the one longer form it is part of: "Isakogorka District Court" -> "... of Arkhangelsk"."""
    mentions = _one_state_name(mentions)
    names = {(mention.name, mention.kind) for mention in mentions}
    result = []
    for mention in mentions:
        longer = [name for name, kind in names if kind == mention.kind and _extends(name, mention.name, mention.court)]
        if mention.kind == "court":
            longer = [name for name, kind in names if kind.endswith("court") and _shortened(name, mention.name, lexicon)]
        kind = next((kind for name, kind in names if len(longer) == 1 and name == longer[0]), mention.kind)
        result.append(BodyMention(mention.stretch, longer[0], kind) if len(longer) == 1 else mention)
    return result


def _shortened(longer: str, shorter: str, lexicon: Lexicon) -> bool:
    """`Басманный суд` of `Басманный районный суд Москвы`: the kind of court and its town left out."""
    own, whole = shorter.split(), longer.split()
    bare = [word for word in whole if not lexicon.pattern("court-adjectives").fullmatch(word)]
    if not lexicon.get("court-of-bare"):  # "the Oktyabrsky court" of "the Oktyabrsky District Court of Vladimir"
        return len(own) == 2 and own[1] == "court" and whole[0] == own[0] and shorter.lower() != longer.lower()
    return shorter != longer and len(own) > 1 and bare[: len(own)] == own


def _one_state_name(mentions: list[BodyMention]) -> list[BodyMention]:
    """`Верховный суд РФ` and `Верховный суд России` are one: the form that comes first is taken for both."""
    first: dict[str, str] = {}
    for mention in mentions:
        first.setdefault(_spelt_out(mention.name), mention.name)
    return [replace(mention, name=first[_spelt_out(mention.name)]) for mention in mentions]


def _spelt_out(name: str) -> str:
    for short, whole in _SHORT:
        name = short.sub(whole, name)
    return _RUSSIA.sub("РФ", name)


_SHORT = [
    (re.compile(short), whole)
    for short, whole in (
        (r"ий райсуд\b", "ий районный суд"),
        (r"районний суд\b", "районный суд"),
        (r"(?:облсуд|обласний суд)\b", "областной суд"),
        (r"горсуд\b", "городской суд"),
        (r"міськсуд\b", "міський суд"),
    )
]
"""Courts called by a word run together, as their full names are."""
_RUSSIA = re.compile(r"(?<!\w)(?:РФ|России|Росії|Российской Федерации|Російської Федерації)$")


def _extends(longer: str, shorter: str, court: bool) -> bool:
    if not court or longer == shorter or not longer.lower().startswith(shorter.lower()):
        return False
    return len(shorter.split()) > 2 or not longer[len(shorter) :].strip()


def _anaphors(text: Text, named: list[BodyMention]) -> Iterator[BodyMention]:
    courts = [mention for mention in named if mention.court]
    lower = text.lexicon.pattern("lower-court-anaphors")
    taken = [Stretch(*match.span()) for match in lower.finditer(text.text)]
    for part in _generic_courts(text):
        kind = _court_kind(text.of(part), text.lexicon)
        same = {mention.name for mention in courts if mention.kind == kind}
        if len(same) == 1 and kind != "court":
            yield BodyMention(part, same.pop(), kind, anaphor=True)
    endings = "|".join(text.lexicon.get("adjective-endings") or ["(?!)"])
    adjective = cached_pattern(rf"{phrase_source(text.lexicon['court-adjectives'])}|\w+(?:{endings})")
    for match in text.lexicon.pattern("court-anaphors").finditer(text.text):
        part = Stretch(*match.span())
        before = [mention for mention in courts if mention.stretch.end <= part.start]
        if text.lexicon.get("free-word-order"):  # further on "суд" is often another one
            before = [mention for mention in before if _paragraphs_between(text, mention.stretch, part) <= NEAR_PARAGRAPHS]
        before_word = re.search(r"([\w-]+)\s+$", text.text[max(0, part.start - 30) : part.start])
        described = before_word and adjective.fullmatch(before_word[1])
        elsewhere = text.lexicon.get("free-word-order") and re.match(rf"\s(?:в|у|во)\s{CAP}", text.text[part.end : part.end + 8])
        if described or elsewhere or re.match(r"\s+of\s", text.text[part.end : part.end + 5]):
            continue  # "the Court of Appeal", "кассационный суд": another court, not named
        if before and not any(other.touches(part) for other in taken):
            yield BodyMention(part, before[-1].name, before[-1].kind, anaphor=True)
    for kind, phrases in text.lexicon.get("body-anaphors", {}).items():
        for match in _pattern(phrases).finditer(text.text):
            before = [mention for mention in named if mention.kind == kind and mention.stretch.end <= match.start()]
            if before:
                yield BodyMention(Stretch(*match.span()), before[-1].name, kind, anaphor=True)


NEAR_PARAGRAPHS = 1
"""How many paragraphs before a mere "суд" the court that it means may be named."""


def _paragraphs_between(text: Text, first: Stretch, last: Stretch) -> int:
    return sum(first.start < paragraph.start <= last.start for paragraph in text.paragraphs)


def _generic_courts(text: Text) -> Iterator[Stretch]:
    """`a regional court`: the kind of a court without its name."""
    adjective = phrase_source(text.lexicon["court-adjectives"])
    whole = cached_pattern(rf"(?:{adjective}\s+){{1,4}}{phrase_source(text.lexicon['court-words'])}")
    return (Stretch(*match.span()) for match in whole.finditer(text.text))


_PATTERNS: dict[tuple[str, ...], re.Pattern[str]] = {}


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    key = tuple(phrases)
    if key not in _PATTERNS:
        _PATTERNS[key] = cached_pattern(phrase_source(phrases)) if phrases else NOTHING
    return _PATTERNS[key]
