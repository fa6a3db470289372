"""Rules: SPARQL CONSTRUCT queries in files that say in terms of the ontology what a foreign vocabulary says in its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, Store

from kg.errors import KgError
from kg.ingest.safety import fail

_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
SHIPPED = Path(__file__).parent / "rules"
MAX_GRAPHS = 20_000
"""Most named graphs that rules are run over, one by one."""


@dataclass(frozen=True)
class Rule:
    """One CONSTRUCT query; `name` is that of its file."""

    name: str
    path: Path
    query: str


def read_rules(given: Sequence[Path] = ()) -> list[Rule]:
    """The shipped rules, then those of `given` (files, or folders of .rq files); one of the same name replaces a shipped one.

    Raises RecordError for a file that cannot be read or is no CONSTRUCT query.
    """
    files = [*sorted(SHIPPED.glob("*.rq"))]
    for path in given:
        files += sorted(path.glob("*.rq")) if path.is_dir() else [path]
    rules = {path.name: _rule(path) for path in files}
    return list(rules.values())


def _rule(path: Path) -> Rule:
    try:
        query = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise fail(str(path), f"cannot be read: {error}") from None
    if _SERVICE.search(re.sub(r"#.*", "", query)):
        raise fail(path.name, "the rule asks another service", "rules have no SERVICE and fetch nothing")
    try:
        answer = Store().query(query)
    except SyntaxError as error:
        raise fail(
            path.name, f"not SPARQL: {error.msg}", "a rule is one CONSTRUCT query", error.lineno or 1, error.offset or 1
        ) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise fail(path.name, f"the rule does not run: {error}", "rules have no SERVICE and fetch nothing") from None
    if not isinstance(answer, QueryTriples):
        raise fail(path.name, "the rule is no CONSTRUCT query", "CONSTRUCT { … } WHERE { … }")
    return Rule(path.name, path, query)


def graphs_of(store: Store) -> list[NamedNode | DefaultGraph]:
    """The graphs of `store`, by name; raises KgError when there are too many."""
    found: list[NamedNode | DefaultGraph] = [DefaultGraph()]
    for graph in store.named_graphs():
        found.append(graph)  # type: ignore[arg-type]
        if len(found) > MAX_GRAPHS:
            raise KgError(f"more than {MAX_GRAPHS:,} named graphs: split the file")
    return sorted(found, key=str)


def apply(rules: Sequence[Rule], store: Store, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """What the rules say of one graph, in that graph."""
    for rule in rules:
        try:
            answer = store.query(rule.query, default_graph=graph)
            for triple in answer:  # type: ignore[union-attr]
                yield Quad(triple.subject, triple.predicate, triple.object, graph)
        except (OSError, RuntimeError, ValueError) as error:
            raise fail(rule.name, f"the rule does not run: {error}", "rules have no SERVICE and fetch nothing") from None
