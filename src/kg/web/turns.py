"""Heavy work takes turns, so that no visitor keeps the machine from the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.exceptions import HTTPException


class Turns:
    """At most `at_once` at a time; who waits longer than `patience` seconds is told to come back (503)."""

    def __init__(self, at_once: int, patience: float) -> None:
        self._free, self._patience = threading.BoundedSemaphore(at_once), patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold one of the turns; raises HTTPException 503 when none comes free in time."""
        if not self._free.acquire(timeout=self._patience):
            raise HTTPException(503, "too much of this is asked for at the moment; try again soon", {"Retry-After": "10"})
        try:
            yield
        finally:
            self._free.release()
