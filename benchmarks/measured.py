"""One measured line, and how it is timed: the best of several runs, ours and the peer's in turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """`ours` and `peer` in `unit` (s, %, F1, pairs/s); `peer` is None where nothing comparable exists."""

    what: str
    ours: float
    peer_name: str = ""
    peer: float | None = None
    bar: str = ""
    unit: str = "s"

    def row(self) -> str:
        """The line as a row of a Markdown table."""
        peer = f"{self.peer_name} {_shown(self.peer, self.unit)}" if self.peer is not None else ""
        ratio = f"{self.ours / self.peer:.2f}" if self.peer else ""
        return f"| {self.what} | {_shown(self.ours, self.unit)} | {peer} | {ratio} | {self.bar} |"

    def line(self) -> str:
        """The line as text."""
        return self.row().strip("| ").replace(" | ", "; ")


def best(*tasks: Callable[[], object], runs: int = 3) -> list[float]:
    """The best wall-clock time of each task in seconds, over `runs` rounds in which the tasks take turns."""
    times = [float("inf")] * len(tasks)
    for _ in range(runs):
        for index, task in enumerate(tasks):
            start = time.perf_counter()
            task()
            times[index] = min(times[index], time.perf_counter() - start)
    return times


def _shown(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value * 100:.2f} %"
    if unit != "s":
        return f"{value:,.0f} {unit}" if value > 10 else f"{unit} {value:.3f}"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"
