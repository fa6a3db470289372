"""Comparing names across scripts, beside rapidfuzz's WRatio and nomenklatura's logic-v2 on the same pairs.

The peer nomenklatura is heavy and no dependency: `NOMENKLATURA_PYTHON=/path/to/python make bench` names an interpreter that has it.
Thresholds are found on one half of the pairs and applied to the other half, which the matcher was not tuned on.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.measured import Measured
from benchmarks.name_pairs import DATASETS, Pair, historical_figures, labelled_cases, listed_aliases
from kg.identity.names import block, blocking_keys, score_names

PROPOSED = 0.8
"""The score from which `kg extract` proposes a name of the corpus; measured beside the threshold that is best for F1."""

Scorer = Callable[[list[Pair]], tuple[list[float], float]]
"""Scores of all pairs, and the seconds that it took."""


def run() -> Iterator[Measured]:
    """F1 and speed on two sets of pairs, what blocking keeps, and the time for 50,000 names."""
    if not DATASETS.is_dir():
        print(f"   names: left out, because {DATASETS} is not here", file=sys.stderr)
        return
    for title, pairs in (("labelled pairs", labelled_cases()), ("listed aliases across scripts", listed_aliases())):
        yield from _quality(title, pairs)
    yield from _blocking(listed_aliases())
    yield from _fifty_thousand()


def _quality(title: str, pairs: list[Pair]) -> Iterator[Measured]:
    found = {name: _judged(scorer, pairs) for name, scorer in _methods().items()}
    for name, (precision, recall, f1, speed) in found.items():
        what = f"{title} ({sum(p.half for p in pairs)} reported on), {name}: precision {precision:.3f}, recall {recall:.3f}"
        yield Measured(what, f1, bar="F1 above both peers" if name == "ours" else "", unit="F1")
        yield Measured(f"{title}, {name}", speed, bar="10,000 pairs/s" if name == "ours" else "", unit="pairs/s")
    report = [(score_names(pair.one, pair.other), pair.same) for pair in pairs if pair.half]
    precision, recall, f1 = _measures(report, PROPOSED)
    yield Measured(f"{title}, ours at {PROPOSED} and above: precision {precision:.3f}, recall {recall:.3f}", f1, unit="F1")


def _methods() -> dict[str, Scorer]:
    methods = {"ours": _timed(score_names), "rapidfuzz WRatio": _timed(lambda a, b: fuzz.WRatio(a, b) / 100)}
    interpreter = os.environ.get("NOMENKLATURA_PYTHON")
    if interpreter:
        methods["nomenklatura logic-v2"] = lambda pairs: _logic_v2(interpreter, pairs)
    else:
        print("   names: nomenklatura left out, because NOMENKLATURA_PYTHON names no interpreter that has it", file=sys.stderr)
    return methods


def _timed(score: Callable[[str, str], float]) -> Scorer:
    def scorer(pairs: list[Pair]) -> tuple[list[float], float]:
        score("Ivan", "Petro")  # tables that are read on first use are not part of the speed
        start = time.process_time()  # seconds of one core, whoever else uses the machine
        scores = [score(pair.one, pair.other) for pair in pairs]
        return scores, time.process_time() - start

    return scorer


def _logic_v2(interpreter: str, pairs: list[Pair]) -> tuple[list[float], float]:
    given = json.dumps([(pair.one, pair.other) for pair in pairs])
    command = [interpreter, str(Path(__file__).parent / "peer_logic_v2.py")]
    answer = json.loads(subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout)
    return answer["scores"], answer["seconds"]


def _judged(scorer: Scorer, pairs: list[Pair]) -> tuple[float, float, float, float]:
    """Precision, recall and F1 on the second half at the threshold that is best on the first, and pairs per second."""
    scores, seconds = scorer(pairs)
    halves = [[(score, pair.same) for score, pair in zip(scores, pairs, strict=True) if pair.half == half] for half in (0, 1)]
    threshold = max(sorted({score for score, _ in halves[0]}), key=lambda cut: _measures(halves[0], cut)[2])
    return *_measures(halves[1], threshold), len(pairs) / seconds


def _measures(scored: list[tuple[float, bool]], cut: float) -> tuple[float, float, float]:
    hits = sum(same for score, same in scored if score >= cut)
    precision = hits / max(sum(score >= cut for score, _ in scored), 1)
    recall = hits / max(sum(same for _, same in scored), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _blocking(pairs: list[Pair]) -> Iterator[Measured]:
    """What sharing a key keeps, and what `block` keeps of it when it divides large groups."""
    true = [pair for pair in pairs if pair.same]
    kept = sum(bool(blocking_keys(pair.one) & blocking_keys(pair.other)) for pair in true)
    what = f"listed aliases: pairs of one person that share a blocking key, of {len(true)}"
    yield Measured(what, kept / len(true), bar="99.5 %", unit="%")
    names = sorted({name for pair in pairs for name in (pair.one, pair.other)})
    candidates = {(names[one], names[other]) for one, other in block(names)}
    kept = sum(tuple(sorted((pair.one, pair.other))) in candidates for pair in true)
    what = f"the same among {len(candidates):,} candidate pairs of {len(names):,} names (of {len(names) * (len(names) - 1) // 2:,})"
    yield Measured(what, kept / len(true), unit="%")


def _fifty_thousand() -> Iterator[Measured]:
    names, people = historical_figures()
    start, cores = time.perf_counter(), time.process_time()
    distinct = list(dict.fromkeys(names))
    candidates = {pair: score_names(distinct[pair[0]], distinct[pair[1]]) for pair in block(distinct)}
    seconds, cores = time.perf_counter() - start, time.process_time() - cores
    what = f"blocking and scoring {len(names):,} names ({len(candidates):,} candidate pairs; on the clock {seconds:.0f} s)"
    yield Measured(f"{what}, seconds of one core", cores, bar="2 min")
    position = {name: number for number, name in enumerate(distinct)}
    members: dict[str, set[int]] = defaultdict(set)
    for name, person in zip(names, people, strict=True):
        members[person].add(position[name])
    true = [pair for group in members.values() for pair in itertools.combinations(sorted(group), 2)]
    kept = sum(pair in candidates for pair in true) / len(true)
    yield Measured(f"of {len(true):,} pairs of different names of one person, compared", kept, unit="%")
