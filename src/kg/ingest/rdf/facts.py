"""What one graph says of one subject, in terms of the ontology -> the facts of a passage; the inverse of kg.graph.conversion."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.ingest.ftm.mapping import LeftOut, place_names
from kg.ingest.rdf.things import Kind, Things, key_of, terms
from kg.records import Registries, parse_date
from kg.records.provisions import parse_provision
from kg.vocabulary import ID, PN, RDF, compress, load_vocabulary


class FactWriter:
    """Writes facts; `left_out` counts what records have no place for."""

    def __init__(self, things: Things, registries: Registries, left_out: LeftOut) -> None:
        self.things, self.registries, self.left_out = things, registries, left_out
        words = load_vocabulary()
        self.words = words
        self.by_label = {c.label.casefold(): c.key for scheme in ("membership", "role") for c in words.concepts[scheme].values()}
        self.concepts = {concept.iri: (scheme, key) for scheme, found in words.concepts.items() for key, concept in found.items()}
        self.roles = {role.iri.removeprefix(PN): role for role in words.roles.values()}
        self.places = place_names(registries)

    def facts(self, iri: str, quads: Iterable[Quad]) -> list[dict[str, Any]]:
        """The facts that the `quads` of one subject state; the first declares it."""
        kind = self.things.kind(iri)
        said: dict[str, list[Any]] = defaultdict(list)
        for quad in quads:
            term = "type" if quad.predicate.value == RDF + "type" else quad.predicate.value.removeprefix(PN)
            said[term].append(quad.object)
        if kind is None:
            self._count_unknown(said)
            return []
        if kind.fact == "tenure":
            return self._tenure(iri, said)
        return [*self._thing(iri, kind, said), *self._relations(iri, kind, said)]

    def _count_unknown(self, said: dict[str, list[Any]]) -> None:
        types = [compress(value.value) for value in said.get("type", []) if isinstance(value, NamedNode)]
        what = types[0] if types else "a thing without a type"
        if said.keys() - set(terms()["silent"]) or types:
            self.left_out[what, "records have no such thing, or it has no name"] += 1

    def _thing(self, iri: str, kind: Kind, said: dict[str, list[Any]]) -> list[dict[str, Any]]:
        fact: dict[str, Any] = {kind.fact: key_of(iri)}
        name = self.things.name(iri)
        # Only what this graph says; but a body is declared with its kind.
        named = bool(said.keys() & {"name", "label"})
        if kind.fact in ("person", "body") and named:
            fact["name"] = name
        if kind.kind and ("type" in said or (kind.fact == "body" and named)):
            fact["kind"] = kind.kind
        further = [{kind.fact: key_of(iri), field: value} for field, value in self._fields(kind.fact, fact, said)]
        if kind.fact == "case" and name and named:
            fact.setdefault("name", name)
        if kind.fact == "event":
            self._people(fact, said)
            if PN + "AdverseEvent" in (types := {getattr(value, "value", "") for value in said.get("type", [])}):
                fact["effect"] = "adverse"
            elif PN + "FavourableEvent" in types:
                fact["effect"] = "favourable"
        return [fact, *further]

    def _fields(self, kind: str, fact: dict[str, Any], said: dict[str, list[Any]]) -> list[tuple[str, Any]]:
        """Fill the fields of `fact`; gives back further values of fields that hold one."""
        known = terms()[kind]
        further: list[tuple[str, Any]] = []
        for term, values in said.items():
            entry = known.get(term)
            if entry is None:
                elsewhere = term in terms()["silent"] or term in terms()["relations"] or (kind == "event" and term in self.roles)
                if not elsewhere:
                    self.left_out[compress(term if "://" in term else PN + term), f"no field of {kind} facts for it"] += len(values)
                continue
            read = [self._value(value, entry) for value in values]
            good = list(dict.fromkeys(value for value in read if value is not None))
            if bad := sum(value is None for value in read):
                self.left_out[compress(PN + term), f"values that no {kind} can have, or things not in the file"] += bad
            if not good:
                continue
            if entry.get("many"):
                fact[entry["field"]] = [value for value in good if value != fact.get("name")] or None
            elif entry["field"] in ("name", "kind") and fact.get(entry["field"]) in good:
                further += [(entry["field"], value) for value in good if value != fact[entry["field"]]]
            else:
                fact[entry["field"]] = good[0]
                further += [(entry["field"], value) for value in good[1:]]
        for field in [field for field, value in fact.items() if value is None]:
            del fact[field]
        return further

    def _value(self, value: Any, entry: dict[str, Any]) -> Any:
        text = value.value if isinstance(value, (Literal, NamedNode)) else ""
        if "concept" in entry:
            scheme, key = self.concepts.get(text, ("", ""))
            return key if scheme == entry["concept"] else None
        how = entry.get("as", "text")
        if how in ("person", "body", "case", "event"):
            kind = self.things.kind(text)
            return key_of(text) if kind and kind.fact == how else None
        if how == "place":
            return self._place(value)
        if how == "provision":
            return self._provision(text)
        return _literal(text, how) if isinstance(value, Literal) and text.strip() else None

    def _place(self, value: Any) -> str | None:
        if isinstance(value, NamedNode):
            key = value.value.removeprefix(f"{ID}place/")
            if key in self.registries.places.entries:
                return key
            names = [self.things.name(value.value) or ""]
        else:
            names = [value.value]
        return next((self.places[name.casefold()] for name in names if name.casefold() in self.places), None)

    def _provision(self, text: str) -> str | None:
        code, _, rest = text.removeprefix(f"{ID}provision/").partition("/")
        written = f"{code}:{rest}" if rest else text
        try:
            return written if parse_provision(written).code in self.registries.codes.entries else None
        except ValueError:
            return None

    def _people(self, fact: dict[str, Any], said: dict[str, list[Any]]) -> None:
        people: dict[str, list[str]] = {}
        for term, values in said.items():
            role = self.roles.get(term)
            if role is None:
                continue
            for value in values:
                kind = self.things.kind(value.value) if isinstance(value, NamedNode) else None
                if kind and (kind.fact == "person" or (kind.fact == "body" and role.bodies_too)):
                    people.setdefault(role.key, []).append(key_of(value.value))
                else:
                    self.left_out[compress(PN + term), "somebody who is not in the file, or has no name"] += 1
        if people:
            fact["people"] = people

    def _relations(self, iri: str, kind: Kind, said: dict[str, list[Any]]) -> list[dict[str, Any]]:
        found = []
        for term, relation in terms()["relations"].items():
            for value in said.get(term, []):
                other = self.things.kind(value.value) if isinstance(value, NamedNode) else None
                if kind.fact == "person" and other and other.fact == "person":
                    found.append({"relation": relation, "subject": key_of(iri), "object": key_of(value.value)})
                else:
                    self.left_out[compress(PN + term), "somebody who is not in the file, or has no name"] += 1
        return found

    def _tenure(self, iri: str, said: dict[str, list[Any]]) -> list[dict[str, Any]]:
        holders = [*self.things.subjects("hasTenure", iri), *self._linked(iri, "tenureOf")]
        people = [key_of(one) for one in dict.fromkeys(holders) if self._is(one, "person")]
        posts = self._linked(iri, "inPost")
        bodies = [key_of(seat) for post in posts for seat in self._linked(post, "postIn") if self._is(seat, "body")]
        roles = [*self._linked(iri, "tenureRole"), *(role for post in posts for role in self._linked(post, "postRole"))]
        known = [self.concepts[role] for role in roles if role in self.concepts]
        keys = [key for scheme, key in known if scheme in ("role", "membership")]
        keys += [self.by_label[str(v.value).casefold()] for v in said.get("title", []) if str(v.value).casefold() in self.by_label]
        if not people:
            self.left_out["pn:Tenure", "nobody in the file holds it, or they have no name"] += 1
            return []
        fact: dict[str, Any] = {"tenure": people[0], "role": keys[0] if keys else "member"}
        if bodies:
            fact["body"] = bodies[0]
        further = [{**fact, field: value} for field, value in self._fields("tenure", fact, said)]
        return [fact, *further]

    def _linked(self, iri: str, term: str) -> list[str]:
        return [value.value for value in self.things.values(iri, term) if isinstance(value, NamedNode)]

    def _is(self, iri: str, fact: str) -> bool:
        kind = self.things.kind(iri)
        return kind is not None and kind.fact == fact


def _literal(text: str, how: str) -> Any:
    match how:
        case "date":
            try:
                return parse_date(text.partition("T")[0].removesuffix("Z")).text
            except ValueError:
                return None
        case "number":
            return int(text) if re.fullmatch(r"\d{1,3}", text) else None
        case "sex":
            return text.casefold() if text.casefold() in ("female", "male") else None
        case "wikidata":
            found = re.search(r"(?:^|/)(Q[0-9]+)$", text)
            return found[1] if found else None
        case _:
            return text.strip()
