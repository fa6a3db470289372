"""The local keys that facts declare and mention."""

from __future__ import annotations

from kg.records.model import (
    AnyFact,
    BodyFact,
    CaseFact,
    EventFact,
    FigureFact,
    PersonFact,
    QualificationFact,
    Record,
    RelationFact,
    TenureFact,
)


def declared_keys(record: Record, complete: bool = False) -> set[str]:
    """The keys of everything that `record` declares; with `complete`, only of what it says enough about to be known by:
    the name of a person or body, the kind of an event."""
    found = set()
    for passage in record.passages:
        for fact in passage.facts:
            match fact:
                case PersonFact() if fact.name or not complete:
                    found.add(fact.person)
                case BodyFact() if (fact.name and fact.kind) or not complete:
                    found.add(fact.body)
                case CaseFact():
                    found.add(fact.case)
                case EventFact() if fact.kind or not complete:
                    found.add(fact.event)
                case FigureFact():
                    found.add(fact.figure)
                case QualificationFact():
                    found.add(fact.qualification)
    return found


def mentioned_keys(fact: AnyFact) -> set[str]:
    """Every key that `fact` declares or refers to; keys of places too, where a field may hold either."""
    match fact:
        case PersonFact():
            return {fact.person}
        case BodyFact():
            return _given(fact.body, fact.part_of)
        case TenureFact():
            return _given(fact.tenure, fact.body)
        case CaseFact():
            return _given(fact.case, *fact.defendants, fact.part_of)
        case EventFact():
            return _keys_of_event(fact)
        case FigureFact():
            return _given(fact.figure, fact.by)
        case QualificationFact():
            return _given(fact.qualification, fact.of, fact.by)
        case RelationFact():
            return {fact.subject, fact.object}


def _keys_of_event(fact: EventFact) -> set[str]:
    people = {key for keys in fact.people.values() for key in keys}
    terms = [term.person for term in (*fact.penalties, *fact.requested)] + [charge.person for charge in fact.charges]
    return people | _given(fact.event, *terms, *fact.body, *fact.case, *fact.by, *fact.about, fact.from_, fact.to, fact.of)


def _given(*keys: str | None) -> set[str]:
    return {key for key in keys if key}
