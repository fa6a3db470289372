"""Who may see what: records, passages and facts above the audience of a build never enter it."""

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

LEVELS = ("public", "restricted", "confidential")
"""Audiences from widest to narrowest; material marked with a level enters builds for that level and narrower ones."""


def visible_record(record: Record, audience: str) -> Record | None:
    """`record` without what `audience` may not see, or None when nothing of it may be seen.

    A person or body marked above the audience takes every fact that mentions it along, in all passages of the record.
    """
    limit = LEVELS.index(audience)
    if LEVELS.index(record.source.visibility) > limit:
        return None
    hidden = _hidden_keys(record, limit)
    passages = []
    for passage in record.passages:
        if passage.visibility and LEVELS.index(passage.visibility) > limit:
            continue
        facts = [fact for fact in passage.facts if not (_keys(fact) & hidden)]
        if hidden and len(facts) < len(passage.facts):
            # The summary and quote may name whom the facts no longer name.
            continue
        passages.append(passage)
    if not passages:
        return None
    return record.model_copy(update={"passages": passages})


def _hidden_keys(record: Record, limit: int) -> set[str]:
    hidden: set[str] = set()
    for passage in record.passages:
        for fact in passage.facts:
            level = getattr(fact, "visibility", None)
            if level is None or LEVELS.index(level) <= limit:
                continue
            if isinstance(fact, PersonFact):
                hidden.add(fact.person)
            elif isinstance(fact, BodyFact):
                hidden.add(fact.body)
    return hidden


def _keys(fact: AnyFact) -> set[str]:
    """Every local key that a fact mentions."""
    match fact:
        case PersonFact():
            return {fact.person}
        case BodyFact():
            return {fact.body, fact.part_of or ""}
        case TenureFact():
            return {fact.tenure, fact.body or ""}
        case CaseFact():
            return {fact.case, *fact.defendants, fact.part_of or ""}
        case EventFact():
            people = {key for keys in fact.people.values() for key in keys}
            terms = {term.person or "" for term in (*fact.penalties, *fact.requested)} | {c.person or "" for c in fact.charges}
            return {
                fact.event,
                *people,
                *terms,
                *fact.body,
                *fact.case,
                *fact.by,
                *fact.about,
                fact.from_ or "",
                fact.to or "",
                fact.of or "",
            }
        case FigureFact():
            return {fact.figure, fact.by or ""}
        case QualificationFact():
            return {fact.qualification, fact.of, fact.by or ""}
        case RelationFact():
            return {fact.subject, fact.object}
