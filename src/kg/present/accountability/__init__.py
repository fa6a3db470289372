"""The accountability list as a file to send or to work on: every count with the passages behind it."""

from kg.present.accountability.reading import Act, Entry, Listing, read_accountability
from kg.present.accountability.writing import FORMATS, render, write_accountability

__all__ = ["FORMATS", "Act", "Entry", "Listing", "read_accountability", "render", "write_accountability"]
