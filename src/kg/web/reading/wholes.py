"""Cases, bodies and places: what happened in them, and who was in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.vocabulary import PN
from kg.web.names import Thing
from kg.web.reading.ask import Asked
from kg.web.reading.entity import Page
from kg.web.reading.happenings import AFFECTED, OFFICIAL, Happening, read_happenings

MOST = 150
"""Events that a page lists; more are behind a query."""


@dataclass(frozen=True)
class Part:
    """Somebody's part in what a page tells: the person, the roles they had, and the events."""

    person: Thing
    roles: tuple[str, ...]
    happenings: tuple[Happening, ...]


def read_case(asked: Asked, page: Page) -> dict[str, Any]:
    """Defendants, officials, lawyers and others, and the events of a case."""
    iri = page.thing.iri
    happenings = _events(asked, "?a pn:inCase $IRI", iri)
    officials, affected = parts(happenings, OFFICIAL), parts(happenings, AFFECTED)
    defendants = page.about.things("caseDefendant")
    t = asked.t
    said = t("case.headline", people=t("n.people", n=len(defendants)), officials=t("n.officials", n=len(officials)),
             events=t("n.events", n=len(happenings)))  # fmt: skip
    return {
        "headline": [said],
        "defendants": defendants,
        "officials": officials,
        "affected": [part for part in affected if part.person not in defendants],
        "lawyers": parts(happenings, ("lawyer",)),
        "happenings": happenings,
        "conflicts": asked.conflicts_about([iri, *(h.event.thing.iri for h in happenings)]),
        **_counted(happenings),
    }


def read_body(asked: Asked, page: Page) -> dict[str, Any]:
    """Who serves in a body, what it did, and against whom."""
    iri = page.thing.iri
    happenings = _events(asked, "?a pn:body $IRI", iri)
    serving = asked.things(row[0] for row in asked.addresses("?a pn:hasTenure/pn:inPost/pn:postIn $IRI", iri))
    officials, affected = parts(happenings, OFFICIAL), parts([h for h in happenings if h.adverse], AFFECTED)
    t = asked.t
    said = [t("body.headline", events=t("n.events", n=len(happenings)), people=t("n.people", n=len(affected)))]
    return {
        "headline": said,
        "serving": sorted(serving.values(), key=lambda thing: thing.label),
        "officials": officials,
        "affected": affected,
        "happenings": happenings,
        "conflicts": asked.conflicts_about(h.event.thing.iri for h in happenings),
        **_counted(happenings),
    }


def read_place(asked: Asked, page: Page) -> dict[str, Any]:
    """What happened in a place or in what lies in it, and the bodies there."""
    iri = page.thing.iri
    happenings = _events(asked, "?a pn:place/pn:within* $IRI . ?a a pn:Event", iri)
    bodies = asked.things(row[0] for row in asked.addresses("?a pn:locatedIn/pn:within* $IRI", iri))
    parts_of = asked.things(row[0] for row in asked.addresses("?a pn:within $IRI", iri))
    whole = " · ".join(thing.label for thing in page.about.things("within"))
    t = asked.t
    said = [t("place.headline", events=t("n.events", n=len(happenings)), bodies=t("n.bodies", n=len(bodies)))]
    return {
        "headline": said,
        "whole": whole,
        "bodies": sorted(bodies.values(), key=lambda thing: thing.label),
        "parts": sorted(parts_of.values(), key=lambda thing: thing.label),
        "happenings": happenings,
        "conflicts": [],
        **_counted(happenings),
    }


def parts(happenings: Iterable[Happening], names: Iterable[str]) -> list[Part]:
    """Who had one of these roles (local names), in which events, who was in most first."""
    wanted = {PN + name for name in names}
    found: dict[Thing, dict[str, Happening]] = defaultdict(dict)
    roles: dict[Thing, dict[str, None]] = defaultdict(dict)
    for happening in happenings:
        for fact in happening.event.facts:
            if fact.term.iri in wanted and isinstance(fact.value, Thing):
                found[fact.value][happening.event.thing.iri] = happening
                roles[fact.value][fact.term.label] = None
    made = [Part(thing, tuple(roles[thing]), tuple(events.values())) for thing, events in found.items()]
    return sorted(made, key=lambda part: (-len(part.happenings), part.person.label, part.person.iri))


def _events(asked: Asked, pattern: str, iri: str) -> list[Happening]:
    return read_happenings(asked, {row[0] for row in asked.addresses(pattern, iri)}, iri)


def _counted(happenings: list[Happening]) -> dict[str, Any]:
    return {"left_out": max(len(happenings) - MOST, 0), "most": MOST}
