"""The answers of a CONSTRUCT rule, asked anew only for what a change can have touched.

A rule such as "two who acted in one event served together" speaks of one event at a time. Its answers are kept by that event, its
*key*. A changed triple can only meet patterns with its own property; where in all of those patterns the key is the subject, no
solution but those with the triple's subject as key can come or go, whether the pattern is required, filtered or negated: inside
EXISTS the key is the same. So those keys alone are asked again. Any other change has everything asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import cast

from pyoxigraph import NamedNode, QuerySolutions, QueryTriples, Store, Triple
from rdflib.term import Variable

from kg.graph.rules import QueryRule, patterns
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
        self._key, self._own = _key(rule)
        self._by_key: dict[str, set[Triple]] = {}
        self._all: set[Triple] = set()

    def ask(self, store: Store, changed: Iterable[Triple] | None = None) -> set[Triple]:
        """What it derives now. `changed` holds every triple that came or went since it was asked before; None: any may have."""
        if changed is None or self._mentioned is None:
            self._ask(store)
            return self._all
        touched = [(triple, relation) for triple in changed if (relation := _relation(triple)) in self._mentioned]
        named = all(isinstance(triple.subject, NamedNode) for triple, _ in touched)
        if touched and self._key and named and all(relation in self._own for _, relation in touched):
            self._ask(store, {str(triple.subject) for triple, _ in touched})
        elif touched:  # what else changed may be met by way of other subjects
            self._ask(store)
        return self._all

    def _ask(self, store: Store, keys: Collection[str] | None = None) -> None:
        if not self._key:
            found = cast(QueryTriples, store.query(self._rule.construct))
            self._all = {triple for triple in found if isinstance(triple.subject, NamedNode)}
            return
        match = _FORM.match(_COMMENT.sub("", self._rule.construct))
        assert match is not None
        prologue, one, term, other, body = match.groups()
        values = "" if keys is None else f"VALUES {self._key} {{ {' '.join(sorted(keys))} }}"
        head = f"(({one}) AS ?_one) ({term} AS ?_term) (({other}) AS ?_other)"
        query = f"{prologue} SELECT {self._key} {head} WHERE {{ {values} {body} }}"
        fresh: dict[str, set[Triple]] = defaultdict(set)
        for row in cast(QuerySolutions, store.query(query)):
            if isinstance(row["_one"], NamedNode):
                fresh[str(row[self._key[1:]])].add(Triple(row["_one"], cast(NamedNode, row["_term"]), row["_other"]))
        if keys is None:
            self._by_key = dict(fresh)
        else:
            for key in keys:
                self._by_key.pop(key, None)
            self._by_key.update(fresh)
        self._all = set().union(*self._by_key.values())


def _key(rule: QueryRule) -> tuple[str, set[str]]:
    """The variable that answers are kept by, and the relations of which it is the subject everywhere; "" for none.

    Of the variables that a pattern outside every FILTER has as its subject, that with most such relations.
    """
    text = _COMMENT.sub("", rule.construct)
    match = _FORM.match(text)
    if match is None or rule.mentioned is None or _OTHER.search(match[5]):
        return "", set()
    plain = match[5]
    while _INNERMOST.search(plain):
        plain = _INNERMOST.sub(" ", plain)
    plain = _EXISTS.sub(" ", plain)
    required = {subject for subject, _, _ in patterns(f"{match[1]} SELECT * WHERE {{ {plain} }}") if isinstance(subject, Variable)}
    subjects: dict[str, set[object]] = defaultdict(set)
    for subject, predicate, target in patterns(rule.construct):
        is_type = str(predicate) == RDF + "type"
        subjects[f"a {target.n3()}" if is_type else predicate.n3()].add(subject)
    own = {key: {relation for relation, who in subjects.items() if who == {key}} for key in required}
    best = max(sorted(own), key=lambda key: len(own[key]), default=None)
    return (f"?{best}", own[best]) if best is not None else ("", set())


def _relation(triple: Triple) -> str:
    predicate = str(triple.predicate)
    return f"a {triple.object}" if predicate == f"<{RDF}type>" else predicate
