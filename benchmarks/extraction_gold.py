"""The gold set: articles of our own about invented people, each with what a careful editor would put into a record.

`tests/data/extraction/<part>/<name>.txt` is the article, `<name>.yaml` beside it the annotation; its form is described in
tests/data/extraction/README.md. The part `develop` may be read by whoever writes rules, the part `test` may not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

GOLD = Path(__file__).parent.parent / "tests" / "data" / "extraction"
PARTS = ("develop", "test")


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str | int | datetime.date) else value


def _date(value: object) -> object:
    """YAML reads 2021-03-10 as a date and 2021 as a number; here all are text."""
    return str(value) if isinstance(value, datetime.date | int) else value


Texts = Annotated[list[str], BeforeValidator(_one_or_many)]
DateText = Annotated[str, BeforeValidator(_date)]
People = dict[str, Texts]
"""Role -> names as declared under `people` (or `bodies`, where a body has the role)."""


class GoldModel(BaseModel):
    """Base: unknown fields are mistakes, hyphens in files are underscores here."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
        validate_by_name=True,
        validate_by_alias=True,
    )


class About(GoldModel):
    """The article as a whole."""

    publisher: str
    published: DateText
    language: str
    title: str


class Named(GoldModel):
    """Something with a name: `also` are other printed forms, `nominative` one that the text never prints.

    `optional` (here and below): a careful editor might leave it out, so that neither finding nor missing it counts.
    """

    name: str
    also: Texts = []
    nominative: Texts = []
    optional: bool = False

    def forms(self) -> list[str]:
        """Every form under which an extractor may give it."""
        return [self.name, *self.also, *self.nominative]


class GoldPerson(Named):
    """A person; `roles` are posts and roles beyond those that the events give, `maybe_roles` neither count nor miss."""

    roles: Texts = []
    maybe_roles: Texts = []


class GoldBody(Named):
    """A body; where several kinds are defensible, `kind` lists them."""

    kind: Texts


class GoldProvision(GoldModel):
    """A legal provision; without `code` the law has no key in data/codes.yaml, so that it cannot and must not be written."""

    quote: str
    code: str | None = None
    article: str
    part: DateText | None = None
    optional: bool = False


class GoldPenalty(GoldModel):
    """What one person was given, or was asked for; `person` is left out when nobody is named.

    `regime_or` are other defensible readings of the regime, `none` among them.
    """

    person: str | None = None
    kind: str | None = None
    years: Decimal | str | None = None
    months: Decimal | None = None
    days: Decimal | None = None
    regime: str | None = None
    regime_or: Texts = []
    fine: Decimal | None = None
    currency: str | None = None
    suspended: bool | None = None
    prison_years_first: Decimal | None = None
    optional: bool = False


class GoldEvent(GoldModel):
    """Something that happened; `quote` tells it most fully, `also_at` are other places that tell it again.

    `date_or` are other defensible readings of the date, `none` among them where the date has to be inferred from elsewhere.
    """

    kind: str
    quote: str
    also_at: Texts = []
    date: DateText | None = None
    date_or: Annotated[list[DateText], BeforeValidator(_one_or_many)] = []
    until: DateText | None = None
    body: Texts = []
    people: People = {}
    maybe: People = {}
    penalties: list[GoldPenalty] = []
    requested: list[GoldPenalty] = []
    outcome: str | None = None
    measure: str | None = None
    origin: str | None = None
    destination: str | None = None
    modality: str = "reported"
    optional: bool = False

    def dates(self) -> set[str | None]:
        """Every date under which the event is right."""
        return {self.date, *(None if date == "none" else date for date in self.date_or)}


class GoldStatement(GoldModel):
    """Who said what, outright."""

    speaker: str
    quote: str
    optional: bool = False


class GoldFigure(GoldModel):
    """A count that somebody states."""

    quote: str
    value: Decimal
    optional: bool = False


class Trap(GoldModel):
    """Words that look like a fact and are none."""

    quote: str
    why: str


class Gold(GoldModel):
    """The annotation of one article."""

    article: About
    people: list[GoldPerson] = []
    bodies: list[GoldBody] = []
    provisions: list[GoldProvision] = []
    cases: list[Named] = []
    events: list[GoldEvent] = []
    statements: list[GoldStatement] = []
    figures: list[GoldFigure] = []
    not_: Annotated[list[Trap], Field(alias="not")] = []


class GoldArticle(GoldModel):
    """An article, its text and its annotation."""

    name: str
    text: str
    gold: Gold

    def places(self, quote: str) -> list[tuple[int, int]]:
        """Every place of `quote` in the text, as offsets."""
        found, start = [], self.text.find(quote)
        while start >= 0:
            found.append((start, start + len(quote)))
            start = self.text.find(quote, start + 1)
        return found


def read_gold(part: str, folder: Path = GOLD) -> Iterator[GoldArticle]:
    """The articles of one part, in the order of their names; raises pydantic.ValidationError for a malformed annotation."""
    for path in sorted((folder / part).glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        yield GoldArticle(name=path.stem, text=text, gold=Gold.model_validate(content))
