"""What an engine is, and how what it finds joins the draft of the grammar: a union, in which nothing is proposed twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kg.extract.draft import Draft, Span
from kg.extract.lexicon import languages, load_lexicon
from kg.extract.passages import LONGEST_QUOTE
from kg.extract.tokens import Stretch, read_text
from kg.records import Record
from kg.records.model import FACT_MODELS, AnyFact, EventFact, Passage

_KEYED = ("event", "figure", "case", "person", "body")
"""Kinds of fact that declare a key of their own, in the order in which records tell kinds apart."""


@dataclass(frozen=True)
class Found:
    """A fact that an engine proposes, as a record says it, read from `text[start:end]`; `doubt`: why it needs a look."""

    value: dict[str, Any]
    start: int
    end: int
    doubt: str


class Engine(Protocol):
    """Anything that can read an article."""

    @property
    def name(self) -> str:
        """Name and version, as the draft keeps it: `ner-en:en_core_web_sm-3.8.0`."""

    def find(self, draft: Draft) -> Iterable[Found]:
        """Facts in `draft.text` that `draft` does not have."""


def how_to_install(extra: str) -> str:
    """The command that installs what an engine needs, in the locked versions."""
    return f".venv/bin/python -m pip install --no-deps --require-hashes -r requirements/{extra}.txt"


def with_engines(draft: Draft, engines: Sequence[Engine]) -> Draft:
    """`draft` with what each engine adds to it, in turn."""
    for engine in engines:
        draft = _Join(draft, engine.name).add(engine.find(draft))
    return draft


class _Join:
    """Adds facts of one engine to a draft."""

    def __init__(self, draft: Draft, engine: str) -> None:
        self.draft, self.engine = draft, engine
        self.places = dict(draft.places)
        self.facts = {passage.id: list(passage.facts) for passage in draft.record.passages}
        self.spans = dict(draft.spans)
        self.renamed: dict[str, str] = {}
        language = draft.record.source.language
        self.paragraphs = read_text(draft.text, load_lexicon(language if language in languages() else "en")).paragraphs

    def add(self, found: Iterable[Found]) -> Draft:
        for one in found:
            self._add(one)
        passages = {passage.id: passage for passage in self.draft.record.passages}
        ordered = sorted((key for key in self.facts if self.facts[key] or key in passages), key=lambda key: self.places[key])
        record = Record(
            source=self.draft.record.source,
            passages=[self._passage(key, passages.get(key)) for key in ordered if self.facts[key] or len(ordered) == 1],
            status="draft",
        )
        kept = {passage.id for passage in record.passages}
        return dataclasses.replace(
            self.draft,
            record=record,
            spans=self.spans,
            places={key: place for key, place in self.places.items() if key in kept},
            engines=(*self.draft.engines, self.engine),
        )

    def _add(self, one: Found) -> None:
        kind = next(kind for kind in FACT_MODELS if kind in one.value)
        passage = self._passage_at(one)
        if passage is None:
            return
        if kind in _KEYED:
            same = self._same(kind, one)
            if same is not None:
                self.renamed[str(one.value[kind])] = same
                return
            self.renamed.setdefault(str(one.value[kind]), self._unused(str(one.value[kind])))
        fact = FACT_MODELS[kind].model_validate(_with_keys(one.value, self.renamed))
        if fact in self.facts[passage]:
            return
        self.facts[passage].append(fact)
        self.spans[passage, len(self.facts[passage]) - 1] = Span(one.start, one.end, self.engine, one.doubt)

    def _passage_at(self, one: Found) -> str | None:
        for key, (start, end) in self.places.items():
            if start <= one.start and one.end <= end:
                return key
        part = Stretch(one.start, one.end)
        number = next((at for at, paragraph in enumerate(self.paragraphs, 1) if paragraph.holds(part)), None)
        if number is None:
            return None
        key = f"p{number}"
        while key in self.places:
            key += "a"
        self.places[key] = (self.paragraphs[number - 1].start, self.paragraphs[number - 1].end)
        self.facts[key] = []
        return key

    def _passage(self, key: str, standing: Passage | None) -> Passage:
        if standing is not None and standing.facts:
            return standing.model_copy(update={"facts": self.facts[key]})
        start, end = self.places[key]
        quote = self.draft.text[start:end]
        return Passage(
            id=key,
            locator=f"paragraph {key[1:].rstrip('a')}",
            summary=f"Draft: {len(self.facts[key])} facts proposed from this paragraph; say in your own words what it states.",
            quote=quote if len(quote) <= LONGEST_QUOTE else None,
            facts=self.facts[key],
        )

    def _same(self, kind: str, one: Found) -> str | None:
        """The key of what is the same thing in the draft: a name spelt alike, or the same kind of event in the same words."""
        for passage, facts in self.facts.items():
            for index, fact in enumerate(facts):
                if not isinstance(fact, FACT_MODELS[kind]):
                    continue
                span = self.spans[passage, index]
                if isinstance(fact, EventFact):
                    if fact.kind == one.value.get("kind") and span.start < one.end and one.start < span.end:
                        return fact.event
                elif _name(fact) is not None and _name(fact) == str(one.value.get("name", "")).casefold():
                    return str(getattr(fact, kind))
        return None

    def _unused(self, key: str) -> str:
        taken = {
            str(getattr(fact, kind)) for facts in self.facts.values() for fact in facts for kind in _KEYED if hasattr(fact, kind)
        }
        made, number = key, 2
        while made in taken or made in self.renamed.values():
            made, number = f"{key}-{number}", number + 1
        return made


def _name(fact: AnyFact) -> str | None:
    name = getattr(fact, "name", None)
    return str(name).casefold() if name else None


def _with_keys(value: Any, renamed: dict[str, str], field: str = "") -> Any:
    """`value` with keys as the draft has them; text is left alone."""
    if isinstance(value, dict):
        return {name: _with_keys(part, renamed, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_keys(part, renamed, field) for part in value]
    text = field in ("name", "other-names", "text", "title", "kind", "role", "note", "counts", "occupation", "described-as")
    return renamed.get(value, value) if isinstance(value, str) and not text else value
