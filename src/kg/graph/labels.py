"""One readable label per thing, for tables and pictures.

Names stay as each passage prints them (`pn:name`); the label is only a choice among them, made by a fixed rule so that two
builds agree: the most often used name in Latin script, the longest of those used equally often, then the first in the
alphabet; names in other scripts when there is none.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import INFERRED
from kg.vocabulary import PN, RDF, RDFS, Vocabulary

_NAME, _TYPE, _LABEL = NamedNode(PN + "name"), NamedNode(RDF + "type"), NamedNode(RDFS + "label")


def labels(quads: Iterable[Quad], words: Vocabulary) -> list[Quad]:
    """Label statements for every named thing, case, event and legal provision in `quads` (quads of the passages)."""
    quads = list(quads)
    index = _Index(quads)
    chosen: dict[NamedNode, str] = {node: _best(names) for node, names in index.names.items()}
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
        self.names: dict[NamedNode, Counter[str]] = defaultdict(Counter)
        self.values: dict[tuple[NamedNode, str], set[NamedNode | Literal]] = defaultdict(set)
        self.types: dict[str, set[NamedNode]] = defaultdict(set)
        for quad in quads:
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
                continue
            if quad.predicate == _NAME:
                self.names[subject][value.value] += 1
            elif quad.predicate == _TYPE:
                self.types[value.value].add(subject)
            else:
                self.values[subject, quad.predicate.value.removeprefix(PN)].add(value)

    def of_type(self, iri: str) -> list[NamedNode]:
        return sorted(self.types[iri], key=lambda node: node.value)

    def first(self, node: NamedNode, term: str) -> str:
        return min((value.value for value in self.values.get((node, term), ())), default="")

    def labels(self, node: NamedNode, term: str, chosen: dict[NamedNode, str]) -> list[str]:
        return sorted(
            chosen[value] for value in self.values.get((node, term), ()) if isinstance(value, NamedNode) and value in chosen
        )


def _best(names: Counter[str]) -> str:
    return min(names, key=lambda name: (not is_latin(name), -names[name], -len(name), name))


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
    parts = [index.first(event, "title") or kind, index.first(event, "date"), *index.labels(event, "body", chosen)[:1]]
    return ", ".join(part for part in parts if part)


def _provision_label(provision: NamedNode, index: _Index) -> str:
    article, part = index.first(provision, "article"), index.first(provision, "part")
    code = index.first(provision, "ofCode").rsplit("/", 1)[-1]
    return f"Art. {article}{f' § {part}' if part else ''} {code.upper()}"
