"""What changed from build to build, by which record or decision, and what must be forgotten.

`diff` compares two builds, `carry_journal` writes what a build changed beside it, `history` tells it of one thing, and `Forgotten`
keeps out of the journal what somebody in danger must not be found by.
"""

from kg.graph.history.diff import Difference, diff
from kg.graph.history.forgetting import Forgotten
from kg.graph.history.journal import Entry, carry_journal, read_journal
from kg.graph.history.of_thing import History, history

__all__ = ["Difference", "Entry", "Forgotten", "History", "carry_journal", "diff", "history", "read_journal"]
