"""Legal provisions: `Article 205.5 § 2`, `part 2 of Article 205.5`, `ч. 2 ст. 205.5 УК РФ` -> `ru-cc:205.5/2`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.lexicon import phrase_source
from kg.extract.tokens import Stretch, Text
from kg.records import Provision

_NUMBER = r"\d{1,3}(?:[.\-‑]\d{1,2}){0,2}"
_PART = r"[IVX]{1,4}|\d{1,2}(?:\.\d)?"

_RUSSIAN = re.compile("Russia|Crimea|Росси|Росі|росій|РФ|рф|Крым|Крим")


@dataclass(frozen=True)
class ProvisionMention:
    """A provision cited at `stretch`; `doubt` when the article does not say of which code."""

    stretch: Stretch
    provision: Provision
    doubt: str | None = None


def find_provisions(text: Text) -> list[ProvisionMention]:
    """Every article, with part and code; the code is the one named nearest after it, else the only one the text names."""
    lexicon = text.lexicon
    article, part = phrase_source(lexicon["provision-words"]), phrase_source(lexicon["part-words"])
    joined = r"(?:\s*(?:,|and|or|і|и|та|й)\s*)"
    before = rf"(?:(?:{part})\s*(?P<before>{_PART})(?:{joined}(?:{_PART}))*[\s,]*(?:(?:of|to|п\.\s?\S+)\s+(?:the\s+)?)?)?"
    after = rf"(?:\s*,?\s*(?:{part})\s*(?P<after>{_PART})|\s*\((?P<brackets>\d)\))?"
    pattern = re.compile(
        rf"{before}(?:{article})\s*(?P<numbers>{_NUMBER}(?!\d)(?:{joined}{_NUMBER}(?!\d|\s*(?:years|people)))*){after}"
    )
    codes = _codes(text)
    found = []
    for match in pattern.finditer(text.text):
        code, doubt = _code_for(text, match, codes)
        numbers = [number.replace("‑", "-") for number in re.findall(_NUMBER, match["numbers"])]
        which = match["before"] or match["after"] or match["brackets"]
        for number in numbers:
            if code:
                name = number.replace("-", ".") if code.startswith("ru-") else number
                provision = Provision(code, name, which if len(numbers) == 1 else None)
                found.append(ProvisionMention(Stretch(*match.span()), provision, doubt))
    conventions = [
        ProvisionMention(part, Provision(code))
        for part, code in codes
        if code in lexicon.get("codes-alone", ["geneva-conventions"])
    ]
    return found + [
        c for c in conventions if not any(c.stretch.touches(Stretch(f.stretch.start, f.stretch.end + 40)) for f in found)
    ]


def _codes(text: Text) -> list[tuple[Stretch, str]]:
    found: list[tuple[Stretch, str]] = []
    abroad = _abroad(text)
    for law, phrases in text.lexicon["code-words"].items():
        for match in re.finditer(phrase_source(phrases), text.text):
            part = Stretch(*match.span())
            code = "other" if abroad and law.startswith("ru-") and not _RUSSIAN.search(match[0]) else law
            if not any(part.touches(other) for other, _ in found):
                found.append((part, code))
    return sorted(found)


def _abroad(text: Text) -> bool:
    """Whether the article speaks of another country's courts, so that "the Criminal Code" is not that of Russia."""
    others = len(text.lexicon.pattern("other-countries").findall(text.text))
    return others > len(_RUSSIAN.findall(text.text))


def _code_for(text: Text, match: re.Match[str], codes: list[tuple[Stretch, str]]) -> tuple[str | None, str | None]:
    sentence = text.sentence_at(match.start())
    near = [code for part, code in codes if 0 <= part.start - match.end() < 60 and part.start < sentence.end]
    if near:
        return (None if near[0] == "other" else near[0]), None
    same = [code for part, code in codes if sentence.holds(part) and code != "other"]
    if same:
        return same[0], None
    if re.match(
        r"\s+of\s+(?:the\s+)?(?:[A-Z]\w+\s+)*(?:Code|Law|Act|Covenant|Convention|Constitution|Charter)", text.text[match.end() :]
    ):
        return None, None
    named = [code for _, code in codes if code in ("ru-cc", "ua-cc", "ru-cao")]
    if named:
        return max(set(named), key=named.count), "the code is not named here; taken from another place in the article"
    russian = re.search("Russia|Росси|Росі|РФ", text.text) and not _abroad(text)
    return ("ru-cc", "the article does not say of which code; it speaks of Russia") if russian and not codes else (None, None)
