"""Blank nodes -> addresses that are the same each time the file is read, and survive edits elsewhere in it.

A node is named by what is said about it and about its neighbours (colour refinement: each round takes in one step more). Nodes
that cannot be told apart are numbered in the order of the file; as each keeps a name of its own, nothing is joined that was apart.
Only statements that touch blank nodes are held in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b

from pyoxigraph import BlankNode, NamedNode, Quad

ROUNDS = 8
"""How many steps around a node its name takes in: always as many, so that names do not depend on what else the file holds."""


def named(quads: Iterable[Quad], base: str) -> list[Quad]:
    """`quads` with an address below `base` in place of each blank node."""
    held = list(quads)
    names = _names(held)
    address = {node: NamedNode(f"{base}.well-known/genid/{name}") for node, name in names.items()}

    def put(term: object) -> object:
        return address.get(term.value, term) if isinstance(term, BlankNode) else term

    return [Quad(put(q.subject), q.predicate, put(q.object), put(q.graph_name)) for q in held]  # type: ignore[arg-type]


def touches(quad: Quad) -> bool:
    """Whether a quad has a blank node in it."""
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode) or isinstance(quad.graph_name, BlankNode)


def _names(quads: list[Quad]) -> dict[str, str]:
    order = dict.fromkeys(
        term.value for quad in quads for term in (quad.subject, quad.object, quad.graph_name) if isinstance(term, BlankNode)
    )
    colours = dict.fromkeys(order, "")
    for _ in range(ROUNDS if colours else 0):
        colours = _refined(quads, colours)
    seen: dict[str, int] = defaultdict(int)
    names = {}
    for node in order:
        seen[colours[node]] += 1
        number = seen[colours[node]]
        names[node] = colours[node] if number == 1 else f"{colours[node]}-{number}"
    return names


def _refined(quads: list[Quad], colours: dict[str, str]) -> dict[str, str]:
    said: dict[str, list[str]] = defaultdict(list)

    def shown(term: object, own: str) -> str:
        if not isinstance(term, BlankNode):
            return str(term)
        return "_:self" if term.value == own else f"_:{colours[term.value]}"

    for quad in quads:
        for term in {t.value for t in (quad.subject, quad.object, quad.graph_name) if isinstance(t, BlankNode)}:
            parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
            said[term].append(" ".join(shown(part, term) for part in parts))
    return {node: blake2b("\n".join(sorted(lines)).encode(), digest_size=10).hexdigest() for node, lines in said.items()}
