"""Reviewing drafts: what a person accepts, edits, rejects and adds, kept apart from the text and from what was proposed.

`Review.open(path, reviewer)` gives the facts of one draft with their words; `accept`, `edit`, `reject`, `add` decide, each decision
safe on disk before the call returns; `finish` writes the record. The terminal screen (`kg review drafts`) and the review desk of
the explorer use the same functions. docs/review.md is the guide.
"""

from kg.extract.review.review import Review
from kg.extract.review.selection import find_words
from kg.extract.review.standing import ReviewedFact, State
from kg.extract.review.waiting import Waiting, read_anew, reopen, under_review, waiting_drafts

__all__ = ["Review", "ReviewedFact", "State", "Waiting", "find_words", "read_anew", "reopen", "under_review", "waiting_drafts"]
