"""Who may see what: what enters a build for an audience, which people it shows by role only, and what it may say of the rest.

`visible_corpus` takes from a corpus what its audience may see, `redaction` puts roles in the place of names, `Telling` decides
what summaries and problems may say about files that stayed outside.
"""

from kg.graph.visibility.audience import LEVELS, Visible, visible_corpus
from kg.graph.visibility.redaction import ROLES, Redaction, redaction
from kg.graph.visibility.withheld import Telling

__all__ = ["LEVELS", "ROLES", "Redaction", "Telling", "Visible", "redaction", "visible_corpus"]
