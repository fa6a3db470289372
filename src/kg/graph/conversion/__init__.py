"""Records, registries and identity decisions -> quads on canonical addresses, each statement in the named graph of its passage.

`convert` turns one record into the quads its passages state, `convert_registries` bodies, places and decisions,
`convert_ontology` the ontology's own terms. `ConversionCache` keeps what did not change since the build before.
"""

from kg.graph.conversion.cache import ConversionCache
from kg.graph.conversion.ontology import convert_ontology
from kg.graph.conversion.record import CONVERTER_VERSION, convert
from kg.graph.conversion.registry import convert_registries
from kg.graph.conversion.source import describe_graph, describe_source

__all__ = [
    "CONVERTER_VERSION",
    "ConversionCache",
    "convert",
    "convert_ontology",
    "convert_registries",
    "describe_graph",
    "describe_source",
]
