"""What lists.yaml says, read once."""

from __future__ import annotations

import functools
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml


@functools.cache
def words() -> dict[str, Any]:
    """The content of lists.yaml."""
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
    return content


def digest_of(files: tuple[Path, ...]) -> str:
    """Hexadecimal SHA-256 of the files' bytes, one after the other."""
    digest = sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
