"""The data of a published site to take away: everything as N-Quads, the merged facts as Turtle and JSON-LD, tables as CSV."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import QueryTriples, RdfFormat, Triple, serialize

from kg.errors import QueryError
from kg.graph import Graph
from kg.graph.product import DUMP
from kg.graph.screening.accountability import standings
from kg.present.accountability import read_accountability, render
from kg.vocabulary import PREFIXES

LARGE = 1_000_000
"""Bytes above which a table is packed."""
_FACTS = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def write_dumps(graph: Graph, build: Path, folder: Path) -> Iterator[str]:
    """Write the files into `folder`, naming each when it is done."""
    (folder / "tables").mkdir(parents=True)
    shutil.copyfile(build / DUMP, folder / "quads.nq.gz")
    yield "quads.nq.gz"
    shutil.copyfile(build / "manifest.json", folder / "manifest.json")
    yield "manifest.json"
    facts = _facts(graph)
    for name, format in (("facts.ttl.gz", RdfFormat.TURTLE), ("facts.jsonld.gz", RdfFormat.JSON_LD)):
        content = serialize(facts, format=format, prefixes=PREFIXES if format == RdfFormat.TURTLE else None) or b""
        (folder / name).write_bytes(gzip.compress(content, mtime=0))
        yield name
    for query in graph.library.values():
        yield _write_table(folder, f"tables/{query.name}.csv", graph.select(query.name).to_csv().encode())
    listing = read_accountability(graph, standings(graph))
    for ending in ("xlsx", "csv"):
        (folder / f"officials.{ending}").write_bytes(render(listing, ending))
        yield f"officials.{ending}"


def _write_table(folder: Path, name: str, content: bytes) -> str:
    """Write a table, packed where it is large; the name of its file."""
    if len(content) > LARGE:
        name, content = name + ".gz", gzip.compress(content, mtime=0)
    (folder / name).write_bytes(content)
    return name


def _facts(graph: Graph) -> list[Triple]:
    """The merged facts, in an order that does not change."""
    answer = graph.backend.query(_FACTS)
    if not isinstance(answer, QueryTriples):
        raise QueryError("the store gave no graph")
    return sorted(answer, key=str)
