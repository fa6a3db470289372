"""Answers to SELECT queries as rows of plain Python values, and as the files people reuse."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from kg.vocabulary import XSD, compress

if TYPE_CHECKING:
    import pandas

Value = str | int | bool | Decimal | None


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT query: `variables` name the columns, `terms` holds one tuple of RDF terms (or None) per row."""

    variables: tuple[str, ...]
    terms: list[tuple[NamedNode | Literal | BlankNode | None, ...]]

    @classmethod
    def read(cls, solutions: QuerySolutions) -> Rows:
        """Take all rows of a store's answer."""
        variables = tuple(variable.value for variable in solutions.variables)
        return cls(variables, [tuple(solution[name] for name in variables) for solution in solutions])

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Rows as dicts: IRIs and texts as str, numbers as int or Decimal, yes/no as bool, dates as the text of their precision."""
        for row in self.terms:
            yield {name: to_python(term) for name, term in zip(self.variables, row, strict=True)}

    def readable_columns(self) -> tuple[str, ...]:
        """The columns to show people: addresses are left out, except those of passages, where another column names the thing."""
        plain = [name for name in self.variables if name in ("passage", "row") or not self._only_addresses(name)]
        return tuple(plain) if any(not self._only_addresses(name) for name in plain) else self.variables

    def _only_addresses(self, name: str) -> bool:
        index = self.variables.index(name)
        return all(isinstance(row[index], NamedNode) for row in self.terms if row[index] is not None) and any(
            row[index] is not None for row in self.terms
        )

    def column(self, name: str) -> list[Value]:
        """All values of one column."""
        index = self.variables.index(name)
        return [to_python(row[index]) for row in self.terms]

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame with one column per variable; needs the `notebook` extra."""
        import pandas

        return pandas.DataFrame(list(self), columns=list(self.variables))

    def to_csv(self) -> str:
        """CSV with a header line; IRIs in full, so that every row can be followed back."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.variables)
        for row in self.terms:
            writer.writerow(["" if term is None else safe_cell(term.value) for term in row])
        return out.getvalue()

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        bindings = [
            {name: _json_term(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.terms
        ]
        answer = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(answer, ensure_ascii=False, indent=1)


def to_python(term: NamedNode | Literal | BlankNode | None) -> Value:
    """An RDF term as the plain value a reader expects."""
    if term is None or not isinstance(term, Literal):
        return None if term is None else term.value
    match term.datatype.value.removeprefix(XSD):
        case "integer":
            return int(term.value)
        case "decimal" | "double" | "float":
            return Decimal(term.value) if term.value not in ("NaN", "INF", "-INF") else None
        case "boolean":
            return term.value in ("true", "1")
        case _:
            return term.value


def shown(value: Value) -> str:
    """A value as it stands in a table for people: IRIs short, numbers without trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value == value.to_integral() else f"{value:.2f}".rstrip("0").rstrip(".")
    return compress(value) if isinstance(value, str) and value.startswith("http") else str(value)


def safe_cell(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, CSV injection)."""
    return "'" + text if text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and not _is_number(text)) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _json_term(term: Any) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    entry = {"type": "literal", "value": term.value}
    if term.language:
        entry["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        entry["datatype"] = term.datatype.value
    return entry
