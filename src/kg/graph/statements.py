"""Collecting statements: quads, each in the graph of the passage that makes it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.records.dates import PartialDate
from kg.vocabulary import PN, RDF, XSD

_TYPE = NamedNode(RDF + "type")


class Statements:
    """Quads under construction. `passage` opens the graph that further statements go to."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self._graph = NamedNode(PN + "unopened")

    def open(self, passage: str) -> None:
        """Let what follows be stated by `passage` (an IRI)."""
        self._graph = NamedNode(passage)

    def add(self, subject: str, term: str, value: NamedNode | Literal) -> None:
        """State one triple; `term` is a full IRI or the local name of an ontology term."""
        predicate = term if term.startswith("http") else PN + term
        self.quads.append(Quad(NamedNode(subject), NamedNode(predicate), value, self._graph))

    def type(self, subject: str, class_iri: str) -> None:
        """State that `subject` is a `class_iri` (full IRI or local name of an ontology class)."""
        iri = class_iri if class_iri.startswith("http") else PN + class_iri
        self.quads.append(Quad(NamedNode(subject), _TYPE, NamedNode(iri), self._graph))

    def link(self, subject: str, term: str, target: str | None) -> None:
        """State a link to another thing; nothing is stated when there is none."""
        if target is not None:
            self.add(subject, term, NamedNode(target))

    def text(self, subject: str, term: str, value: str | None, language: str | None = None) -> None:
        """State a text."""
        if value is not None:
            self.add(subject, term, Literal(value, language=language) if language else Literal(value))

    def texts(self, subject: str, term: str, values: Iterable[str]) -> None:
        """State each of several texts."""
        for value in values:
            self.text(subject, term, value)

    def number(self, subject: str, term: str, value: Decimal | float | None) -> None:
        """State a decimal number."""
        if value is not None:
            self.add(subject, term, Literal(f"{Decimal(str(value)).normalize():f}", datatype=NamedNode(XSD + "decimal")))

    def integer(self, subject: str, term: str, value: int | None) -> None:
        """State a whole number."""
        if value is not None:
            self.add(subject, term, Literal(str(value), datatype=NamedNode(XSD + "integer")))

    def flag(self, subject: str, term: str, value: bool | None) -> None:
        """State yes or no."""
        if value is not None:
            self.add(subject, term, Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean")))

    def typed(self, subject: str, term: str, value: str | None, datatype: str) -> None:
        """State a literal of any other datatype (full IRI)."""
        if value is not None:
            self.add(subject, term, Literal(value, datatype=NamedNode(datatype)))

    def date(self, subject: str, term: str, value: PartialDate | None) -> None:
        """State a date at the precision given."""
        if value is not None:
            self.typed(subject, term, value.text, value.datatype)
