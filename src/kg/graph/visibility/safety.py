"""What a query may not do: reach out to other hosts or change the store."""

from __future__ import annotations

import re

from kg.errors import QueryError

# Strings, IRIs and comments are skipped, so that a word inside them is not mistaken for a command.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\s{}|^`\\]*>|#[^\n]*|[?$]\w+|\w*:[\w.:-]*|\w+|\s+|.",
    re.S,
)
_FORBIDDEN = {
    "SERVICE": "SERVICE would send data to another host",
    **dict.fromkeys(
        ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"),
        "queries only read; change the records and build again",
    ),
}


def tokens(query: str) -> list[str]:
    """`query` cut into strings, IRIs, comments, variables, words and single characters; joined again they give `query`."""
    return _TOKEN.findall(query)


def refuse_unsafe(query: str) -> None:
    """Raise QueryError when `query` contains a federated or an updating clause."""
    for token in tokens(query):
        reason = _FORBIDDEN.get(token.upper())
        if reason:
            raise QueryError(f"{token.upper()} is not allowed here: {reason}")
