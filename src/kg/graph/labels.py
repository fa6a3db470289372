"""One readable label per thing, for tables and pictures.

Names stay as each passage prints them (`pn:name`). The label is what data/labels.yaml prefers (`skos:prefLabel`), else a choice
among the names, made by a fixed rule so that two builds agree: a name used by sources in English, else one in Latin script,
else any; among those the most often used, the longest of those used equally often, then the first in the alphabet. Whoever has
Cyrillic names only is called in Latin letters, with the printed name beside them. An event's label names all days that sources
give for it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import INFERRED
from kg.identity.names.romanising import romanise
from kg.vocabulary import DCTERMS, PN, RDF, RDFS, SKOS, Vocabulary

_LANGUAGE, _IN_SOURCE = NamedNode(DCTERMS + "language"), NamedNode(PN + "inSource")
_NAME, _TYPE, _LABEL = NamedNode(PN + "name"), NamedNode(RDF + "type"), NamedNode(RDFS + "label")
_PREFERRED = NamedNode(SKOS + "prefLabel")


def labels(quads: Iterable[Quad], words: Vocabulary) -> list[Quad]:
    """Label statements for every named thing, case, event and legal provision in `quads` (quads of the passages)."""
    quads = list(quads)
    index = _Index(quads)
    chosen = {node: _best(names, index.printed_in["en"][node]) for node, names in index.names.items()}
    chosen |= {node: _readable(name, index.printed_in["uk"][node]) for node, name in chosen.items() if node in index.people}
    chosen |= index.preferred
    for case in index.of_type(PN + "Case"):
        chosen.setdefault(case, _case_label(case, index, chosen))
    for kind in words.event_kinds.values():
        for event in index.of_type(kind.iri):
            chosen[event] = _event_label(event, kind.label, index, chosen)
    for provision in index.of_type(PN + "LegalProvision"):
        chosen[provision] = _provision_label(provision, index)
    graph = NamedNode(INFERRED)
    return [
        Quad(node, _LABEL, Literal(text), graph) for node, text in sorted(chosen.items(), key=lambda item: item[0].value) if text
    ]


class _Index:
    """Values by (subject, term), and subjects by class."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        quads = list(quads)
        passages = {language: _passages_in(quads, language) for language in ("en", "uk")}
        self.printed_in: dict[str, dict[NamedNode, set[str]]] = {language: defaultdict(set) for language in passages}
        self.names: dict[NamedNode, Counter[str]] = defaultdict(Counter)
        self.preferred: dict[NamedNode, str] = {}
        self.values: dict[tuple[NamedNode, str], set[NamedNode | Literal]] = defaultdict(set)
        self.types: dict[str, set[NamedNode]] = defaultdict(set)
        for quad in quads:
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
                continue
            if quad.predicate == _NAME:
                self.names[subject][value.value] += 1
                for language, inside in passages.items():
                    if quad.graph_name in inside:
                        self.printed_in[language][subject].add(value.value)
            elif quad.predicate == _PREFERRED and isinstance(value, Literal) and value.language == "en":
                self.preferred[subject] = value.value
            elif quad.predicate == _TYPE:
                self.types[value.value].add(subject)
            else:
                self.values[subject, quad.predicate.value.removeprefix(PN)].add(value)

    @property
    def people(self) -> set[NamedNode]:
        return self.types[PN + "Person"]

    def of_type(self, iri: str) -> list[NamedNode]:
        return sorted(self.types[iri], key=lambda node: node.value)

    def first(self, node: NamedNode, term: str) -> str:
        return min((value.value for value in self.values.get((node, term), ())), default="")

    def labels(self, node: NamedNode, term: str, chosen: dict[NamedNode, str]) -> list[str]:
        return sorted(
            chosen[value] for value in self.values.get((node, term), ()) if isinstance(value, NamedNode) and value in chosen
        )


def _passages_in(quads: Iterable[Quad], language: str) -> set[object]:
    """The passages of sources in a language."""
    sources = {quad.subject for quad in quads if quad.predicate == _LANGUAGE and quad.object.value == language}  # type: ignore[union-attr]
    return {quad.subject for quad in quads if quad.predicate == _IN_SOURCE and quad.object in sources}


def _best(names: Counter[str], english: set[str]) -> str:
    return min(names, key=lambda name: (name not in english, not is_latin(name), -names[name], -len(name), name))


def _readable(name: str, ukrainian: set[str]) -> str:
    """A name that readers of Latin letters can read: a Cyrillic one beside its romanisation."""
    latin = name if is_latin(name) else romanise(name, name in ukrainian)
    return f"{latin} ({name})" if latin and latin != name else name


def is_latin(text: str) -> bool:
    """Whether the letters of `text` are Latin ones."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def _case_label(case: NamedNode, index: _Index, chosen: dict[NamedNode, str]) -> str:
    people = index.labels(case, "caseDefendant", chosen)
    if not people:
        return "Unnamed case"
    if len(people) > 2:
        return f"Case of {people[0]} and {len(people) - 1} others"
    return "Case of " + " and ".join(people)


def _event_label(event: NamedNode, kind: str, index: _Index, chosen: dict[NamedNode, str]) -> str:
    parts = [index.first(event, "title") or kind, _dates(event, index), *index.labels(event, "body", chosen)[:1]]
    return ", ".join(part for part in parts if part)


def _dates(event: NamedNode, index: _Index) -> str:
    """The dates that sources give, without those that another one only makes more precise."""
    given = sorted(value.value for value in index.values.get((event, "date"), ()))
    told = [day for day in given if not any(other != day and other.startswith(day.rstrip("~")) for other in given)]
    return " or ".join(told[:3]) + (" …" if len(told) > 3 else "")


def _provision_label(provision: NamedNode, index: _Index) -> str:
    article, part = index.first(provision, "article"), index.first(provision, "part")
    code = index.first(provision, "ofCode").rsplit("/", 1)[-1]
    return f"Art. {article}{f' § {part}' if part else ''} {code.upper()}"
