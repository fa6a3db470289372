"""The sections of a dossier: what each holds, for an official, a person or a case."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from kg.graph import Graph
from kg.graph.conflicts import INCOMPATIBLE, Conflict, conflicts
from kg.graph.facts import rows
from kg.present.dossier.claims import Claims, Value, capitalized
from kg.present.dossier.events import Events, role_terms
from kg.present.dossier.inferring import Inferring
from kg.present.dossier.model import Blank, Claim, Difference, Item, Side
from kg.present.dossier.reading import addresses, stated
from kg.present.words import Words
from kg.vocabulary import PN, compress

_EVENTS = """SELECT DISTINCT ?e ?p WHERE {{ GRAPH ?g {{ ?e ?p {iri} }} ?g a pn:Passage . ?e a pn:Event }} ORDER BY ?e ?p"""
_IN_CASE = "SELECT DISTINCT ?e WHERE {{ ?e a pn:Event ; pn:inCase {iri} }} ORDER BY ?e"
_CASES = "SELECT DISTINCT ?c WHERE {{ ?c a pn:Case ; pn:caseDefendant {iri} }} ORDER BY ?c"
_QUALIFICATIONS = "SELECT DISTINCT ?q WHERE {{ VALUES ?thing {{ {values} }} ?q pn:qualifies ?thing }} ORDER BY ?q"
_SIDES = """SELECT DISTINCT ?who ?p ?whom ?g WHERE {{ VALUES ?p {{ pn:represents pn:relativeOf }} VALUES ?known {{ {values} }}
  {{ ?known ?p ?whom BIND(?known AS ?who) }} UNION {{ ?who ?p ?known BIND(?known AS ?whom) }}
  GRAPH ?g {{ ?who ?p ?whom }} ?g a pn:Passage }} ORDER BY ?who ?p ?whom ?g"""
_DECISIONS = """SELECT DISTINCT ?kept ?a ?b ?g ?author ?day WHERE {{ VALUES ?kept {{ {values} }} ?a pn:canonical ?kept .
  GRAPH ?g {{ ?a owl:sameAs ?b }} ?g pn:decisionAuthor ?author ; pn:decisionDate ?day }} ORDER BY ?kept ?g ?a"""
_OTHERS = ("lawyer", "relative", "witness", "secretWitness", "expert")


class Sections:
    """Reads what is needed about one thing (`kind` official, person or case) and makes the items of each section by its key.

    Sections are to be made in the order in which they stand: claims and passages are numbered as they come.
    """

    def __init__(self, graph: Graph, address: str, kind: str, layout: str, words: Words) -> None:
        self.graph, self.address, self.kind, self.layout, self.words = graph, address, kind, layout, words
        self.found: list[Conflict] = conflicts(graph, address)
        self.claims = Claims(graph, words, frozenset((one.thing, one.term.removeprefix(PN)) for one in self.found))
        self.roles = self._roles()
        self.events = Events(graph, self.roles)
        self.events.learn(self.claims)
        self.own = stated(graph, [address])
        self.inferring = Inferring(graph, self.claims)

    def items(self, key: str) -> tuple[Item, ...]:
        """The items of the section `key`; none when there is nothing to say."""
        made = getattr(self, "_" + key.replace("-", "_"), None)
        return tuple(made()) if made else ()

    def _roles(self) -> dict[str, set[str]]:
        """The events concerned, each with the terms by which it leads to the subject; all of a case's with none."""
        if self.kind == "case":
            return {event: set() for event in addresses(self.graph, _IN_CASE.format(iri=f"<{self.address}>"))}
        roles: dict[str, set[str]] = defaultdict(set)
        for row in rows(self.graph, _EVENTS.format(iri=f"<{self.address}>")):
            roles[row["e"].value].add(row["p"].value.removeprefix(PN))
        return dict(roles)

    @cached_property
    def sorted_events(self) -> dict[str, list[str]]:
        """The events by the section they belong to, each in one."""
        official, affected = role_terms(official=True), role_terms(affected=True)
        found: dict[str, list[str]] = defaultdict(list)
        for event, roles in self.roles.items():
            if self.kind == "case":
                found["events"].append(event)
            elif roles & {"designee", "screenedPerson"}:
                found["listings"].append(event)
            elif "accused" in roles:
                found["accountability"].append(event)
            elif roles & official:
                found["favourable" if self.events.is_favourable(event) else "acts"].append(event)
            elif roles & affected:
                found["affected"].append(event)
            elif roles & {"speaker", "about"}:
                found["statements"].append(event)
            else:
                found["other"].append(event)
        return found

    def _told(self, key: str) -> tuple[Claim, ...]:
        return self.events.claims(self.sorted_events[key], self.claims)

    def _events(self) -> tuple[Claim, ...]:
        return self._told("events")

    def _acts(self) -> tuple[Claim, ...]:
        return self._told("acts")

    def _listings(self) -> tuple[Claim, ...]:
        return self._told("listings")

    def _accountability(self) -> tuple[Claim, ...]:
        return self._told("accountability")

    def _affected(self) -> tuple[Claim, ...]:
        return self._told("affected")

    def _favourable(self) -> tuple[Claim, ...]:
        return self._told("favourable")

    def _statements(self) -> tuple[Claim, ...]:
        return self._told("statements")

    def _other(self) -> tuple[Claim, ...]:
        return self._told("other")

    def _identity(self) -> list[Claim]:
        return self.claims.by_term(self.address, self.own, ("hasTenure", "represents", "relativeOf", "canonical"))

    def _case(self) -> list[Claim]:
        return self.claims.by_term(self.address, self.own)

    def _posts(self) -> list[Claim]:
        tenures = sorted({fact.value.value for fact in self.own if fact.term == "hasTenure"})
        facts, posts = stated(self.graph, tenures), {}
        for fact in stated(self.graph, {f.value.value for f in facts if f.term == "inPost"}):
            if fact.term == "postIn":
                posts[fact.subject] = fact.value.value
        made = []
        for tenure in tenures:
            about = [fact for fact in facts if fact.subject == tenure]
            role = "; ".join(sorted({self.claims.told(fact.value) for fact in about if fact.term == "tenureRole"}))
            body = "; ".join(sorted({self.claims.names.of(posts[f.value.value]) for f in about if f.value.value in posts}))
            told = [fact for fact in about if fact.term not in ("inPost", "tenureRole")]
            text = capitalized(", ".join(filter(None, (role, body))))
            made.append(self.claims.claim(text, tenure, self.claims.lines(told), {f.passage for f in about}))
        return made

    def _people(self) -> list[Claim]:
        return self.inferring.links(self.address, "actedAgainst")

    def _colleagues(self) -> list[Claim]:
        return [*self.inferring.links(self.address, "servedWith"), *self.inferring.links(self.address, "headedBodyAtTheTime")]

    def _officials(self) -> list[Claim]:
        return self.inferring.links(self.address, "actedInCase" if self.kind == "case" else "actedAgainst", backwards=True)

    def _cases(self) -> list[Claim]:
        cases = addresses(self.graph, _CASES.format(iri=f"<{self.address}>"))
        facts = stated(self.graph, cases)
        return [
            self.claims.of_thing(self.claims.names.of(case), case, [fact for fact in facts if fact.subject == case])
            for case in cases
        ]

    def _qualifications(self) -> list[Claim]:
        cases = {fact.value.value for facts in self.events.facts.values() for fact in facts if fact.term == "inCase"}
        values = " ".join(f"<{thing}>" for thing in sorted({self.address, *self.roles, *cases}))
        facts = stated(self.graph, addresses(self.graph, _QUALIFICATIONS.format(values=values)))
        made = []
        for one in sorted({fact.subject for fact in facts}):
            about = [fact for fact in facts if fact.subject == one]
            what = "; ".join(sorted({self._called(fact.value.value) for fact in about if fact.term == "qualifies"}))
            laws = "; ".join(sorted({self.claims.told(fact.value) for fact in about if fact.term == "breaches"}))
            text = self.words("claim.breach", what=what, provision=laws) if laws else self.words("claim.breach-unnamed", what=what)
            made.append(self.claims.of_thing(text, one, [fact for fact in about if fact.term != "qualifies"]))
        return made

    def _called(self, thing: str) -> str:
        return self.events.headline(thing, self.claims) if thing in self.roles else self.claims.names.of(thing)

    def _defence(self) -> list[Claim]:
        """Lawyers, relatives, witnesses and experts: what each did, one claim per person."""
        told: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
        for event in self.roles:
            for fact in self.events.facts[event]:
                if fact.term in _OTHERS and fact.value.value != self.address:
                    told[fact.value.value][self.claims.names.term(fact.term), self._called(event)].add(fact.passage)
        for row in rows(self.graph, _SIDES.format(values=" ".join(f"<{person}>" for person in sorted(self._people_concerned())))):
            who, whom, term = row["who"].value, row["whom"].value, self.claims.names.of(row["p"].value)
            other = whom if who == self.address else who
            told[other][term, self.claims.names.of(whom if other == who else who)].add(row["g"].value)
        made = []
        for person in sorted(told, key=lambda iri: (self.claims.names.of(iri), iri)):
            values: list[Value] = [(label, text, frozenset(given), False) for (label, text), given in sorted(told[person].items())]
            made.append(self.claims.claim(self.claims.names.of(person), person, values))
        return made

    def _people_concerned(self) -> set[str]:
        if self.kind != "case":
            return {self.address}
        return {fact.value.value for fact in self.own if fact.term == "caseDefendant"}

    def _conflicts(self) -> list[Difference]:
        return [self._difference(one) for one in self.found if one.difference == INCOMPATIBLE]

    def _difference(self, one: Conflict) -> Difference:
        number = self.claims.number()
        label = self._called(one.thing) if one.thing in self.roles else self.claims.names.of(one.thing)
        if one.thing in self.events.parts:
            holder = next(fact.subject for facts in self.events.facts.values() for fact in facts if fact.value.value == one.thing)
            label = self._called(holder)
        sides = tuple(
            Side(self.claims.told(reading.value), reading.publishers, self.claims.annex.cite(w.passage for w in reading.witnesses))
            for reading in one.readings
        )
        text = self.words("claim.difference", label=label, property=self.claims.names.of(one.term))
        shown = self.claims.annex.introduce([n for side in sides for n in side.passages], number)
        return Difference(number, text, one.thing, self.words("claim.incompatible"), sides, shown)

    def _decisions(self) -> list[Claim]:
        things = " ".join(f"<{thing}>" for thing in sorted({self.address, *self.roles}))
        found: dict[str, list[Value]] = defaultdict(list)
        for row in rows(self.graph, _DECISIONS.format(values=things)):
            text = self.words(
                "claim.decided", one=compress(row["a"].value), author=row["author"].value, date=self.words.date(row["day"].value)
            )
            found[row["kept"].value].append(("", text, frozenset({row["g"].value}), False))
        return [
            self.claims.claim(self.words("claim.mentions", name=self._called(thing)), thing, values)
            for thing, values in found.items()
        ]

    def _submitter(self) -> list[Item]:
        return self._blanks("submitter")

    def _argument(self) -> list[Item]:
        return self._blanks("argument")

    def _legal_basis(self) -> list[Item]:
        return self._blanks("legal-basis")

    def _blanks(self, key: str) -> list[Item]:
        return [Blank(self.words(f"blank.{key}.{name}"), self.words("blank.fill")) for name in self.words.texts["blank"][key]]
