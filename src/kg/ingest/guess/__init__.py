"""A table that nobody described yet -> a draft of the mapping that `kg ingest` reads it by, with a reason for every column."""

from kg.ingest.guess.columns import Column, read_columns
from kg.ingest.guess.drafting import DraftMapping, guess_mapping
from kg.ingest.guess.purposes import Purpose

__all__ = ["Column", "DraftMapping", "Purpose", "guess_mapping", "read_columns"]
