"""Who was moved from where to where, how far from home: places and moves for a map.

Which country and region a place lies in is said by data/places.yaml and by nothing else; the base map has coasts, no borders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from kg.graph import Graph
from kg.graph.reasoning.distances import great_circle_km
from kg.present.evidence import Evidence, read_evidence
from kg.vocabulary import PN, RDFS, compress


@dataclass(frozen=True)
class MapPlace:
    """A place with its position in decimal degrees; `part_of` is its region and country, e.g. "Crimea, Ukraine"."""

    iri: str
    label: str
    part_of: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Move:
    """A person taken somewhere, or held there: `origin` is empty when no source names it, `home` when it is not known.

    `origin`, `destination` and `home` are addresses of places that have a position; `where` is the prison or colony named.
    """

    event: str
    label: str
    person: str
    name: str
    origin: str
    destination: str
    where: str
    home: str
    dates: tuple[str, ...]
    km: int | None
    passages: tuple[str, ...]
    modalities: tuple[str, ...]


@dataclass(frozen=True)
class Transfers:
    """Moves, the places they touch, names of regions with a middle to write them at, and the evidence."""

    moves: tuple[Move, ...]
    places: dict[str, MapPlace]
    regions: tuple[MapPlace, ...]
    evidence: Evidence


_PREFIXES = f"PREFIX pn: <{PN}> PREFIX rdfs: <{RDFS}>\n"
_PLACES = (
    _PREFIXES
    + """SELECT ?place ?label ?lat ?lon ?kind WHERE { ?place a pn:Place ; rdfs:label ?label FILTER(LANG(?label) IN ("", "en"))
  OPTIONAL { ?place pn:placeKind ?kind } OPTIONAL { ?place pn:latitude ?lat ; pn:longitude ?lon } }"""
)
_WITHIN = _PREFIXES + "SELECT ?thing ?place WHERE { ?thing pn:within|pn:locatedIn ?place }"
_MOVES = (
    _PREFIXES
    + """SELECT DISTINCT ?event ?label ?person ?name ?origin ?to ?where ?home ?km ?passage ?date WHERE {
  VALUES ?kind { pn:Transfer pn:Imprisonment }
  ?event a ?kind ; rdfs:label ?label ; pn:affectedPerson ?person ; pn:destination ?to . ?person rdfs:label ?name . $ABOUT
  GRAPH ?passage { ?event ?p ?o } ?passage a pn:Passage .
  OPTIONAL { GRAPH ?passage { ?event pn:date ?date } }
  OPTIONAL { ?event pn:origin ?origin } OPTIONAL { ?person pn:homePlace ?home }
  OPTIONAL { ?to rdfs:label ?where FILTER(LANG(?where) IN ("", "en")) }
  OPTIONAL { ?away pn:displacedBy ?event ; pn:displaced ?person ; pn:distanceFromHomeKm ?km } }"""
)
_ABOUT = "FILTER(?person = $IRI || EXISTS { ?event pn:inCase|pn:body|pn:participant|pn:inCase/pn:partOfCase $IRI })"


class _Gazetteer:
    """Positions and surroundings of all places of the graph."""

    def __init__(self, graph: Graph) -> None:
        self.labels: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.positions: dict[str, tuple[float, float]] = {}
        self.wider: dict[str, set[str]] = defaultdict(set)
        for row in graph.select(_PLACES):
            iri = str(row["place"])
            self.labels[iri] = str(row["label"])
            self.kinds[iri] = str(row["kind"] or "").rsplit("/", 1)[-1]
            if row["lat"] is not None and row["lon"] is not None:
                self.positions[iri] = (float(row["lat"]), float(row["lon"]))
        for row in graph.select(_WITHIN):
            self.wider[str(row["thing"])].add(str(row["place"]))

    def closest(self, things: Iterable[str]) -> str:
        """The smallest place with a position that one of `things` is or lies in; empty when there is none."""
        places = {place for thing in things for place in (thing, *self.wider[thing]) if place in self.positions}
        return min(places, default="", key=lambda place: (-len(self.wider[place]), place))

    def part_of(self, iri: str) -> str:
        """The region and country of a place, the smaller first."""
        around = sorted(self.wider[iri] - {iri}, key=lambda place: (-len(self.wider[place]), place))
        return ", ".join(self.labels[place] for place in around if self.kinds.get(place) in ("region", "country"))

    def place(self, iri: str) -> MapPlace:
        return MapPlace(iri, self.labels[iri], self.part_of(iri), *self.positions[iri])

    def regions(self) -> Iterable[MapPlace]:
        """Regions of at least three places with positions, each at the middle of these."""
        inside: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for iri, position in self.positions.items():
            for place in self.wider[iri]:
                if self.kinds.get(place) == "region":
                    inside[place].append(position)
        for iri, points in sorted(inside.items()):
            if len(points) >= 3:
                lat, lon = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
                yield MapPlace(iri, self.labels[iri], self.part_of(iri), round(lat, 3), round(lon, 3))


def read_transfers(graph: Graph, about: str | None = None) -> Transfers:
    """All moves, or those of one person, case or body (a name or an address); raises NotFoundError for a name.

    A move whose destination has no known position is left out of the map; the list of transfers (`kg query transfers`) has it.
    """
    return _read(graph, _ABOUT.replace("$IRI", f"<{graph.resolve(about).iri}>") if about else "")


def read_transfers_of(graph: Graph, people: Collection[str]) -> Transfers:
    """The moves of the given people."""
    return _read(graph, f"VALUES ?person {{ {' '.join(f'<{iri}>' for iri in sorted(people))} }}")


def _read(graph: Graph, scope: str) -> Transfers:
    gazetteer = _Gazetteer(graph)
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in graph.select(_MOVES.replace("$ABOUT", scope)):
        grouped[str(row["event"]), str(row["person"])].append(row)
    rows = [row for found in grouped.values() for row in found]
    evidence = read_evidence(graph, {str(row["passage"]) for row in rows}, {str(row["event"]) for row in rows})
    moves = [move for key in sorted(grouped) if (move := _move(grouped[key], gazetteer, evidence))]
    moves.sort(key=lambda move: (min(move.dates, default="9999"), move.name, move.event))
    used = {place for move in moves for place in (move.origin, move.destination, move.home) if place}
    # A region that somebody was moved from or to is named before others where there is room for one name only.
    regions = sorted(gazetteer.regions(), key=lambda region: not any(region.iri in gazetteer.wider[place] for place in used))
    return Transfers(tuple(moves), {iri: gazetteer.place(iri) for iri in sorted(used)}, tuple(regions), evidence)


def _move(rows: list[dict[str, Any]], gazetteer: _Gazetteer, evidence: Evidence) -> Move | None:
    def first(name: str) -> str:
        return min((str(row[name]) for row in rows if row[name] is not None), default="")

    def placed(name: str) -> str:
        return gazetteer.closest({str(row[name]) for row in rows if row[name] is not None})

    destination = placed("to")
    if not destination:
        return None
    home, event = placed("home"), first("event")
    known = sorted(int(row["km"]) for row in rows if row["km"] is not None)
    km = known[0] if known else None
    if km is None and home:
        km = round(great_circle_km(*gazetteer.positions[home], *gazetteer.positions[destination]))
    passages = tuple(sorted({str(row["passage"]) for row in rows} & evidence.passages.keys()))
    modality = evidence.events[event].modality if event in evidence.events else {}
    return Move(
        event=event,
        label=first("label"),
        person=first("person"),
        name=first("name"),
        origin=placed("origin"),
        destination=destination,
        where=first("where"),
        home=home,
        dates=tuple(sorted({str(row["date"]) for row in rows if row["date"] is not None})),
        km=km,
        passages=passages,
        modalities=tuple(sorted({modality.get(passage, "reported") for passage in passages})),
    )


def transfers_data(transfers: Transfers) -> dict[str, Any]:
    """The moves ready for JSON; passages are a list, moves give their numbers."""
    number = {iri: index for index, iri in enumerate(transfers.evidence.passages)}
    moves = [
        vars(move)
        | {"event": compress(move.event), "person": compress(move.person), "passages": [number[iri] for iri in move.passages]}
        for move in transfers.moves
    ]
    return {
        "moves": moves,
        "places": {iri: vars(place) for iri, place in transfers.places.items()},
        "regions": [vars(place) for place in transfers.regions],
        "passages": [vars(passage) for passage in transfers.evidence.passages.values()],
    }
