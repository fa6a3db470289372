"""Engines that may be asked besides the grammar: name finders and language models. They add to a draft, they never take away.

Everything that they add needs a look, says which engine proposed it, and stands at words that are literally in the text. None is
needed, none is loaded unless asked for; docs/extraction.md says how to install them.
"""

from kg.extract.engines.engine import Engine, Found, with_engines
from kg.extract.engines.finders import FINDERS, NameFinder, name_finder

__all__ = ["FINDERS", "Engine", "Found", "NameFinder", "name_finder", "with_engines"]
