"""An event: who took part in which role, what sources give for it side by side, and what is said about it."""

from __future__ import annotations

from typing import Any

from kg.vocabulary import PN, load_vocabulary
from kg.web.reading.ask import Asked
from kg.web.reading.entity import Page
from kg.web.reading.happenings import read_happenings
from kg.web.reading.penalties import penalty_text

_ORDER = (
    "date",
    "place",
    "body",
    "inCase",
    "outcome",
    "title",
    "text",
    "measure",
    "programme",
    "underProvision",
    "modality",
    "note",
)


def read_event(asked: Asked, page: Page) -> dict[str, Any]:
    """Participants, values, penalties, statements about it and its conflicts."""
    iri = page.thing.iri
    roles = {role.iri for role in load_vocabulary().roles.values()}
    (happening,) = read_happenings(asked, [iri])
    penalties = asked.describe(fact.object for fact in page.about.all("hasPenalty", "hasRequestedPenalty"))
    statements = read_happenings(asked, [row[0] for row in asked.addresses("?a pn:about $IRI . ?a a pn:Event", iri)], iri)
    return {
        "happening": happening,
        "headline": [_headline(asked, page, happening.kinds, happening.dates)],
        "participants": [fact for fact in page.about.facts if fact.term.iri in roles],
        "values": [fact for name in _ORDER for fact in page.about.all(name)],
        "penalties": [(penalty, penalty_text(penalty, asked.t)) for penalty in penalties.values()],
        "statements": statements,
        "conflicts": asked.conflicts_about([iri, *penalties]),
    }


def _headline(asked: Asked, page: Page, kinds: str, dates: str) -> str:
    parts = [kinds, dates or asked.t("event.undated")]
    parts += [thing.label for thing in page.about.things("body")[:2]] + [thing.label for thing in page.about.things("place")[:1]]
    people = [fact.text for fact in page.about.facts if fact.term.iri == PN + "affectedPerson"]
    if people:
        more = asked.t("entity.more", n=len(people) - 4) if len(people) > 4 else ""
        parts.append(asked.t("event.concerned", people=", ".join([*people[:4], *([more] if more else [])])))
    return "; ".join(parts)
