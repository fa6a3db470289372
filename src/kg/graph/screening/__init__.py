"""Who in a text, or on a sanctions list, may be somebody in the graph: proposals with score and reasons, never a merge.

That somebody *is* on a list is an identity decision; that a list was searched and gave nothing is a dated finding of that list
version (`keeping`), which is no proof of anything else.
"""

from kg.graph.screening.known import KnownPerson, officials, people
from kg.graph.screening.lists import Hit, Screening, screen_list
from kg.graph.screening.text import TextHit, screen_text

__all__ = ["Hit", "KnownPerson", "Screening", "TextHit", "officials", "people", "screen_list", "screen_text"]
