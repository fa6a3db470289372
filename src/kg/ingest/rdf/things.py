"""What stands in the translated store: which thing is of which kind, what it is called, and the key it gets in the record."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode, Store

from kg.extract.keys import slug
from kg.vocabulary import ID, PN, RDF, load_vocabulary


@functools.cache
def terms() -> dict[str, Any]:
    """The content of terms.yaml."""
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "terms.yaml").read_text(encoding="utf-8"))
    return content


@dataclass(frozen=True)
class Kind:
    """What a thing is: the kind of its fact, and the kind of body or event."""

    fact: str
    kind: str | None = None


class Things:
    """The things of a store of translated quads; asks the store, so that memory does not grow with it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.event_kinds = {kind.iri: kind.key for kind in load_vocabulary().event_kinds.values()}

    @functools.lru_cache(20_000)  # noqa: B019 - lives as long as one reading
    def kind(self, iri: str) -> Kind | None:
        """What the thing at `iri` is; None for what records cannot have, and for people and bodies without a name."""
        types = {quad.object.value for quad in self._about(iri, RDF + "type") if isinstance(quad.object, NamedNode)}
        kind = self._of_types(types)
        return kind if kind and (kind.fact not in ("person", "body") or self.name(iri)) else None

    def _of_types(self, types: set[str]) -> Kind | None:
        events = sorted(self.event_kinds[name] for name in types if name in self.event_kinds)
        if events:
            return Kind("event", events[0])
        known = [terms()["classes"][name.removeprefix(PN)] for name in types if name.removeprefix(PN) in terms()["classes"]]
        if not known:
            return None
        # The narrowest stands last in the file for bodies; for people every class is the same.
        order = list(terms()["classes"].values())
        best = max(known, key=order.index)
        return Kind(best["fact"], best.get("kind"))

    @functools.lru_cache(20_000)  # noqa: B019
    def name(self, iri: str) -> str | None:
        """What the thing is called: its name, else its label."""
        for term in (PN + "name", PN + "label"):
            found = (quad.object for quad in self._about(iri, term))
            values = sorted(value.value for value in found if isinstance(value, Literal) and value.value.strip())
            if values:
                return " ".join(values[0].split())
        return None

    def values(self, iri: str, term: str) -> list[Any]:
        """The objects of one property in any graph, sorted."""
        return sorted({quad.object for quad in self._about(iri, PN + term)}, key=str)

    def subjects(self, term: str, iri: str) -> list[str]:
        """What has `iri` as value of one property, sorted."""
        found = self.store.quads_for_pattern(None, NamedNode(PN + term), NamedNode(iri), None)
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})

    def _about(self, iri: str, term: str) -> Iterator[Any]:
        return self.store.quads_for_pattern(NamedNode(iri), NamedNode(term), None, None)


def key_of(iri: str) -> str:
    """The local key of an address: what it ends in and four bytes of its hash, so that it is the same in every reading."""
    local = slug(re.split(r"[/#]", iri.removeprefix(ID).rstrip("/#"))[-1])[:50].strip("-")
    return f"{local or 'thing'}-{blake2b(iri.encode(), digest_size=4).hexdigest()}"
