"""The graph as FollowTheMoney entities, one JSON object a line, by the mapping that ingest reads too; it needs no library.

FollowTheMoney has no passages, no modality, no roles in events and no penalties. What can be said is said: the role of who took
part stands in links, an allegation among the keywords or in the status. What cannot is counted (`Exported.left_out`).
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.graph.graph import Graph
from kg.graph.iris import INFERRED
from kg.ingest.ftm.mapping import LeftOut, mapping
from kg.vocabulary import ID, PN, RDF, load_vocabulary

Properties = dict[str, list[str]]
MAX_ID = 200
"""Longest id written whole; a longer one ends in a hash."""


@dataclass
class Exported:
    """The file written, how many entities it has by schema, and what FollowTheMoney has no place for, by kind and count."""

    path: Path
    entities: Counter[str] = field(default_factory=Counter)
    left_out: LeftOut = field(default_factory=LeftOut)


def write_ftm(graph: Graph, path: Path, *, force: bool = False) -> Exported:
    """Write everything in `graph` that FollowTheMoney can say to `path`; the same graph gives the same bytes.

    Raises KgError when something stands there and not `force`.
    """
    if path.exists() and not force:
        raise KgError(f"{path} exists already: give another name, or --force to replace it")
    exporter = _Exporter(graph, Exported(path))
    part = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for entity in exporter.entities():
                exporter.exported.entities[entity["schema"]] += 1
                file.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return exporter.exported


def entity_id(iri: str) -> str:
    """The id of something: its address below the project's, with dots for slashes, as FollowTheMoney wants ids."""
    name = iri.removeprefix(ID).replace("/", ".").strip("-.")
    return name if len(name) <= MAX_ID else f"{name[:MAX_ID].rstrip('-.')}.{blake2b(iri.encode(), digest_size=8).hexdigest()}"


@dataclass(frozen=True)
class _Thing:
    """A node of the graph with what passages state about it, by term, and the addresses of the sources that do."""

    iri: str
    values: dict[str, list[str]]
    urls: list[str]

    def all(self, term: str) -> list[str]:
        return self.values.get(term, [])

    def first(self, term: str) -> str | None:
        return next(iter(self.all(term)), None)


class _Exporter:
    def __init__(self, graph: Graph, exported: Exported) -> None:
        self.graph, self.exported = graph, exported
        self.left_out = exported.left_out
        words = load_vocabulary()
        self.words = words
        self.keys = {c.iri: c.key for scheme in words.concepts.values() for c in scheme.values()}
        self.roles = {role.iri.removeprefix(PN): role.key for role in words.roles.values()}
        self.kinds = {kind.iri: kind.key for kind in words.event_kinds.values()}
        self.accounts = {kind.iri: kind.accountability for kind in words.event_kinds.values()}
        self.labels = {str(row["thing"]): str(row["label"]) for row in graph.select(_LABELS)}
        self.cases: set[str] = set()
        self.bodies: set[str] = set()

    def entities(self) -> Iterator[dict[str, Any]]:
        for thing in self.things("Person"):
            yield self.thing(thing, "Person")
        for thing in self.things("Organization"):
            self.bodies.add(thing.iri)
            yield self.thing(thing, self.schema_of(thing))
        for thing in self.things("Case"):
            yield from self.case(thing)
        for thing in self.things("Tenure"):
            yield from self.tenure(thing)
        for thing in self.things("Event"):
            yield from self.sanction(thing) if _SANCTION in thing.all("type") else self.event(thing)
        yield from self.relations()
        for kind in ("Penalty", "RequestedPenalty", "Charge", "Figure", "Qualification", "Passage"):
            (count,) = self.graph.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ GRAPH ?g {{ ?x a pn:{kind} }} }}")
            if count["n"]:
                self.left_out[kind, "FollowTheMoney has no such thing"] += int(str(count["n"]))

    def things(self, kind: str) -> Iterator[_Thing]:
        rows = ((str(r["s"]), str(r["p"]), str(r["o"]), r["url"]) for r in self.graph.select(_THINGS.replace("$KIND", kind)))
        for iri, group in groupby(rows, key=lambda row: row[0]):
            values: dict[str, dict[str, None]] = defaultdict(dict)
            urls: dict[str, None] = {}
            for _, term, value, url in group:
                values["type" if term == RDF + "type" else term.removeprefix(PN)][value] = None
                if url:
                    urls[str(url)] = None
            yield _Thing(iri, {term: list(found) for term, found in values.items()}, list(urls))

    def schema_of(self, thing: _Thing) -> str:
        (row,) = self.graph.select(_CLASSES.replace("$IRI", thing.iri))
        classes: dict[str, str] = mapping()["classes"]
        return next(schema for name, schema in classes.items() if name == "Organization" or row[name.lower()])

    def entity(self, name: str, schema: str, thing: _Thing, properties: Properties) -> dict[str, Any]:
        said = {key: list(dict.fromkeys(values)) for key, values in properties.items() if any(values)}
        if thing.urls:
            said["sourceUrl"] = thing.urls
        return {"id": name, "schema": schema, "properties": said}

    def thing(self, thing: _Thing, schema: str, **more: list[str]) -> dict[str, Any]:
        about = mapping()["things"][schema]
        properties: Properties = {}
        by_term = {f["term"]: (name, f) for name, f in about["fields"].items() if "term" in f}
        for term, values in thing.values.items():
            if term in by_term:
                name, entry = by_term[term]
                properties.setdefault(name, []).extend(text for value in values for text in self.written(value, entry, schema))
            elif term not in _TOLD.get(about["fact"], ()):
                self.left_out[schema, f"{term}: no property for it"] += len(values)
        for modality in thing.all("modality"):
            properties.setdefault("keywords", []).append(f"modality:{self.keys[modality]}")
        label = self.labels.get(thing.iri, entity_id(thing.iri))
        # The label first: what reads names without order takes the first for the caption.
        names = [*properties.get("name", []), *properties.get("alias", [])]
        if label in names or not names:
            properties["name"] = [label, *properties.get("name", [])]
        elif not properties.get("name"):
            properties["name"] = names[:1]
        for name, values in more.items():
            properties.setdefault(name, []).extend(values)
        return self.entity(entity_id(thing.iri), schema, thing, properties)

    def written(self, value: str, entry: dict[str, Any], schema: str) -> list[str]:
        match entry.get("as"):
            case "date":
                return self.dated(value, schema)
            case "place":
                return [self.labels.get(value, value)]
            case "body-kind":
                return [self.keys[value]]
            case "body":
                return [entity_id(value)] if value in self.bodies else []
            case "provision":
                return [_provision(value)]
            case _:
                return [value]

    def dated(self, value: str, schema: str) -> list[str]:
        """A date as FollowTheMoney has them: no interval, nothing approximate."""
        if "/" in value:
            self.left_out[schema, "an interval where FollowTheMoney has one date"] += 1
            return []
        if value.endswith("~"):
            self.left_out[schema, "that a date is approximate"] += 1
        return [value.removesuffix("~")]

    def case(self, thing: _Thing) -> Iterator[dict[str, Any]]:
        self.cases.add(thing.iri)
        yield self.thing(thing, "CourtCase")
        for person in thing.all("caseDefendant"):
            properties = {"case": [entity_id(thing.iri)], "party": [entity_id(person)], "role": ["defendant"]}
            yield self.entity(f"{entity_id(thing.iri)}.defendant.{entity_id(person)}", "CourtCaseParty", thing, properties)
        for whole in thing.all("partOfCase"):
            yield self.link(thing, thing.iri, whole, "part of case")

    def link(self, thing: _Thing, subject: str, target: str, role: str) -> dict[str, Any]:
        name = f"{entity_id(target)}.{role.replace(' ', '-')}.{entity_id(subject)}"
        ids = {"subject": [entity_id(subject)], "object": [entity_id(target)], "role": [role]}
        return self.entity(name if len(name) < 2 * MAX_ID else entity_id(ID + name), "UnknownLink", thing, ids)

    def tenure(self, thing: _Thing) -> Iterator[dict[str, Any]]:
        people, roles = self.holders(thing.iri)
        if not people or not roles:
            return
        body = next((str(row["body"]) for row in self.graph.select(_BODY_OF.replace("$IRI", thing.iri))), None)
        name, role = entity_id(thing.iri), self.keys[roles[0]]
        said: Properties = {
            "role": [role, *thing.all("title")],
            "startDate": [date for value in thing.all("startDate") for date in self.dated(value, "Employment")],
            "endDate": [date for value in thing.all("endDate") for date in self.dated(value, "Employment")],
            "date": [date for value in thing.all("citedOn") for date in self.dated(value, "Employment")],
            "status": [self.keys[value] for value in thing.all("modality")],
            "description": thing.all("note"),
        }
        for place in thing.all("place"):
            self.left_out["Employment", "place: no property for it"] += 1 if place else 0
        if body:
            member = role in self.words.concepts["membership"] and role != "employee"
            schema = "Membership" if member else "Employment"
            person, organization = ("member", "organization") if member else ("employee", "employer")
            ends = {person: [entity_id(people[0])], organization: [entity_id(body)]}
            yield self.entity(name, schema, thing, {**said, **ends})
            return
        post = {"name": thing.all("title")[:1] or [role], "keywords": [role]}
        yield self.entity(f"{name}.post", "Position", thing, post)
        del said["role"]
        yield self.entity(name, "Occupancy", thing, {**said, "holder": [entity_id(people[0])], "post": [f"{name}.post"]})

    def holders(self, tenure: str) -> tuple[list[str], list[str]]:
        rows = list(self.graph.select(_HOLDER.replace("$IRI", tenure)))
        return [str(row["person"]) for row in rows], [str(row["role"]) for row in rows]

    def sanction(self, thing: _Thing) -> Iterator[dict[str, Any]]:
        dates = [date for value in thing.all("date") for date in self.dated(value, "Sanction")]
        for listed in thing.all("designee"):
            properties = {
                "entity": [entity_id(listed)],
                "authority": [self.labels.get(body, body) for body in thing.all("body")],
                "program": thing.all("programme"),
                "listingDate": dates,
                "reason": thing.all("text"),
                "status": [self.keys[value] for value in thing.all("modality")],
                "summary": thing.all("note"),
                "provisions": [_provision(value) for value in thing.all("underProvision")],
            }
            yield self.entity(f"{entity_id(thing.iri)}.{entity_id(listed)}", "Sanction", thing, properties)
        told = {"designee", "body", "programme", "date", "earliest", "latest", "text", "modality", "note", "underProvision", "type"}
        for term in set(thing.values) - told - {"title"}:
            self.left_out["Sanction", f"{term}: no property for it"] += len(thing.all(term))

    def event(self, thing: _Thing) -> Iterator[dict[str, Any]]:
        keywords = [self.kinds[iri] for iri in thing.all("type") if iri in self.kinds]
        keywords += [f"outcome:{self.keys[iri]}" for iri in thing.all("outcome")]
        if not any(self.accounts.get(iri) for iri in thing.all("type")):
            effects = {PN + "AdverseEvent": "adverse", PN + "FavourableEvent": "favourable"}
            keywords.append(f"effect:{next((effects[iri] for iri in thing.all('type') if iri in effects), 'neutral')}")
        interval = next((value for value in thing.all("date") if "/" in value), None)
        dates: dict[str, list[str]] = {}
        if interval:
            start, _, end = interval.partition("/")
            dates = {"startDate": [start.strip("~.")], "endDate": [end.strip("~.")]}
            thing.values["date"].remove(interval)
        people = [(term, person) for term, values in thing.values.items() if term in self.roles for person in values]
        yield self.thing(thing, "Event", keywords=keywords, involved=[entity_id(person) for _, person in people], **dates)
        for term, person in people:
            yield self.link(thing, person, thing.iri, self.roles[term])
        for case in thing.all("inCase"):
            if case in self.cases:
                yield self.link(thing, thing.iri, case, "in case")

    def relations(self) -> Iterator[dict[str, Any]]:
        schemata = {"represents": "Representation", "relativeOf": "Family", "associateOf": "Associate", "colleagueOf": "Associate"}
        about = mapping()["relations"]
        rows = (
            (str(r["s"]), str(r["p"]).removeprefix(PN), str(r["o"]), r["text"], r["url"]) for r in self.graph.select(_RELATIONS)
        )
        for (subject, relation, target), group in groupby(rows, key=lambda row: row[:3]):
            found = list(group)
            schema = schemata[relation]
            texts = [str(row[3]) for row in found if row[3]] + (["colleague"] if relation == "colleagueOf" else [])
            ends = {about[schema]["subject"]: [entity_id(subject)], about[schema]["object"]: [entity_id(target)]}
            thing = _Thing(subject, {}, list(dict.fromkeys(str(row[4]) for row in found if row[4])))
            name = f"{entity_id(subject)}.{relation}.{entity_id(target)}"
            yield self.entity(name, schema, thing, {**ends, about[schema]["text"]: texts})


def _provision(iri: str) -> str:
    """id:provision/ru-cc/205.5/2 -> ru-cc:205.5/2, as records write it."""
    code, _, rest = iri.removeprefix(f"{ID}provision/").partition("/")
    return f"{code}:{rest}" if rest else code


_SANCTION = PN + "SanctionDesignation"
_TOLD = {
    "person": {"type", "modality", "hasTenure", "represents", "relativeOf", "colleagueOf", "associateOf"},
    "body": {"type", "modality"},
    "case": {"type", "modality", "caseDefendant", "partOfCase"},
    "event": {"type", "modality", "outcome", "inCase", "earliest", "latest"}
    | {role.iri.removeprefix(PN) for role in load_vocabulary().roles.values()},
}
"""Terms that are told otherwise than as a property of the thing."""

_PASSAGE = f"FILTER(?h != <{INFERRED}>) ?h pn:inSource ?source . OPTIONAL {{ ?source pn:url ?url }}"
_THINGS = f"""SELECT DISTINCT ?s ?p ?o ?url WHERE {{
  ?s a pn:$KIND . GRAPH ?h {{ ?s ?p ?o }} {_PASSAGE}
}} ORDER BY ?s ?p ?o ?url"""
_LABELS = 'SELECT ?thing (MIN(?name) AS ?label) WHERE { ?thing rdfs:label ?name FILTER(LANG(?name) IN ("", "en")) } GROUP BY ?thing'
_CLASSES = """SELECT ?company ?statebody WHERE {
  BIND(EXISTS { <$IRI> a pn:Company } AS ?company) BIND(EXISTS { <$IRI> a pn:StateBody } AS ?statebody)
}"""
_HOLDER = "SELECT DISTINCT ?person ?role WHERE { ?person pn:hasTenure <$IRI> . <$IRI> pn:tenureRole ?role } ORDER BY ?person ?role"
_BODY_OF = "SELECT DISTINCT ?body WHERE { <$IRI> pn:inPost/pn:postIn ?body } ORDER BY ?body"
_RELATIONS = f"""SELECT DISTINCT ?s ?p ?o ?text ?url WHERE {{
  VALUES ?p {{ pn:represents pn:relativeOf pn:associateOf pn:colleagueOf }}
  GRAPH ?h {{ ?s ?p ?o }} {_PASSAGE}
  OPTIONAL {{ GRAPH ?h {{ ?r pn:relationOf ?s ; pn:relationTo ?o ; pn:relationText ?text }} }}
}} ORDER BY ?s ?p ?o ?text ?url"""
