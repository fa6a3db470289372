"""Link tables: answers about links that everybody asks for and that cost most, kept by the build as columns.

Which ones is said in the library: a query marked `#+ kept: true`. The build asks it once and keeps the answer beside the
store; asked without parameters it is read from there, as long as its text is still the same. A file of the folder `tables`
holds one answer:

    {"query": hash of the text, "variables": [...], "rows": n, "terms": m}      one line of JSON
    m lines                                                                     the terms, as N-Triples writes them
    n numbers for each variable                                                 places in the list of terms; -1: unbound
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from kg.errors import StoreError
from kg.graph.library import LibraryQuery
from kg.graph.rows import Rows

Term = NamedNode | Literal | BlankNode

_NUMBER = "i"
"""Four bytes each, lowest first."""


def write_link_tables(folder: Path, store: Store, queries: Iterable[LibraryQuery]) -> None:
    """Keep the answers that `store` gives to those of `queries` that are to be kept, as files in `folder`."""
    folder.mkdir()
    for query in queries:
        if query.kept:
            answer = store.query(query.text)
            assert isinstance(answer, QuerySolutions)
            _write(folder / f"{query.name}.table", query, answer)


def read_link_table(folder: Path, query: LibraryQuery) -> Rows | None:
    """The kept answer to `query` without parameters; None when there is none, or it is that of another text.

    Raises StoreError when the file is damaged.
    """
    path = folder / f"{query.name}.table"
    if not query.kept or not path.exists():
        return None
    try:
        with path.open("rb") as file:
            about = json.loads(file.readline())
            return _read(file, about) if about["query"] == _hash(query) else None
    except (OSError, ValueError, KeyError, IndexError, EOFError, SyntaxError) as error:
        raise StoreError(f"the link table {path} cannot be read: {error}; run kg build --force") from None


def read_answer(folder: Path, store: Store, query: LibraryQuery) -> Rows:
    """The answer to `query` without parameters: kept in `folder`, or else asked of `store`."""
    kept = read_link_table(folder, query)
    if kept is not None:
        return kept
    answer = store.query(query.text)
    assert isinstance(answer, QuerySolutions)
    return Rows.read(answer)


def _write(path: Path, query: LibraryQuery, answer: QuerySolutions) -> None:
    variables = [variable.value for variable in answer.variables]
    places: dict[str, int] = {}
    columns = [array(_NUMBER) for _ in variables]
    for solution in answer:
        for column, term in zip(columns, solution, strict=True):
            column.append(-1 if term is None else places.setdefault(str(term), len(places)))
    about = {"query": _hash(query), "variables": variables, "rows": len(columns[0]), "terms": len(places)}
    with path.open("wb") as file:
        file.write(json.dumps(about).encode() + b"\n")
        file.writelines(term.encode() + b"\n" for term in places)
        for column in columns:
            file.write(_ordered(column).tobytes())


def _read(file: BinaryIO, about: dict[str, Any]) -> Rows:
    lines = (b"<x:s> <x:p> " + file.readline().rstrip(b"\n") + b" .\n" for _ in range(about["terms"]))
    terms: list[Any] = [triple.object for triple in parse(b"".join(lines), RdfFormat.N_TRIPLES)]
    if len(terms) != about["terms"]:
        raise ValueError("terms are missing")
    terms.append(None)  # where -1 leads
    columns = []
    for _ in about["variables"]:
        column = array(_NUMBER)
        column.fromfile(file, about["rows"])
        columns.append([terms[place] for place in _ordered(column)])
    return Rows(tuple(about["variables"]), list(zip(*columns, strict=True)))


def _ordered(column: array[int]) -> array[int]:
    if sys.byteorder == "big":
        column.byteswap()
    return column


def _hash(query: LibraryQuery) -> str:
    return sha256(query.text.encode()).hexdigest()
