"""The rules run as SPARQL inside a store: the reference for `closure`, and the way to run them in a store of one's own.

Slower than on sets of pairs (benchmarks/README.md), and independent of that engine: both must derive the same triples. Each
round asks only what the triples of the round before add (semi-naive evaluation): they stand in a graph of their own, and a rule
is asked once for each of its patterns that may match there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import NamedNode, Quad, QueryTriples, Store, Triple

from kg.graph.reasoning.rules import Atom, QueryRule, Rule, written
from kg.vocabulary import RDF

FRESH = NamedNode("urn:x-kg:fresh")
"""The graph of what the last round added; empty at the end."""


def close_store(store: Store, rules: Iterable[Rule | QueryRule]) -> set[Triple]:
    """Add to the default graph of `store` all that `rules` imply, and say what was added."""
    rules = list(rules)
    axioms = [rule for rule in rules if isinstance(rule, Rule)]
    added: set[Triple] = set()
    fresh = answers(store, (_over_everything(rule) for rule in axioms))
    while fresh:
        store.bulk_extend(quad(triple) for triple in fresh)
        add_fresh(store, fresh)
        added |= fresh
        fresh = answers(store, over_fresh(axioms, fresh))
        store.clear_graph(FRESH)
        if not fresh:  # rules that ask what is absent wait until nothing more follows from the others
            queries = (rule.construct for rule in rules if isinstance(rule, QueryRule))
            fresh = {triple for triple in answers(store, queries) if quad(triple) not in store}
    return added


def answers(store: Store, queries: Iterable[str]) -> set[Triple]:
    """What the CONSTRUCT `queries` give; a text cannot be the subject of anything."""
    found = (triple for query in queries for triple in cast(QueryTriples, store.query(query)))
    return {triple for triple in found if isinstance(triple.subject, NamedNode)}


def add_fresh(store: Store, triples: Iterable[Triple]) -> None:
    """Put `triples` into the graph FRESH as well."""
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object, FRESH) for triple in triples)


def quad(triple: Triple) -> Quad:
    """The triple in the default graph."""
    return Quad(triple.subject, triple.predicate, triple.object)


def _over_everything(rule: Rule) -> str:
    return _construct(rule, written(rule.body))


def over_fresh(rules: Iterable[Rule], fresh: Iterable[Triple], known: bool = False) -> Iterator[str]:
    """Queries for what `rules` imply from the triples `fresh`, which stand in FRESH, and all others; with `known`, also what is
    known already."""
    relations = {_relation(str(t.predicate), str(t.object)) for t in fresh}
    for rule in rules:
        for place, atom in enumerate(rule.body):
            if _relation_of(atom) in relations:
                others = [other for number, other in enumerate(rule.body) if number != place]
                yield _construct(rule, f"GRAPH {FRESH} {{ {written([atom])} }} {written(others)}", known)


def _construct(rule: Rule, where: str, known: bool = False) -> str:
    head = written([rule.head])
    new = "" if known else f"FILTER NOT EXISTS {{ {head} }}"
    return f"CONSTRUCT {{ {head} }} WHERE {{ {where} {new} }}"


def _relation_of(atom: Atom) -> str:
    return _relation(f"<{RDF}type>" if atom[1] == "a" else atom[1], atom[2])


def _relation(predicate: str, target: str) -> str:
    return f"a {target}" if predicate == f"<{RDF}type>" else predicate
