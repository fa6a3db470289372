"""The one prefix table of the program, and the way between full IRIs and their short forms."""

from __future__ import annotations

import re

BASE = "https://w3id.org/persecution-networks/"
PN = BASE + "ontology#"
VOC = BASE + "vocabulary/"
ID = BASE + "id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"

PREFIXES = {
    "pn": PN,
    "voc": VOC,
    "id": ID,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
}
_PREFIX = re.compile(r"PREFIX\s+(\w*):", re.IGNORECASE)


def expand(curie: str) -> str:
    """`id:source/key` -> the full IRI; a full IRI or an unknown prefix comes back as it is."""
    prefix, colon, local = curie.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and not local.startswith("//") else curie


def compress(iri: str) -> str:
    """A full IRI -> its shortest known CURIE, or the IRI itself when no prefix fits."""
    fitting = [(prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    prefix, base = max(fitting, key=lambda pair: len(pair[1]))
    return f"{prefix}:{iri[len(base) :]}"


def sparql_prefixes(query: str) -> str:
    """PREFIX declarations for every known prefix that `query` does not declare itself.

    They contain no line break, so that the line numbers of error messages stay those of `query`.
    """
    declared = set(_PREFIX.findall(query))
    return "".join(f"PREFIX {prefix}: <{base}> " for prefix, base in PREFIXES.items() if prefix not in declared)
