"""Facts under their passages: one passage a paragraph, local keys, the same happening under one key, offsets beside every fact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kg.extract.body_mentions import Bodies, BodyMention
from kg.extract.draft import Draft, Span
from kg.extract.event_draft import EventDraft
from kg.extract.figures import FigureMention
from kg.extract.findings import CaseMention
from kg.extract.happenings import Happening, cases_of, happenings
from kg.extract.keys import slug
from kg.extract.penalties import penalty
from kg.extract.persons import PersonMention
from kg.extract.places import PlaceMention, seat
from kg.extract.provisions import ProvisionMention
from kg.extract.relations import Relation
from kg.extract.role_mentions import RoleMention
from kg.extract.tokens import Stretch, Text
from kg.records import Record, parse_date
from kg.records.model import (
    AnyFact,
    BodyFact,
    CaseFact,
    EventFact,
    FigureFact,
    Passage,
    PenaltyTerm,
    PersonFact,
    RelationFact,
    Source,
    TenureFact,
)

LONGEST_QUOTE = 600
"""Most characters quoted under a passage; the offsets point to the rest."""


class Passages:
    """Collects facts paragraph by paragraph and hands out the draft."""

    def __init__(self, text: Text, source: Source, people: list[PersonMention], bodies: Bodies, places: list[PlaceMention]) -> None:
        self.text, self.source, self.people, self.bodies, self.places = text, source, people, bodies, places
        self.facts: dict[Stretch, list[tuple[AnyFact, Span]]] = {paragraph: [] for paragraph in text.paragraphs}
        self.keys: set[str] = {mention.person.key for mention in people}
        self.body_keys: dict[str, str] = {}
        self.declared: set[str] = set()
        self.language = text.lexicon.language

    # --- people and bodies ---
    def add_people(self, roles: list[RoleMention]) -> None:
        """Each person where first named in full, with what the text calls them; posts; whom a lawyer represents; bodies."""
        for body in self.bodies.mentions:
            if not body.anaphor:
                self._declare_body(body)
        for mention in self.people:
            if mention.full or mention.person.key not in self.declared:
                self._declare_person(mention, roles)
        self.roles = roles
        for role in roles:
            self._tenure(role)

    def _declare_person(self, mention: PersonMention, roles: list[RoleMention]) -> None:
        person = mention.person
        if person.key in self.declared:
            return
        self.declared.add(person.key)
        own = [role for role in roles if role.person == person]
        occupation = next((r for r in own if r.occupation or r.official), None)
        status = [role.noun for role in own if role.entry.get("status")]
        fact = PersonFact(
            person=person.key,
            name=person.name,
            occupation=occupation.occupation if occupation else None,
            described_as=list(dict.fromkeys(status)),
            age=self._age(mention),
            other_names=sorted(person.others - {person.name}),
        )
        self._add(fact, mention.stretch, f"{self.language}:person", person.doubt)

    def _age(self, mention: PersonMention) -> int | None:
        """`57-year-old NAME`, `NAME, 65,`: as stated beside the name."""
        before = self.text.text[max(0, mention.stretch.start - 60) : mention.stretch.start]
        found = _AGE_BEFORE.search(before) or _AGE_AFTER.match(self.text.text[mention.stretch.end : mention.stretch.end + 8])
        return int(found[1]) if found else None

    def _declare_body(self, body: BodyMention) -> str:
        name = body.name
        if name not in self.body_keys:
            self.body_keys[name] = self._unused(slug(name)[:60].strip("-") or "body")
            place = seat(self.text, body.stretch, self.places)
            fact = BodyFact(
                body=self.body_keys[name],
                name=name,
                kind=body.kind,
                place=place if body.court or "pris" in body.kind or "colony" in body.kind else None,
            )
            self._add(fact, body.stretch, f"{self.language}:body", None)
        return self.body_keys[name]

    def _tenure(self, role: RoleMention) -> None:
        if role.role is None or role.entry.get("relative") or role.entry.get("status"):
            return
        if not role.official and role.body is None:
            return
        body = self._declare_body(role.body) if role.body else None
        fact = TenureFact(tenure=role.person.key, role=role.role, body=body, title=role.printed or None)
        if not any(
            isinstance(f, TenureFact) and (f.tenure, f.role, f.body) == (fact.tenure, fact.role, fact.body) for f in self._all()
        ):
            self._add(fact, role.stretch, f"{self.language}:role", role.doubt)

    def add_provisions(self, provisions: list[ProvisionMention]) -> None:
        """Remember provisions for the case; those of a sentence or charge stand with the event."""
        self.provisions = provisions

    # --- events ---
    def add_events(self, events: list[EventDraft], named: list[CaseMention]) -> None:
        """Each event in each paragraph that tells it; the same happening keeps one key."""
        stories = happenings(events, self.text)
        cases = cases_of(stories, named, self.text, self.people, self.provisions)
        for case in cases:
            case.key = self._unused(slug(case.name or "")[:50].strip("-") or "case")
            fact = CaseFact(case=case.key, name=case.name, defendants=[p.key for p in case.people], provisions=case.provisions)
            self._add(fact, case.stretch, f"{self.language}:case", case.doubt)
        for story in stories:
            key = self._unused(_event_key(story))
            case_key = next(
                (
                    c.key
                    for c in cases
                    if story.kind not in ("statement", "sanction-designation", "accountability-charge", "ban")
                    and c.people
                    and set(story.affected) & set(c.people)
                ),
                None,
            )
            for at, event in enumerate(story.tellings):
                self._event(event, key, case_key, first=at == 0)

    def _event(self, event: EventDraft, key: str, case: str | None, first: bool) -> None:
        given = list(event.given)
        request = event.kind == "sentence-request"
        terms: list[PenaltyTerm] = []
        for item in given:
            term = penalty(item.term, item.length, item.person.key if item.person else None, request)
            if term is not None and term not in terms:
                terms.append(term)
        if event.outcome == "acquitted":
            terms += [PenaltyTerm(person=person.key, kind="acquittal") for person in event.affected]
        fields: dict[str, Any] = {
            "event": key,
            "kind": event.kind,
            "date": parse_date(event.date.value) if event.date else None,
            "until": parse_date(event.until.value) if event.until else None,
            "place": event.place.key if event.place else None,
            "body": [self._declare_body(event.body)] if event.body else [],
            "case": [case] if case else [],
            "people": {role: [person.key for person in people] for role, people in event.people.items()},
            "outcome": event.outcome,
            "measure": event.measure,
            "modality": event.modality,
            "provisions": list(dict.fromkeys(event.provisions)),
            "penalties": [] if request else terms,
            "requested": terms if request else [],
            "diagnoses": event.diagnoses,
            "to": event.to.key if event.to else None,
            "text": event.text,
            "by": [person.key for person in event.by],
            "about": [self._declare_body(item) if isinstance(item, BodyMention) else item.key for item in event.about],
        }
        doubts = list(dict.fromkeys(event.doubts))
        span = self.text.sentence_at(event.stretch.start)
        self._add(
            EventFact(**fields),
            Stretch(min(span.start, event.stretch.start), max(span.end, event.stretch.end)),
            event.rule,
            "; ".join(doubts) or None,
        )

    def add_figures(self, figures: Iterable[FigureMention]) -> None:
        """Numbers with what they count."""
        for figure in figures:
            by = self._declare_body(figure.by) if isinstance(figure.by, BodyMention) else figure.by.key if figure.by else None
            fact = FigureFact(
                figure=self._unused(f"figure-{figure.value}"),
                value=figure.value,
                counts=figure.counts,
                as_of=parse_date(figure.as_of.value) if figure.as_of else None,
                by=by,
            )
            self._add(fact, figure.stretch, f"{self.language}:figure", None)

    def add_relations(self, relations: Iterable[Relation]) -> None:
        """Who represents whom, who is whose relative."""
        for one in relations:
            fact = RelationFact(relation=one.kind, subject=one.subject.key, object=one.other.key, text=one.word)
            self._add(fact, one.stretch, f"{self.language}:relation", one.doubt)

    # --- the draft ---
    def draft(self) -> Draft:
        """The record with all facts added, and where each was read."""
        passages, spans, places = [], {}, {}
        for number, (paragraph, found) in enumerate(self.facts.items(), 1):
            if not found:
                continue
            key = f"p{number}"
            ordered = sorted(found, key=lambda pair: _ORDER.index(type(pair[0])))
            quote = self.text.of(paragraph)
            passages.append(
                Passage(
                    id=key,
                    locator=f"paragraph {number}",
                    summary=f"Draft: {len(found)} facts proposed from this paragraph; say in your own words what it states.",
                    quote=quote if len(quote) <= LONGEST_QUOTE else None,
                    facts=[fact for fact, _ in ordered],
                )
            )
            places[key] = (paragraph.start, paragraph.end)
            spans.update({(key, index): span for index, (_, span) in enumerate(ordered)})
        if not passages:
            first = self.text.paragraphs[0] if self.text.paragraphs else Stretch(0, 0)
            passages = [Passage(id="p1", locator="paragraph 1", summary="Draft: nothing was recognised in this text.", facts=[])]
            places["p1"] = (first.start, first.end)
        return Draft(Record(source=self.source, passages=passages, status="draft"), self.text.text, spans, places)

    def _add(self, fact: AnyFact, stretch: Stretch, rule: str, doubt: str | None) -> None:
        paragraph = self.text.paragraph_at(stretch.start)
        if paragraph in self.facts:
            self.facts[paragraph].append((fact, Span(stretch.start, stretch.end, rule, doubt)))

    def _all(self) -> Iterable[AnyFact]:
        return (fact for found in self.facts.values() for fact, _ in found)

    def _unused(self, key: str) -> str:
        number, unused = 2, key
        while unused in self.keys:
            unused, number = f"{key}-{number}", number + 1
        self.keys.add(unused)
        return unused


_AGE_BEFORE = re.compile(r"(?<!\d)(\d\d)[- ](?:year-old|летн\w+|річн\w+)\s+(?:[\w-]+\s+){0,4}$")
_AGE_AFTER = re.compile(r"(?:,\s|\s\()(\d\d)(?:\)|,(?!\d))")
_ORDER: list[type] = [PersonFact, BodyFact, TenureFact, RelationFact, CaseFact, EventFact, FigureFact]


def _event_key(story: Happening) -> str:
    who = story.affected or [person for people in story.tellings[0].people.values() for person in people]
    return "-".join(part for part in (story.kind, who[0].key if who else "") if part)[:60].strip("-")
