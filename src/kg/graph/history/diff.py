"""What differs between two builds: what was added, changed and withdrawn, and by which record or decision.

Builds hold sorted N-Quads, so two of them are compared as sets of lines. A merge gives statements another subject and changes
nothing of what is stated: lines of the older build are read with the addresses of the newer one before they are compared.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import StoreError
from kg.graph.build_folder import current_build, quads_of
from kg.graph.iris import INFERRED
from kg.vocabulary import ID, PN, RDFS, compress

ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"
_CANONICAL, _LABEL = f"<{PN}canonical>", f"<{RDFS}label>"
_DECIDED = f"<{ID}source/decisions-"
_IRI = re.compile(rf"<{re.escape(ID)}[^>]*>")
_BOOKKEEPING = {PN + "canonical", PN + "ordinal", RDFS + "label", RDFS + "isDefinedBy"}
"""Properties that say how things are kept, not what is known."""


@dataclass(frozen=True)
class Change:
    """One thing that was added, changed or withdrawn: a property of `about`, with its old and new values."""

    kind: str
    record: str
    passage: str
    about: str
    label: str
    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    def __str__(self) -> str:
        sign = {ADDED: "+", CHANGED: "~", WITHDRAWN: "-"}[self.kind]
        old, new = ", ".join(self.old), ", ".join(self.new)
        value = f"{old} → {new}" if self.kind == CHANGED else old + new
        return f"  {sign} {self.label}: {self.property} {value}  ({self.passage})"


@dataclass(frozen=True)
class Difference:
    """Everything that differs: stated changes by record, derived links, and addresses that now lead to another one."""

    stated: tuple[Change, ...]
    derived: tuple[Change, ...]
    merged: tuple[tuple[str, str], ...]
    parted: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """Everything about it, for other programs."""
        return {
            "stated": [vars(change) for change in self.stated],
            "derived": [vars(change) for change in self.derived],
            "merged": [{"address": one, "into": other} for one, other in self.merged],
            "parted": [{"address": one, "from": other} for one, other in self.parted],
        }


def diff(old: Path, new: Path, about: str | None = None) -> Difference:
    """What changed from the build in `old` to the build in `new`, in all or `about` the thing with one address.

    Each is a build's own folder (graph-…), a folder of builds (its current one) or a file quads.nq.gz. Raises StoreError
    when there is none.
    """
    before, after = _lines(old), _lines(new)
    was, now = _canonical(before), _canonical(after)
    before = _moved(before, {f"<{one}>": f"<{other}>" for one, other in now.items() if was.get(one) != other})
    names = _labels(before) | _labels(after)
    gone, come = (_quads(lines) for lines in (before - after, after - before))
    changes = changes_of(gone, come, names)
    if about:
        address = now.get(about, about)
        changes = [change for change in changes if address in (change.about, *change.old, *change.new)]
    stated = tuple(change for change in changes if change.passage != "derived")
    derived = tuple(change for change in changes if change.passage == "derived")
    return Difference(stated, derived, _only(now, was, about), _only(was, now, about))


def previous_build(target: Path) -> Path:
    """The build before the current one in the folder of builds `target`; raises StoreError when none is kept."""
    current = current_build(target)
    others = [folder for folder in target.glob("graph-*") if folder != current]
    if not others:
        raise StoreError(f"{target} keeps no earlier build: give the folder of one, or build again after a change")
    return max(others, key=lambda folder: folder.stat().st_mtime_ns)


def _lines(where: Path) -> set[str]:
    if where.is_file():
        return set(gzip.decompress(where.read_bytes()).decode().splitlines())
    try:
        return set(quads_of(where if (where / "quads.nq.gz").is_file() else current_build(where)).splitlines())
    except OSError as error:
        raise StoreError(f"{where} is no build: {error}") from None


def _canonical(lines: Iterable[str]) -> dict[str, str]:
    pairs = (line.split(" ") for line in lines if _CANONICAL in line)
    return {parts[0][1:-1]: parts[2][1:-1] for parts in pairs if parts[1] == _CANONICAL}


def _moved(lines: set[str], moved: Mapping[str, str]) -> set[str]:
    """`lines` with new addresses; decisions are about the old ones and stay as they are."""
    if not moved:
        return lines
    plain = {one[1:-1]: other[1:-1] for one, other in moved.items()}
    return {move_addresses(line, plain) for line in lines}


def move_addresses(line: str, moved: Mapping[str, str]) -> str:
    """One line of N-Quads with the addresses that `moved` gives, those of posts and penalties within a moved thing included."""
    return line if _DECIDED in line else _IRI.sub(lambda match: f"<{_moved_address(match[0][1:-1], moved)}>", line)


def _moved_address(iri: str, moved: Mapping[str, str]) -> str:
    if iri in moved:
        return moved[iri]
    whole, *within = iri.removeprefix(ID).split("/")
    if not within or whole == "source":
        return iri
    # id:<record>/<key>/<kind>/<record>.<key>: kg.graph.iris.part
    thing = f"{ID}{whole}/{within[0]}"
    tail = [_moved_part(part, moved) for part in within[1:]]
    return "/".join([moved.get(thing, thing), *tail])


def _moved_part(part: str, moved: Mapping[str, str]) -> str:
    iri = ID + part.replace(".", "/")
    return moved[iri].removeprefix(ID).replace("/", ".") if iri in moved else part


def _labels(lines: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for quad in _quads(line for line in lines if _LABEL in line):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.object.language in (None, "en"):
            found[quad.subject.value] = min(quad.object.value, found.get(quad.subject.value, quad.object.value))
    return found


def _quads(lines: Iterable[str]) -> list[Quad]:
    return list(parse("\n".join(lines).encode(), RdfFormat.N_QUADS))


def changes_of(gone: Iterable[Quad], come: Iterable[Quad], names: Mapping[str, str]) -> list[Change]:
    """Statements that went and came as changes, by record and passage; `names` gives labels."""
    groups: dict[tuple[str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for side, quads in enumerate((gone, come)):
        for quad in quads:
            if isinstance(quad.graph_name, NamedNode) and quad.predicate.value not in _BOOKKEEPING:
                key = (quad.graph_name.value, str(quad.subject).strip("<>"), quad.predicate.value)
                groups[key][side].add(getattr(quad.object, "value", str(quad.object)))
    changes = [_change(key, old, new, names) for key, (old, new) in groups.items()]
    return sorted(changes, key=lambda change: (change.record, change.passage, change.label, change.property, change.about))


def _change(key: tuple[str, str, str], old: set[str], new: set[str], names: Mapping[str, str]) -> Change:
    graph, about, term = key
    record, _, passage = graph.removeprefix(f"{ID}source/").partition("/")
    if graph == INFERRED:
        record, passage = "", "derived"
    kind = CHANGED if old and new else ADDED if new else WITHDRAWN
    told = [tuple(sorted(names.get(value) or compress(value) for value in values)) for values in (old, new)]
    return Change(kind, record, passage, about, names.get(about) or compress(about), names.get(term) or compress(term), *told)


def _only(these: Mapping[str, str], those: Mapping[str, str], about: str | None) -> tuple[tuple[str, str], ...]:
    pairs = sorted((one, other) for one, other in these.items() if those.get(one) != other)
    return tuple(pair for pair in pairs if about is None or about in pair)
