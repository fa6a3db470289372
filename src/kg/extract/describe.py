"""A fact in one line, for people who read a draft."""

from __future__ import annotations

from typing import Any

from kg.extract.draft import Draft
from kg.records.model import AnyFact, EventFact, FigureFact, PenaltyTerm, PersonFact, QualificationFact, RelationFact


def rows(draft: Draft) -> list[dict[str, str]]:
    """One row a fact: passage, what is proposed, the words it was read from, the rule, and why it needs a look."""
    found = []
    for passage in draft.record.passages:
        for index, fact in enumerate(passage.facts):
            span = draft.spans[passage.id, index]
            found.append(
                {
                    "passage": passage.id,
                    "proposed": describe(fact),
                    "words": " ".join(draft.quote(passage.id, index).split()),
                    "rule": span.rule,
                    "needs a look": span.needs_look or "",
                }
            )
    return found


def describe(fact: AnyFact) -> str:
    """`sentence 2021-08-16 at court: defendant khalilov; khalilov 18 years`."""
    if isinstance(fact, EventFact):
        return _event(fact)
    if isinstance(fact, PersonFact):
        said = ", ".join(part for part in (fact.occupation, *fact.described_as) if part)
        return f"person {fact.name}" + (f": {said}" if said else "")
    if isinstance(fact, FigureFact):
        return f"figure {fact.value} {fact.counts}"
    if isinstance(fact, RelationFact):
        return f"{fact.subject} {fact.relation} {fact.object}"
    if isinstance(fact, QualificationFact):
        return f"qualification of {fact.of}"
    values: Any = fact
    if hasattr(values, "tenure"):
        return f"{values.tenure} is {values.role}" + (f" at {values.body}" if values.body else "")
    if hasattr(values, "defendants"):
        return f"case {values.name or values.case}: {', '.join(values.defendants)}"
    return f"{values.kind} {values.name}"


def _event(fact: EventFact) -> str:
    head = " ".join(part for part in (fact.kind or fact.event, str(fact.date or ""), fact.outcome or fact.measure or "") if part)
    where = f" at {', '.join(fact.body)}" if fact.body else ""
    people = "; ".join(f"{role} {', '.join(keys)}" for role, keys in fact.people.items())
    terms = "; ".join(_term(term) for term in [*fact.penalties, *fact.requested])
    more = "; ".join([*map(str, fact.provisions), *fact.diagnoses])
    return head + where + "".join(f"; {part}" for part in (people, terms, more) if part)


def _term(term: PenaltyTerm) -> str:
    lengths = [(term.years, "years"), (term.months, "months"), (term.days, "days"), (term.fine, term.currency or "fine")]
    said = " ".join(f"{value} {unit}" for value, unit in lengths if value is not None) or (term.kind or "")
    return " ".join(part for part in (term.person or "each", said, f"({term.regime})" if term.regime else "") if part)
