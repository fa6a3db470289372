"""What others write: seconds and peak memory of each shared data set going in, how memory grows, and screening figures.

The shared data sets are test input beside the project; where they are absent, the lines about them are left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, parse

import kg
from benchmarks.measured import Measured, best
from kg.graph import Graph
from kg.graph.screening import KnownPerson, officials, screen_list
from kg.graph.screening.courts import screen_courts
from kg.ingest.courts import read_courts
from kg.ingest.lists import difference, open_list
from kg.vocabulary import locate

SHARED = Path(__file__).parent.parent.parent / "shared" / "datasets"
ENTITIES, STATEMENTS = 50_000, 200_000
LISTS = (
    *("eu-sanctions/32014R0269", "eu-sanctions/32024R1485", "eu-sanctions/32006R0765"),
    *("ofac-sdn/2019-01-sdn", "ofac-sdn/2021-07-sdn"),
)
MEASURING = """
import sys
from kg.cli import app
try:
    app(sys.argv[1:], standalone_mode=False)
finally:
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""
COURTS = "ru-court-registry/sudrf_websites.json"


def run() -> Iterator[Measured]:
    """Imports, then screening."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        for registry in ("publishers", "places", "codes"):
            (folder / "data" / f"{registry}.yaml").write_bytes((locate("data") / f"{registry}.yaml").read_bytes())
        yield from _followthemoney(folder)
        yield from _rdf(folder)
        if SHARED.exists():
            yield from _shared(folder)
            yield from _screening(folder)
            yield from _against_each_other()


def _followthemoney(folder: Path) -> Iterator[Measured]:
    few, many = (_entities(folder / f"{count}.ftm.json", count) for count in (ENTITIES // 10, ENTITIES))
    (peer,) = best(lambda: [json.loads(line) for line in many.open(encoding="utf-8")], runs=1)
    _, small = _ingest(folder, few)
    spent, large = _ingest(folder, many)
    yield Measured(f"ingesting {ENTITIES:,} FollowTheMoney entities, every fact checked", spent, "parsing the JSON alone", peer)
    yield Measured("most memory of it", large, "a tenth of the entities", small, unit="MB")


def _rdf(folder: Path) -> Iterator[Measured]:
    few, many = (_statements(folder / f"{count}.nt", count) for count in (STATEMENTS // 10, STATEMENTS))
    (peer,) = best(lambda: sum(1 for _ in parse(path=many, format=RdfFormat.N_TRIPLES)), runs=1)
    _, small = _ingest(folder, few)
    spent, large = _ingest(folder, many)
    yield Measured(f"ingesting {STATEMENTS:,} RDF statements, translated and checked", spent, "parsing them alone", peer)
    yield Measured("most memory of it", large, "a tenth of the statements", small, unit="MB")


def _shared(folder: Path) -> Iterator[Measured]:
    deltas = sorted(SHARED.glob("ftm-entities/t2.*.delta.jsonl"))
    sets = {
        "zala.entities.ftm.json": [SHARED / "ftm-entities/zala.entities.ftm.json"],
        "four deltas": deltas,
        COURTS: [SHARED / COURTS],
    }
    for name, files in sets.items():
        spent, memory = _ingest(folder, *files)
        yield Measured(f"ingesting {Path(name).name}", spent)
        yield Measured(f"most memory of ingesting {Path(name).name}", memory, unit="MB")
    for name in LISTS:
        start = time.perf_counter()
        count = sum(1 for _ in open_list(SHARED / f"{name}.csv").entries())
        yield Measured(f"reading {Path(name).name}.csv, {count:,} entries", time.perf_counter() - start)
    old, new = (open_list(SHARED / f"ofac-sdn/{version}-sdn.csv") for version in ("2019-01", "2021-07"))
    start = time.perf_counter()
    found = difference(old, new)
    told = f"{len(found.added):,} added, {len(found.removed):,} removed, {len(found.changed):,} changed"
    yield Measured(f"comparing the two: {told}", time.perf_counter() - start)


def _screening(folder: Path) -> Iterator[Measured]:
    kg.build(locate("data"), folder / "build")
    graph = Graph.open(folder / "build")
    known = officials(graph)
    for name in LISTS:
        start = time.perf_counter()
        screening = screen_list(known, open_list(SHARED / f"{name}.csv"))
        met = len({hit.person.iri for hit in screening.hits})
        what = f"screening {len(known)} officials against {Path(name).name}: {met} with a hit, {len(screening.without)} without"
        yield Measured(what, time.perf_counter() - start)
    start = time.perf_counter()
    courts = screen_courts(graph, read_courts(SHARED / COURTS))
    alone = sum(1 for hit in courts.hits if not hit.rivals)
    told = f"{alone} courts match one entry, {len(courts.hits) - alone} several, {len(courts.without)} none"
    yield Measured(f"matching courts with {courts.entries:,}: {told}", time.perf_counter() - start)


def _against_each_other() -> Iterator[Measured]:
    """People on the lists of the European Union against OFAC's by their names alone; dates of birth, which were not used, judge."""
    known, born = [], {}
    for name in LISTS[:3]:
        for entry in open_list(SHARED / f"{name}.csv").entries():
            if entry.kind == "person":
                iri = f"{name}/{entry.id}"
                known.append(KnownPerson(iri, entry.names[0], entry.names, (), True, "official"))
                born[iri] = _years(entry.born)
    hits = screen_list(known, open_list(SHARED / f"{LISTS[4]}.csv")).hits
    dated = [(born[hit.person.iri], _years(hit.entry.born)) for hit in hits]
    judged = [bool(ours & theirs) for ours, theirs in dated if ours and theirs]
    what = f"{len(hits)} of {len(known):,} people on EU lists found on {Path(LISTS[4]).name} by name alone: born in the same year"
    yield Measured(what, sum(judged) / len(judged), unit="%")


def _years(printed: Iterable[str]) -> set[str]:
    return {year for text in printed for year in re.findall(r"(?:19|20)\d\d", text)}


def _ingest(folder: Path, *files: Path) -> tuple[float, float]:
    """Seconds and peak memory in MB of a process that ingests the files; what its parent used before does not count."""
    given = ["--publisher", "project", "--id", f"x-{files[0].name.split('.')[0].replace('_', '-')}", "--data", str(folder / "data")]
    arguments = [sys.executable, "-c", MEASURING, "ingest", *map(str, files), *given]
    start = time.perf_counter()
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the ingest of {files[0].name} failed: {done.stderr}")
    return time.perf_counter() - start, int(done.stderr.split()[-1]) / 1024


def _entities(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for at in range(count):
            properties = {"name": [f"Person {at}", f"Особа {at}"], "birthDate": [str(1900 + at % 90)], "passportNumber": [str(at)]}
            file.write(json.dumps({"id": f"p{at}", "schema": "Person", "properties": properties}) + "\n")
    return path


def _statements(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for at in range(count // 4):
            person = f"<http://example.org/p{at}>"
            file.write(f"{person} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Person> .\n")
            file.write(f'{person} <http://xmlns.com/foaf/0.1/name> "Person {at}" .\n')
            file.write(f'{person} <https://schema.org/birthDate> "{1900 + at % 90}" .\n')
            file.write(f'{person} <http://example.org/odd> "{at}" .\n')
    return path
