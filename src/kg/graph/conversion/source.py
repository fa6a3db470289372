"""What a record says about its own source and passages, as statements of the record's `about` graph."""

from __future__ import annotations

from kg.graph import iris
from kg.graph.iris import Resolve
from kg.graph.statements import Statements
from kg.records.model import Access, Passage, Source
from kg.vocabulary import DCTERMS, XSD, Vocabulary


def describe_source(source: Source, out: Statements, words: Vocabulary, resolve: Resolve = str) -> None:
    """State publisher, title, address and dates of `source`, and describe the `about` graph itself as a passage.

    `resolve` gives the canonical IRI of a publisher, who may have been decided to be a body that records speak of;
    the project itself, who publishes ontology, registries and decisions, is nobody else.
    """
    iri = iris.source(source.id)
    out.type(iri, "Source")
    out.link(iri, "publisher", resolve(iris.publisher(source.publisher)))
    out.link(iri, "originPublisher", resolve(iris.publisher(source.reprint_of or source.publisher)))
    out.text(iri, DCTERMS + "title", source.title)
    out.text(iri, DCTERMS + "language", source.language)
    out.text(iri, DCTERMS + "creator", source.author)
    out.typed(iri, "url", source.url, XSD + "anyURI")
    out.text(iri, "locator", source.locator)
    out.date(iri, "publishedOn", source.published)
    out.date(iri, "updatedOn", source.updated)
    out.link(iri, "reliability", words.concepts["reliability"][source.reliability or "unknown"].iri)
    out.link(iri, "visibility", words.concepts["visibility"][source.visibility].iri)
    out.date(iri, "accessedOn", source.accessed)
    out.typed(iri, "archivedAt", source.archived, XSD + "anyURI")
    for access in source.access:
        describe_access(source.id, access, out)
    out.text(iri, "withdrawnBecause", source.withdrawn)
    out.text(iri, "note", source.note)
    describe_graph(source.id, "about", "What the record says about its source and passages.", 0, out)


def describe_access(source_id: str, access: Access, out: Statements) -> None:
    """State when a source was read and the hash of the text it had then."""
    iri = iris.access(source_id, access.read)
    out.type(iri, "Access")
    out.link(iris.source(source_id), "hasAccess", iri)
    out.typed(iri, "accessedAt", access.read, XSD + "dateTime")
    out.text(iri, "contentHash", access.hash)
    out.typed(iri, "archivedAt", access.archived, XSD + "anyURI")
    out.date(iri, "reviewedOn", access.reviewed)
    out.text(iri, "reviewedBy", access.reviewed_by)


def describe_graph(source_id: str, passage_id: str, summary: str, ordinal: int, out: Statements) -> None:
    """State that a graph is a passage of a source."""
    iri = iris.passage(source_id, passage_id)
    out.type(iri, "Passage")
    out.link(iri, "inSource", iris.source(source_id))
    out.text(iri, "summary", summary)
    out.integer(iri, "ordinal", ordinal)


def describe_passage(source: Source, passage: Passage, number: int, out: Statements, words: Vocabulary, resolve: Resolve) -> None:
    """State where in the source a passage stands, what it says, and as whose word it counts; `resolve` as for the source."""
    describe_graph(source.id, passage.id, passage.summary, number, out)
    iri = iris.passage(source.id, passage.id)
    out.link(iri, "originPublisher", resolve(iris.publisher(passage.citing or source.reprint_of or source.publisher)))
    out.text(iri, "locator", passage.locator)
    out.text(iri, "quote", passage.quote)
    if passage.visibility:
        out.link(iri, "visibility", words.concepts["visibility"][passage.visibility].iri)
