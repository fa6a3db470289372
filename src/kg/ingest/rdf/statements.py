"""RDF files -> quads: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, plain or gzip.

Streamed; nothing is fetched, nothing expanded.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Quad, RdfFormat, parse

from kg.ingest.encodings import MAX_RATIO, SMALL
from kg.ingest.safety import fail

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""Syntaxes by the ending of a file's name."""
MAX_JSON_LD = 200_000_000
"""Largest JSON-LD file, in bytes: its objects may refer to anything later in the file, so that it is read whole."""
MAX_ENTITIES, MAX_ENTITY = 200, 500
"""Most entities that an RDF/XML file may declare, and the longest, in characters. OWL files abbreviate namespaces by them."""

_PROLOG = 1_000_000
_ENTITY = re.compile(rb"<!ENTITY\s+(%?)\s*([^\s>]+)\s+(SYSTEM|PUBLIC|\"[^\"]*\"|'[^']*')")
_ELEMENT = re.compile(rb"<[A-Za-z_]")


def is_rdf(path: Path) -> bool:
    """Whether the name of a file is one that RDF files have."""
    return _ending(path) in FORMATS


def read_quads(path: Path, base: str) -> Iterator[Quad]:
    """The quads of the file at `path`; relative addresses are resolved against `base`.

    Raises RecordError where the file cannot be read on, with its line: not well-formed, cut off, a JSON-LD context that lies
    elsewhere, XML that declares entities of entities.
    """
    name, form = path.name, FORMATS[_ending(path)]
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            stream: IO[bytes] = _Bounded(raw, path.stat().st_size) if packed else raw  # type: ignore[assignment]
            if form == RdfFormat.RDF_XML:
                _check_xml(stream, name)
            if form == RdfFormat.JSON_LD and path.stat().st_size > MAX_JSON_LD:
                raise fail(name, f"larger than {MAX_JSON_LD:,} bytes", "convert it to N-Quads, which is read in a stream")
            yield from parse(stream, form, base_iri=base)
    except SyntaxError as error:
        raise fail(name, *_told(error), error.lineno or 1, error.offset or 1) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise fail(name, f"the gzip file is damaged or cut off: {error}", "download or save it again") from None
    except UnicodeDecodeError as error:
        raise fail(name, f"not UTF-8 text (byte {error.start:,})", "save the file as UTF-8") from None
    except OSError as error:
        raise fail(name, f"cannot be read: {error.strerror or error}") from None


def _ending(path: Path) -> str:
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _told(error: SyntaxError) -> tuple[str, str]:
    message = str(error.msg or error)
    if "LoadDocumentCallback" in message:
        return "the JSON-LD context lies elsewhere", "nothing is fetched: write the context into the file in place of its address"
    return f"the file is not well-formed here: {message}", "check it where it was written, or convert it to Turtle or N-Quads"


def _check_xml(stream: IO[bytes], name: str) -> None:
    """Raise RecordError when an XML file declares entities that could swell or lie elsewhere; leaves the stream at its start."""
    start = stream.read(_PROLOG)
    stream.seek(0)
    if b"\0" in start:
        raise fail(name, "not UTF-8 text (a NUL byte)", "save the file as UTF-8")
    first = _ELEMENT.search(start)
    prolog = start[: first.start()] if first else start
    declared = list(_ENTITY.finditer(prolog))
    if prolog.count(b"<!ENTITY") != len(declared) or len(declared) > MAX_ENTITIES:
        raise fail(name, "too many or strange entity declarations", "a bomb? write addresses out, or convert it to Turtle")
    for match in declared:
        line = start[: match.start()].count(b"\n") + 1
        what = f"the entity {match[2].decode(errors='replace')}"
        if match[1] or match[3] in (b"SYSTEM", b"PUBLIC"):
            raise fail(
                name, f"the entity {match[2].decode(errors='replace')} lies elsewhere", "nothing is fetched: write it out", line
            )
        if b"&" in match[3] or b"%" in match[3] or len(match[3]) > MAX_ENTITY:
            told = f"{what} is made of other entities, or very long"
            raise fail(name, told, "a bomb: do not open it; if it is real RDF, convert it to Turtle", line)


class _Bounded(gzip.GzipFile):
    """A gzip file that refuses to unpack to many times its size."""

    def __init__(self, raw: IO[bytes], size: int) -> None:
        super().__init__(fileobj=raw)
        self._size, self._read = size, 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(1 << 20 if size is None or size < 0 else size)
        self._read += len(data)
        if self._read > SMALL and self._read > MAX_RATIO * self._size:
            raise gzip.BadGzipFile(f"unpacks to more than {MAX_RATIO} times its size: a packing bomb")
        return data

    def seek(self, offset: int, whence: int = 0) -> Any:
        self._read = 0
        return super().seek(offset, whence)
