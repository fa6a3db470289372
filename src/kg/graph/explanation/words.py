"""Facts in words: English sentences made of the labels of terms and things."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode, Triple

from kg.graph.facts import Term
from kg.vocabulary import ID, PN, RDF, compress, load_vocabulary

_VERBS = frozenset(
    ("acted", "served", "serves", "headed", "defended", "represents", "reviews", "breaches", "qualifies", "has", "took", "is")
)
_LINKING = frozenset(
    ("in", "of", "by", "with", "within", "against", "to", "case", "post", "source", "instrument", "body", "on", "as", "at")
)


def sentence(fact: Triple, labels: Mapping[NamedNode, str]) -> str:
    """One fact as an English sentence, without the full stop."""
    subject, target = _name(fact.subject, labels), _name(fact.object, labels)
    if fact.predicate.value == RDF + "type":
        return f"{subject} is {'an' if target[:1].lower() in tuple('aeio') else 'a'} {target}"
    term = labels.get(fact.predicate) or compress(fact.predicate.value)
    words = term.split()
    if fact.subject == fact.object:
        return f"{subject} {term}"
    if fact.predicate.value in _roles():
        return f"{target} was {term} in {subject}"
    if words[0] in _VERBS:
        return f"{subject} {term} {target}"
    if len(words) > 1 and (words[-1] in _LINKING or words[0] == "in") and words[-2:] != ["acting", "body"]:
        return f"{subject} is {term} {target}"
    if term == "within":
        return f"{subject} is within {target}"
    return f"{term} of {subject}: {target}"


def _roles() -> frozenset[str]:
    """Properties that lead from an event to somebody who took part."""
    general = {PN + name for name in ("participant", "actingOfficial", "affectedPerson")}
    return frozenset(general | {role.iri for role in load_vocabulary().roles.values()})


def _name(term: Term | Triple, labels: Mapping[NamedNode, str]) -> str:
    if isinstance(term, NamedNode):
        return labels.get(term) or _part_name(term, labels) or compress(term.value)
    return f"“{term.value}”" if not isinstance(term, Triple) else str(term)


def _part_name(term: NamedNode, labels: Mapping[NamedNode, str]) -> str:
    """What exists only within something else is called after it: the tenure “judge” of somebody."""
    whole = whole_of(term)
    if whole is None or whole not in labels:
        return ""
    kind, _, detail = term.value.removeprefix(whole.value + "/").partition("/")
    detail = detail.split("/", 1)[0]
    return f"the {kind} {f'“{detail}” ' if detail and '.' not in detail else ''}of {labels[whole]}"


def whole_of(term: NamedNode) -> NamedNode | None:
    """The thing that `term` is a part of, by its address (see kg.graph.iris.part)."""
    path = term.value.removeprefix(ID).split("/")
    return NamedNode(ID + "/".join(path[:2])) if term.value.startswith(ID) and len(path) > 2 else None
