"""Building again whenever an input changed, for somebody who writes records: what follows is kept up to date, not derived anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import BuildError, KgError
from kg.graph.build import Report, build
from kg.graph.reasoning.closed_store import ClosedStore
from kg.graph.reasoning.rules import compile_rules
from kg.records.corpus import input_files
from kg.vocabulary import locate

_SECONDS = 0.5
"""Between two looks at the files."""

Look = dict[Path, tuple[int, int]]


def watch(data: Path, target: Path, wait: Callable[[float], Any] = time.sleep, **options: Any) -> Iterator[Report | KgError]:
    """Build now and after every change of a file in `data`; gives what each build did, or why there was none. Never ends.

    `options` are those of kg.graph.build. The ontology is read once: after a change to it, start again. Raises BuildError when
    the first build finds no corpus or cannot be written: no change of a record would mend that.
    """
    again = partial(build, data, target, derive=ClosedStore(compile_rules(locate("ontology"))).derive, **options)
    seen: Look | None = None
    while True:
        now = _look(data)
        if now == seen:
            wait(_SECONDS)
            continue
        first, seen = seen is None, now
        try:
            yield again()
        except BuildError as error:
            if first:
                raise
            yield error
        except KgError as error:
            yield error


def _look(data: Path) -> Look:
    """When each input was last written, and how long it is; a file that is just being replaced is looked at the next time."""
    found: Look = {}
    for path in input_files(data):
        try:
            about = path.stat()
        except OSError:
            continue
        found[path] = (about.st_mtime_ns, about.st_size)
    return found
