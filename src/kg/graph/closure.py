"""Running rules to a fixpoint: everything that follows from the stated facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, Store, Triple

from kg.graph.rules import QueryRule, Rule


def closure(facts: Iterable[Triple], rules: Iterable[Rule | QueryRule]) -> list[Triple]:
    """The triples that `rules` add to `facts`, sorted; `facts` themselves are not repeated.

    Rules run in rounds until a round adds nothing. A rule that found nothing new is asked again only after another rule
    added something.
    """
    store = Store()
    default = DefaultGraph()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object, default) for t in facts)
    rules = list(rules)
    inferred: set[Triple] = set()
    growing = True
    while growing:
        growing = False
        for rule in rules:
            found = cast(QueryTriples, store.query(rule.construct))
            new = [
                t
                for t in found
                if isinstance(t.subject, NamedNode) and Quad(t.subject, t.predicate, t.object, default) not in store
            ]
            if new:
                growing = True
                inferred.update(new)
                store.extend(Quad(t.subject, t.predicate, t.object, default) for t in new)
    return sorted(inferred, key=str)
