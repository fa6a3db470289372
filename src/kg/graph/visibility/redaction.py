"""People shown by their role instead of their name: relatives and witnesses who never chose to stand in a public graph.

Works on the statements of all passages before anything is derived from them, so that labels, addresses, tables, maps and exports
of one build agree: whoever is "relative 1" in one place is "relative 1" in all. What remains of such a person is that they are
one, their links to events and people, and the passages, in whose texts the name is replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.naming import NamesInText
from kg.vocabulary import ID, PN, RDF, RDFS, VOC

ROLES = {
    "relative": ("relativeOf", "relative"),
    "witness": ("witness", "secretWitness"),
    "expert": ("expert",),
    "lawyer": ("lawyer", "represents"),
}
"""Whom a build can redact -> the properties that make somebody one of them."""
_SUBJECTS = {"relativeOf", "represents"}
"""Properties whose subject has the role; relativeOf holds both ways, so its object has it too."""
_OWN_PART = (
    *("judge", "presidingJudge", "prosecutor", "investigator", "arrestingOfficer", "officer", "commandingOfficial"),
    *("orderingOfficial", "accused", "designee", "defendant", "caseDefendant", "detainee", "prisoner", "deceased"),
)
"""Whoever stands in the record for one of these keeps their name: an official, or a prisoner whose brother is one as well."""
_NAMES = {NamedNode(PN + "name"), NamedNode(PN + "otherName"), NamedNode(RDFS + "label")}
_NAME, _TYPE = NamedNode(PN + "name"), NamedNode(RDF + "type")
UNCLEAR = "[name withheld]"
"""Stands for a name that two of those redacted share."""


@dataclass
class Redaction:
    """Who is redacted: `shown` maps addresses to what stands in their place ("relative 1"), `names` finds their names."""

    shown: dict[str, str] = field(default_factory=dict)
    names: NamesInText = field(default_factory=lambda: NamesInText([]))
    _each: dict[str, NamesInText] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """`text` with the names replaced."""
        if not self.names.found_in(text):
            return text
        for person, names in self._each.items():
            text = names.replace_in(text, self.shown[person])
        return self.names.replace_in(text, UNCLEAR)

    def address(self, iri: str) -> str:
        """`iri`, or an address without a name in its place."""
        if iri in self.shown:
            return f"{ID}redacted/{self.shown[iri].replace(' ', '-')}"
        if iri.startswith((PN, VOC)) or not self.names.found_in(iri):
            return iri
        return self._addresses.setdefault(iri, f"{ID}redacted/{len(self._addresses) + 1}")

    def quads(self, quads: Iterable[Quad]) -> list[Quad]:
        """The statements without names of the redacted, and without anything else that is said of them alone."""
        return [made for quad in sorted(quads, key=str) if (made := self._quad(quad)) is not None]

    def _quad(self, quad: Quad) -> Quad | None:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.graph_name, NamedNode)
        value = quad.object
        subject, graph = (NamedNode(self.address(node.value)) for node in (quad.subject, quad.graph_name))
        if quad.subject.value in self.shown and not self._may_stay(quad):
            return None
        if isinstance(value, NamedNode):
            return Quad(subject, quad.predicate, NamedNode(self.address(value.value)), graph)
        if not isinstance(value, Literal):
            return quad
        if quad.subject.value in self.shown:
            return Quad(subject, quad.predicate, Literal(self.shown[quad.subject.value]), graph)
        text = self.text(value.value)
        if text == value.value:
            return Quad(subject, quad.predicate, value, graph)
        # An address or identifier with a word replaced would lead nowhere.
        return Quad(subject, quad.predicate, _like(value, text), graph) if _is_text(value) else None

    def _may_stay(self, quad: Quad) -> bool:
        if isinstance(quad.object, Literal):
            return quad.predicate == _NAME
        iri = getattr(quad.object, "value", "")
        return quad.predicate == _TYPE or (iri.startswith(ID) and not iri.startswith(f"{ID}place/"))


def redaction(quads: Iterable[Quad], roles: Iterable[str]) -> Redaction:
    """Whom `roles` (keys of ROLES) redact in these statements, numbered in the order of their addresses."""
    quads = list(quads)
    roles = [role for role in ROLES if role in set(roles)]
    holders = _holders(quads)
    own_part = {person for term in _OWN_PART for person in holders[term]}
    shown: dict[str, str] = {}
    for role in roles:
        people = {person for term in ROLES[role] for person in holders[term]} - own_part - set(shown)
        shown |= {person: f"{role} {number}" for number, person in enumerate(sorted(people), 1)}
    return _with_names(shown, quads) if shown else Redaction()


def _holders(quads: Iterable[Quad]) -> dict[str, set[str]]:
    holders: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        term = quad.predicate.value.removeprefix(PN)
        if term in _SUBJECTS and isinstance(quad.subject, NamedNode):
            holders[term].add(quad.subject.value)
        if term != "represents" and isinstance(quad.object, NamedNode):
            holders[term].add(quad.object.value)
    return holders


def _with_names(shown: dict[str, str], quads: Iterable[Quad]) -> Redaction:
    names: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate in _NAMES and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            names[quad.subject.value].add(quad.object.value)
    secret = {person: names.pop(person, set()) for person in shown}
    others = [name for group in names.values() for name in group]
    each = {
        person: NamesInText(own, [*others, *(name for other, group in secret.items() if other != person for name in group)])
        for person, own in secret.items()
    }
    return Redaction(shown, NamesInText([name for group in secret.values() for name in group], others), each)


def _is_text(literal: Literal) -> bool:
    return bool(literal.language) or literal.datatype.value.endswith("#string")


def _like(literal: Literal, text: str) -> Literal:
    return Literal(text, language=literal.language) if literal.language else Literal(text)
