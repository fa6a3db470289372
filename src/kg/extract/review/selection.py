"""Selected words -> facts: what a reviewer points to becomes a whole fact with keys, roles and date, ready to be added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import KgError
from kg.extract.assemble import extract_article
from kg.extract.bodies import find_bodies
from kg.extract.dates import find_dates
from kg.extract.draft import plain
from kg.extract.keys import slug
from kg.extract.lexicon import load_lexicon
from kg.extract.participants import AFFECTED
from kg.extract.review.proposal import Proposal
from kg.extract.review.standing import ReviewedFact, State
from kg.extract.tokens import Stretch, read_text
from kg.records.model import FACT_MODELS
from kg.records.validation import nearest
from kg.vocabulary import load_vocabulary

_PART = r"(?:(?![a-zа-яіїєґё])[^\W\d_](?:[\w’'ʼ‑-]+|\.))"
_NAME = re.compile(rf"(?<!\w){_PART}(?:\s+{_PART})+")
"""Two capitalised words or more."""
_FIELDS = ("person", "body", "case", "event", "figure")


@dataclass(frozen=True)
class Candidate:
    """Facts that a selected part of the text may state, and why."""

    facts: list[dict[str, Any]]
    why: str


def find_words(text: str, words: str, near: int = 0) -> tuple[int, int]:
    """Offsets of `words` in `text`, white space and case apart, nearest to the offset `near`.

    `first words ... last words` selects everything between the two. Raises KgError when they do not stand there.
    """
    opening, _, closing = (part.strip() for part in words.replace("…", "...").partition("..."))
    parts = [r"\s+".join(map(re.escape, part.split())) for part in (opening, closing) if part]
    pattern = r"[^\n]*?".join(parts)
    found = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if parts else []
    if not found:
        raise KgError(f"'{words[:60]}' does not stand in the text: copy the words as they are printed")
    return min(found, key=lambda span: abs(span[0] - near))


def unread_names(proposal: Proposal, facts: Iterable[ReviewedFact], start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of what looks like names in a part of the text and belongs to no person, body or case yet."""
    everything = [value for fact in facts for value in (fact.value, fact.proposed) if value]  # what was rejected is read too
    known = {word.casefold() for value in everything for word in re.findall(r"\w+", str(value.get("name", "")))}
    found = []
    for match in _NAME.finditer(proposal.text, start, end):
        words = [word.casefold() for word in re.findall(r"\w+", match[0]) if len(word) > 2]
        dated = any(Stretch(*match.span()).touches(date) for date in proposal.dates)
        if words and not dated and not any(_known(word, known) for word in words):
            found.append(match.span())
    return found


def _known(word: str, known: set[str]) -> bool:
    """Also in another case form: Russian and Ukrainian names change their last letters."""
    return word in known or (len(word) > 4 and any(other[: len(word) - 2] == word[:-2] for other in known if len(other) > 4))


def candidates(proposal: Proposal, facts: Sequence[ReviewedFact], start: int, end: int, kind: str | None) -> list[Candidate]:
    """What `text[start:end]` may state, the likeliest first; `kind`: a kind of fact or event that the reviewer names.

    Raises KgError for a kind that does not exist.
    """
    maker = _Maker(proposal, facts, start, end)
    events = set(load_vocabulary().event_kinds)
    if kind is not None:
        if kind in events:
            return [Candidate(maker.event(kind), f"as you say: {kind}")]
        if kind not in FACT_MODELS:
            hint = nearest([kind], [*FACT_MODELS, *events]) or f"one of {', '.join(FACT_MODELS)}, or a kind of event"
            raise KgError(f"'{kind}' is no kind of fact: {hint}")
        made = maker.named(kind)
        return [Candidate([made], f"as you say: {kind}")] if made else []
    found = [Candidate(one, "the grammar reads this in the words alone") for one in maker.read() if one]
    if _NAME.fullmatch(maker.words) or len(maker.words.split()) == 1:
        name = maker.named("body" if maker.body_kind else "person")
        if name:
            found.insert(0, Candidate([name], "it looks like the name of a " + ("body" if maker.body_kind else "person")))
    if len(maker.words.split()) > 3:
        found.append(Candidate(maker.event("other"), "an event of a kind that you choose by editing it"))
    return found


class _Maker:
    """Makes facts of one selected part of the text."""

    def __init__(self, proposal: Proposal, facts: Sequence[ReviewedFact], start: int, end: int) -> None:
        self.proposal, self.facts = proposal, facts
        self.words = " ".join(proposal.text[start:end].split())
        self.keys = {str(fact.value[field]) for fact in facts if fact.value for field in _FIELDS if field in fact.value}
        self.people = _names(facts, "person")
        self.language = proposal.source.language
        layout = read_text(self.words, load_lexicon(self.language))
        self.dates = find_dates(layout, str(proposal.source.published) if proposal.source.published else None)
        self.body_kind = next((body.kind for body in find_bodies(layout).mentions if not body.anaphor), None)

    def named(self, kind: str) -> dict[str, Any] | None:
        """A person, body or case called by the words."""
        if kind == "figure":
            return {"figure": self.unused("figure"), "value": _number(self.words), "counts": self.words}
        if kind not in ("person", "body", "case"):
            return None
        last = self.words.split()[-1] if kind == "person" else self.words
        made = {kind: self.unused(slug(last)[:60].strip("-") or kind), "name": self.words}
        return {**made, "kind": self.body_kind or "organization"} if kind == "body" else made

    def event(self, kind: str) -> list[dict[str, Any]]:
        """An event of this kind with the people whom the words name, and the date they give."""
        named = [key for key, names in self.people.items() if any(self._names(name) for name in names)]
        role = AFFECTED.get(kind)
        made: dict[str, Any] = {"event": self.unused("-".join([kind, *named[:1]])), "kind": kind}
        if self.dates:
            made["date"] = self.dates[0].value
        if named:
            made |= {"people": {role: named}} if role else {"about": named}
        if kind in ("other", "statement") or (named and not role):
            made["text"] = self.words[:400]
        return [made]

    def _names(self, name: str) -> bool:
        """Whether the words name this person, by the whole name or the surname."""
        last = name.split()[-1]
        stem = last[:-2] if self.language in ("ru", "uk") and len(last) > 5 else last
        return re.search(rf"(?<!\w){re.escape(stem)}", self.words) is not None

    def read(self) -> Iterable[list[dict[str, Any]]]:
        """What the grammar finds in the words alone, with the keys that the draft uses."""
        published = str(self.proposal.source.published) if self.proposal.source.published else None
        read = extract_article(self.words, title=self.words[:40], language=self.language, published=published)
        values = [fact for passage in plain(read.record)["passages"] for fact in passage.get("facts", [])]
        values = [{name: part for name, part in value.items() if name != "case"} for value in values if not _is_case(value)]
        renamed, new = self._renamed(values)
        for value in values:
            if "event" in value and value.get("kind") != "statement":
                own = _with_keys(value, renamed)
                used = set(_strings(own))
                yield [*(one for one in new if str(next(iter(one.values()))) in used), own]

    def _renamed(self, values: list[dict[str, Any]]) -> tuple[dict[str, str], list[dict[str, Any]]]:
        """Keys of the reading of the words alone -> keys of the draft; people and bodies that the draft does not have yet."""
        renamed: dict[str, str] = {}
        new = []
        for value in values:
            field = next((field for field in ("event", "person", "body") if field in value and "tenure" not in value), None)
            if field is None or str(value[field]) in renamed:
                continue
            name, old = str(value.get("name", "")), str(value[field])
            same = [key for key, names in _names(self.facts, field).items() if name and any(_same(name, one) for one in names)]
            if field != "event" and len(same) == 1:
                renamed[old] = same[0]
                continue
            renamed[old] = self.unused(old)
            if field != "event":
                new.append(_with_keys(value, renamed))
        return renamed, new

    def unused(self, key: str) -> str:
        """`key`, or with a number if the draft has it already."""
        made, number = key, 2
        while made in self.keys:
            made, number = f"{key}-{number}", number + 1
        self.keys.add(made)
        return made


def _is_case(value: dict[str, Any]) -> bool:
    """Which events one case joins cannot be told from a single sentence."""
    return next(kind for kind in FACT_MODELS if kind in value) == "case"


def _names(facts: Iterable[ReviewedFact], field: str | None = None) -> dict[str, list[str]]:
    """Names by key, of people, bodies and cases or of one of these."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        value = fact.value or {}
        for kind in [field] if field else ["person", "body", "case"]:
            if fact.state is not State.rejected and value.get("name") and next(k for k in FACT_MODELS if k in value) == kind:
                others = value.get("other-names", [])
                found.setdefault(str(value[kind]), []).extend([value["name"], *([others] if isinstance(others, str) else others)])
    return found


def _same(one: str, other: str) -> bool:
    """Whether one name is the other, or its surname alone."""
    first, second = one.casefold().split(), other.casefold().split()
    return first == second or (1 in (len(first), len(second)) and first[-1] == second[-1])


def _with_keys(value: Any, renamed: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: part if name in ("name", "text", "kind") else _with_keys(part, renamed) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_keys(part, renamed) for part in value]
    return renamed.get(value, value) if isinstance(value, str) else value


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    else:
        yield str(value)


def _number(words: str) -> str:
    match = re.search(r"\d[\d ,\u00a0]*", words)
    return re.sub(r"\D", "", match[0]) if match else "0"
