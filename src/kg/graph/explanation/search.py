"""Searching proofs backwards: from a fact to the rules whose heads match it, to what their bodies met, down to stated facts."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice, product

from pyoxigraph import NamedNode, Triple

from kg.graph.explanation.proof import Proof
from kg.graph.explanation.queries import QueryProver
from kg.graph.facts import rows, stated
from kg.graph.graph import Graph
from kg.graph.reasoning.closure import read_term
from kg.graph.reasoning.rules import Atom, Rule, compile_rules, written
from kg.vocabulary import RDF, locate

MAX_STEPS = 24
"""Longest proof searched for, in steps."""
MAX_GOALS = 1000
"""When all proofs are wanted: how many facts are looked into."""
MAX_ALTERNATIVES = 40
"""When all proofs are wanted: how many are kept of each fact, those from the fewest statements first."""

Instance = tuple[str, tuple[Triple, ...]]
"""One use of a rule: its axiom in words, and the premises."""


class Search:
    """Proofs in one graph; what was asked of the store once is remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.rules, self.queries = _rules_by_head()
        self._stated: dict[Triple, bool] = {}
        self._instances: dict[Triple, list[Instance]] = {}
        self._found: dict[Triple, Proof] = {}
        self._failed: dict[Triple, int] = {}

    def shortest(self, goal: Triple) -> Proof | None:
        """The proof of `goal` with the fewest steps; None if no rule leads to it."""
        for budget in range(MAX_STEPS + 1):
            proof = self._within(goal, budget)
            if proof is not None:
                return proof
        return None

    def _within(self, goal: Triple, budget: int) -> Proof | None:
        """The shortest proof of at most `budget` steps. Steps only add up, so that going in circles never shortens one."""
        if goal in self._found:
            found = self._found[goal]
            return found if found.steps <= budget else None
        if self.is_stated([goal])[goal]:
            self._found[goal] = Proof(goal)
            return self._found[goal]
        if self._failed.get(goal, 0) >= budget:
            return None
        best: Proof | None = None
        for axiom, premises in self.instances(goal):
            limit = (best.steps - 1 if best else budget) - 1
            parts = self._all_within(premises, limit)
            if parts is not None:
                best = Proof(goal, "", axiom, parts)
        if best is None:
            self._failed[goal] = budget
        else:
            self._found[goal] = best
        return best

    def _all_within(self, premises: tuple[Triple, ...], budget: int) -> tuple[Proof, ...] | None:
        missing = sum(not known for known in self.is_stated(premises).values())
        if missing > budget:
            return None
        parts = []
        for premise in premises:
            known = self.is_stated([premise])[premise]
            missing -= not known
            part = self._within(premise, budget - missing)
            if part is None:
                return None
            budget -= part.steps
            parts.append(part)
        return tuple(parts)

    def all(self, goal: Triple) -> list[Proof]:
        """Proofs from different sets of stated facts of which none contains another, fewest steps first."""
        goals = self._reachable(goal)
        proofs: dict[Triple, dict[frozenset[Triple], Proof]] = {fact: {} for fact in goals}
        for fact, known in self.is_stated(goals).items():
            if known:
                proofs[fact][frozenset((fact,))] = Proof(fact)
        growing = True
        while growing:
            growing = False
            for fact in reversed(goals):
                for axiom, premises in [] if self._stated[fact] else self.instances(fact):
                    growing |= _combine(fact, axiom, [proofs.get(premise, {}) for premise in premises], proofs[fact])
        return sorted(proofs[goal].values(), key=lambda proof: (proof.steps, len(proof.leaves), str(proof)))

    def _reachable(self, goal: Triple) -> list[Triple]:
        """Every fact that may occur in a proof of `goal`, nearest first."""
        goals = {goal: None}
        for fact in _in_order(goals):
            if not self.is_stated([fact])[fact]:
                found = [premise for _, premises in self.instances(fact) for premise in premises]
                self.is_stated(found)
                goals |= dict.fromkeys(found[: max(MAX_GOALS - len(goals), 0)])
        return list(goals)

    def is_stated(self, facts: Iterable[Triple]) -> dict[Triple, bool]:
        """Whether each of `facts` is stated by a passage."""
        facts = list(facts)
        unknown = {fact for fact in facts if fact not in self._stated}
        if unknown:
            known = stated(self.graph, unknown)
            self._stated |= {fact: fact in known for fact in unknown}
        return {fact: self._stated[fact] for fact in facts}

    def instances(self, goal: Triple) -> list[Instance]:
        """Every use of a rule that concludes `goal`."""
        if goal not in self._instances:
            found = [*self._from_rules(goal), *self._from_queries(goal)]
            usable = {(axiom, premises) for axiom, premises in found if goal not in premises}
            self._instances[goal] = sorted(usable, key=lambda item: (len(item[1]), str(item)))
            self.is_stated(premise for _, premises in usable for premise in premises)
        return self._instances[goal]

    def _from_rules(self, goal: Triple) -> Iterable[Instance]:
        """All rules with a matching head in one query, each in a branch of its own."""
        matching = [(rule, bound) for rule in self.rules[_relation(goal)] if (bound := _match(rule.head, goal)) is not None]
        if not matching:
            return
        branches = (
            f"{{ {written(_bind(rule.body, bound))} BIND({number} AS ?rule) }}" for number, (rule, bound) in enumerate(matching)
        )
        for row in rows(self.graph, f"SELECT * WHERE {{ {' UNION '.join(branches)} }}"):
            rule, bound = matching[int(row["rule"].value)]
            values = {f"?{name}": str(term) for name, term in row.items() if name != "rule"} | bound
            yield rule.axiom, tuple(dict.fromkeys(fact_of(atom) for atom in _bind(rule.body, values)))

    def _from_queries(self, goal: Triple) -> Iterable[Instance]:
        for query in self.queries:
            if query.predicate == goal.predicate.value:
                for premises in query.premises(self.graph, goal):
                    yield query.axiom, premises


def _in_order(goals: dict[Triple, None]) -> Iterable[Triple]:
    """The keys of a dict that grows while it is gone through."""
    done = 0
    while done < len(goals):
        batch = list(goals)[done:]
        yield from batch
        done += len(batch)


def _combine(
    fact: Triple, axiom: str, choices: list[dict[frozenset[Triple], Proof]], known: dict[frozenset[Triple], Proof]
) -> bool:
    """Put every proof of `fact` by one use of a rule into `known`, unless one that needs no more is there; whether any was new."""
    grown = False
    for parts in islice(product(*(list(choice.values()) for choice in choices)), MAX_ALTERNATIVES**2):
        proof = Proof(fact, "", axiom, parts)
        leaves = proof.leaves
        if any(other < leaves or (other == leaves and old.steps <= proof.steps) for other, old in known.items()):
            continue
        for other in [other for other in known if leaves <= other]:
            del known[other]
        known[leaves] = proof
        if len(known) > MAX_ALTERNATIVES:
            worst = max(known, key=lambda leaves: (len(leaves), known[leaves].steps, str(known[leaves])))
            del known[worst]
            if worst == leaves:
                continue
        grown = True
    return grown


@functools.cache
def _rules_by_head() -> tuple[dict[str, list[Rule]], list[QueryProver]]:
    by_head: dict[str, list[Rule]] = defaultdict(list)
    queries = []
    for rule in compile_rules(locate("ontology")):
        if isinstance(rule, Rule):
            by_head[f"a {rule.head[2]}" if rule.head[1] == "a" else rule.head[1]].append(rule)
        else:
            queries.append(QueryProver(rule))
    return by_head, queries


def _relation(fact: Triple) -> str:
    return f"a {fact.object}" if fact.predicate.value == RDF + "type" else str(fact.predicate)


def _match(head: Atom, goal: Triple) -> dict[str, str] | None:
    """The values of the head's variables that make it `goal`; None if nothing does."""
    bound: dict[str, str] = {}
    for part, term in ((head[0], str(goal.subject)), (head[2], str(goal.object))):
        if bound.setdefault(part, term) != term or (not part.startswith("?") and part != term):
            return None
    return {part: term for part, term in bound.items() if part.startswith("?")}


def _bind(body: Iterable[Atom], values: dict[str, str]) -> list[Atom]:
    return [(values.get(one, one), predicate, values.get(other, other)) for one, predicate, other in body]


def fact_of(atom: Atom) -> Triple:
    """A pattern without variables as a fact."""
    one, predicate, other = (read_term(f"<{RDF}type>" if part == "a" else part) for part in atom)
    assert isinstance(one, NamedNode)
    assert isinstance(predicate, NamedNode)
    return Triple(one, predicate, other)
