"""The answers of a CONSTRUCT rule, asked anew only for what a change can have touched.

A changed triple can only meet patterns with its own property. Where all of those have one variable as their subject (its *key*: the
event, in "two who acted in one event served together"), no solution but those in which the key is the subject of the triple can
come or go, whether a pattern is required, filtered or negated: inside EXISTS the key is the same. So solutions are kept with
their keys, and those alone are asked again. Any other change has everything asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from pyoxigraph import NamedNode, QuerySolutions, QueryTriples, Store, Triple
from rdflib.term import Variable

from kg.graph.reasoning.rules import QueryRule, patterns
from kg.vocabulary import RDF

_FORM = re.compile(r"(.*?)CONSTRUCT\s*\{\s*(\?\w+)\s+(\S+)\s+(\?\w+)\s*\.?\s*\}\s*WHERE\s*\{(.*)\}\s*$", re.DOTALL | re.IGNORECASE)
"""One derived property between two variables: the prologue, the three parts of the head, the body."""
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_INNERMOST = re.compile(r"\{[^{}]*\}")
_EXISTS = re.compile(r"FILTER\s+(?:NOT\s+)?EXISTS\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:SELECT|MINUS|OPTIONAL|GRAPH|SERVICE|VALUES|GROUP|LIMIT|OFFSET)\b", re.IGNORECASE)
"""What could give a variable another meaning inside: a rule with one of these is always asked whole."""


class QueryAnswers:
    """What one rule derives from a store, kept from one change to the next."""

    def __init__(self, rule: QueryRule) -> None:
        self._rule = rule
        self._mentioned = rule.mentioned
        self._key_of = _keys(rule)
        self._keys = sorted(set(self._key_of.values()))
        self._solutions: set[tuple[tuple[str, ...], Triple]] = set()
        self._all: set[Triple] = set()

    def ask(self, store: Store, changed: Iterable[Triple] | None = None) -> set[Triple]:
        """What it derives now. `changed` holds every triple that came or went since it was asked before; None: any may have."""
        if changed is None or self._mentioned is None:
            self._ask_all(store)
            return self._all
        touched = [(triple, relation) for triple in changed if (relation := _relation(triple)) in self._mentioned]
        if all(relation in self._key_of and isinstance(triple.subject, NamedNode) for triple, relation in touched):
            values: dict[str, set[str]] = defaultdict(set)
            for triple, relation in touched:
                values[self._key_of[relation]].add(str(triple.subject))
            self._ask_again(store, values)
        else:
            self._ask_all(store)
        return self._all

    def _ask_all(self, store: Store) -> None:
        if self._keys:
            self._solutions = set(self._found(store, ""))
            self._all = {triple for _, triple in self._solutions}
        else:
            found = cast(QueryTriples, store.query(self._rule.construct))
            self._all = {triple for triple in found if isinstance(triple.subject, NamedNode)}

    def _ask_again(self, store: Store, values: Mapping[str, set[str]]) -> None:
        """Ask for the solutions in which a key has one of its `values`, in place of those there were."""
        if not values:
            return
        places = [(self._keys.index(key), among) for key, among in values.items()]
        self._solutions = {one for one in self._solutions if not any(one[0][place] in among for place, among in places)}
        for key, among in values.items():
            self._solutions.update(self._found(store, f"VALUES {key} {{ {' '.join(sorted(among))} }}"))
        self._all = {triple for _, triple in self._solutions}

    def _found(self, store: Store, values: str) -> Iterator[tuple[tuple[str, ...], Triple]]:
        match = _FORM.match(_COMMENT.sub("", self._rule.construct))
        assert match is not None
        prologue, one, term, other, body = match.groups()
        head = f"(({one}) AS ?_one) ({term} AS ?_term) (({other}) AS ?_other)"
        query = f"{prologue} SELECT {' '.join(self._keys)} {head} WHERE {{ {values} {body} }}"
        for row in cast(QuerySolutions, store.query(query)):
            if isinstance(row["_one"], NamedNode):
                triple = Triple(row["_one"], cast(NamedNode, row["_term"]), row["_other"])
                yield tuple(str(row[key[1:]]) for key in self._keys), triple


def _keys(rule: QueryRule) -> dict[str, str]:
    """For each relation whose patterns all have one variable as subject, that variable, if a pattern outside FILTERs has it too."""
    text = _COMMENT.sub("", rule.construct)
    match = _FORM.match(text)
    if match is None or rule.mentioned is None or _OTHER.search(match[5]):
        return {}
    plain = match[5]
    while _INNERMOST.search(plain):
        plain = _INNERMOST.sub(" ", plain)
    plain = _EXISTS.sub(" ", plain)
    required = {subject for subject, _, _ in patterns(f"{match[1]} SELECT * WHERE {{ {plain} }}") if isinstance(subject, Variable)}
    subjects: dict[str, set[object]] = defaultdict(set)
    for subject, predicate, target in patterns(rule.construct):
        is_type = str(predicate) == RDF + "type"
        subjects[f"a {target.n3()}" if is_type else predicate.n3()].add(subject)
    return {relation: f"?{key}" for relation, who in subjects.items() for key in required if who == {key}}


def _relation(triple: Triple) -> str:
    predicate = str(triple.predicate)
    return f"a {triple.object}" if predicate == f"<{RDF}type>" else predicate
