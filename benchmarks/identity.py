"""Candidate pairs of the shipped corpus against what editors decided about it: how many true pairs are proposed, and how early.

Two settings: with no decision at all, and, for cases and events, with people, bodies (and cases) decided, which is the order in
which an editor works. The weights of context were chosen looking at this corpus, so the figures describe it and predict nothing.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured
from kg.identity import Canonical, Decision, read_decisions, resolve
from kg.identity.candidates import KINDS, find_candidates, read_things
from kg.identity.review import TABLES
from kg.records import Corpus, read_corpus

DATA = Path("data")


def run() -> Iterator[Measured]:
    """Recall, precision and precision among the best, by kind."""
    corpus, (decisions, _) = read_corpus(DATA), read_decisions(DATA)
    truth = resolve(decisions)
    start = time.perf_counter()
    find_candidates(read_things(corpus, truth), decisions, truth)
    yield Measured("candidate pairs of the shipped corpus, as decided", time.perf_counter() - start)
    for kind in KINDS:
        yield from _judged(corpus, kind, truth, [], "nothing decided")
    for kind in ("case", "event"):
        before = {TABLES[earlier] for earlier in KINDS[: KINDS.index(kind)]}
        given = [one for one in decisions if one.file.rsplit("/", 1)[-1].removesuffix(".sssom.tsv") in before]
        yield from _judged(corpus, kind, truth, given, f"{' and '.join(sorted(before))} decided")


def _judged(corpus: Corpus, kind: str, truth: Canonical, given: list[Decision], setting: str) -> Iterator[Measured]:
    canonical = resolve(given)
    things = read_things(corpus, canonical)
    pairs = itertools.combinations(things.of_kind(kind), 2)
    same = {
        frozenset((one.iri, other.iri))
        for one, other in pairs
        if truth(one.iri) == truth(other.iri) and not things.kept_apart(one, other)
    }
    found = find_candidates(things, given, canonical, [kind])
    hits = [frozenset((candidate.one.iri, candidate.other.iri)) in same for candidate in found]
    what = f"{kind} pairs decided to be the same ({len(same)}), proposed, {setting}"
    yield Measured(what, sum(hits) / max(len(same), 1), unit="%")
    yield Measured(f"{kind} pairs proposed ({len(hits)}) that were so decided, {setting}", sum(hits) / max(len(hits), 1), unit="%")
    best = hits[: len(same)]
    yield Measured(f"the same among the first {len(best)}", sum(best) / max(len(best), 1), unit="%")
