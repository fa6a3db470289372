"""Why a fact holds: proofs down to the passages that state what it rests on, and what cannot all be true.

`explain` finds the proofs of one fact, `render` writes them for a terminal, `clashes` finds the fewest statements that the ontology
forbids to stand together.
"""

from kg.graph.explanation.clashes import Clash, clashes
from kg.graph.explanation.explain import explain, render
from kg.graph.explanation.proof import Proof

__all__ = ["Clash", "Proof", "clashes", "explain", "render"]
