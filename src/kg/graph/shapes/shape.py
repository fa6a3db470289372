"""A shape as the engine sees it: whom it is about, by which path, and what must hold."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.shapes.findings import Severity, Term


@dataclass(frozen=True)
class Target:
    """Whom a shape is about: `kind` is targetClass, targetNode, targetSubjectsOf or targetObjectsOf."""

    kind: str
    term: Term


@dataclass(frozen=True)
class Constraint:
    """One constraint of a shape: `kind` is its SHACL parameter (minCount, in, sparql ...), `values` the argument or, for sh:in,
    the list; for sh:sparql `query` is the SELECT query complete with prefixes."""

    kind: str
    values: tuple[Term, ...] = ()
    query: str = ""
    message: str = ""
    flags: str = ""


@dataclass(frozen=True)
class Shape:
    """A node shape or property shape with constraints of its own.

    `root` is the address of the shape with the targets, from which `name`, `label` and `reason` come; `path` is a SPARQL
    property path, empty for a node shape; `evidence` are the patterns that bind ?passage.
    """

    iri: str
    root: str
    label: str
    reason: str
    message: str
    severity: Severity
    targets: tuple[Target, ...]
    path: str
    constraints: tuple[Constraint, ...]
    evidence: tuple[str, ...]

    @property
    def name(self) -> str:
        """The end of the root's address: what --shape takes."""
        return self.root.replace("#", "/").rsplit("/", 1)[-1]
