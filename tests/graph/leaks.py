"""Looks for texts in everything that lies in a folder, in any encoding that a program might have left them in."""

from __future__ import annotations

import base64
import contextlib
import gzip
import html
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from pyoxigraph import Store


def encodings_of(text: str) -> dict[str, bytes]:
    """Name of the encoding -> the bytes to look for."""
    found: dict[str, bytes] = {}
    for spelling, variant in (
        ("as is", text),
        ("lower case", text.lower()),
        ("upper case", text.upper()),
        ("reversed", text[::-1]),
    ):
        for codec in ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "utf-7"):
            try:
                found[f"{spelling}, {codec}"] = variant.encode(codec)
            except UnicodeEncodeError:
                continue
    plain = text.encode()
    found["percent"] = quote(text).encode()
    found["percent, plus"] = quote_plus(text).encode()
    found["percent, small"] = quote(text).lower().encode()
    found["JSON"] = json.dumps(text)[1:-1].encode()
    found["HTML"] = html.escape(text).encode()
    found["HTML numbers"] = "".join(f"&#{ord(letter)};" for letter in text).encode()
    found["HTML hexadecimal"] = "".join(f"&#x{ord(letter):x};" for letter in text).encode()
    found["hexadecimal"] = plain.hex().encode()
    found["slug"] = text.lower().replace(" ", "-").replace(".", "").encode()
    found["underscores"] = text.replace(" ", "_").encode()
    for shift in range(3):
        # The letters at both ends depend on what stands around the text.
        found[f"base64, {shift}"] = base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4]
    return {name: code for name, code in found.items() if len(code) >= 4}


def leaks(folder: Path, texts: Iterable[str]) -> list[str]:
    """Where one of `texts` is found: (file, text, encoding), in words."""
    wanted = {text: encodings_of(text) for text in texts}
    return sorted(
        {
            f"{name}: {text!r} ({encoding})"
            for name, content in _contents(folder)
            for text, codes in wanted.items()
            for encoding, code in codes.items()
            if code in content
        }
    )


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, what is compressed in it, and every quad of every store: its own files may be compressed."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield f"name of {name}", name.encode()
        if path.is_file():
            content = path.read_bytes()
            yield name, content
            if path.suffix == ".gz":
                yield f"{name} (unpacked)", gzip.decompress(content)
            yield from _deflated(name, content)
        elif path.name == "store":
            yield f"{name} (quads)", "\n".join(str(quad) for quad in Store.read_only(str(path))).encode()


def _deflated(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Zlib streams inside a file, as a page might embed them."""
    start = content.find(b"x\x9c")
    while start >= 0:
        with contextlib.suppress(zlib.error):
            yield f"{name} (deflated at {start})", zlib.decompressobj().decompress(content[start:], 50_000_000)
        start = content.find(b"x\x9c", start + 1)
