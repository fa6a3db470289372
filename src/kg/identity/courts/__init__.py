"""Names of courts across languages: how alike two are, and why. A likeness proposes, a person decides.

"Kyiv District Court of Simferopol", "Kievskiy District Court" and "Киевский районный суд г. Симферополя" are taken apart into kind
of court, number, own name and place, and compared part by part.
"""

from kg.identity.courts.comparison import CourtMatch, compare_courts
from kg.identity.courts.parsing import CourtName, parse_court

__all__ = ["CourtMatch", "CourtName", "compare_courts", "parse_court"]
