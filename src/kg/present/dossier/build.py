"""Everything about one official, person or case, put together as a dossier."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.graph import Graph
from kg.present.dossier.model import Claim, Difference, Dossier, Item, Note, Section
from kg.present.dossier.provenance import Provenance, provenance
from kg.present.dossier.sections import Sections
from kg.present.words import Words

LAYOUTS = ("case-summary", "sanctions-submission")


def build_dossier(graph: Graph, name: str, layout: str = "case-summary", language: str = "en") -> Dossier:
    """The dossier of what answers to `name` (an official, another person, or a case; a name or an address).

    `layout` is one of LAYOUTS, `language` en or uk. The same build gives the same dossier. Raises NotFoundError for a name, and
    KgError for another layout or language, for what has no dossiers, and for a sanctions submission about anybody but an official.
    """
    words = Words(language, "kg.present.dossier")
    if layout not in LAYOUTS:
        raise KgError(f"there is no layout '{layout}': take {' or '.join(LAYOUTS)}")
    match = graph.resolve(name)
    kind = _kind(graph, match.iri, match.type)
    if kind not in _layouts()[layout]:
        raise KgError(
            f"{match.label} is no official in this graph: a sanctions submission is about an official; take --layout case-summary"
        )
    sections = Sections(graph, match.iri, kind, layout, words)
    made = _sections(sections, _layouts()[layout][kind], provenance(graph))
    called = sections.claims.names.of(match.iri)
    passages, sources = sections.claims.annex.entries()
    return Dossier(
        title=words(f"title.{layout}.{kind}", name=called),
        subject=called,
        kind=kind,
        layout=layout,
        language=language,
        address=match.iri,
        about=_about(words, kind, called, match.iri, provenance(graph)),
        sections=_with_summary(made, sections, len(passages), len(sources)),
        passages=passages,
        sources=sources,
    )


def _kind(graph: Graph, address: str, type: str) -> str:
    if type == "Case":
        return "case"
    if type != "Person":
        raise KgError(f"{address} is a {type.lower() or 'thing'}: dossiers are about an official, another person, or a case")
    return "official" if graph.ask(f"ASK {{ {NamedNode(address)} a pn:Official }}") else "person"


@cache
def _layouts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files("kg.present.dossier").joinpath("layouts.yaml").read_text(encoding="utf-8"))
    return loaded


def _sections(sections: Sections, keys: list[str], origin: Provenance) -> list[Section]:
    """The sections in the order of the layout; empty ones stay only where their emptiness is worth knowing."""
    words = sections.words
    made: list[Section] = []
    for key in keys:
        items = sections.items(key)
        if key == "weak":
            items = _weak(words, made)
        elif key == "method":
            items = _method(words, origin)
        if not items and key in _layouts()["told-when-empty"]:
            items = (Note(words(f"empty.{key}")),)
        if items or key in ("summary", "sources"):
            introduction = words(f"intro.{key}") if words.has(f"intro.{key}") else ""
            made.append(Section(key, words(f"section.{key}"), introduction, items))
    return made


def _weak(words: Words, made: list[Section]) -> tuple[Item, ...]:
    """The numbers of the claims so far that rest on one publisher."""
    weak = [item.number for section in made for item in section.items if isinstance(item, Claim) and item.publishers == 1]
    return (Note(words("claim.numbers", numbers=", ".join(map(str, weak)))),) if weak else ()


def _method(words: Words, origin: Provenance) -> tuple[Item, ...]:
    values = {
        "digest": origin.digest or words("unknown-build"),
        "audience": origin.audience or words("unknown-build"),
        "newest": words.date(origin.newest) or "–",
        "redacted": ", ".join(origin.redacted),
    }
    told = [text.format(**values) for text in words.texts["method"] if "{redacted}" not in text or origin.redacted]
    return tuple(Note(text) for text in told)


def _about(words: Words, kind: str, called: str, address: str, origin: Provenance) -> tuple[tuple[str, str], ...]:
    unknown = words("unknown-build")
    values = {
        "kind": words(f"kind.{kind}"),
        "address": address,
        "digest": origin.digest or unknown,
        "audience": origin.audience or unknown,
        "newest": words.date(origin.newest),
        "redacted": ", ".join(origin.redacted),
    }
    return tuple((words(f"about.{key}"), value) for key, value in values.items() if value)


def _with_summary(made: list[Section], sections: Sections, passages: int, sources: int) -> tuple[Section, ...]:
    words = sections.words
    items = {section.key: section.items for section in made}
    claims = [item for section in made for item in section.items if isinstance(item, Claim | Difference)]
    counted = {
        **{
            key: sum(isinstance(item, Claim | Difference) for item in items.get(key, ()))
            for key in ("acts", "events", "favourable", "people", "officials", "conflicts")
        },
        "hedged": sum(isinstance(claim, Claim) and bool(claim.modality) for claim in claims),
        "inferred": sum(isinstance(claim, Claim) and claim.inferred for claim in claims),
        "publishers": sections.claims.annex.publishers(sections.claims.annex.numbers),
    }
    notes = [
        words(
            "summary.counts",
            claims=words.count("summary.claims", len(claims)),
            passages=words.count("summary.passages", passages),
            sources=words.count("summary.sources", sources),
        ),
        *(words.count(f"summary.{key}", number) for key, number in counted.items() if number),
    ]
    for key, name in (("posts", "posts"), ("listings", "listings")):
        told = [item.text for item in items.get(key, ()) if isinstance(item, Claim)]
        if told:
            notes.append(words("summary.posts" if name == "posts" else "summary.listed", **{name: "; ".join(told)}))
    summary = tuple(Note(text) for text in notes)
    return tuple(Section(s.key, s.title, s.introduction, summary) if s.key == "summary" else s for s in made)
