"""SPARQL results in the formats of the W3C: JSON, XML, CSV and TSV."""

from __future__ import annotations

import csv
import io
import json
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.graph.rows import Rows

ROW_FORMATS = (
    "application/sparql-results+json",
    "application/json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""Media types of results, the preferred one first."""
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")


def write_rows(rows: Rows, media: str, truncated: str) -> str:
    """`rows` in the format `media`; JSON also says what was left out."""
    match media:
        case "text/csv":
            return _csv(rows)
        case "text/tab-separated-values":
            return _tsv(rows)
        case "application/sparql-results+xml":
            return _xml(rows)
        case _:
            told = json.loads(rows.to_json())
            return json.dumps(told | ({"truncated": truncated} if truncated else {}), ensure_ascii=False)


def _csv(rows: Rows) -> str:
    """SPARQL 1.1 Query Results CSV (W3C, 2013), values as they are: for programs, not for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.variables)
    writer.writerows(["" if term is None else term.value for term in row] for row in rows.terms)
    return out.getvalue()


def _tsv(rows: Rows) -> str:
    lines = ["\t".join(f"?{name}" for name in rows.variables)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in rows.terms]
    return "\n".join(lines) + "\n"


def _xml(rows: Rows) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in rows.variables)
    results = "".join(
        "<result>"
        + "".join(
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(rows.variables, row, strict=True)
            if term is not None
        )
        + "</result>"
        for row in rows.terms
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{head}</head><results>{results}</results></sparql>"
    )


def _xml_term(term: NamedNode | Literal | BlankNode) -> str:
    text = escape(term.value.translate(_NOT_XML))
    if isinstance(term, NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{text}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    kind = "" if term.datatype.value == _XSD_STRING else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{text}</literal>"
