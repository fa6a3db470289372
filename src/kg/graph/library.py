"""The query library: `.rq` files that describe themselves and run in any SPARQL tool.

A file opens with comment lines in the grlc convention (`#+ summary: ...`, YAML after the `#+`). Its parameters are variables
named `?_name_type` (grlc's naming: `_iri`, `_integer`, `_xsd_date`, or no type for text); left as they stand they are
unbound and mean "any".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.visibility.safety import tokens
from kg.records.dates import parse_date
from kg.vocabulary import XSD, expand

_VARIABLE = re.compile(r"\?_(?P<name>[a-z0-9]+(?:_[a-z0-9]+)*?)(?:_(?P<type>iri|integer|xsd_date))?")
_PREFIXED = re.compile(r"[A-Za-z][\w.-]*:\S+")


@dataclass(frozen=True)
class Parameter:
    """One parameter: `type` is iri, integer, date or text."""

    name: str
    type: str
    variable: str
    description: str


@dataclass(frozen=True)
class LibraryQuery:
    """One question of the library; the answer to a `kept` one is kept by each build (kg.graph.link_tables).

    `base` names the query that says how much of the record a ranking rests on.
    """

    name: str
    group: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    path: Path
    kept: bool = False
    base: str | None = None

    def bind(self, values: Mapping[str, str]) -> str:
        """The query with `values` in place of its parameters.

        Raises QueryError for an unknown parameter or a value of the wrong type. IRIs may be given in full or as
        a CURIE (`id:...`).
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        terms: dict[str, str] = {}
        for name, value in values.items():
            parameter = known.get(name.replace("_", "-")) or known.get(name)
            if parameter is None:
                close = difflib.get_close_matches(name, known, 1)
                hint = f"did you mean '{close[0]}'?" if close else f"it takes {', '.join(known) or 'no parameters'}"
                raise QueryError(f"query {self.name} has no parameter '{name}': {hint}")
            terms[parameter.variable] = _term(parameter, str(value))
        return "".join(terms.get(token, token) for token in tokens(self.text))


def read_library(folder: Path) -> dict[str, LibraryQuery]:
    """All queries below `folder` by name, sorted by group and name."""
    queries = [read_query(path) for path in sorted(folder.rglob("*.rq"))]
    return {query.name: query for query in queries}


def read_query(path: Path) -> LibraryQuery:
    """Read one `.rq` file; raises QueryError when its header is not readable."""
    text = path.read_text(encoding="utf-8")
    header = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    try:
        about: dict[str, Any] = yaml.safe_load(header) or {}
    except yaml.YAMLError as error:
        raise QueryError(f"{path}: the '#+' header cannot be read as YAML: {error}") from None
    if "summary" not in about:
        raise QueryError(f"{path}: the header has no '#+ summary:'")
    return LibraryQuery(
        name=path.stem,
        group=path.parent.name,
        summary=str(about["summary"]),
        description=str(about.get("description", "")),
        tags=tuple(about.get("tags", ())),
        parameters=_parameters(text, about.get("parameters") or {}),
        text=text,
        path=path,
        kept=about.get("kept") is True,
        base=about.get("base"),
    )


def _parameters(text: str, described: Mapping[str, str]) -> tuple[Parameter, ...]:
    found: dict[str, Parameter] = {}
    for token in tokens(text):
        match = _VARIABLE.fullmatch(token)
        if match:
            name = match["name"].replace("_", "-")
            kind = {"iri": "iri", "integer": "integer", "xsd_date": "date", None: "text"}[match["type"]]
            found.setdefault(name, Parameter(name, kind, token, str(described.get(name, ""))))
    return tuple(found.values())


def _term(parameter: Parameter, value: str) -> str:
    match parameter.type:
        case "iri":
            if not _PREFIXED.fullmatch(value):
                raise QueryError(f"parameter '{parameter.name}' is an address: give an IRI or id:<source>/<key>, not '{value}'")
            try:
                return str(NamedNode(expand(value)))
            except ValueError:
                raise QueryError(f"parameter '{parameter.name}': '{value}' is not a valid IRI") from None
        case "integer":
            if not re.fullmatch(r"-?\d{1,18}", value):
                raise QueryError(f"parameter '{parameter.name}' is a whole number, not '{value}'")
            return str(Literal(value, datatype=NamedNode(XSD + "integer")))
        case "date":
            try:
                earliest = parse_date(value).earliest
            except ValueError as error:
                raise QueryError(f"parameter '{parameter.name}': {error}") from None
            return str(Literal(str(earliest), datatype=NamedNode(XSD + "date")))
        case _:
            return str(Literal(value))
