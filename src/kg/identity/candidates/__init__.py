"""Candidate pairs: things of different records that may be one, best first, each with its reasons and the context beside it.

Nothing is merged here or by anything that follows from a score. What was decided does not come again unless it is asked for.
"""

from kg.identity.candidates.clues import Clue
from kg.identity.candidates.finding import KINDS, Candidate, find_candidates
from kg.identity.candidates.things import Thing, Things, read_things

__all__ = ["KINDS", "Candidate", "Clue", "Thing", "Things", "find_candidates", "read_things"]
