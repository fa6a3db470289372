"""What an explanation is made of, and how it reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import Triple

from kg.graph.facts import Statement


@dataclass(frozen=True)
class Proof:
    """Why a fact stands in the graph.

    `sentence` says the fact in words. A stated fact has the `passages` that state it; a derived one has the `axiom` it follows
    by, in words, and the `premises` it follows from.
    """

    fact: Triple
    sentence: str = ""
    axiom: str = ""
    premises: tuple[Proof, ...] = ()
    passages: tuple[Statement, ...] = ()

    @property
    def steps(self) -> int:
        """How many conclusions are drawn; 0 for a stated fact."""
        return sum(premise.steps for premise in self.premises) + (1 if self.axiom else 0)

    @property
    def publishers(self) -> int:
        """How many independent publishers state the fact; 0 when it is derived."""
        return len({passage.voice for passage in self.passages} - {""})

    @property
    def leaves(self) -> frozenset[Triple]:
        """The facts that are not derived any further."""
        if not self.premises:
            return frozenset((self.fact,))
        return frozenset().union(*(premise.leaves for premise in self.premises))

    def __str__(self) -> str:
        return render(self)

    def as_json(self) -> dict[str, Any]:
        """The proof as nested dicts and lists of strings, for machines."""
        told: dict[str, Any] = {
            "fact": [str(term) for term in (self.fact.subject, self.fact.predicate, self.fact.object)],
            "sentence": self.sentence,
        }
        if self.axiom:
            return told | {"axiom": self.axiom, "premises": [premise.as_json() for premise in self.premises]}
        return told | {"publishers": self.publishers, "passages": [asdict(passage) for passage in self.passages]}

    def walk(self) -> Iterator[Proof]:
        """This proof and every proof within it, from the top."""
        yield self
        for premise in self.premises:
            yield from premise.walk()


MAX_SHOWN = 3
"""How many of the passages that state one fact are shown in a terminal."""


def render(proof: Proof) -> str:
    """The proof as indented sentences; what was already told above is not told again."""
    return "\n".join(_lines(proof, "", set()))


def _lines(proof: Proof, indent: str, told: set[object]) -> Iterator[str]:
    bullet = f"{indent[:-2]}- " if indent else ""
    if proof.axiom and proof.fact in told:
        yield f"{bullet}{proof.sentence} (see above)."
    elif proof.axiom:
        yield f"{bullet}{proof.sentence}, because:"
        yield f"{indent}[{proof.axiom.rstrip('.')}]"
        for premise in proof.premises:
            yield from _lines(premise, indent + "    ", told)
    else:
        yield f"{bullet}{proof.sentence}.{_counted(proof.publishers)}"
        yield from _stated(proof, indent, told)
    told.add(proof.fact)


def _counted(publishers: int) -> str:
    if not publishers:
        return ""
    return f" ({publishers} independent publishers)" if publishers > 1 else " (1 publisher)"


def _stated(proof: Proof, indent: str, told: set[object]) -> Iterator[str]:
    for passage in proof.passages[:MAX_SHOWN]:
        if passage in told:
            yield f"{indent}stated by: {passage.publisher}, {passage.locator or passage.title} (as above)"
            continue
        told.add(passage)
        yield f"{indent}stated by: {passage}"
        if passage.summary:
            yield f"{indent}    {passage.summary}"
    more = len(proof.passages) - MAX_SHOWN
    if more > 0:
        yield f"{indent}and by {more} more passage{'s' if more > 1 else ''}"
