"""How far from home people were held: great-circle distances between their home and where an event took them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import INFERRED, part
from kg.vocabulary import PN, RDF, XSD

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG 1980), in kilometres."""


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in kilometres between two points in decimal degrees (haversine formula, Sinnott 1984)."""
    a = sin(radians(lat2 - lat1) / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(a)))


def distances(quads: Iterable[Quad]) -> list[Quad]:
    """A `pn:Displacement` for every person with a known home whom an event took to a known destination."""
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            values[quad.subject.value, quad.predicate.value.removeprefix(PN)].add(quad.object.value)
    graph, result = NamedNode(INFERRED), []
    for event in sorted({subject for subject, term in values if term == "destination"}):
        for person in sorted(values.get((event, "prisoner"), set()) | values.get((event, "detainee"), set())):
            for km in _between(values, person, event):
                node = NamedNode(part(event, "displacement", person))
                number = Literal(str(km), datatype=NamedNode(XSD + "integer"))
                result += [
                    Quad(node, NamedNode(RDF + "type"), NamedNode(PN + "Displacement"), graph),
                    Quad(node, NamedNode(PN + "displaced"), NamedNode(person), graph),
                    Quad(node, NamedNode(PN + "displacedBy"), NamedNode(event), graph),
                    Quad(node, NamedNode(PN + "distanceFromHomeKm"), number, graph),
                ]
    return result


def _between(values: dict[tuple[str, str], set[str]], person: str, event: str) -> set[int]:
    found = set()
    for home in values.get((person, "homePlace"), ()):
        for target in values[event, "destination"]:
            for place in values.get((target, "locatedIn"), {target}):
                start, end = _position(values, home), _position(values, place)
                if start and end:
                    found.add(round(great_circle_km(*start, *end)))
    return found


def _position(values: dict[tuple[str, str], set[str]], place: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place, or of the nearest place that holds it and has a position."""
    for _ in range(6):
        lat, lon = values.get((place, "latitude")), values.get((place, "longitude"))
        if lat and lon:
            return float(min(lat)), float(min(lon))
        wider = values.get((place, "within"))
        if not wider:
            return None
        place = min(wider)
    return None
