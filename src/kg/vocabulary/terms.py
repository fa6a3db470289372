"""What a record may say, as the ontology's files say it: event kinds, roles and the concepts of each scheme.

No list of kinds or roles stands in Python: a term that carries `pn:recordKey` in ontology/pn.ttl or
ontology/vocabularies.ttl can be used in records.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import VocabularyError
from kg.vocabulary.location import locate
from kg.vocabulary.namespaces import PN, RDF, RDFS, SKOS, VOC

FILES = ("pn.ttl", "vocabularies.ttl")
EFFECTS = ("adverse", "favourable", "neutral")


@dataclass(frozen=True)
class EventKind:
    """A kind of event; `default_effect` is adverse, favourable or neutral, `accountability` whether it calls officials to account.

    `outcome_effects` gives the effect of those outcomes (IRIs) that mean something else here than elsewhere.
    """

    key: str
    iri: str
    label: str
    default_effect: str
    accountability: bool
    outcome_effects: Mapping[str, str]


@dataclass(frozen=True)
class Role:
    """A role in an event: acting official, affected person, or neither; `bodies_too` when an organization may have it."""

    key: str
    iri: str
    label: str
    official: bool
    affected: bool
    bodies_too: bool


@dataclass(frozen=True)
class Concept:
    """A concept of a SKOS scheme; `effect` and `instance_class` where the scheme gives them, `hedged` for a modality in which
    the source does not vouch for what is said."""

    key: str
    iri: str
    label: str
    effect: str | None
    instance_class: str | None
    hedged: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Event kinds and roles by key, concepts by scheme and key, and the hash of the files they were read from."""

    event_kinds: dict[str, EventKind]
    roles: dict[str, Role]
    concepts: dict[str, dict[str, Concept]]
    digest: str

    def effect_of(self, kind: str, outcome: str) -> str | None:
        """Whether `outcome` settles if an event of `kind` went against the person: adverse, favourable, neutral, or None."""
        concept = self.concepts["outcome"][outcome]
        return self.event_kinds[kind].outcome_effects.get(concept.iri, concept.effect)


@functools.cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary of the ontology folder, read once. Raises VocabularyError when its files cannot be read."""
    return read_vocabulary(locate("ontology"))


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of the ontology files in `folder`; see `load_vocabulary`."""
    digest, quads = sha256(), []
    for name in FILES:
        try:
            content = (folder / name).read_bytes()
            quads += list(parse(content, RdfFormat.TURTLE))
        except (OSError, SyntaxError) as error:
            raise VocabularyError(f"{folder / name} cannot be read: {error}") from None
        digest.update(content)
    return _Reader(quads).vocabulary(digest.hexdigest())


class _Reader:
    def __init__(self, quads: Iterable[Quad]) -> None:
        self.values: dict[tuple[str, str], list[NamedNode | Literal]] = defaultdict(list)
        self.keys: dict[str, str] = {}
        for quad in quads:
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, (NamedNode, Literal)):
                continue
            subject, predicate = quad.subject.value, quad.predicate.value
            if predicate == PN + "recordKey":
                self.keys[subject] = quad.object.value
            else:
                self.values[subject, predicate].append(quad.object)

    def vocabulary(self, digest: str) -> Vocabulary:
        kinds, roles = {}, {}
        concepts: dict[str, dict[str, Concept]] = defaultdict(dict)
        for iri, key in sorted(self.keys.items()):
            if iri.startswith(VOC):
                concepts[iri.removeprefix(VOC).split("/")[0]][key] = self._concept(iri, key)
            elif PN + "Event" in self._above(iri, RDFS + "subClassOf"):
                kinds[key] = self._event_kind(iri, key)
            elif PN + "participant" in self._above(iri, RDFS + "subPropertyOf"):
                roles[key] = self._role(iri, key)
        return Vocabulary(kinds, roles, dict(concepts), digest)

    def _event_kind(self, iri: str, key: str) -> EventKind:
        effect = self._one(iri, PN + "defaultEffect") or "neutral"
        outcomes = {value.value: name for name in EFFECTS for value in self.values[iri, f"{PN}{name}Outcome"]}
        accountability = PN + "AccountabilityEvent" in self._above(iri, RDFS + "subClassOf")
        return EventKind(key, iri, self._label(iri, RDFS + "label"), effect, accountability, outcomes)

    def _role(self, iri: str, key: str) -> Role:
        above = self._above(iri, RDFS + "subPropertyOf")
        label = self._label(iri, RDFS + "label")
        bodies_too = self._one(iri, RDFS + "range") != PN + "Person" and not above & {PN + "actingOfficial", PN + "affectedPerson"}
        return Role(key, iri, label, PN + "actingOfficial" in above, PN + "affectedPerson" in above, bodies_too)

    def _concept(self, iri: str, key: str) -> Concept:
        label = self._label(iri, SKOS + "prefLabel")
        hedged = NamedNode(PN + "HedgedModality") in self.values[iri, RDF + "type"]
        return Concept(key, iri, label, self._one(iri, PN + "effect"), self._one(iri, PN + "instanceClass"), hedged)

    def _above(self, iri: str, relation: str) -> set[str]:
        """Everything above `iri` by `relation`, itself included."""
        found, waiting = set(), [iri]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += [value.value for value in self.values[current, relation] if isinstance(value, NamedNode)]
        return found

    def _one(self, iri: str, term: str) -> str | None:
        return min((value.value for value in self.values[iri, term]), default=None)

    def _label(self, iri: str, term: str) -> str:
        for value in self.values[iri, term]:
            if isinstance(value, Literal) and value.language == "en":
                return value.value
        raise VocabularyError(f"the term {iri} has no English label")
