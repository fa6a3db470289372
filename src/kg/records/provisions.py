"""Legal provisions as a record writes them: `code:article/part`, for example `ru-cc:205.5/2`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(
    r"(?P<code>[a-z][a-z0-9-]*)(?::(?P<article>[0-9A-Za-zА-Яа-я.\-]+)(?:/(?P<part>[0-9A-Za-zА-Яа-я.\-]+(?:/[0-9A-Za-zА-Яа-я.\-]+)?))?)?"
)


@dataclass(frozen=True, order=True)
class Provision:
    """`code` is a key of data/codes.yaml; without an article the instrument as a whole is meant."""

    code: str
    article: str | None = None
    part: str | None = None

    @property
    def path(self) -> str:
        """`ru-cc/205.5/2`: stable, so that the same provision has the same address in every record."""
        return "/".join(part for part in (self.code, self.article, self.part) if part)

    def broader(self) -> Provision | None:
        """The article a part belongs to, the code an article belongs to, or None for a code."""
        if self.part:
            return Provision(self.code, self.article)
        return Provision(self.code) if self.article else None

    def __str__(self) -> str:
        text = f"{self.code}:{self.article}" if self.article else self.code
        return f"{text}/{self.part}" if self.part else text


def parse_provision(text: str) -> Provision:
    """Read a provision; raises ValueError with a message fit for an editor."""
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError("not a legal provision: write code:article or code:article/part, for example ru-cc:205.5/2")
    return Provision(match["code"], match["article"], match["part"])
