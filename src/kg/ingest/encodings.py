"""Bytes of a text table -> lines of text, with the place of every byte that does not fit. Nothing is replaced, nothing guessed."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from kg.ingest.safety import fail, first_bytes

MAX_LINE = 4_000_000
"""Longest line read, in bytes."""
MAX_RATIO = 300
"""A gzip file may unpack to this many times its size (deflate cannot pack tighter than 1:1032; real tables reach 1:30)."""
SMALL = 100_000_000
"""Bytes that any gzip file may unpack to."""

_SAMPLE = 1_000_000


def text_lines(
    path: Path, name: str, encoding: str | None, on_bytes: Callable[[int], None] | None = None, *, dos_end: bool = False
) -> Iterator[str]:
    """The lines of the text file at `path`, plain or gzip, line ends kept; `on_bytes` hears how many bytes of the file are read.

    UTF-8 is expected, UTF-16 recognised by its mark; any other `encoding` has to be named; with `dos_end` a last line that
    consists of the end-of-file mark of DOS (0x1A) is none. Raises RecordError at the first byte that does not fit, at NUL and
    other control characters, at a truncated or exploding gzip file.
    """
    start = first_bytes(path, name)
    packed = start.startswith(b"\x1f\x8b")
    with path.open("rb") as file:
        stream: IO[bytes] = gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[assignment]
        raw = _raw_lines(stream, path, name, packed, (lambda: on_bytes(file.tell())) if on_bytes else lambda: None)
        yield from _Decoder(path, name, encoding).lines(_without_end(raw) if dos_end else raw)


def _raw_lines(stream: IO[bytes], path: Path, name: str, packed: bool, tick: Callable[[], None]) -> Iterator[bytes]:
    number, total, size = 0, 0, path.stat().st_size
    while True:
        number += 1
        try:
            line = stream.readline(MAX_LINE + 1)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise fail(name, f"the gzip file is damaged or cut off here: {error}", "download or save it again", number) from None
        if not line:
            return
        if len(line) > MAX_LINE:
            raise fail(
                name, f"a line of more than {MAX_LINE:,} bytes", "is a quotation mark left open, or is this no table?", number
            )
        total += len(line)
        if packed and total > SMALL and total > MAX_RATIO * size:
            raise fail(name, f"unpacks to more than {MAX_RATIO} times its size", "a packing bomb: do not open it", number)
        if number % 1000 == 1:
            tick()
        yield line


def _without_end(raw: Iterator[bytes]) -> Iterator[bytes]:
    held: bytes | None = None
    for line in raw:
        if held is not None:
            yield held
        held = line
    if held is not None and held.strip(b"\x1a\r\n"):
        yield held


class _Decoder:
    def __init__(self, path: Path, name: str, encoding: str | None) -> None:
        self.path, self.name = path, name
        self.encoding = self._known(encoding) if encoding else "utf-8"
        self.named = encoding is not None
        self.beyond_ascii: int | None = None

    def _known(self, encoding: str) -> str:
        try:
            return codecs.lookup(encoding).name
        except LookupError:
            raise fail(self.name, f"there is no encoding '{encoding}'", "such as utf-8, windows-1251, iso-8859-1") from None

    def lines(self, raw: Iterator[bytes]) -> Iterator[str]:
        number = 0
        for number, line in enumerate(self._whole(raw), 1):
            text = self._text(line, number).removeprefix("\ufeff") if number == 1 else self._text(line, number)
            self._check(text, number)
            yield text

    def _whole(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        """Lines of bytes as lines of characters: in UTF-16 a line end takes two bytes, and a byte 10 need not be one."""
        first = next(raw, b"")
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not self.named:
            self.encoding = "utf-16-le" if first.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        end = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}.get(self.encoding)
        if end is None:
            yield first
            yield from raw
            return
        held = b""
        for piece in self._again(first, raw):
            held += piece
            while (at := _aligned(held, end)) >= 0:
                yield held[: at + 2]
                held = held[at + 2 :]
        if held:
            yield held

    @staticmethod
    def _again(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
        yield first
        yield from raw

    def _text(self, line: bytes, number: int) -> str:
        try:
            text = line.decode(self.encoding)
        except UnicodeDecodeError as error:
            raise self._misfit(line, number, error) from None
        if self.beyond_ascii is None and not text.isascii():
            self.beyond_ascii = number
        return text

    def _misfit(self, line: bytes, number: int, error: UnicodeDecodeError) -> Exception:
        column = len(line[: error.start].decode(self.encoding, "replace")) + 1
        found = f"byte {line[error.start]:#04x} is not {self.encoding.upper()}"
        if self.beyond_ascii is not None and not self.named:
            hint = (
                f"line {self.beyond_ascii} is {self.encoding.upper()}, this one is not: two encodings are mixed; save all as UTF-8"
            )
            return fail(self.name, found, hint, number, column)
        guess = None if self.named else guess_encoding(self.path)
        hint = f"it looks like {guess}: if names read right so, give --encoding {guess}" if guess else "save the file as UTF-8"
        return fail(self.name, found, hint, number, column)

    def _check(self, text: str, number: int) -> None:
        if text.isprintable():
            return
        for column, character in enumerate(text, 1):
            if character < " " and character not in "\t\r\n":
                what = "a NUL byte" if character == "\0" else f"the control character U+{ord(character):04X}"
                raise fail(self.name, f"{what} in the text", "the file is damaged, or in UTF-16: save it as UTF-8", number, column)


def guess_encoding(path: Path) -> str | None:
    """What the bytes of the file look like, by charset-normalizer; None when nothing fits."""
    from charset_normalizer import from_bytes

    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    best = from_bytes(sample).best()
    return best.encoding.replace("_", "-").replace("cp125", "windows-125") if best else None


def _aligned(held: bytes, end: bytes) -> int:
    at = held.find(end)
    while at >= 0 and at % 2:
        at = held.find(end, at + 1)
    return at
