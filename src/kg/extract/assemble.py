"""From an article's text to a draft: every reader in turn, then facts under the passage they were read from."""

from __future__ import annotations

import re

from kg.extract.bodies import find_bodies
from kg.extract.dates import find_dates
from kg.extract.draft import Draft
from kg.extract.events import EventReader
from kg.extract.figures import FigureReader
from kg.extract.findings import FindingReader
from kg.extract.keys import slug
from kg.extract.lexicon import load_lexicon
from kg.extract.names import find_people
from kg.extract.participants import ParticipantReader
from kg.extract.passages import Passages
from kg.extract.places import find_places
from kg.extract.provisions import find_provisions
from kg.extract.relations import find_relations
from kg.extract.roles import find_roles, pointed_to
from kg.extract.statements import StatementReader
from kg.extract.tokens import Stretch, read_text
from kg.extract.trades import called_by_trade
from kg.records import Registries, parse_date
from kg.records.model import Source


def extract_article(
    text: str,
    *,
    title: str,
    language: str | None = None,
    published: str | None = None,
    publisher: str = "unknown-publisher",
    url: str | None = None,
    registries: Registries | None = None,
) -> Draft:
    """Propose a record for an article.

    `text` is the plain text, one paragraph a line; `language` an ISO 639-1 code (told from the letters when left out);
    `published` an ISO 8601 date, whole or partial, against which "on Wednesday" and "16 August" are resolved; `publisher` a key
    of data/publishers.yaml. With `registries` the places and codes that the project knows are used. Every fact has an entry in
    `Draft.spans`, whose offsets count characters of `text`. Any text gives a draft; raises KgError for a language without a
    word list and ValueError for a `published` that is no date.
    """
    if published:
        parse_date(published)
    code = language or guess_language(text)
    read = read_text(text, load_lexicon(code))
    bodies = find_bodies(read)
    dates = find_dates(read, published)
    provisions = find_provisions(read)
    if registries is not None:
        provisions = [p for p in provisions if p.provision.code in registries.codes.entries]
    people = find_people(read, bodies, [d.stretch for d in dates] + [p.stretch for p in provisions])
    places = [place for place in find_places(read, registries) if not any(place.stretch.touches(m.stretch) for m in people)]
    roles = find_roles(read, people, bodies)
    pointing = [*pointed_to(read, people, roles, bodies), *called_by_trade(read, people, roles, bodies)]
    people = sorted([*people, *pointing], key=lambda mention: mention.stretch)
    participants = ParticipantReader(read, people, roles)
    events = EventReader(read, people, participants, bodies, dates, places, provisions).read()
    findings = FindingReader(read, participants, dates)
    statements = StatementReader(read, people, participants, bodies)
    events += [*findings.diagnoses(), *statements.statements()]
    source = Source(
        id=_source_id(publisher, published, title),
        publisher=publisher,
        title=" ".join(title.split()) or "untitled",
        language=code,
        url=url,
        locator=None if url else "text given to kg extract",
        published=published,  # type: ignore[arg-type]
    )
    passages = Passages(read, source, people, bodies, places)
    passages.add_people(roles)
    passages.add_relations(find_relations(read, people, roles))
    passages.add_provisions(provisions)
    passages.add_events(
        sorted(events, key=lambda event: event.stretch),
        [case for case in findings.cases() if not any(b.name == case.name for b in bodies.mentions)],
    )
    passages.add_figures(list(FigureReader(read, statements, dates).figures()))
    return passages.draft()


def guess_language(text: str) -> str:
    """`uk`, `ru` or `en`, by the letters that only one of them has."""
    cyrillic = len(re.findall("[А-Яа-яІіЇїЄєҐґЁё]", text))
    if cyrillic * 2 < len(re.findall(r"[^\W\d_]", text)):
        return "en"
    return "uk" if len(re.findall("[ІіЇїЄєҐґ]", text)) > len(re.findall("[ЫыЭэЁёЪъ]", text)) else "ru"


def _source_id(publisher: str, published: str | None, title: str) -> str:
    words = "-".join(slug(title).split("-")[:6]) or "article"
    return "-".join([publisher, published or "undated", words])


__all__ = ["Stretch", "extract_article", "guess_language"]
