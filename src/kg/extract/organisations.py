"""Russian and Ukrainian names of organisations and offices: a noun for a kind of body with what belongs to it, in the nominative.

`Спілка адвокатів України`, `Національної асоціації адвокатів`, `управления полиции в Геническе`: adjectives before the noun,
words in the genitive after it. A name needs a capital that does not only open the sentence, or a complement that tells which
body it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.lexicon import cached_pattern, phrase_source
from kg.extract.tokens import Stretch, Text

_ADJECTIVE = (
    r"[\w’'-]+(?:ий|ій|ый|ой|ого|его|ому|ему|им|ым|ім|ом|ая|яя|ую|ої|ій|ою|ей|ське|ское|не|ное|ська|цька"
    r"|[бвгджзйклмнпрстфхцчшщь]на)"
)
_CAP = r"[А-ЯЁІЇЄҐ][\w’'-]*"
_GENITIVE = (
    r"[а-яёіїєґ][\w’'-]*(?:ів|їв|ій|ов|ев|ей|ой|ої|ого|его|их|ых|ії|ии|ості|ости|сті|сти|зму|зма|тва|ття|ння|ния"
    r"|ки|ци|ни|ны|ту|та|ди|ды|[гжлмрт]ань|ень|[сь]тв)"
)
"""Words after the noun that can belong to the name: in the genitive, by their endings."""
_VERB = re.compile(r"(?:л[аио]?|ло|лася|лась|ув|ив|ав|ів|ає|ує|ет|ит|ють|ать)$(?<!прав)(?<!справ)(?<!ів)")
_BEFORE_NAME = re.compile(r"(?:ої|ого|ой|ской|Республики|Республіки|Президента|АР)$")
"""Capitalised words after which a further one goes on with the name and begins no person's."""
LONGEST = 5
"""Most words after the noun."""


def organisation_names(text: Text) -> Iterator[tuple[Stretch, str, str]]:
    """Where each name stands, the name in the nominative, and its kind; nothing for a language without `body-nouns`."""
    for entry in text.lexicon.get("body-nouns", []):
        noun = phrase_source(entry["words"])
        before = rf"(?:{_ADJECTIVE}\s+){{0,3}}"
        after = rf"(?:\s+(?:(?:в|у|з|із|по|при)\s+(?={_CAP}|прав\w*\s))?(?:{_CAP}|{_GENITIVE})(?!\w)){{0,{LONGEST}}}"
        for match in cached_pattern(rf"(?<![\w-])(?P<lead>{before})(?P<noun>{noun})(?P<rest>{after})").finditer(text.text):
            found = _name(text, match, entry)
            if found is not None:
                yield found


def _name(text: Text, match: re.Match[str], entry: dict[str, str]) -> tuple[Stretch, str, str] | None:
    lead, rest = _own_lead(text, match), _own_rest(text, match["rest"].partition("\n")[0])
    start = match.start("noun") - len(lead)
    opening = not re.search(r"\w", text.text[text.sentence_at(start).start : start])
    first = text.text[start]
    named = first.isupper() and not opening
    if (not (named and (lead or rest)) and not rest) or (entry.get("upper") and not named):
        return None
    if not re.search(_CAP, rest) and not named and not entry.get("lower"):
        return None
    words = [_agreeing(word, entry["gender"], text.lexicon.language) for word in lead.split()]
    noun = entry["name"] if match["noun"][0].islower() else entry["name"][0].upper() + entry["name"][1:]
    end = match.end("noun") + len(rest)
    return Stretch(start, end), " ".join([*words, noun, *rest.split()]), entry["kind"]


def _own_lead(text: Text, match: re.Match[str]) -> str:
    """The adjectives that belong to the name: from the first capital on, or all where there is none."""
    words = match["lead"].split()
    idle = set(text.lexicon["not-in-body-lower"])
    first = next((at for at, word in enumerate(words) if word[0].isupper()), max(len(words) - 1, 0))
    while first < len(words) and words[first].lower() in idle:
        first += 1
    return " ".join(words[first:]) + " " if words[first:] else ""


def _own_rest(text: Text, rest: str) -> str:
    """What follows the noun, up to a verb, a person's name or a place in another role."""
    kept = ""
    for word in re.finditer(r"\s+\S+", rest):
        bare = word[0].strip()
        behind = re.match(r"\s+([А-ЯЁІЇЄҐ][\w’'-]*)", rest[word.end() :])
        person = (
            bare[0].isupper()
            and behind
            and not _BEFORE_NAME.search(bare)
            and not text.lexicon.pattern("places").fullmatch(behind[1])
        )
        if _VERB.search(bare) or person or bare.lower() in text.lexicon["given"]:
            break
        kept = rest[: word.end()]
    return re.sub(r"\s+(?:в|у|з|із|по|при)$", "", kept)


def _agreeing(word: str, gender: str, language: str) -> str:
    if gender == "f" and word.endswith(("а", "ая")):
        return word
    base = re.sub(r"(?:ий|ій|ый|ой|ого|его|ому|ему|им|ым|ім|ом|ая|яя|ую|ої|ою|ей|ое|е)$", "", word)
    if gender == "f":
        return base + ("а" if language == "uk" else "ая")
    if gender == "n":
        return base + ("е" if language == "uk" else "ое")
    return base + ("ий" if language == "uk" or base[-1:] in "кгхжшчщ" else "ый")
