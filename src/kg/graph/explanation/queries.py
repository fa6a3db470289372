"""How the rules of ontology/rules.ttl, which are SPARQL queries, led to a fact: the facts that their patterns met.

What a rule requires to be absent cannot be shown as a fact; the rule's own words say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import NamedNode, Triple
from rdflib.term import Node, Variable

from kg.graph.facts import Row, Term, holding, rows
from kg.graph.graph import Graph
from kg.graph.reasoning.closure import read_term
from kg.graph.reasoning.rules import QueryRule, patterns

_CONSTRUCT = re.compile(
    r"(?P<prologue>.*?)CONSTRUCT\s*\{(?P<head>[^}]*)\}\s*WHERE\s*\{(?P<body>.*)\}\s*$", re.DOTALL | re.IGNORECASE
)
_GROUP = re.compile(r"FILTER\s+(NOT\s+)?EXISTS\s*(?=\{)", re.IGNORECASE)
_VARIABLE = re.compile(r"\?(\w+)")
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)

Pattern = tuple[Node, Node, Node]


class QueryProver:
    """Finds the premises of what one query rule derived."""

    def __init__(self, rule: QueryRule) -> None:
        match = _CONSTRUCT.match(_COMMENT.sub("", rule.construct))
        assert match is not None, f"{rule.axiom} is no CONSTRUCT query of the form this program reads"
        self.axiom = rule.axiom
        self.prologue, self.body = match["prologue"], match["body"]
        self.plain, self.groups = _split(self.body)
        (self.head,) = self._patterns(match["head"])

    @property
    def predicate(self) -> str:
        """The address of the property it derives."""
        return str(self.head[1])

    @cached_property
    def _plain_patterns(self) -> list[Pattern]:
        return self._patterns(self.plain)

    def _patterns(self, group: str) -> list[Pattern]:
        return patterns(f"{self.prologue} SELECT * WHERE {{ {group} }}")

    def premises(self, graph: Graph, goal: Triple) -> Iterator[tuple[Triple, ...]]:
        """Each set of facts from which the rule concludes `goal`."""
        ends = f"VALUES (?{self.head[0]} ?{self.head[2]}) {{ ({goal.subject} {goal.object}) }}"
        for row in rows(graph, f"{self.prologue} SELECT * WHERE {{ {ends} {self.body} }}"):
            found = list(_bound(self._plain_patterns, row))
            for group in self.groups:
                found += self._met(graph, group, row)
            true = holding(graph, found)
            yield tuple(dict.fromkeys(fact for fact in found if fact in true))

    def _met(self, graph: Graph, group: str, row: Row) -> list[Triple]:
        """The first facts that satisfy a FILTER EXISTS, given the values in `row`."""
        text = _VARIABLE.sub(lambda match: str(row[match[1]]) if match[1] in row else match[0], group)
        solutions = sorted(rows(graph, f"{self.prologue} SELECT * WHERE {{ {text} }}"), key=str)
        return list(_bound(self._patterns(text), solutions[0] if solutions else {}))


def _bound(found: list[Pattern], row: Row) -> Iterator[Triple]:
    for pattern in found:
        subject, predicate, target = (row.get(str(part)) if isinstance(part, Variable) else _read(part) for part in pattern)
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and target is not None:
            yield Triple(subject, predicate, target)


def _read(part: Node) -> Term | None:
    term = read_term(part.n3()) if hasattr(part, "n3") else None
    return None if isinstance(term, Triple) else term


def _split(body: str) -> tuple[str, list[str]]:
    """The body without its FILTER EXISTS groups, and the content of those that are not negated."""
    plain, groups, start = "", [], 0
    while match := _GROUP.search(body, start):
        end = _closing(body, match.end())
        plain += body[start : match.start()]
        if not match[1]:
            groups.append(body[match.end() + 1 : end])
        start = end + 1
    return plain + body[start:], groups


def _closing(text: str, start: int) -> int:
    """Where the brace that opens at `start` closes; braces inside strings do not count."""
    depth, quoted = 0, False
    for index in range(start, len(text)):
        quoted ^= text[index] == '"' and text[index - 1] != "\\"
        depth += 0 if quoted else (text[index] == "{") - (text[index] == "}")
        if depth == 0:
            return index
    return len(text)
