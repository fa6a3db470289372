"""The ontology's own terms -> quads, so that queries can follow subproperties and show labels.

Only statements between named terms enter; what needs blank nodes (definitions, chains) is the rule compiler's business.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.graph import iris
from kg.graph.conversion.source import describe_graph, describe_source
from kg.graph.statements import Statements
from kg.records.model import Source
from kg.vocabulary import Vocabulary
from kg.vocabulary.terms import FILES


def convert_ontology(folder: Path, words: Vocabulary) -> list[Quad]:
    """The terms of the ontology files in `folder`; each file is a passage of the source `ontology`."""
    out = Statements()
    out.open(iris.about("ontology"))
    about = {
        "id": "ontology",
        "publisher": "project",
        "title": "Ontology of persecution networks",
        "language": "en",
        "locator": "ontology/",
    }
    describe_source(Source.model_validate(about), out, words)
    for number, name in enumerate(FILES, 1):
        passage = name.removesuffix(".ttl")
        out.open(iris.about("ontology"))
        describe_graph("ontology", passage, f"The terms of ontology/{name}.", number, out)
        out.open(iris.passage("ontology", passage))
        for quad in parse((folder / name).read_bytes(), RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
                out.add(quad.subject.value, quad.predicate.value, quad.object)
    return out.quads
