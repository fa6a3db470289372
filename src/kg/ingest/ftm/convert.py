"""One entity -> the passage it becomes: its facts, its line as locator, and what had to be left out, counted."""

from __future__ import annotations

import re
from typing import Any

from kg.ingest.ftm.entities import Entity
from kg.ingest.ftm.mapping import LeftOut, key_of, mapping, partial_date, place_names
from kg.ingest.ftm.state import Index
from kg.records import Registries
from kg.records.provisions import parse_provision
from kg.vocabulary import load_vocabulary
from kg.vocabulary.terms import EFFECTS

LISTS = {"other-names", "described-as", "provisions", "body"}
"""Fields that hold several values."""


class Converter:
    """Converts entities of one state; `index` says what the ids they point to are, `left_out` counts what has no place."""

    def __init__(self, index: Index, registries: Registries, left_out: LeftOut) -> None:
        self.index, self.left_out = index, left_out
        self.words = load_vocabulary()
        self.places = place_names(registries)
        self.codes = registries.codes.entries

    def passage(self, entity: Entity) -> dict[str, Any] | None:
        """The passage of `entity` in plain values; None when nothing of it has a place in records."""
        facts = self._facts(entity)
        if not facts:
            return None
        locator = f"{entity.file}, line {entity.line}, entity {entity.id}"
        return {"id": key_of(entity.id), "locator": locator, "summary": self._summary(entity), "facts": facts}

    def _facts(self, entity: Entity) -> list[dict[str, Any]]:
        if entity.schema in mapping()["things"]:
            return self._thing(entity, mapping()["things"][entity.schema])
        fact = self._joining(entity)
        return [fact] if fact else []

    def _joining(self, entity: Entity) -> dict[str, Any] | None:
        about = mapping()
        if entity.schema in about["tenures"]:
            return self._tenure(entity, about["tenures"][entity.schema])
        if entity.schema in about["relations"]:
            return self._relation(entity, about["relations"][entity.schema])
        if entity.schema == "Position":
            return None  # told where somebody holds it
        own = {"Sanction": self._sanction, "CourtCaseParty": self._party, "UnknownLink": self._link}.get(entity.schema)
        if own:
            return own(entity)
        self.left_out[entity.schema, about["left-out"].get(entity.schema, "records have no such thing")] += 1
        return None

    def _summary(self, entity: Entity) -> str:
        thing = mapping()["things"].get(entity.schema)
        # Addresses of people are no matter of the graph: only a place that it knows becomes a fact.
        shown = (set(thing["fields"]) if thing else set(entity.properties)) - {"address"}
        said = [f"{name}: {'; '.join(values)}" for name, values in entity.properties.items() if name in shown and values]
        return f"{entity.schema} | {' | '.join(said)}"[:20_000]

    def _thing(self, entity: Entity, thing: dict[str, Any]) -> list[dict[str, Any]]:
        """The fact that declares the thing; of several values for a field that holds one, each further one in a fact of its own."""
        names = entity.values("name")
        if not names and thing["fact"] in ("person", "body"):
            self.left_out[entity.schema, "has no name"] += 1
            return []
        fact: dict[str, Any] = {thing["fact"]: key_of(entity.id)}
        further: list[dict[str, Any]] = []
        if "kind" in thing:
            fact["kind"] = thing["kind"]
        notes: list[str] = []
        for name, values in entity.properties.items():
            field = thing["fields"].get(name)
            if name == "keywords" and thing["fact"] == "event":
                self._keywords(fact, values, notes)
            elif field is None:
                self.left_out[entity.schema, f"property {name}"] += len(values)
            else:
                for value in self._fill(fact, entity, name, field, values, notes):
                    further.append({thing["fact"]: key_of(entity.id), field["field"]: value})
        if thing["fact"] in ("person", "body"):
            self._names(fact, entity)
        if thing["fact"] == "event":
            self._interval(fact, entity)
        if notes:
            fact["note"] = "; ".join(notes)
        return [fact, *further]

    def _names(self, fact: dict[str, Any], entity: Entity) -> None:
        names = entity.values("name")
        first = entity.caption if entity.caption in names else names[0]
        others = [name for name in (*names, *entity.values("alias"), *entity.values("previousName")) if name != first]
        fact["name"] = first
        fact.pop("other-names", None)
        if others:
            fact["other-names"] = list(dict.fromkeys(others))

    def _fill(
        self, fact: dict[str, Any], entity: Entity, name: str, field: dict[str, Any], values: list[str], notes: list[str]
    ) -> list[str]:
        """Put the values of a property into `fact`; gives back those that its field, which holds one, has no room for."""
        target = field["field"]
        if target == "note":
            notes += values
            return []
        read = [self._value(value, field.get("as")) for value in values]
        good = list(dict.fromkeys(value for value in read if value is not None))
        bad = [value for value, one in zip(values, read, strict=True) if one is None]
        if bad and field.get("as") == "date":
            notes.append(f"{name}, as the file says: {'; '.join(bad)}")
        elif bad:
            self.left_out[entity.schema, f"property {name}: values that records do not know"] += len(bad)
        if target in LISTS:
            fact[target] = [*fact.get(target, []), *good]
            return []
        if good:
            fact[target] = good[0]
        return [] if target == "name" else good[1:]

    def _value(self, value: str, how: str | None) -> str | None:
        match how:
            case None:
                return value
            case "date":
                return partial_date(value)
            case "sex":
                return value if value in ("female", "male") else None
            case "wikidata":
                return value if re.fullmatch(r"Q[0-9]+", value) else None
            case "place":
                return self.places.get(value.casefold())
            case "body-kind":
                return value if value in self.words.concepts["body-kind"] else None
            case "provision":
                return self._provision(value)
            case _:
                return key_of(value) if self.index.kind(key_of(value)) == how else None

    def _provision(self, value: str) -> str | None:
        try:
            return value if parse_provision(value).code in self.codes else None
        except ValueError:
            return None

    def _keywords(self, fact: dict[str, Any], values: list[str], notes: list[str]) -> None:
        for value in values:
            prefix, _, word = value.partition(":")
            if value in self.words.event_kinds:
                fact["kind"] = value
            elif prefix == "effect" and word in EFFECTS:
                fact["effect"] = word
            elif prefix in ("outcome", "modality") and word in self.words.concepts[prefix]:
                fact[prefix] = word
            else:
                notes.append(f"keyword: {value}")

    def _interval(self, fact: dict[str, Any], entity: Entity) -> None:
        start, end = (next(map(partial_date, entity.values(name)), None) for name in ("startDate", "endDate"))
        if "date" not in fact and (start or end):
            fact["date"] = start if start == end else f"{start or '..'}/{end or '..'}"
        for name in ("startDate", "endDate"):
            self.left_out.pop((entity.schema, f"property {name}"), None)
        # Who took part is said by role, in links; `involved` only sums them up.
        self.left_out.pop((entity.schema, "property involved"), None)

    def _point(self, entity: Entity, property: str, *kinds: str) -> str | None:
        """The key of the one thing that a property points to; None, and counted, if it is not there or of another kind."""
        for value in entity.values(property):
            if self.index.kind(key_of(value)) in kinds:
                return key_of(value)
        self.left_out[entity.schema, f"its {property} is not among the {' or '.join(kinds)} entities of the file"] += 1
        return None

    def _tenure(self, entity: Entity, about: dict[str, str]) -> dict[str, Any] | None:
        person = self._point(entity, about["person"], "person")
        body = self._point(entity, about["body"], "body") if person and "body" in about else None
        if person is None or ("body" in about and body is None):
            return None
        said = [*entity.values("role")]
        for post in (self.index.posts.get(value) for value in entity.values(about.get("post", ""))):
            said += [*(post.values("name") + post.values("keywords") if post else [])]
        known = {**self.words.concepts["role"], **self.words.concepts["membership"]}
        role = next((value for value in said if value in known), about["role"])
        titles = [value for value in said if value != role and value != known[role].label]
        dates = {field: next(map(partial_date, entity.values(name)), None) for field, name in _TENURE_DATES.items()}
        modality = next((value for value in entity.values("status") if value in self.words.concepts["modality"]), None)
        fact = {"tenure": person, "role": role, "body": body, "title": "; ".join(titles), **dates, "modality": modality}
        return {name: value for name, value in fact.items() if value}

    def _relation(self, entity: Entity, about: dict[str, str]) -> dict[str, Any] | None:
        subject = self._point(entity, about["subject"], "person")
        target = self._point(entity, about["object"], "person") if subject else None
        if not subject or not target:
            return None
        texts = entity.values(about["text"])
        relation = "colleague" if about["relation"] == "associate" and "colleague" in texts else about["relation"]
        said = "; ".join(text for text in texts if text != relation)
        return {"relation": relation, "subject": subject, "object": target, **({"text": said} if said else {})}

    def _sanction(self, entity: Entity) -> dict[str, Any] | None:
        listed = self._point(entity, "entity", "person", "body")
        if listed is None:
            return None
        dates = [*entity.values("listingDate"), *entity.values("startDate"), *entity.values("date")]
        ends = entity.values("endDate")
        modality = next((value for value in entity.values("status") if value in self.words.concepts["modality"]), None)
        fact: dict[str, Any] = {
            "event": f"{key_of(next(iter(entity.values('recordId')), entity.id))}-listing-of-{listed}"[:200].rstrip("-"),
            "kind": "sanction-designation",
            "date": next(map(partial_date, dates), None),
            "people": {"designee": [listed]},
            "programme": "; ".join(dict.fromkeys([*entity.values("program"), *entity.values("programId")])),
            "text": " ".join(entity.values("reason")),
            "modality": modality,
            "note": "; ".join([f"authority: {name}" for name in entity.values("authority")] + [f"until {end}" for end in ends]),
        }
        return {name: value for name, value in fact.items() if value}

    def _party(self, entity: Entity) -> dict[str, Any] | None:
        case = self._point(entity, "case", "case")
        person = self._point(entity, "party", "person") if case else None
        if not case or not person:
            return None
        if "defendant" not in [role.casefold() for role in entity.values("role")]:
            self.left_out[entity.schema, "another role than defendant"] += 1
            return None
        return {"case": case, "defendants": [person]}

    def _link(self, entity: Entity) -> dict[str, Any] | None:
        subject = self._point(entity, "subject", "person", "body", "event", "case")
        target = self._point(entity, "object", "event", "case") if subject else None
        if not subject or not target:
            return None
        kinds = (self.index.kind(subject), self.index.kind(target))
        for role in entity.values("role"):
            known = self.words.roles.get(role)
            if known and kinds[1] == "event" and (kinds[0] == "person" or (kinds[0] == "body" and known.bodies_too)):
                return {"event": target, "people": {role: [subject]}}
            if mapping()["links"].get(role) == "case" and kinds == ("event", "case"):
                return {"event": subject, "case": [target]}
            if mapping()["links"].get(role) == "part-of" and kinds == ("case", "case"):
                return {"case": subject, "part-of": target}
        self.left_out[entity.schema, "a role that records do not know"] += 1
        return None


_TENURE_DATES = {"since": "startDate", "until": "endDate", "as-of": "date"}
