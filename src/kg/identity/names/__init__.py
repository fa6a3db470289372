"""How alike two personal names are across Latin, Russian, Ukrainian, Belarusian and Crimean Tatar spellings, and why.

A score says that two *names* may be spellings of one name. It never says that two people are one: the corpus has two men named
Lenur Khalilov.
"""

from kg.identity.names.blocking import block, blocking_keys
from kg.identity.names.comparison import NameMatch, compare_names, score_names

__all__ = ["NameMatch", "block", "blocking_keys", "compare_names", "score_names"]
