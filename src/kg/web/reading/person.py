"""A person: an official first by what they did and to whom, a persecuted person by what was done to them; lawyers, relatives and
witnesses as what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.vocabulary import PN, RDF, load_vocabulary
from kg.web.facts import Description, Fact
from kg.web.names import Thing
from kg.web.reading.ask import Asked
from kg.web.reading.entity import Page
from kg.web.reading.happenings import AFFECTED, OFFICIAL, Happening, read_happenings

_EVENTS = "?a ?role $IRI . ?a a pn:Event . FILTER(?role != pn:about)"
_RELATIONS = ("represents", "representedBy", "defended", "relativeOf", "associateOf", "servedWith", "headedBodyAtTheTime")


@dataclass(frozen=True)
class Affected:
    """Somebody whom an official acted against, in which of the official's acts; the link itself is derived."""

    person: Thing
    link: Fact
    acts: tuple[Happening, ...]

    @property
    def cases(self) -> list[Thing]:
        """The cases of those acts."""
        return sorted({thing for act in self.acts for thing in act.event.things("inCase")}, key=lambda thing: thing.label)


def read_person(asked: Asked, page: Page) -> dict[str, Any]:
    """Acts, people affected, what happened to them, posts, cases, sanctions, relations and a headline."""
    iri = page.thing.iri
    events = {row[0] for row in asked.addresses(_EVENTS, iri)}
    happenings = read_happenings(asked, events, iri)
    by = {name: [h for h in happenings if _has_role(h, names)] for name, names in _GROUPS.items()}
    told = {id(h) for name in ("acts", "suffered") for h in by[name]}
    affected = _affected(page.about, by["acts"])
    classes = {fact.object.removeprefix(PN) for fact in page.about.facts if fact.term.iri == RDF + "type"}
    roles = _person_roles(classes, page.about, by)
    posts = _posts(asked, page.about)
    return {
        "roles": roles,
        "shown_above": {PN + name for name in ("hasTenure", *_RELATIONS)},
        "headline": _headline(asked, page, roles, by, affected, posts),
        "acts": by["acts"],
        "suffered": by["suffered"],
        "designations": by["designations"],
        "others": [h for h in happenings if id(h) not in told and h not in by["designations"]],
        "happenings": happenings,
        "affected": affected,
        "posts": posts,
        "cases": _cases(page.about, by["acts"]),
        "against": _against(by["suffered"]),
        "relations": [fact for fact in page.about.all(*_RELATIONS) if fact.object != iri],
        "conflicts": asked.conflicts_about([iri, *events, *(post.thing.iri for post in posts)]),
    }


_GROUPS = {
    "acts": OFFICIAL,
    "suffered": AFFECTED,
    "designations": ("designee",),
    "defended": ("lawyer",),
    "called": ("accused", "designee"),
}


def _has_role(happening: Happening, names: Iterable[str]) -> bool:
    return any(fact.term.iri.removeprefix(PN) in names for fact in happening.roles)


def _person_roles(classes: set[str], about: Description, by: dict[str, list[Happening]]) -> list[str]:
    """What they are in the graph, what weighs most first: official, persecuted, lawyer, relative."""
    found = []
    if "Official" in classes and (by["acts"] or "PersecutedPerson" not in classes):
        found.append("official")
    if "PersecutedPerson" in classes:
        found.append("persecuted")
    if "DefenceLawyer" in classes or about.all("represents", "defended"):
        found.append("lawyer")
    if about.all("relativeOf") and not found:
        found.append("relative")
    return found


def _affected(about: Description, acts: list[Happening]) -> list[Affected]:
    found = []
    for link in about.all("actedAgainst"):
        assert isinstance(link.value, Thing)
        own = tuple(act for act in acts if act.adverse and link.value in act.affected)
        found.append(Affected(link.value, link, own))
    return sorted(found, key=lambda entry: (-len(entry.acts), entry.person.label))


def _posts(asked: Asked, about: Description) -> list[Description]:
    posts = asked.describe(fact.object for fact in about.all("hasTenure"))
    return sorted(posts.values(), key=lambda post: (post.first("startDate") or post.first("citedOn"), post.thing.iri))


def _cases(about: Description, acts: list[Happening]) -> list[Thing]:
    cases = set(about.things("actedInCase", "defendantInCase")) | {c for act in acts for c in act.event.things("inCase")}
    return sorted(cases, key=lambda thing: (thing.label, thing.iri))


def _against(suffered: list[Happening]) -> list[tuple[Thing, list[Happening]]]:
    """The officials of adverse events with those events, who had a part in most first."""
    found: dict[Thing, list[Happening]] = {}
    for happening in suffered:
        for official in happening.officials if happening.adverse else ():
            found.setdefault(official, []).append(happening)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].label))


def _headline(
    asked: Asked, page: Page, roles: list[str], by: dict[str, list[Happening]], affected: list[Affected], posts: list[Description]
) -> list[str]:
    """Plain sentences of who this is; they count what sources say and claim nothing more."""
    t, name = asked.t, page.thing.label
    said = []
    titles = list(dict.fromkeys(title for post in posts if (title := post.first("title"))))
    if titles:
        said.append(t("person.called", name=name, titles="; ".join(titles[:3])))
    if "official" in roles and by["acts"]:
        said.append(t("person.acted", acts=t("n.events", n=len(by["acts"])), people=t("n.people", n=len(affected))))
        said += _hedged(asked, by["acts"])
    if "persecuted" in roles:
        adverse = [happening for happening in by["suffered"] if happening.adverse]
        said.append(t("person.suffered", name=name, events=t("n.measures", n=len(adverse)), years=_years(adverse)))
        said += _hedged(asked, adverse)
        penalties = [penalty for happening in adverse for penalty in happening.penalties]
        if penalties:
            said.append(t("person.sentenced", penalties="; ".join(dict.fromkeys(penalties))))
    if "lawyer" in roles:
        clients = page.about.things("represents", "defended")
        said.append(t("person.lawyer", name=name, clients=t("n.people", n=len(clients))))
    if "relative" in roles:
        said.append(t("person.relative", name=name, people=", ".join(thing.label for thing in page.about.things("relativeOf"))))
    if not roles:
        said.append(t("person.other", name=name))
    return said


def _hedged(asked: Asked, happenings: list[Happening]) -> list[str]:
    """A sentence on how many of the events some source does not vouch for, if any."""
    hedged = {concept.iri for concept in load_vocabulary().concepts["modality"].values() if concept.hedged}
    count = sum(any(how.iri in hedged for how in happening.event.modality) for happening in happenings)
    return [asked.t("person.hedged", events=asked.t("n.events", n=count))] if count else []


def _years(happenings: list[Happening]) -> str:
    years = sorted({happening.start[:4] for happening in happenings if happening.start})
    if not years:
        return ""
    return f" ({years[0]})" if years[0] == years[-1] else f" ({years[0]}–{years[-1]})"
