"""Conversions kept from earlier builds: a record whose file, identity and vocabulary are unchanged is not converted again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.graph.conversion.record import CONVERTER_VERSION, convert
from kg.graph.iris import entity, publisher
from kg.identity import Canonical
from kg.records import Record
from kg.vocabulary import Vocabulary


class ConversionCache:
    """Quads of converted records in files named by a hash of everything the conversion depends on; none without a folder."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.reused = 0
        self._used: set[str] = set()

    def convert(self, input_hash: str, record: Record, canonical: Canonical, words: Vocabulary) -> list[Quad]:
        """The quads of `record`, from the cache when nothing it depends on has changed.

        `input_hash` stands for the record as read; the identity of its mentions and of the publishers is added to it here.
        """
        if self.folder is None:
            return convert(record, canonical, words)
        identity = sorted((canonical.restricted_to(entity(record.source.id, "")) | canonical.restricted_to(publisher(""))).items())
        name = sha256(f"{CONVERTER_VERSION}\n{words.digest}\n{input_hash}\n{identity}".encode()).hexdigest()
        self._used.add(name)
        path = self.folder / f"{name}.nq"
        if path.exists():
            try:
                quads = list(parse(path.read_bytes(), RdfFormat.N_QUADS))
            except (SyntaxError, OSError):
                path.unlink(missing_ok=True)
            else:
                self.reused += 1
                return quads
        quads = convert(record, canonical, words)
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")
        partial.replace(path)
        return quads

    def prune(self) -> None:
        """Forget conversions that this build did not use."""
        for path in self.folder.glob("*") if self.folder else ():
            if path.stem not in self._used:
                path.unlink(missing_ok=True)
