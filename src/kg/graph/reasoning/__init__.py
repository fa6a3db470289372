"""What follows from the stated facts: the ontology's axioms as rules, and the engines that run them to a fixpoint.

`compile_rules` makes the rules. `closure` runs them on sets of pairs, which is what a build does; `close_store` runs the same rules
as SPARQL in a store, the reference; `ClosedStore` keeps what follows up to date while facts come and go.
"""

from kg.graph.reasoning.closed_store import ClosedStore
from kg.graph.reasoning.closure import closure
from kg.graph.reasoning.closure_in_store import close_store
from kg.graph.reasoning.distances import distances
from kg.graph.reasoning.rules import QueryRule, Rule, compile_rules

__all__ = ["ClosedStore", "QueryRule", "Rule", "close_store", "closure", "compile_rules", "distances"]
