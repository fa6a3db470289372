"""A graph to ask: library queries, any SPARQL, and finding things by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, serialize

from kg.errors import NotFoundError, QueryError
from kg.graph.backend import Backend, EmbeddedStore, Endpoint
from kg.graph.build import current_build
from kg.graph.library import LibraryQuery, read_library
from kg.graph.link_tables import read_link_table
from kg.graph.rows import Rows
from kg.graph.spellings import Spellings
from kg.vocabulary import ID, PN, RDFS, compress, expand, locate, sparql_prefixes

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True)
class Match:
    """Something that answers to a name."""

    iri: str
    label: str
    type: str


class Graph:
    """The graph of one build or endpoint. Queries see the merged facts, each once; `GRAPH ?passage { ... }` sees who states
    them."""

    def __init__(self, backend: Backend, library: Mapping[str, LibraryQuery] | None = None, tables: Path | None = None) -> None:
        self.backend, self.tables = backend, tables
        self.library = dict(library) if library is not None else read_library(locate("queries"))
        self._spellings: Spellings | None = None

    @classmethod
    def open(cls, where: str | Path) -> Graph:
        """Open a folder of builds or the address of a SPARQL endpoint.

        Raises StoreError when there is none.
        """
        if str(where).startswith(("http://", "https://")):
            return cls(Endpoint(str(where)))
        folder = current_build(Path(where))
        return cls(EmbeddedStore(folder / "store"), tables=folder / "tables")

    def select(self, query: str, **parameters: Any) -> Rows:
        """Rows of a library query (by name, with its parameters) or of a SELECT query given as text.

        Parameters that are addresses may also be given as names, if exactly one thing answers to the name. Raises
        QueryError for an unknown query or a query of another form, NotFoundError for a name.
        """
        answer = self.answer(query, **parameters)
        if not isinstance(answer, Rows):
            raise QueryError("this query does not give rows: use ask() or construct()")
        return answer

    def answer(self, query: str, **parameters: Any) -> Rows | QueryBoolean | QueryTriples:
        """The answer to a query of any form; that of a library query without parameters may have been kept by the build."""
        given = {name: value for name, value in parameters.items() if value is not None}
        if self.tables and not given and query in self.library:
            kept = read_link_table(self.tables, self.library[query])
            if kept is not None:
                return kept
        answer = self.backend.query(self.text(query, **given))
        return Rows.read(answer) if isinstance(answer, QuerySolutions) else answer

    def ask(self, query: str, **parameters: Any) -> bool:
        """The answer to an ASK query."""
        answer = self.backend.query(self.text(query, **parameters))
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this query is not an ASK query")
        return bool(answer)

    def construct(self, query: str, **parameters: Any) -> str:
        """The answer to a CONSTRUCT or DESCRIBE query, as Turtle."""
        answer = self.backend.query(self.text(query, **parameters))
        if not isinstance(answer, QueryTriples):
            raise QueryError("this query gives rows or yes/no, not a graph")
        prefixes = {"pn": PN, "rdfs": RDFS, "id": ID}
        data = serialize(answer, format=RdfFormat.TURTLE, prefixes=prefixes)
        return (data or b"").decode()

    def text(self, query: str, **parameters: Any) -> str:
        """The SPARQL text of a library query with its parameters filled in, or `query` itself when it is SPARQL.

        The project's prefixes (pn:, id:, voc: and the usual ones) need no declaration.
        """
        if "{" in query:
            if parameters:
                raise QueryError("only library queries take parameters")
            return sparql_prefixes(query) + query
        if query not in self.library:
            raise QueryError(unknown_query(query, self.library))
        entry = self.library[query]
        given = {name: str(value) for name, value in parameters.items() if value is not None}
        for parameter in entry.parameters:
            name = next((n for n in given if n.replace("_", "-") == parameter.name), None)
            if name and parameter.type == "iri" and not _is_address(given[name]):
                given[name] = self.resolve(given[name], _PARAMETER_KINDS.get(parameter.name)).iri
        return entry.bind(given)

    def find(self, name: str) -> list[Match]:
        """Everything that answers to `name`, exact matches first: any of its names contains all words of `name`, in any case; then
        what has them in another spelling or script."""
        found = self._written(name)
        known = {match.iri for match in found}
        return found + [match for match in self._spelt(name) if match.iri not in known]

    def _spelt(self, name: str) -> list[Match]:
        if self._spellings is None:
            self._spellings = Spellings((str(row["thing"]), str(row["name"])) for row in self.select(_NAMES))
        things = self._spellings.find(name)
        values = " ".join(f"<{thing}>" for thing in things)
        rows = self.select(_LABELLED.replace("$VALUES", values)) if things else ()
        matches = {
            str(row["thing"]): Match(str(row["thing"]), str(row["label"] or compress(str(row["thing"]))), str(row["type"] or ""))
            for row in rows
        }
        return sorted(matches.values(), key=lambda match: (match.label, match.iri))

    def _written(self, name: str) -> list[Match]:
        words = name.lower().split()
        if not words:
            return []
        contains = " && ".join(f"CONTAINS(LCASE(STR(?name)), {Literal(word)})" for word in words)
        rows = self.select(_FIND.replace("$CONTAINS", contains).replace("$TEXT", str(Literal(" ".join(words)))))
        matches: dict[str, tuple[bool, Match]] = {}
        for row in rows:
            iri = str(row["thing"])
            matches.setdefault(iri, (bool(row["exact"]), Match(iri, str(row["label"] or compress(iri)), str(row["type"] or ""))))
            if row["exact"]:
                matches[iri] = (True, matches[iri][1])
        return [match for _, match in sorted(matches.values(), key=lambda m: (not m[0], m[1].label, m[1].iri))]

    def resolve(self, name: str, type: str | None = None) -> Match:
        """The one thing that answers to `name`, an IRI, a CURIE or (part of) a name; `type` narrows it, e.g. "Person".

        Raises NotFoundError when there is none or more than one, listing what was found.
        """
        if _is_address(name):
            iri = expand(name)
            rows = self.select(_DESCRIBE.replace("$IRI", f"<{iri}>"))
            if not len(rows):
                raise NotFoundError(f"nothing in the graph has the address {name}")
            row = next(iter(rows))
            return Match(str(row["canonical"] or iri), str(row["label"] or name), str(row["type"] or ""))
        # Another spelling is tried only when nothing is written like this: it must not make a plain name ambiguous.
        matches = [m for m in self._written(name) or self._spelt(name) if type is None or m.type in _NARROWER.get(type, (type,))]
        exact = [m for m in matches if m.label.lower() == name.strip().lower()]
        if len(exact) == 1 or len(matches) == 1:
            return (exact or matches)[0]
        if not matches:
            raise NotFoundError(f"nothing in the graph answers to '{name}': try a part of the name, or another spelling")
        listing = "\n".join(f"  {m.label}  ({m.type}, {compress(m.iri)})" for m in matches[:12])
        raise NotFoundError(f"'{name}' can mean {len(matches)} things; give one of these addresses:\n{listing}")

    def canonical_of(self, iri: str) -> str:
        """The address under which everything about `iri` (an address or CURIE) stands now: its own, or that of the group it was
        decided into. Old addresses answer for ever; a server redirects them (HTTP 308).

        Raises NotFoundError when the graph knows nothing by it.
        """
        row = next(iter(self.select(_CANONICAL.replace("$IRI", f"<{NamedNode(expand(iri)).value}>"))), None)
        if row is None or not (row["canonical"] or row["known"]):
            raise NotFoundError(f"nothing in the graph has the address {iri}")
        return str(row["canonical"] or expand(iri))

    def rdflib(self) -> rdflib.Dataset:
        """The embedded store as an rdflib Dataset; only query strings without extra keywords run inside the store.

        Raises QueryError for an endpoint.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        if not isinstance(self.backend, EmbeddedStore):
            raise QueryError("an endpoint has no rdflib face: send it queries")
        return rdflib.Dataset(store=OxigraphStore(store=self.backend.store))


def unknown_query(name: str, library: Mapping[str, LibraryQuery]) -> str:
    """What to say when no library query has that name."""
    import difflib

    close = difflib.get_close_matches(name, library, 3, 0.4)
    hint = f"did you mean {' or '.join(close)}?" if close else "kg query lists them all"
    return f"there is no library query '{name}': {hint}"


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "id:"))


_PARAMETER_KINDS = {"person": "Person", "official": "Person", "case": "Case", "court": "Organization", "source": "Source"}
"""What a parameter of that name can only be."""

_NARROWER = {"Organization": ("Organization", "Court", "Person")}

_PREFIXES = f"PREFIX pn: <{PN}> PREFIX rdfs: <{RDFS}>\n"
_KIND = """
  OPTIONAL { ?thing rdfs:label ?label FILTER(LANG(?label) IN ("", "en")) }
  OPTIONAL { VALUES (?class ?kind) {
    (pn:Person "Person") (pn:Court "Court") (pn:Case "Case") (pn:Event "Event") (pn:Source "Source") (pn:Place "Place") }
    ?thing a ?class }
  OPTIONAL { ?thing a pn:Organization BIND("Organization" AS ?organization) }
"""
_FIND = (
    _PREFIXES
    + """SELECT DISTINCT ?thing ?label (COALESCE(?kind, ?organization, "") AS ?type) ?exact WHERE {
  { ?thing pn:name|pn:otherName|rdfs:label ?name } FILTER($CONTAINS)
  BIND(LCASE(STR(?name)) = $TEXT AS ?exact)"""
    + _KIND
    + "}"
)
_NAMES = _PREFIXES + "SELECT DISTINCT ?thing ?name WHERE { ?thing pn:name|pn:otherName|rdfs:label ?name . ?thing a ?class }"
_LABELLED = (
    _PREFIXES
    + """SELECT DISTINCT ?thing ?label (COALESCE(?kind, ?organization, "") AS ?type) WHERE {
  VALUES ?thing { $VALUES } ?thing a ?any"""
    + _KIND
    + "}"
)
_CANONICAL = "SELECT ?canonical ?known WHERE { OPTIONAL { $IRI pn:canonical ?canonical } BIND(EXISTS { $IRI ?p ?o } AS ?known) }"
_DESCRIBE = (
    _PREFIXES
    + """SELECT ?canonical ?label (COALESCE(?kind, ?organization, "") AS ?type) WHERE {
  $IRI ?p ?o OPTIONAL { $IRI pn:canonical ?canonical }
  BIND(COALESCE(?canonical, $IRI) AS ?thing)"""
    + _KIND
    + "} LIMIT 1"
)
