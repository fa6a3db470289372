"""Running rules to a fixpoint: everything that follows from the stated facts.

Rules compiled from axioms are evaluated on sets of pairs, one set per property and per class (a member stands as a pair with
itself), and only with what is new since they last ran (semi-naive evaluation; Abiteboul, Hull & Vianu, Foundations of
Databases, 1995, section 13.1). The CONSTRUCT queries of ontology/rules.ttl run in a store that holds what they mention. They
may ask what is *not* known, so they run only when nothing more follows from the axioms.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple, parse

from kg.graph.reasoning.rules import Atom, QueryRule, Rule
from kg.vocabulary import RDF

Term = NamedNode | BlankNode | Literal | Triple
Made = TypeVar("Made")
Pair = tuple[int, int]
Pairs = set[Pair]
Indexes = dict[tuple[str, int], defaultdict[int, list[int]]]
"""Of a relation, by the value on one side (0 or 1): the values on the other."""
_TYPE = NamedNode(RDF + "type")


def closure(facts: Iterable[Triple], rules: Iterable[Rule | QueryRule]) -> list[Triple]:
    """The triples that `rules` add to `facts`, in no particular order; `facts` themselves are not repeated."""
    collecting = gc.isenabled()
    gc.disable()  # millions of pairs and not one cycle among them: looking for some takes a third of the time
    try:
        return _closure(facts, list(rules))
    finally:
        if collecting:
            gc.enable()


def _closure(facts: Iterable[Triple], rules: list[Rule | QueryRule]) -> list[Triple]:
    queries = _Queries([rule for rule in rules if isinstance(rule, QueryRule)])
    known = _Known([rule for rule in rules if isinstance(rule, Rule)], queries.mentioned)
    known.add_triples(facts, stated=True)
    known.saturate()
    while known.add_triples(queries.answers(known)):
        known.saturate()
    return known.derived()


class _Known:
    """What is known, as sets of pairs of numbered terms: terms with an address are numbered from 0, all others below it."""

    def __init__(self, rules: Iterable[Rule], watched: set[str] | None) -> None:
        self.terms: dict[int, Term] = {}
        self.pairs: dict[str, Pairs] = defaultdict(set)
        self._watched = watched
        self._unseen: dict[str, list[Pairs]] = defaultdict(list)
        self._numbers: dict[Term, int] = {}
        self._fresh: dict[str, Pairs] = {}
        self._derived: dict[str, list[Pairs]] = defaultdict(list)
        self._steps: dict[str, list[_Step]] = defaultdict(list)
        self._indexes: Indexes = {}
        for rule in {(rule.head, rule.body): rule for rule in rules}.values():
            for position in range(len(rule.body)):
                step = _Step(rule, position, self.number)
                self._steps[step.start].append(step)
                self._indexes |= {lookup: defaultdict(list) for lookup in step.lookups}

    def number(self, term: Term) -> int:
        """The number of a term."""
        found = self._numbers.get(term)
        if found is None:
            found = len(self.terms) if isinstance(term, NamedNode) else -1 - len(self.terms)
            self._numbers[term] = found
            self.terms[found] = term
        return found

    def add_triples(self, triples: Iterable[Triple], stated: bool = False) -> bool:
        """Take in `triples`; whether any was new. Only what is not `stated` counts as derived."""
        found: dict[Term, Pairs] = defaultdict(set)
        members: dict[Term, Pairs] = defaultdict(set)
        number = self.number
        for triple in triples:
            subject, predicate = number(triple.subject), triple.predicate
            if predicate == _TYPE:
                members[triple.object].add((subject, subject))
            else:
                found[predicate].add((subject, number(triple.object)))
        relations = {f"a {kind}": pairs for kind, pairs in members.items()} | {str(term): pairs for term, pairs in found.items()}
        added = [self._add(relation, pairs, stated) for relation, pairs in relations.items()]
        return any(added)

    def _add(self, relation: str, pairs: Pairs, stated: bool = False) -> bool:
        new = pairs - self.pairs[relation]
        if not stated and any(subject < 0 for subject, _ in new):
            new = {pair for pair in new if pair[0] >= 0}
        if not new:
            return False
        if not stated:
            self._derived[relation].append(new)
        self.pairs[relation] |= new
        self._fresh[relation] = self._fresh[relation] | new if relation in self._fresh else new
        if self._watched is None or relation in self._watched:
            self._unseen[relation].append(new)
        if (relation, 0) in self._indexes:
            index = self._indexes[relation, 0]
            for one, other in new:
                index[one].append(other)
        if (relation, 1) in self._indexes:
            index = self._indexes[relation, 1]
            for one, other in new:
                index[other].append(one)
        return True

    def saturate(self) -> None:
        """Run the rules until nothing new follows; each sees every new pair once."""
        while self._fresh:
            relation = next(iter(self._fresh))
            fresh = self._fresh.pop(relation)
            for step in self._steps.get(relation, ()):
                self._add(step.head, step.run(fresh, self.pairs, self._indexes))

    def derived(self) -> list[Triple]:
        """What follows and was not stated."""
        return self._made(Triple, self._derived)

    def unseen(self) -> list[Quad]:
        """What became known of the watched relations since this was last asked."""
        unseen, self._unseen = self._unseen, defaultdict(list)
        return self._made(Quad, unseen)

    def _made(self, make: Callable[[NamedNode, NamedNode, Term], Made], relations: dict[str, list[Pairs]]) -> list[Made]:
        terms, subjects = self.terms, cast(dict[int, NamedNode], self.terms)
        made: list[Made] = []
        for relation, sets in relations.items():
            kind = NamedNode(relation[3:-1]) if relation.startswith("a ") else None
            predicate = _TYPE if kind else NamedNode(relation[1:-1])
            for pairs in sets:
                if kind:
                    made += [make(subjects[member], _TYPE, kind) for member, _ in pairs]
                else:
                    made += [make(subjects[one], predicate, terms[other]) for one, other in pairs]
        return made


def _relation(atom: Atom) -> tuple[str, str, str]:
    """(relation, first part, second part) of a pattern; a class relates each member to itself."""
    subject, predicate, target = atom
    return (f"a {target}", subject, subject) if predicate == "a" else (predicate, subject, target)


def read_term(text: str) -> Term:
    """A term as SPARQL writes it, read."""
    term: Term = next(iter(parse(f"<x:s> <x:p> {text} .".encode(), RdfFormat.N_TRIPLES))).object
    return term


class _Step:
    """One rule, asked with what is new at one position of its body; the other patterns are joined to that one by one.

    A row holds the values of `columns`: the constants of the rule, then its variables in the order they become known.
    """

    def __init__(self, rule: Rule, position: int, number: Callable[[Term], int]) -> None:
        self.start, *first = _relation(rule.body[position])
        self.head, *result = _relation(rule.head)
        parts = [part for atom in (rule.head, *rule.body) for part in _relation(atom)[1:]]
        self.columns = sorted({part for part in parts if not part.startswith("?")})
        self.constants = tuple(number(read_term(part)) for part in self.columns)
        self.first = self._places(first)
        self.joins = list(self._plan([atom for i, atom in enumerate(rule.body) if i != position]))
        self.result = self._places(result)

    @property
    def lookups(self) -> list[tuple[str, int]]:
        """The indexes it needs: (relation, side that is known)."""
        return [(relation, int(left < 0)) for relation, (left, right) in self.joins if (left < 0) != (right < 0)]

    def _places(self, parts: list[str]) -> tuple[int, int]:
        """The columns of two parts; -1 for what is not known yet, which becomes a column, -2 if it equals the first part."""
        left, right = (self.columns.index(part) if part in self.columns else -1 for part in parts)
        self.columns += [part for part in dict.fromkeys(parts) if part not in self.columns]
        return left, -2 if right < 0 and parts[0] == parts[1] else right

    def _plan(self, atoms: list[Atom]) -> Iterator[tuple[str, tuple[int, int]]]:
        """The joins, those with most known parts first."""
        while atoms:
            atom = max(atoms, key=lambda atom: sum(part in self.columns for part in _relation(atom)[1:]))
            atoms.remove(atom)
            relation, *parts = _relation(atom)
            yield relation, self._places(parts)

    def run(self, fresh: Pairs, pairs: dict[str, Pairs], indexes: Indexes) -> Pairs:
        """What follows from the pairs `fresh` together with everything known."""
        rows = self._begin(fresh)
        for relation, (left, right) in self.joins:
            if left >= 0 and right >= 0:
                known = pairs[relation]
                rows = [row for row in rows if (row[left], row[right]) in known]
            elif left >= 0:
                index = indexes[relation, 0]
                rows = [(*row, value) for row in rows for value in index.get(row[left], ())]
            elif right >= 0:
                index = indexes[relation, 1]
                rows = [(*row, value) for row in rows for value in index.get(row[right], ())]
            elif right == -2:
                rows = [(*row, one) for row in rows for one, other in pairs[relation] if one == other]
            else:
                rows = [(*row, *pair) for row in rows for pair in pairs[relation]]
        first, second = self.result
        if rows is fresh and (first, second) == (0, 1):
            return fresh
        return {(row[first], row[second]) for row in rows}

    def _begin(self, fresh: Pairs) -> Iterable[tuple[int, ...]]:
        left, right = self.first
        if not self.constants and right == -1:
            return fresh
        start = self.constants
        kept = [pair for pair in fresh if left < 0 or pair[0] == start[left]]
        kept = [pair for pair in kept if (pair[0] == pair[1] if right == -2 else right < 0 or pair[1] == start[right])]
        return [(*start, *pair[: 1 if left < 0 else 0], *pair[1 : 2 if right == -1 else 1]) for pair in kept]


class _Queries:
    """The rules written as queries, and a store of what they mention."""

    def __init__(self, rules: Sequence[QueryRule]) -> None:
        self.rules = rules
        self.store = Store()
        found = [rule.mentioned for rule in rules]
        self.mentioned = None if None in found else {relation for relations in found for relation in relations or ()}

    def answers(self, known: _Known) -> list[Triple]:
        """Everything the queries imply from what is known now; nothing when they were asked before and nothing changed."""
        unseen = known.unseen()
        if not unseen:
            return []
        self.store.bulk_extend(unseen)
        return [triple for rule in self.rules for triple in cast(QueryTriples, self.store.query(rule.construct))]
