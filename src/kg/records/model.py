"""The record format as typed models: what a file may say, field by field.

Field names are written with hyphens in files (`other-names`) and with underscores here. Which event kinds, roles, outcomes
and so on exist is not said here: that is the ontology's business, and `checks` asks it. docs/records.md is the guide to the
same format.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kg.records.dates import PartialDate, parse_date
from kg.records.provisions import Provision, parse_provision

KEY = re.compile(r"[a-z0-9][a-z0-9-]*")


def _key(value: object) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise ValueError("a key is made of lower-case letters a-z, digits and hyphens, for example lenur-khalilov")
    return value


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _partial_date(value: object) -> PartialDate:
    return value if isinstance(value, PartialDate) else parse_date(str(value))


def _provision(value: object) -> Provision:
    return value if isinstance(value, Provision) else parse_provision(str(value))


def _years(value: object) -> str:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?(-[0-9]+(\.[0-9]+)?)?", str(value)):
        raise ValueError("write a number of years, 18 or 3.5, or a range, 12-18")
    return str(value)


def _text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("empty: leave the field out if the source does not say")
    return value


Key = Annotated[str, BeforeValidator(_key), Field(json_schema_extra={"pattern": f"^{KEY.pattern}$"})]
Keys = Annotated[list[Key], BeforeValidator(_one_or_many, json_schema_input_type=Key | list[Key])]
Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[list[Text], BeforeValidator(_one_or_many, json_schema_input_type=str | list[str])]
Date = Annotated[PartialDate, BeforeValidator(_partial_date, json_schema_input_type=int | str)]
ProvisionRef = Annotated[Provision, BeforeValidator(_provision, json_schema_input_type=str)]
Provisions = Annotated[list[ProvisionRef], BeforeValidator(_one_or_many, json_schema_input_type=str | list[str])]
Years = Annotated[str, BeforeValidator(_years, json_schema_input_type=float | str)]
Amount = Annotated[Decimal, Field(ge=0)]


class Model(BaseModel):
    """Base: unknown fields are mistakes, values never change after reading."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        alias_generator=lambda name: name.replace("_", "-"),
        validate_by_name=True,
        validate_by_alias=True,
    )


class Access(Model):
    """One reading of a source whose text was kept: when (UTC), the SHA-256 hash of the text, and who looked at the passages anew
    when the text had changed."""

    read: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    archived: Text | None = None
    reviewed: Date | None = None
    reviewed_by: Text | None = None


class Source(Model):
    """The page, document or list that a record is about."""

    id: Key
    publisher: Key
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    url: Text | None = None
    locator: Text | None = None
    published: Date | None = None
    updated: Date | None = None
    author: Text | None = None
    reprint_of: Key | None = None
    reliability: Key | None = None
    visibility: Key = "public"
    accessed: Date | None = None
    archived: Text | None = None
    access: list[Access] = []
    withdrawn: Text | None = None
    note: Text | None = None


class Fact(Model):
    """What every fact may carry."""

    modality: Key | None = None
    note: Text | None = None


class PersonFact(Fact):
    """A person as the source presents them."""

    person: Key
    name: Text | None = None
    other_names: Texts = []
    born: Date | None = None
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    sex: Literal["female", "male"] | None = None
    group: Text | None = None
    occupation: Text | None = None
    home: Key | None = None
    described_as: Texts = []
    visibility: Key | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[0-9]+$")] | None = None
    identifiers: dict[Key, Text] = {}


class BodyFact(Fact):
    """A court, service, prison or other organisation."""

    body: Key
    name: Text | None = None
    kind: Key | None = None
    other_names: Texts = []
    place: Key | None = None
    level: Text | None = None
    part_of: Key | None = None
    founded: Date | None = None
    dissolved: Date | None = None
    described_as: Texts = []
    visibility: Key | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[0-9]+$")] | None = None
    identifiers: dict[Key, Text] = {}


class TenureFact(Fact):
    """A person holds or held a post."""

    tenure: Key
    role: Key
    body: Key | None = None
    title: Text | None = None
    since: Date | None = None
    until: Date | None = None
    as_of: Date | None = None
    place: Key | None = None


class CaseFact(Fact):
    """One prosecution."""

    case: Key
    name: Text | None = None
    other_names: Texts = []
    defendants: Keys = []
    provisions: Provisions = []
    part_of: Key | None = None
    visibility: Key | None = None


class PenaltyTerm(Model):
    """What a judgment gave one person, or what the prosecution asked for."""

    person: Key | None = None
    kind: Key | None = None
    years: Years | None = None
    months: Amount | None = None
    days: Amount | None = None
    regime: Key | None = None
    prison_years_first: Amount | None = None
    fine: Amount | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    suspended: bool | None = None
    provisions: Provisions = []
    found_as: Text | None = None
    note: Text | None = None


class ChargeTerm(Model):
    """What one person is charged with."""

    person: Key | None = None
    provisions: Provisions = []
    charged_as: Text | None = None
    note: Text | None = None


class EventFact(Fact):
    """Something that happened, with who took part in which role."""

    event: Key
    kind: Key | None = None
    title: Text | None = None
    date: Date | None = None
    until: Date | None = None
    place: Key | None = None
    body: Keys = []
    case: Keys = []
    people: dict[Key, Keys] = {}
    outcome: Key | None = None
    effect: Literal["adverse", "favourable", "neutral"] | None = None
    measure: Key | None = None
    provisions: Provisions = []
    penalties: list[PenaltyTerm] = []
    requested: list[PenaltyTerm] = []
    charges: list[ChargeTerm] = []
    of: Key | None = None
    by: Keys = []
    from_: Annotated[Key | None, Field(alias="from")] = None
    to: Key | None = None
    diagnoses: Texts = []
    about: Keys = []
    text: Text | None = None
    programme: Text | None = None
    role: Key | None = None
    visibility: Key | None = None


class FigureFact(Fact):
    """A number that somebody states."""

    figure: Key
    value: Decimal
    counts: Text
    as_of: Date | None = None
    by: Key | None = None


class QualificationFact(Fact):
    """Somebody says that an act breaches a rule."""

    qualification: Key
    of: Key
    provision: ProvisionRef | None = None
    by: Key | None = None
    text: Text | None = None


class RelationFact(Fact):
    """How two people are connected."""

    relation: Literal["represents", "relative", "colleague", "associate"]
    subject: Key
    object: Key
    text: Text | None = None


AnyFact = EventFact | TenureFact | RelationFact | QualificationFact | FigureFact | CaseFact | PersonFact | BodyFact
FACT_MODELS: dict[str, type[AnyFact]] = {
    "event": EventFact,
    "tenure": TenureFact,
    "relation": RelationFact,
    "qualification": QualificationFact,
    "figure": FigureFact,
    "case": CaseFact,
    "person": PersonFact,
    "body": BodyFact,
}
"""Fact models by the field that opens them; where several match (`event` has a `body`), the earlier one wins."""


class Passage(Model):
    """A part of the source and the facts that it states."""

    id: Key
    summary: Text
    locator: Text | None = None
    quote: Text | None = None
    citing: Key | None = None
    visibility: Key | None = None
    facts: list[AnyFact] = []


class Record(Model):
    """One source and its passages: the content of one file."""

    source: Source
    passages: list[Passage]
    status: Literal["draft", "final"] = "final"
