"""Events, the penalties and charges within them, and whether they went against the person they concern."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from kg.graph import iris
from kg.graph.statements import Statements
from kg.records.model import BodyFact, ChargeTerm, EventFact, PenaltyTerm, Record
from kg.records.provisions import Provision
from kg.vocabulary import XSD, Vocabulary

_EFFECT_CLASS = {"adverse": "AdverseEvent", "favourable": "FavourableEvent"}
_DAYS_A_YEAR = Decimal("365.25")


class EventConverter:
    """Converts the event facts of one record; `iri` maps a local key to its canonical IRI."""

    def __init__(self, record: Record, out: Statements, iri: Callable[[str], str], words: Vocabulary) -> None:
        self.out, self.iri, self.words = out, iri, words
        facts = [fact for passage in record.passages for fact in passage.facts]
        events = [fact for fact in facts if isinstance(fact, EventFact)]
        self.kinds = {fact.event: fact.kind for fact in reversed(events) if fact.kind}
        self.effects = {key: self._effect(key, [fact for fact in events if fact.event == key]) for key in self.kinds}
        self.bodies = {fact.body for fact in facts if isinstance(fact, BodyFact)}

    def _effect(self, key: str, facts: list[EventFact]) -> str:
        """Whether the event went against the person concerned: as the record says, else by outcome, else by kind."""
        for fact in facts:
            if fact.effect:
                return fact.effect
        kind = self.words.event_kinds[str(self.kinds[key])]
        for fact in facts:
            effect = self.words.effect_of(kind.key, fact.outcome) if fact.outcome else None
            if effect:
                return effect
        return kind.default_effect

    def convert(self, fact: EventFact) -> None:
        """State everything that `fact` says."""
        out, event = self.out, self.iri(fact.event)
        self._types(event, fact)
        self._when_and_where(event, fact)
        for role, people in fact.people.items():
            for person in people:
                out.link(event, self.words.roles[role].iri, self.iri(person))
        self._what(event, fact)
        self._terms(event, fact)
        if fact.modality:
            out.link(event, "modality", self.words.concepts["modality"][fact.modality].iri)
        if fact.visibility:
            out.link(event, "visibility", self.words.concepts["visibility"][fact.visibility].iri)
        out.text(event, "note", fact.note)

    def _types(self, event: str, fact: EventFact) -> None:
        kind = self.words.event_kinds[str(self.kinds[fact.event])]
        self.out.type(event, kind.iri)
        effect_class = _EFFECT_CLASS.get(self.effects[fact.event])
        if effect_class:
            self.out.type(event, effect_class)

    def _when_and_where(self, event: str, fact: EventFact) -> None:
        out = self.out
        out.date(event, "date", fact.date)
        if fact.date:
            out.typed(event, "earliest", fact.date.earliest.isoformat() if fact.date.earliest else None, XSD + "date")
            out.typed(event, "latest", fact.date.latest.isoformat() if fact.date.latest else None, XSD + "date")
        out.date(event, "until", fact.until)
        out.link(event, "place", iris.place(fact.place) if fact.place else None)
        for body in fact.body:
            out.link(event, "body", self.iri(body))
        for case in fact.case:
            out.link(event, "inCase", self.iri(case))
        out.link(event, "origin", self._where(fact.from_))
        out.link(event, "destination", self._where(fact.to))

    def _where(self, key: str | None) -> str | None:
        if key is None:
            return None
        return self.iri(key) if key in self.bodies else iris.place(key)

    def _what(self, event: str, fact: EventFact) -> None:
        out = self.out
        out.text(event, "title", fact.title)
        out.text(event, "text", fact.text)
        out.text(event, "programme", fact.programme)
        out.texts(event, "diagnosis", fact.diagnoses)
        for term, scheme, key in (
            ("outcome", "outcome", fact.outcome),
            ("measure", "measure", fact.measure),
            ("postRole", "role", fact.role),
        ):
            out.link(event, term, self.words.concepts[scheme][key].iri if key else None)
        out.link(event, "reviews", self.iri(fact.of) if fact.of else None)
        for key in fact.by:
            out.link(event, "broughtBy", self.iri(key))
        for key in fact.about:
            out.link(event, "about", self.iri(key))
        self._under(event, fact.provisions)

    def _terms(self, event: str, fact: EventFact) -> None:
        for term in fact.penalties:
            for person in self._concerned(term.person, fact):
                self._penalty(event, person, term, "Penalty", "hasPenalty")
        for term in fact.requested:
            for person in self._concerned(term.person, fact):
                self._penalty(event, person, term, "RequestedPenalty", "hasRequestedPenalty")
        for charge in fact.charges:
            for person in self._concerned(charge.person, fact):
                self._charge(event, person, charge)

    def _concerned(self, person: str | None, fact: EventFact) -> list[str | None]:
        """The person a term names, else everybody the event affects (terms given for all alike)."""
        if person is not None:
            return [person]
        affected = [key for role, keys in fact.people.items() if self.words.roles[role].affected for key in keys]
        return list(dict.fromkeys(affected)) or [None]

    def _penalty(self, event: str, person: str | None, term: PenaltyTerm, kind_of_term: str, link: str) -> None:
        out = self.out
        kind = term.kind or ("fine" if term.fine is not None and term.years is None else "imprisonment")
        name = "penalty" if kind_of_term == "Penalty" else "requested"
        penalty = iris.part(event, name, self.iri(person) if person else "all", kind)
        out.type(penalty, kind_of_term)
        out.link(event, link, penalty)
        out.link(penalty, "penalized", self.iri(person) if person else None)
        out.link(penalty, "penaltyKind", self.words.concepts["penalty-kind"][kind].iri)
        self._length(penalty, term)
        out.link(penalty, "regime", self.words.concepts["regime"][term.regime].iri if term.regime else None)
        out.number(penalty, "prisonYearsFirst", term.prison_years_first)
        out.number(penalty, "fineAmount", term.fine)
        out.text(penalty, "currency", term.currency)
        out.flag(penalty, "suspended", term.suspended)
        out.text(penalty, "foundAs", term.found_as)
        out.text(penalty, "note", term.note)
        self._under(penalty, term.provisions)

    def _length(self, penalty: str, term: PenaltyTerm) -> None:
        if term.years and "-" in term.years:
            low, _, high = term.years.partition("-")
            self.out.number(penalty, "minYears", Decimal(low))
            self.out.number(penalty, "maxYears", Decimal(high))
            return
        years, months, days = Decimal(term.years or 0), term.months or Decimal(0), term.days or Decimal(0)
        if not (years or months or days):
            return
        months += (years % 1) * 12
        self.out.typed(penalty, "length", duration(int(years), months, days), XSD + "duration")
        self.out.number(penalty, "years", round(int(years) + months / 12 + days / _DAYS_A_YEAR, 4))

    def _charge(self, event: str, person: str | None, term: ChargeTerm) -> None:
        charge = iris.part(event, "charge", self.iri(person) if person else "all")
        self.out.type(charge, "Charge")
        self.out.link(event, "hasCharge", charge)
        self.out.link(charge, "charged", self.iri(person) if person else None)
        self.out.text(charge, "chargedAs", term.charged_as)
        self.out.text(charge, "note", term.note)
        self._under(charge, term.provisions)

    def _under(self, subject: str, provisions: Iterable[Provision]) -> None:
        for provision in provisions:
            self.out.link(subject, "underProvision", iris.provision(provision))
        self.declare_provisions(provisions)

    def declare_provisions(self, provisions: Iterable[Provision]) -> None:
        """State what each provision is and which article and code it belongs to."""
        for provision in provisions:
            narrower: Provision | None = provision
            while narrower is not None and narrower.article is not None:
                iri = iris.provision(narrower)
                self.out.type(iri, "LegalProvision")
                self.out.link(iri, "ofCode", iris.provision(Provision(narrower.code)))
                self.out.text(iri, "article", narrower.article)
                self.out.text(iri, "part", narrower.part)
                broader = narrower.broader()
                if broader is not None and broader.article is not None:
                    self.out.link(iri, "broaderProvision", iris.provision(broader))
                narrower = broader


def duration(years: int, months: Decimal, days: Decimal) -> str:
    """An xsd:duration such as P18Y, P3Y6M or P12D; part months become days of a thirtieth month."""
    whole_months = int(months)
    whole_days = int(days) + int((months - whole_months) * 30)
    parts = [f"{value}{letter}" for value, letter in ((years, "Y"), (whole_months, "M"), (whole_days, "D")) if value]
    return "P" + "".join(parts)
