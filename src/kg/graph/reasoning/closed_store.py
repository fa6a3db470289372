"""What follows, kept up to date while facts come and go: each change costs about what hangs on it, not what there is.

The facts and all that follows from them stand in a store in memory, and the rules run there as SPARQL. Facts that are taken
back take with them whatever was derived with their help, step by step; of that, what still follows from the rest is put back;
then the new facts are followed up (delete and rederive; Gupta, Mumick & Subrahmanian, Maintaining Views Incrementally, 1993).
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Store, Triple

from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.closure_in_store import FRESH, add_fresh, answers, over_fresh, quad
from kg.graph.reasoning.query_answers import QueryAnswers
from kg.graph.reasoning.rules import QueryRule, Rule, written

_ROUNDS = 20
"""How often rules that ask what is absent may change each other's answers before everything is derived anew."""


class ClosedStore:
    """The last facts, and in `derived` what the rules add to them."""

    def __init__(self, rules: Iterable[Rule | QueryRule]) -> None:
        self._rules = list(rules)
        self._axioms = [rule for rule in self._rules if isinstance(rule, Rule)]
        self._queries = [QueryAnswers(rule) for rule in self._rules if isinstance(rule, QueryRule)]
        self._touched: set[Triple] = set()
        self._begin(set())

    def _begin(self, facts: set[Triple]) -> None:
        """Derive everything at once: from nothing, that is the quicker way."""
        self.facts = facts
        self.derived = set(closure(facts, self._rules))
        self._store = Store()
        self._store.bulk_extend(quad(triple) for triples in (facts, self.derived) for triple in triples)
        self._asked = self._ask(everything=True)

    def _ask(self, everything: bool = False) -> set[Triple]:
        """What the rules that are queries derive now; asked is only what can have changed since, unless `everything`."""
        changed, self._touched = self._touched, set()
        found = (query.ask(self._store, None if everything else changed) for query in self._queries)
        return set().union(*found)

    def derive(self, facts: set[Triple]) -> set[Triple]:
        """What follows from `facts`, which take the place of those before."""
        if self.facts:
            self._change(facts)
        else:
            self._begin(facts)
        return self.derived

    def _change(self, facts: set[Triple]) -> None:
        added, removed, self.facts = facts - self.facts, self.facts - facts, facts
        self._retract(removed)
        self._follow(added)
        for _ in range(_ROUNDS):
            asked = self._ask()
            if asked == self._asked:
                return
            dropped, self._asked = self._asked - asked, asked
            self._retract(dropped - facts)
            self._follow({triple for triple in asked if triple not in facts and triple not in self.derived})
        self._begin(facts)

    def _retract(self, removed: set[Triple]) -> None:
        gone, frontier = set(removed), set(removed)
        while frontier:
            reached = self._reached_from(frontier)
            frontier = {triple for triple in reached if triple in self.derived and triple not in gone}
            gone |= frontier
        for triple in gone:
            self._store.remove(quad(triple))
        self._touched |= gone
        self.derived -= gone
        self._follow(self._still_following(gone) | (gone & self._asked))

    def _reached_from(self, triples: set[Triple]) -> set[Triple]:
        """What one application of a rule to `triples` and all the rest gives."""
        add_fresh(self._store, triples)
        reached = answers(self._store, over_fresh(self._axioms, triples, known=True))
        self._store.clear_graph(FRESH)
        return reached

    def _still_following(self, gone: set[Triple]) -> set[Triple]:
        if not gone:
            return set()
        add_fresh(self._store, gone)
        heads = ((rule, written([rule.head])) for rule in self._axioms)
        queries = [f"CONSTRUCT {{ {head} }} WHERE {{ GRAPH {FRESH} {{ {head} }} {written(rule.body)} }}" for rule, head in heads]
        found = answers(self._store, queries)
        self._store.clear_graph(FRESH)
        return found

    def _follow(self, fresh: set[Triple]) -> None:
        """Take in `fresh` and all that follows."""
        while fresh:
            self._store.bulk_extend(quad(triple) for triple in fresh)
            self._touched |= fresh
            self.derived |= fresh
            add_fresh(self._store, fresh)
            fresh = answers(self._store, over_fresh(self._axioms, fresh))
            self._store.clear_graph(FRESH)
        self.derived -= self.facts
