"""Findings made readable: what things are called, which passages state what is at fault, and where those stand in files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.graph.explanation.places import find_places
from kg.graph.facts import BATCH, Statement, labels, rows
from kg.graph.graph import Graph
from kg.graph.iris import INFERRED
from kg.graph.shapes.findings import Finding, Term
from kg.graph.shapes.shape import Shape
from kg.records.document import read_document
from kg.vocabulary import ID, compress

_DESCRIBED = """?g pn:inSource ?source ; pn:summary ?summary . ?source dcterms:title ?title ; pn:publisher/rdfs:label ?publisher .
  OPTIONAL { ?g pn:locator ?locator } OPTIONAL { ?source pn:url ?url }"""

_PARTS = """OPTIONAL { ?s dcterms:title ?title }
  OPTIONAL { ?s pn:tenureRole|pn:penaltyKind ?concept . ?concept skos:prefLabel ?kind FILTER(LANG(?kind) = "en") }
  OPTIONAL { ?owner pn:hasTenure|pn:hasPenalty|pn:hasRequestedPenalty|pn:hasCharge ?s ; rdfs:label ?whose }"""


@dataclass(frozen=True)
class Located:
    """A finding with the words for it: labels, and the passages that state what is at fault.

    `places` gives `(file, line)` of those passages that stand in a file of the corpus, in the order of `statements`; `words`
    are words of its own, where the shape's do not do.
    """

    finding: Finding
    shape: Shape
    focus: str
    value: str
    statements: tuple[Statement, ...]
    places: Mapping[str, tuple[str, int]]
    words: str = ""

    @property
    def message(self) -> str:
        """What is wrong: the finding's own words, else the shape's."""
        if self.words:
            return self.words
        words = [constraint.message for constraint in self.shape.constraints if constraint.message]
        return words[0] if words else self.shape.message or self.shape.label

    @property
    def place(self) -> tuple[str, int] | None:
        """Where to look first; None when nothing of it stands in a file."""
        return next((self.places[s.passage] for s in self.statements if s.passage in self.places), None)

    @property
    def about(self) -> str:
        """The focus node by name and, where it is another thing, the value."""
        return f"{self.focus}: {self.value}" if self.value and self.finding.value != self.finding.focus else self.focus


def explain_findings(graph: Graph, findings: Sequence[Finding], shapes: Iterable[Shape], data: Path | None) -> list[Located]:
    """Each of `findings` with labels, passages and, when the folder `data` of the corpus is given, places in its files."""
    by_iri = {shape.iri: shape for shape in shapes}
    evidence: dict[Finding, set[str]] = defaultdict(set)
    for iri, own in _by_shape(findings).items():
        _find_passages(graph, by_iri[iri], own, evidence)
    passages = {passage for found in evidence.values() for passage in found}
    described = describe_passages(graph, passages)
    places = find_files(data, passages, described) if data else {}
    terms = [term for finding in findings for term in (finding.focus, finding.value) if isinstance(term, NamedNode)]
    names = _names(graph, terms)
    result = []
    for finding in findings:
        statements = sorted((described[p] for p in evidence[finding] if p in described), key=lambda s: (s.publisher, s.passage))
        own_places = {s.passage: places[s.passage] for s in statements if s.passage in places}
        focus, value = _called(finding.focus, names), _called(finding.value, names) if finding.value is not None else ""
        result.append(Located(finding, by_iri[finding.shape], focus, value, tuple(statements), own_places))
    return result


def _by_shape(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[finding.shape].append(finding)
    return grouped


def _find_passages(graph: Graph, shape: Shape, findings: list[Finding], evidence: dict[Finding, set[str]]) -> None:
    """Passages by the shape's own patterns, else by its path, else those that say what the focus node is."""
    patterns = shape.evidence or ((f"GRAPH ?passage {{ ?this {shape.path} ?value }}",) if shape.path else ())
    for pattern in (*patterns, None):
        if pattern is None:
            findings, pattern = [finding for finding in findings if not evidence[finding]], "GRAPH ?passage { ?this a ?class }"
        for finding, passage in _matches(graph, pattern, findings):
            evidence[finding].add(passage)


def _matches(graph: Graph, pattern: str, findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    for start in range(0, len(findings), BATCH):
        batch = [f for f in findings[start : start + BATCH] if isinstance(f.focus, NamedNode)]
        values = " ".join(f"({number} {f.focus} {_bound(f.value)})" for number, f in enumerate(batch))
        where = f"VALUES (?n ?this ?value) {{ {values} }} {pattern} FILTER(?passage != <{INFERRED}>)"
        for row in rows(graph, f"SELECT DISTINCT ?n ?passage WHERE {{ {where} }}") if batch else ():
            yield batch[int(row["n"].value)], row["passage"].value


def _bound(value: Term | None) -> str:
    return str(value) if isinstance(value, (NamedNode, Literal)) else "UNDEF"


def describe_passages(graph: Graph, passages: Iterable[str]) -> dict[str, Statement]:
    """Each passage's source, publisher and summary."""
    found: dict[str, Statement] = {}
    ordered = sorted(passages)
    for start in range(0, len(ordered), BATCH):
        values = " ".join(f"<{passage}>" for passage in ordered[start : start + BATCH])
        for row in rows(graph, f"SELECT * WHERE {{ VALUES ?g {{ {values} }} {_DESCRIBED} }}"):
            fields = {name: row[name].value for name in Statement.__dataclass_fields__ if name in row}
            found[row["g"].value] = Statement(row["g"].value, **fields)
    return found


def _names(graph: Graph, terms: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """Labels, titles of sources, and for what exists only within something else the kind of it and whose it is."""
    wanted = set(terms)
    names = labels(graph, wanted)
    nameless = sorted(wanted - set(names), key=str)
    for start in range(0, len(nameless), BATCH):
        values = " ".join(str(term) for term in nameless[start : start + BATCH])
        for row in rows(graph, f"SELECT * WHERE {{ VALUES ?s {{ {values} }} {_PARTS} }}"):
            own = [row[name].value for name in ("title", "kind", "whose") if name in row]
            if own:
                name = " of ".join(own)
                names[NamedNode(row["s"].value)] = min(name, names.get(NamedNode(row["s"].value), name))
    return names


def _called(term: Term | None, names: Mapping[NamedNode, str]) -> str:
    if isinstance(term, NamedNode):
        return names.get(term) or compress(term.value)
    return term.value if term is not None else ""


def find_files(data: Path, passages: set[str], described: Mapping[str, Statement]) -> dict[str, tuple[str, int]]:
    """File and line of passages in record files, registries and decision logs; files are told as seen from where `data` is told."""
    found: dict[str, tuple[str, int]] = {}
    for passage, place in find_places(data, passages).items():
        file, _, line = place.rpartition(":")
        found[passage] = (data.parent / file).as_posix(), int(line)
    for source in {passage.removeprefix(f"{ID}source/").partition("/")[0] for passage in passages}:
        own = {p.removeprefix(f"{ID}source/{source}/"): p for p in passages if p.startswith(f"{ID}source/{source}/")}
        if source.startswith("registry-"):
            found |= {own[key]: place for key, place in _registry_lines(data / f"{source[9:]}.yaml").items() if key in own}
        elif source.startswith("decisions-"):
            file = (data / "identity" / f"{source[10:]}.sssom.tsv").as_posix()
            found |= {p: (file, int(key[5:])) for key, p in own.items() if key.startswith("line-")}
    return found


def _registry_lines(path: Path) -> dict[str, tuple[str, int]]:
    if not path.is_file():
        return {}
    document = read_document(path, path.as_posix())
    entries = document.value.get("entries") if isinstance(document.value, dict) else None
    return {
        str(entry.get("key")): (path.as_posix(), document.position(("entries", number))[0])
        for number, entry in enumerate(entries if isinstance(entries, list) else [])
        if isinstance(entry, dict)
    }
