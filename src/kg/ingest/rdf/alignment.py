"""Terms of other vocabularies -> terms of the ontology, by alignments in Turtle: those of ontology/alignments.ttl and a user's own.

A foreign term that aligns with exactly one of ours is translated to it. One that aligns with several says too little: it is left
out and counted, and a rule may decide. Exact matches go before all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.ingest.safety import fail
from kg.vocabulary import OWL, PN, RDFS, SKOS, locate

_RANKS = {
    OWL + "equivalentClass": 0,
    OWL + "equivalentProperty": 0,
    OWL + "sameAs": 0,
    SKOS + "exactMatch": 0,
    RDFS + "subClassOf": 1,
    RDFS + "subPropertyOf": 1,
    SKOS + "closeMatch": 2,
    SKOS + "broadMatch": 1,
}


@dataclass(frozen=True)
class Alignment:
    """Our term for each foreign one that has exactly one, and the candidates of those that have several."""

    terms: dict[str, str]
    doubtful: dict[str, tuple[str, ...]]


def read_alignments(files: Sequence[Path] = ()) -> Alignment:
    """The shipped alignments and those of `files`, which go before them. Raises RecordError for a file that is no Turtle."""
    own = _pairs(files)
    shipped = _pairs([locate("ontology") / "alignments.ttl"])
    terms: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for foreign in {**shipped, **own}:
        found = own.get(foreign) or shipped[foreign]
        exact = [term for term, rank in found.items() if rank == 0]
        candidates = sorted(exact or found)
        if len(candidates) == 1:
            terms[foreign] = candidates[0]
        else:
            doubtful[foreign] = tuple(candidates)
    return Alignment(terms, doubtful)


def _pairs(files: Sequence[Path]) -> dict[str, dict[str, int]]:
    """Foreign term -> our terms with the rank of the statement that joins them, written in either direction."""
    pairs: dict[str, dict[str, int]] = defaultdict(dict)
    for path in files:
        try:
            quads = list(parse(path.read_bytes(), RdfFormat.TURTLE))
        except OSError as error:
            raise fail(str(path), f"cannot be read: {error.strerror}") from None
        except SyntaxError as error:
            raise fail(
                str(path), f"not Turtle: {error.msg}", "alignments are Turtle", error.lineno or 1, error.offset or 1
            ) from None
        for quad in quads:
            rank = _RANKS.get(quad.predicate.value)
            if rank is None or not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
                continue
            one, other = quad.subject.value, quad.object.value
            for ours, foreign in ((one, other), (other, one)):
                if ours.startswith(PN) and not foreign.startswith(PN):
                    pairs[foreign][ours] = min(rank, pairs[foreign].get(ours, rank))
    for foreign in [name for name in pairs if name.startswith("https://schema.org/")]:
        pairs.setdefault(foreign.replace("https://", "http://", 1), pairs[foreign])  # both forms are in use
    return pairs
