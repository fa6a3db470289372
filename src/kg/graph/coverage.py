"""How much is sourced: which stages of a prosecution, by how many independent publishers, and what a ranking rests on.

Stages, their order and where to look for them are concepts of the ontology (voc:stage); what a ranking rests on is a query of
the library that the ranking names (`#+ base:`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from kg.graph.graph import Graph

_PRESUPPOSED = "SELECT ?stage ?earlier WHERE { ?stage pn:presupposes+ ?earlier }"


@dataclass(frozen=True)
class Stage:
    """One stage of one case: `publishers` counts independent ones, `first` is the first day any source allows (ISO 8601)."""

    iri: str
    name: str
    events: int
    publishers: int
    first: str
    where: str


@dataclass(frozen=True)
class Hint:
    """What to look for next: any source for `stage` when a sourced stage (`later`) presupposes it, else a second publisher."""

    stage: Stage
    later: Stage | None = None

    def __str__(self) -> str:
        what = f"no source, though {self.later.name} presupposes it" if self.later else "a second independent publisher"
        return f"{self.stage.name}: {what}. {self.stage.where}"


@dataclass(frozen=True)
class CaseCoverage:
    """A case with its stages in order, and what to look for `next`: first what must have happened, then a second source."""

    case: str
    name: str
    stages: tuple[Stage, ...]
    next: tuple[Hint, ...]

    @property
    def sourced(self) -> int:
        """How many stages some source tells of."""
        return sum(stage.publishers > 0 for stage in self.stages)

    def as_json(self) -> dict[str, Any]:
        """Everything about it, for other programs; what to look for next in words."""
        return asdict(self) | {"next": [str(hint) for hint in self.next]}

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.sourced} of {len(self.stages)} stages sourced"]
        for stage in self.stages:
            count = f"{stage.publishers} publisher{'' if stage.publishers == 1 else 's'}" if stage.publishers else "no source"
            lines.append(f"  {stage.name}: {count}{f', from {stage.first}' if stage.first else ''}")
        return "\n".join([*lines, *(f"  next: {hint}" for hint in self.next)])


@dataclass(frozen=True)
class Base:
    """What a ranking rests on: `counted` of `of` things of the record, in words `what`."""

    counted: int
    of: int
    what: str

    def __str__(self) -> str:
        share = f" ({100 * self.counted / self.of:.0f} %)" if self.of else ""
        return f"{self.counted:,} of {self.of:,} {self.what}{share}; the rest is not in the ranking"


def coverage(graph: Graph, case: str | None = None) -> list[CaseCoverage]:
    """Coverage of one case (a name or an address, with its parts) or of all, by name. Raises NotFoundError for a name."""
    needs: dict[str, set[str]] = {}
    for row in graph.select(_PRESUPPOSED):
        needs.setdefault(str(row["stage"]), set()).add(str(row["earlier"]))
    found = []
    for (iri, name), rows in groupby(
        graph.select("stages-of-case", case=case), key=lambda row: (str(row["case"]), str(row["name"]))
    ):
        stages = tuple(
            Stage(
                str(row["stage"]),
                str(row["stageName"]),
                int(str(row["events"])),
                int(str(row["publishers"])),
                str(row["first"] or ""),
                str(row["where"]),
            )
            for row in rows
        )
        found.append(CaseCoverage(iri, name, stages, tuple(_next(stages, needs))))
    return found


def _next(stages: tuple[Stage, ...], needs: dict[str, set[str]]) -> list[Hint]:
    later = {
        stage.iri: next((other for other in stages if other.publishers and stage.iri in needs.get(other.iri, ())), None)
        for stage in stages
    }
    gaps = [Hint(stage, later[stage.iri]) for stage in stages if not stage.publishers and later[stage.iri]]
    return [*gaps, *(Hint(stage) for stage in stages if stage.publishers == 1)]


def base(graph: Graph, query: str) -> Base | None:
    """What the ranking that the library query `query` gives rests on; None for a query that ranks nothing."""
    entry = graph.library.get(query)
    if entry is None or entry.base is None:
        return None
    row = next(iter(graph.select(entry.base)))
    return Base(int(str(row["counted"])), int(str(row["of"])), str(row["what"]))
