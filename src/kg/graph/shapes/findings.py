"""What a shape found: the focus node, the value at fault, and how grave it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import BlankNode, Literal, NamedNode

Term = NamedNode | BlankNode | Literal

SH = "http://www.w3.org/ns/shacl#"


class Severity(StrEnum):
    """How grave a finding is, gravest first: sh:Violation, sh:Warning, sh:Info."""

    violation = "violation"
    warning = "warning"
    info = "info"

    @property
    def iri(self) -> str:
        """The address of the SHACL severity."""
        return SH + self.value.capitalize()

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)

    def at_least(self, other: Severity) -> bool:
        """Whether this is as grave as `other` or graver."""
        return self.rank <= other.rank


@dataclass(frozen=True)
class Finding:
    """One result of a validation (a sh:ValidationResult).

    `shape` is the address of the shape whose constraint failed, `component` that of the kind of constraint; `value` is the
    value at fault, None where something is missing or too frequent.
    """

    shape: str
    component: str
    severity: Severity
    focus: Term
    value: Term | None

    @property
    def order(self) -> tuple[int, str, str, str]:
        """Gravest first, then by shape, focus node and value."""
        return self.severity.rank, self.shape, str(self.focus), str(self.value)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among `findings`; None when there are none."""
    return min((finding.severity for finding in findings), key=lambda severity: severity.rank, default=None)
