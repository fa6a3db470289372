"""Derived links as claims: marked as inferred, with the rules they follow by and the statements they rest on."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from pyoxigraph import NamedNode, Triple

from kg.graph import Graph
from kg.graph.explanation.explain import explain
from kg.graph.explanation.proof import Proof
from kg.graph.explanation.words import sentence, whole_of
from kg.graph.facts import rows
from kg.graph.iris import INFERRED
from kg.present.dossier.claims import Claims, Value
from kg.present.dossier.model import Claim
from kg.present.dossier.reading import addresses
from kg.vocabulary import PN, RDF, load_vocabulary

_LINKED = "SELECT DISTINCT ?o WHERE {{ GRAPH <{graph}> {{ {subject} pn:{term} {object} }} }} ORDER BY ?o"
_LABELS = """SELECT ?en ?own WHERE {{ ?term rdfs:label|skos:prefLabel ?en , ?own
  FILTER(LANG(?en) = "en" && LANG(?own) = "{language}" && STRSTARTS(STR(?term), "{pn}")) }}"""


class Inferring:
    """Makes claims of derived links."""

    def __init__(self, graph: Graph, claims: Claims) -> None:
        self.graph, self.claims = graph, claims

    def links(self, thing: str, term: str, backwards: bool = False) -> list[Claim]:
        """A claim for everything that `term` leads to from `thing`, or comes from it when `backwards`."""
        subject, object_ = ("?o", f"<{thing}>") if backwards else (f"<{thing}>", "?o")
        others = addresses(self.graph, _LINKED.format(graph=INFERRED, subject=subject, term=term, object=object_))
        others.sort(key=lambda other: (self.claims.names.of(other), other))
        return [self._claim(other, term, thing) if backwards else self._claim(thing, term, other) for other in others]

    def _claim(self, subject: str, term: str, object_: str) -> Claim:
        proof = explain(self.graph, subject, PN + term, object_)[0]
        values: dict[str, set[str]] = {}
        hedges: dict[str, set[str]] = defaultdict(set)
        asserted = True  # an inference is as good as the weakest statement that it rests on
        for leaf in proof.walk():
            if not leaf.axiom:
                values.setdefault(self.sentence(leaf), set()).update(passage.passage for passage in leaf.passages)
                asserted = asserted and any(not passage.modality for passage in leaf.passages)
                for passage in leaf.passages:
                    if passage.modality:
                        hedges[self._modalities[passage.modality]].add(passage.passage)
        told: list[Value] = [("", text, frozenset(given), False) for text, given in values.items()]
        rules = tuple(dict.fromkeys(self.claims.words.rule(step.axiom, self._labels) for step in proof.walk() if step.axiom))
        text = self.sentence(proof)
        return self.claims.claim(text, subject, told, hedges=dict(hedges), rules=rules, inferred=True, asserted=asserted)

    def sentence(self, proof: Proof) -> str:
        """A fact in words: an English sentence, or the names of its parts in another language."""
        fact, names = proof.fact, self.claims.names
        if self.claims.words.language == "en":
            return proof.sentence or sentence(fact, _Called(names, fact))
        subject = names.of(fact.subject.value) if isinstance(fact.subject, NamedNode) else str(fact.subject)
        object_ = (
            names.of(fact.object.value) if isinstance(fact.object, NamedNode) else str(getattr(fact.object, "value", fact.object))
        )
        if fact.predicate.value == RDF + "type":
            return f"{subject} — {object_}"
        return f"{subject} — {names.of(fact.predicate.value)} — {object_}"

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The labels of the ontology's terms in the dossier's language, by the English ones; empty when that is the language."""
        language = self.claims.words.language
        if language == "en":
            return {}
        return {row["en"].value: row["own"].value for row in rows(self.graph, _LABELS.format(language=language, pn=PN))}

    @cached_property
    def _modalities(self) -> dict[str, str]:
        return {concept.label: concept.iri for concept in load_vocabulary().concepts["modality"].values()}


class _Called(dict[NamedNode, str]):
    """Names of the terms of one fact."""

    def __init__(self, names: object, fact: Triple) -> None:
        terms = [term for term in (fact.subject, fact.predicate, fact.object) if isinstance(term, NamedNode)]
        wholes = [whole for term in terms if (whole := whole_of(term))]
        super().__init__({term: names.of(term.value) for term in (*terms, *wholes)})  # type: ignore[attr-defined]
