"""One selection for every picture: what was chosen in a list, carried by the parameter `chosen` of an address.

`chosen=officials?body=id:...&period=2021` is the list and its query string; table, link map, timeline and map of transfers
read it alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import QueryParams
from starlette.requests import Request

from kg.errors import NotFoundError, QueryError
from kg.graph.facts import rows
from kg.web.context import Context
from kg.web.facets import Chosen, Selection, read_listings, value_names
from kg.web.listed import members
from kg.web.officials import accountability
from kg.web.texts import language_of

MOST_EVENTS = 300
"""Events of a timeline of many: the latest."""


def chosen_of(context: Context, request: Request) -> Chosen | None:
    """The selection that the address of a picture carries, if any; raises QueryError and NotFoundError."""
    told = request.query_params.get("chosen", "")
    if not told:
        return None
    name, _, query = told.partition("?")
    listing = read_listings().get(name)
    if listing is None:
        raise QueryError(f"chosen= begins with the name of a list ({', '.join(read_listings())}) and '?', not with '{name[:80]}'")
    selection = Selection.read(QueryParams(query), listing.facets)
    if name == "officials":
        things = [row.iri for row in accountability(context).selected(selection, "people")]
    else:
        things = [row.iri for row in members(context, name).selected(selection, "publishers")]
    if not things:
        raise NotFoundError("nothing in the list has all of this: give up one of the filters")
    return Chosen(listing, selection, tuple(things))


def words(context: Context, chosen: Chosen, request: Request) -> str:
    """The selection in words: the list, and each facet with its values."""
    asked = context.asked(language_of(request))
    parts = []
    for facet in chosen.listing.facets:
        if values := chosen.selection.chosen.get(facet.key):
            names = value_names(asked, facet, values)
            parts.append(f"{asked.t(f'facet.{facet.key}')}: {', '.join(names[value] for value in values)}")
    return asked.t(f"nav.{chosen.listing.name}") + (f" – {'; '.join(parts)}" if parts else "")


def nodes_of(context: Context, chosen: Chosen) -> tuple[str, ...]:
    """What stands for the things of a selection on the link map, in their order."""
    if not chosen.listing.nodes:
        return chosen.shown
    found = rows(context.graph, f"SELECT DISTINCT ?node WHERE {{ {_values('thing', chosen.shown)} {chosen.listing.nodes} }}")
    return tuple(sorted({row["node"].value for row in found}))


def people_of(context: Context, chosen: Chosen) -> set[str]:
    """Whom a selection concerns."""
    found = rows(context.graph, f"SELECT DISTINCT ?person WHERE {{ {_values('thing', chosen.shown)} {chosen.listing.people} }}")
    return {row["person"].value for row in found}


def events_of(context: Context, chosen: Chosen) -> tuple[list[str], int]:
    """The latest events of a selection, and how many there are in all; events without a date come last."""
    query = f"""SELECT ?event (MAX(?day) AS ?latest) WHERE {{ {_values("thing", chosen.shown)} {chosen.listing.events} .
      OPTIONAL {{ ?event pn:earliest ?day }} }} GROUP BY ?event"""
    found = {row["event"].value: row["latest"].value if "latest" in row else "" for row in rows(context.graph, query)}
    order = sorted(found, key=lambda event: (found[event], event), reverse=True)
    return order[:MOST_EVENTS], len(order)


def _values(variable: str, things: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in things)} }}"
