"""The whole corpus: every record file of a data folder, its registries, and what is wrong with any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import Problem, RecordError
from kg.records.json_lines import SUFFIX
from kg.records.model import Record
from kg.records.reader import try_record
from kg.records.registry import REGISTRY_FILES, Registries, read_registries

RESERVED_IDS = frozenset({"source", "place", "publisher", "provision", "graph", "decision"})
"""Source ids that would collide with other addresses."""


@dataclass(frozen=True)
class RecordFile:
    """One record as read: `name` is its path below the data folder, `sha256` the hash of its bytes."""

    name: str
    sha256: str
    record: Record


@dataclass
class Corpus:
    """Records that can be used, registries, the names of drafts, which nobody has reviewed yet, and the problems of the rest."""

    files: list[RecordFile] = field(default_factory=list)
    registries: Registries = field(default_factory=Registries)
    problems: list[Problem] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)

    def strict(self) -> Corpus:
        """This corpus, if nothing in it was refused; raises RecordError otherwise."""
        if self.problems:
            raise RecordError(self.problems)
        return self


def record_paths(data: Path) -> Iterator[Path]:
    """Every record file below `data`/records, in a stable order."""
    return iter(_records_below(data / "records"))


def _records_below(folder: Path) -> list[Path]:
    return sorted([*folder.rglob("*.yaml"), *folder.rglob(f"*{SUFFIX}")])


def data_folder_of(path: Path) -> Path | None:
    """The data folder that the record file at `path` belongs to: the nearest folder above it that holds the registries."""
    return next(filter(_has_registries, path.resolve().parents), None)


def _has_registries(folder: Path) -> bool:
    return (folder / "publishers.yaml").exists()


def read_corpus(data: Path, on_file: Callable[[str], None] | None = None) -> Corpus:
    """Read everything below the folder `data`; a bad file is reported in `problems` and left out, the rest is read.

    `on_file` is called with each file's name, for progress.
    """
    registries = read_registries(data)
    corpus = Corpus(registries=registries, problems=list(registries.problems))
    seen: dict[str, str] = {}
    for path in record_paths(data):
        name = f"{data.name}/{path.relative_to(data).as_posix()}"
        if on_file:
            on_file(name)
        record, problems = try_record(path, name, registries)
        if record is not None:
            problems = _id_problems(record, name, seen)
        if record is None or problems:
            corpus.problems += problems
            corpus.refused.append(name)
        else:
            seen[record.source.id] = name
            if record.status == "draft":
                corpus.drafts.append(name)
                continue
            corpus.files.append(RecordFile(name, sha256_of(path), record))
    return corpus


def check_path(path: Path, data: Path) -> tuple[int, list[Problem]]:
    """How many files `path` stands for, and what is wrong in them: a record, a registry, or a folder of records or of all.

    A record outside a data folder is read with the registries of `data`.
    """
    home = path if _has_registries(path) else data_folder_of(path) or data
    if path == home:
        corpus = read_corpus(path)
        return len(corpus.files) + len(corpus.refused) + len(corpus.drafts), corpus.problems
    registries = read_registries(home)
    if path.resolve().parent == home.resolve() and path.stem in REGISTRY_FILES:
        return 1, registries.problems
    paths = _records_below(path) if path.is_dir() else [path]
    found = [problem for file in paths for problem in try_record(file, str(file), registries)[1]]
    return len(paths), [*registries.problems, *found]


def input_files(data: Path) -> Iterator[Path]:
    """Every file below `data` that a build reads, records first."""
    yield from record_paths(data)
    yield from (path for name in REGISTRY_FILES if (path := data / f"{name}.yaml").exists())
    yield from sorted((data / "identity").glob("*.sssom.tsv"))


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _id_problems(record: Record, name: str, seen: dict[str, str]) -> list[Problem]:
    source_id = record.source.id
    if source_id in RESERVED_IDS:
        return [Problem(name, 1, 1, "source.id", f"'{source_id}' is reserved", "choose another id")]
    if source_id in seen:
        message = f"source id '{source_id}' is already used by {seen[source_id]}"
        return [Problem(name, 1, 1, "source.id", message, "an id names one source: choose another")]
    return []
