"""Why a fact stands in the graph: down to the passages, whether a rule derived it or a passage states it.

The shortest proof of a derived fact is found backwards, from the rules that could have concluded it (kg.graph.explanation.search).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from pyoxigraph import NamedNode, Triple

from kg.errors import NotFoundError
from kg.graph.explanation.chosen import chosen
from kg.graph.explanation.proof import Proof, render
from kg.graph.explanation.search import Search
from kg.graph.explanation.words import sentence, whole_of
from kg.graph.facts import Statement, Term, labels, passages, rows
from kg.graph.graph import Graph
from kg.vocabulary import PN, RDF, compress, expand

__all__ = ["explain", "render"]

MAX_PROOFS = 20
"""How many alternative proofs are given at most, the shortest first."""


def explain(graph: Graph, subject: str, predicate: str, object: str, all: bool = False) -> list[Proof]:
    """Proofs of one fact, the shortest first: only that one unless `all`.

    `subject` is an address or a name, `predicate` a property by address, local name or label ("actedAgainst", "acted against",
    "a" for a class), `object` an address, name, class or value. With `all` come the proofs from other statements too, at most
    MAX_PROOFS: none of them rests on a set of statements that contains that of another. A stated fact is explained by its
    passages and not derived once more. Raises NotFoundError when the fact is not in the graph.
    """
    goal = find_fact(graph, subject, predicate, object)
    search = Search(graph)
    own = None if search.is_stated([goal])[goal] else chosen(graph, goal)
    if own is not None:
        proofs = [own]
    elif all:
        proofs = search.all(goal)[:MAX_PROOFS]
    else:
        shortest = search.shortest(goal)
        proofs = [shortest] if shortest else []
    if not proofs:
        raise NotFoundError(f"no rule of this version derives this fact: the graph was built by another, run kg build\n  {goal}")
    return told(graph, proofs)


def told(graph: Graph, proofs: list[Proof]) -> list[Proof]:
    """The proofs with their sentences and passages."""
    facts = {part.fact for proof in proofs for part in proof.walk()}
    witnesses = passages(graph, {part.fact for proof in proofs for part in proof.walk() if not part.axiom})
    terms = {term for fact in facts for term in (fact.subject, fact.predicate, fact.object) if isinstance(term, NamedNode)}
    names = labels(graph, terms | {whole for term in terms if (whole := whole_of(term))})
    return [_tell(proof, names, witnesses) for proof in proofs]


def _tell(proof: Proof, names: Mapping[NamedNode, str], witnesses: Mapping[Triple, tuple[Statement, ...]]) -> Proof:
    premises = tuple(_tell(premise, names, witnesses) for premise in proof.premises)
    return replace(
        proof,
        sentence=sentence(proof.fact, names),
        premises=premises,
        passages=() if proof.axiom else witnesses.get(proof.fact, ()),
    )


def find_fact(graph: Graph, subject: str, predicate: str, object: str) -> Triple:
    """The fact that is meant; raises NotFoundError, saying what is near, when the graph does not hold it."""
    term = _property(graph, predicate)
    node = NamedNode(expand(subject)) if subject.startswith(("http://", "https://", "id:", "voc:", "pn:")) else None
    if node is None or not _values(graph, node, term):
        node = NamedNode(graph.resolve(subject).iri)
    values = _values(graph, node, term)
    wanted = object.strip().casefold()
    meant = [value for value, names in values.items() if wanted in names] or [
        value for value, names in values.items() if any(wanted in name for name in names)
    ]
    if len(meant) == 1:
        return Triple(node, term, meant[0])
    who, what = (labels(graph, [thing]).get(thing) or compress(thing.value) for thing in (node, term))
    listing = "\n".join(sorted(f"  {_shown(value, names)}" for value, names in values.items())[:20])
    if meant:
        raise NotFoundError(f"'{object}' can mean {len(meant)} of the values of “{what}” of {who}:\n{listing}")
    near = f"what the graph holds by this property:\n{listing}" if values else "the graph holds nothing by this property of it"
    raise NotFoundError(f"the graph does not say that “{what}” leads from {who} to {object}; {near}")


def _property(graph: Graph, name: str) -> NamedNode:
    """The property of that address, local name or English label."""
    if name in ("a", "type"):
        return NamedNode(RDF + "type")
    iri = expand(name)
    if iri.startswith(("http://", "https://")):
        return NamedNode(iri)
    text = name.casefold().replace("\\", "").replace('"', "")
    found = list(rows(graph, f'SELECT DISTINCT ?p WHERE {{ ?p rdfs:label ?l FILTER(LCASE(STR(?l)) = "{text}") ?s ?p ?o }}'))
    return cast(NamedNode, found[0]["p"]) if len(found) == 1 else NamedNode(PN + name)


def _values(graph: Graph, subject: NamedNode, term: NamedNode) -> dict[Term, set[str]]:
    """The values of a property, each with everything it may be called, in lower case."""
    values: dict[Term, set[str]] = {}
    query = (
        f"SELECT ?o ?name WHERE {{ {subject} {term} ?o OPTIONAL {{ ?o rdfs:label|skos:prefLabel|pn:name|^pn:canonical ?name }} }}"
    )
    for row in rows(graph, query):
        value = row["o"]
        names = values.setdefault(value, {value.value.casefold(), compress(value.value).casefold()})
        names.add(value.value.rsplit("#", 1)[-1].casefold())
        if "name" in row:
            names |= {row["name"].value.casefold(), compress(row["name"].value).casefold()}
    return values


def _shown(value: Term, names: set[str]) -> str:
    plain = sorted(name for name in names if not name.startswith("http") and ":" not in name)
    return f"{value.value}  ({', '.join(plain)})" if plain and isinstance(value, NamedNode) else value.value
