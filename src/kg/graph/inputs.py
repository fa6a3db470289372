"""What the result of a build depends on, and how much of that its manifest shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from kg.identity import Decision
from kg.records import Record, RecordFile
from kg.records.corpus import input_files, sha256_of
from kg.vocabulary import locate


def read_inputs(data: Path) -> dict[str, str]:
    """Every file the result depends on, with its hash: corpus, ontology, library (its answers are kept) and converting code."""
    inputs = {f"{data.name}/{path.relative_to(data).as_posix()}": sha256_of(path) for path in input_files(data)}
    for path in sorted(locate("ontology").glob("*.ttl")):
        inputs[f"ontology/{path.name}"] = sha256_of(path)
    for path in sorted(locate("queries").rglob("*.rq")):
        inputs[f"queries/{path.parent.name}/{path.name}"] = sha256_of(path)
    code = sha256()
    for folder in ("vocabulary", "records", "identity", "graph"):
        for path in sorted((Path(__file__).parent.parent / folder).rglob("*.py")):
            code.update(path.read_bytes())
    inputs["program"] = code.hexdigest()
    return inputs


def fingerprint(inputs: Mapping[str, str]) -> str:
    """One hash for all inputs."""
    return sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def hash_of_visible(file: RecordFile, visible: Record) -> str:
    """The hash of the file, or of what is visible of it: with the former, what is hidden in a file could be guessed and checked."""
    return file.sha256 if visible is file.record else sha256(repr(visible).encode()).hexdigest()


def hashes_of_decisions(decisions: Iterable[Decision]) -> dict[str, str]:
    """The hash of the given rows of each decision table."""
    tables: dict[str, list[Decision]] = {}
    for decision in decisions:
        tables.setdefault(decision.file, []).append(decision)
    return {name: sha256(repr(rows).encode()).hexdigest() for name, rows in tables.items()}
