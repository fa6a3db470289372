"""Who is who across sources: recorded decisions, and the canonical IRIs that follow from them. Nothing is merged by likeness."""

from kg.identity.canonical import Canonical, resolve
from kg.identity.decisions import Decision, Verdict
from kg.identity.tables import append_decisions, read_decisions, write_decisions

__all__ = ["Canonical", "Decision", "Verdict", "append_decisions", "read_decisions", "resolve", "write_decisions"]
