"""The ontology's terms and prefixes as Python names: reads ontology/, owns no facts.

`load_vocabulary` says what records may say; `expand` and `compress` go between full and short addresses.
"""

from kg.vocabulary.location import locate
from kg.vocabulary.namespaces import (
    BASE,
    DCTERMS,
    ID,
    OWL,
    PN,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SKOS,
    VOC,
    XSD,
    compress,
    expand,
    sparql_prefixes,
)
from kg.vocabulary.terms import Concept, EventKind, Role, Vocabulary, load_vocabulary, read_vocabulary

__all__ = [
    "BASE",
    "DCTERMS",
    "ID",
    "OWL",
    "PN",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SKOS",
    "VOC",
    "XSD",
    "Concept",
    "EventKind",
    "Role",
    "Vocabulary",
    "compress",
    "expand",
    "load_vocabulary",
    "locate",
    "read_vocabulary",
    "sparql_prefixes",
]
