"""What all lists have in common: rows narrowed by a selection and sorted, in pages, with the facets offered; as page and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.rows import safe_cell
from kg.web.context import Context
from kg.web.facets import Chosen, Listing, Selection, offered
from kg.web.texts import language_of

PER_PAGE = 100


class Row(Protocol):
    """What a row of every list has."""

    @property
    def iri(self) -> str:
        """Its address."""

    @property
    def name(self) -> str:
        """What it is called."""


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True)
class Sorting:
    """What a list can be sorted by, with whether the largest comes first, and what it is sorted by unless asked otherwise."""

    columns: Mapping[str, bool]
    first: str

    def asked(self, request: Request) -> str:
        """The column that a request asks for."""
        wanted = request.query_params.get("sort", "")
        return wanted if wanted in self.columns else self.first


@dataclass(frozen=True)
class Narrowed(Generic[AnyRow]):
    """All rows of a list by address, and for each facet the values that each has."""

    rows: Mapping[str, AnyRow]
    table: Mapping[str, Mapping[str, frozenset[str]]]
    sorting: Sorting

    def selected(self, selection: Selection, sort: str) -> list[AnyRow]:
        """The rows of a selection, sorted."""
        found = [row for iri, row in self.rows.items() if selection.holds(self.table, iri)]
        found.sort(key=lambda row: (row.name.casefold(), row.iri))
        if sort != "name":
            found.sort(key=lambda row: getattr(row, sort), reverse=self.sorting.columns[sort])
        return found

    def asked(self, request: Request, listing: Listing) -> tuple[Selection, list[AnyRow]]:
        """The selection that the address of a request holds, and its rows."""
        selection = Selection.read(request.query_params, listing.facets)
        return selection, self.selected(selection, self.sorting.asked(request))


def page_of(
    context: Context, request: Request, listing: Listing, everything: Narrowed[Any], found: Sequence[Any], selection: Selection
) -> dict[str, Any]:
    """What the template of a list shows of the rows `found`: the page asked for, the sorting and the facets."""
    asked, whole = context.asked(language_of(request)), request.query_params.get("more")
    return _paged(request, found) | {
        "all": len(everything.rows),
        "chosen": Chosen(listing, selection, ()).query,
        "sort": everything.sorting.asked(request),
        "first_sort": everything.sorting.first,
        "sorts": everything.sorting.columns,
        "selection": selection,
        "whole": whole,
        "facets": [
            offered(asked, everything.table, facet, everything.rows, selection, facet.key == whole) for facet in listing.facets
        ],
    }


def _paged(request: Request, found: Sequence[Any]) -> dict[str, Any]:
    """The `rows` of the page that a request asks for, its `number`, how many `pages` there are and how many rows in `total`."""
    pages = max(1, (len(found) + PER_PAGE - 1) // PER_PAGE)
    wanted = request.query_params.get("page", "")
    number = min(max(int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 1, 1), pages)
    return {"rows": found[(number - 1) * PER_PAGE : number * PER_PAGE], "number": number, "pages": pages, "total": len(found)}


def csv_of(name: str, columns: Iterable[str], found: Iterable[Iterable[object]]) -> Response:
    """The rows `found` as the file `name`.csv, nothing in it a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(str(value)) for value in row] for row in found)
    return Response(out.getvalue(), media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})
