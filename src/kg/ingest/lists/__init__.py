"""Sanctions lists that a user supplies: the EU's annexes, OFAC's SDN, FollowTheMoney files. A version of a list is a source, an
entry of it a passage.

`open_list` tells which kind of list a file is, `difference` compares two versions.
"""

from kg.ingest.lists.difference import Difference, difference
from kg.ingest.lists.entry import ListEntry, ListVersion
from kg.ingest.lists.opening import open_list

__all__ = ["Difference", "ListEntry", "ListVersion", "difference", "open_list"]
