"""Run every benchmark and write the results into benchmarks/README.md."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date
from pathlib import Path

from benchmarks import (
    build,
    explorer_map,
    extraction,
    identity,
    ingest,
    link_map,
    names,
    network,
    queries,
    reasoning,
    validation,
    web,
)
from benchmarks.measured import Measured

README = Path(__file__).parent / "README.md"
START, END = "<!-- results -->", "<!-- /results -->"


def main() -> None:
    results: list[Measured] = []
    for module in (
        build,
        reasoning,
        validation,
        names,
        identity,
        extraction,
        ingest,
        queries,
        network,
        link_map,
        explorer_map,
        web,
    ):
        print(f"== {module.__name__}", file=sys.stderr)
        for measured in module.run():
            print(f"   {measured.line()}", file=sys.stderr)
            results.append(measured)
    head, _, rest = README.read_text(encoding="utf-8").partition(START)
    _, _, tail = rest.partition(END)
    machine = (
        f"{date.today()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    table = ["| what | ours | peer | ratio | bar |", "| --- | --- | --- | --- | --- |", *(m.row() for m in results)]
    README.write_text(f"{head}{START}\nMeasured {machine}.\n\n" + "\n".join(table) + f"\n{END}{tail}", encoding="utf-8")


main()
