"""Articles -> draft records: people, bodies, cases and events with the exact words they were read from.

`extract_article` proposes; a person decides. Grammar over words and offsets, the same for every language; what is particular to a
language stands in lexicon/<language>.yaml.
"""

from kg.extract.assemble import extract_article
from kg.extract.draft import Draft, Span
from kg.extract.lexicon import languages

__all__ = ["Draft", "Span", "extract_article", "languages"]
