"""What the page of each kind of thing shows, read from the graph: persons, cases, bodies, places, events, sources.

`read_page` gives what every page has; `READERS` what the pages of one kind have besides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.web.reading.ask import Asked
from kg.web.reading.entity import Page, canonical, read_page
from kg.web.reading.event import read_event
from kg.web.reading.happenings import PARTICIPATION
from kg.web.reading.person import read_person
from kg.web.reading.source import read_passage, read_publisher, read_source
from kg.web.reading.wholes import read_body, read_case, read_place

READERS: dict[str, Callable[[Asked, Page], dict[str, Any]]] = {
    "person": read_person,
    "case": read_case,
    "court": read_body,
    "body": read_body,
    "place": read_place,
    "event": read_event,
    "source": read_source,
    "passage": read_passage,
    "publisher": read_publisher,
}
"""What the page of a kind shows besides, by kind; the names of the values are those that its template uses."""

__all__ = ["PARTICIPATION", "READERS", "Asked", "Page", "canonical", "read_page"]
