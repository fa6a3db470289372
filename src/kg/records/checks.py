"""What a record must satisfy beyond its fields: keys that resolve, words that the ontology knows, roles that fit.

Facts that could not be read stand as None in their passage; checks skip them and go on, so that one run reports everything.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from kg.records.document import Document, Path_
from kg.records.model import (
    AnyFact,
    BodyFact,
    CaseFact,
    EventFact,
    FigureFact,
    PenaltyTerm,
    PersonFact,
    QualificationFact,
    Record,
    RelationFact,
    TenureFact,
)
from kg.records.provisions import Provision
from kg.records.registry import Registries
from kg.vocabulary import Vocabulary, load_vocabulary

_DECLARING = {
    PersonFact: "person",
    BodyFact: "body",
    CaseFact: "case",
    EventFact: "event",
    FigureFact: "figure",
    QualificationFact: "qualification",
}


def check_record(record: Record, document: Document, registries: Registries | None = None) -> None:
    """Report every broken reference, unknown word and misplaced role of `record` to `document`.

    Without `registries` the keys of publishers, places and codes are not checked.
    """
    _Check(record, document, registries, load_vocabulary()).run()


class _Check:
    def __init__(self, record: Record, document: Document, registries: Registries | None, words: Vocabulary) -> None:
        self.record, self.document, self.registries, self.words = record, document, registries, words
        self.facts = [
            (("passages", p, "facts", f), fact)
            for p, passage in enumerate(record.passages)
            for f, fact in enumerate(passage.facts)
            if fact is not None
        ]
        self.kinds: dict[str, str] = {}
        self.firsts: dict[str, AnyFact] = {}

    def run(self) -> None:
        self._source()
        self._declare()
        for path, fact in self.facts:
            self._word(path, "modality", fact.modality, "modality")
            if isinstance(fact, PersonFact):
                self._place(path, "home", fact.home)
                self._word(path, "visibility", fact.visibility, "visibility")
            elif isinstance(fact, BodyFact):
                self._body(path, fact)
            elif isinstance(fact, TenureFact):
                self._tenure(path, fact)
            elif isinstance(fact, CaseFact):
                self._refer(path, "defendants", fact.defendants, "person")
                self._refer(path, "part-of", fact.part_of, "case")
                self._word(path, "visibility", fact.visibility, "visibility")
                self._provisions(path, fact.provisions)
            elif isinstance(fact, EventFact):
                self._event(path, fact)
            elif isinstance(fact, FigureFact):
                self._refer(path, "by", fact.by, "person", "body")
            elif isinstance(fact, QualificationFact):
                self._refer(path, "of", fact.of, "event", "case", "body")
                self._refer(path, "by", fact.by, "person", "body")
                self._provisions(path, [fact.provision] if fact.provision else [], "provision")
                if fact.provision is None and fact.text is None:
                    self.document.report(
                        path, "the qualification names no rule", "add provision: or, if the source names none, text:"
                    )
            else:
                self._relation(path, fact)

    def _source(self) -> None:
        source = self.record.source
        if source is None:
            return
        self._word(("source",), "reliability", source.reliability, "reliability")
        self._word(("source",), "visibility", source.visibility, "visibility")
        if self.registries is not None:
            for field, key in (("publisher", source.publisher), ("reprint-of", source.reprint_of)):
                self._registered(("source",), field, key, "publishers")
        if source.url is None and source.locator is None:
            self.document.report(("source",), "neither 'url' nor 'locator' says where the source can be read", "add one of them")
        readings = [access.read for access in source.access]
        for index, (earlier, later) in enumerate(itertools.pairwise(readings), 1):
            if earlier >= later:
                message = f"this reading ({later}) is not later than the one before it ({earlier})"
                self.document.report(("source", "access", index), message, "readings stand in the order of time, each once")
        seen: set[str] = set()
        for index, passage in enumerate(self.record.passages):
            if self.registries is not None:
                self._registered(("passages", index), "citing", passage.citing, "publishers")
            if passage.id in seen:
                self.document.report(
                    ("passages", index, "id"), f"passage id '{passage.id}' stands twice", "give each passage its own id"
                )
            seen.add(passage.id)
            self._word(("passages", index), "visibility", passage.visibility, "visibility")

    def _declare(self) -> None:
        for path, fact in self.facts:
            for scheme in fact.identifiers if isinstance(fact, (PersonFact, BodyFact)) else ():
                self._word((*path, "identifiers"), scheme, scheme, "identifier-scheme")
            field = _DECLARING.get(type(fact))
            if field is None:
                continue
            key = getattr(fact, field)
            if self.kinds.setdefault(key, field) != field:
                self.document.report((*path, field), f"'{key}' is already the key of a {self.kinds[key]}", "use another key")
            elif key not in self.firsts:
                self.firsts[key] = fact
                self._complete(path, field, key, fact)
            elif field in ("figure", "qualification"):
                self.document.report((*path, field), f"{field} '{key}' stands twice", "use another key")

    def _complete(self, path: Path_, field: str, key: str, fact: AnyFact) -> None:
        """The first mention of a thing must say enough to know it by."""
        if isinstance(fact, (PersonFact, BodyFact)) and fact.name is None:
            self.document.report(
                (*path, field), f"{field} '{key}' has no name where it first appears", "add name: as the source prints it"
            )
        if isinstance(fact, BodyFact) and fact.kind is None:
            self.document.report(
                (*path, field), f"body '{key}' has no kind where it first appears", "add kind: court, prosecutors-office, ..."
            )
        if isinstance(fact, EventFact) and fact.kind is None:
            self.document.report(
                (*path, field), f"event '{key}' has no kind where it first appears", "add kind: sentence, detention, ..."
            )

    def _body(self, path: Path_, fact: BodyFact) -> None:
        self._word(path, "kind", fact.kind, "body-kind")
        self._word(path, "visibility", fact.visibility, "visibility")
        self._place(path, "place", fact.place)
        self._refer(path, "part-of", fact.part_of, "body")

    def _tenure(self, path: Path_, fact: TenureFact) -> None:
        self._refer(path, "tenure", fact.tenure, "person")
        self._refer(path, "body", fact.body, "body")
        self._place(path, "place", fact.place)
        if fact.role not in self.words.concepts["role"] and fact.role not in self.words.concepts["membership"]:
            self._unknown((*path, "role"), "role", fact.role, [*self.words.concepts["role"], *self.words.concepts["membership"]])

    def _relation(self, path: Path_, fact: RelationFact) -> None:
        self._refer(path, "subject", fact.subject, "person")
        self._refer(path, "object", fact.object, "person")

    def _event(self, path: Path_, fact: EventFact) -> None:
        first = self.firsts.get(fact.event)
        kind = fact.kind or (first.kind if isinstance(first, EventFact) else None)
        if fact.kind is not None and fact.kind not in self.words.event_kinds:
            self._unknown((*path, "kind"), "event kind", fact.kind, self.words.event_kinds)
        if isinstance(first, EventFact) and fact.kind and first.kind and fact.kind != first.kind:
            message = f"event '{fact.event}' is a {first.kind} above and a {fact.kind} here"
            self.document.report((*path, "kind"), message, "two happenings need two keys")
        self._refer(path, "body", fact.body, "body")
        self._refer(path, "case", fact.case, "case")
        self._refer(path, "of", fact.of, "event")
        self._refer(path, "by", fact.by, "person", "body")
        self._refer(path, "about", fact.about, "person", "body", "case", "event")
        self._place(path, "place", fact.place)
        for field, key in (("from", fact.from_), ("to", fact.to)):
            if key is not None and self.kinds.get(key) != "body":
                self._place(path, field, key)
        self._word(path, "outcome", fact.outcome, "outcome")
        self._word(path, "measure", fact.measure, "measure")
        self._word(path, "visibility", fact.visibility, "visibility")
        self._provisions(path, fact.provisions)
        self._people(path, fact, kind)
        event_kind = self.words.event_kinds.get(kind or "")
        if fact.effect is not None and event_kind is not None and event_kind.accountability:
            message = f"a {kind} has no effect on the persecuted"
            self.document.report((*path, "effect"), message, "leave effect out: it concerns the official called to account")
        for field, terms in (("penalties", fact.penalties), ("requested", fact.requested)):
            for index, term in enumerate(terms):
                self._penalty((*path, field, index), term)
        for index, charge in enumerate(fact.charges):
            self._refer((*path, "charges", index), "person", charge.person, "person")
            self._provisions((*path, "charges", index), charge.provisions)

    def _people(self, path: Path_, fact: EventFact, kind: str | None) -> None:
        event_kind = self.words.event_kinds.get(kind or "")
        for role, keys in fact.people.items():
            known = self.words.roles.get(role)
            if known is None:
                self._unknown((*path, "people", role), "role", role, self.words.roles)
                continue
            self._refer((*path, "people"), role, keys, *(("person", "body") if known.bodies_too else ("person",)))
            if known.official and event_kind is not None and event_kind.accountability:
                hint = "use accountability-officer: whoever calls an official to account does not act against the persecuted"
                self.document.report((*path, "people", role), f"the role {role} does not fit a {kind}", hint)

    def _penalty(self, path: Path_, term: PenaltyTerm) -> None:
        self._refer(path, "person", term.person, "person")
        self._word(path, "kind", term.kind, "penalty-kind")
        self._word(path, "regime", term.regime, "regime")
        self._provisions(path, term.provisions)
        if all(value is None for value in (term.kind, term.years, term.months, term.days, term.fine)):
            self.document.report(
                path, "the penalty has neither a length nor a fine nor a kind", "add years, months, days, fine or kind"
            )

    def _refer(self, path: Path_, field: str, keys: str | Iterable[str] | None, *kinds: str) -> None:
        """Each key must be declared in this file, as one of `kinds`."""
        for key in [keys] if isinstance(keys, str) else keys or []:
            found = self.kinds.get(key)
            if found is None:
                self._unknown(
                    (*path, field), " or ".join(kinds), key, [k for k, v in self.kinds.items() if v in kinds], "in this file"
                )
            elif found not in kinds:
                self.document.report((*path, field), f"'{key}' is a {found}, not a {' or '.join(kinds)}")

    def _word(self, path: Path_, field: str, key: str | None, scheme: str) -> None:
        if key is not None and key not in self.words.concepts[scheme]:
            self._unknown((*path, field), scheme, key, self.words.concepts[scheme])

    def _place(self, path: Path_, field: str, key: str | None) -> None:
        self._registered(path, field, key, "places")

    def _provisions(self, path: Path_, provisions: Iterable[Provision], field: str = "provisions") -> None:
        for provision in provisions:
            self._registered(path, field, provision.code, "codes")

    def _registered(self, path: Path_, field: str, key: str | None, registry: str) -> None:
        if key is None or self.registries is None:
            return
        entries = getattr(self.registries, registry).entries
        if key not in entries:
            self._unknown((*path, field), f"entry of data/{registry}.yaml", key, entries)

    def _unknown(self, path: Path_, what: str, key: str, known: Iterable[str] | Mapping[str, object], where: str = "") -> None:
        known = list(known)
        close = get_close_matches(key, known, 1, 0.6)
        hint = f"did you mean '{close[0]}'?" if close else f"known: {', '.join(sorted(known))}" if len(known) < 60 else ""
        self.document.report(path, f"there is no {what} '{key}'{' ' + where if where else ''}", hint)
