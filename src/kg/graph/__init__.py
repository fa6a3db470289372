"""From records to a store that answers: conversion, canonical addresses, rules, build, and the one face over embedded and
remote stores."""

from kg.graph.build import Report, build, current_build, manifest
from kg.graph.graph import Graph, Match
from kg.graph.library import LibraryQuery, Parameter, read_library
from kg.graph.rows import Rows, shown

__all__ = [
    "Graph",
    "LibraryQuery",
    "Match",
    "Parameter",
    "Report",
    "Rows",
    "build",
    "current_build",
    "manifest",
    "read_library",
    "shown",
]
