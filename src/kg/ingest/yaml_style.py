"""Records as YAML the way editors write them: dates bare, short lists and small mappings on one line."""

from __future__ import annotations

import re
from typing import Any

import yaml

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"0|[1-9]\d{0,14}")
_SINGLE = ("body", "case", "by")
"""Lists of keys that editors write without brackets when they hold one."""
_INLINE = 110
"""Longest list or mapping kept on one line, in characters."""


def record_yaml(content: dict[str, Any]) -> str:
    """A record in plain values as YAML; reading it gives the same values."""
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)


class _Dumper(yaml.CSafeDumper if hasattr(yaml, "CSafeDumper") else yaml.SafeDumper):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        """Never an alias, which the reader refuses."""
        return True


def _text(dumper: Any, text: str) -> Any:
    if _DATE.fullmatch(text):
        # Bare, as editors write it: the reader takes every scalar as text, whatever YAML would make of it.
        return dumper.represent_scalar("tag:yaml.org,2002:timestamp", text)
    if _NUMBER.fullmatch(text):
        return dumper.represent_scalar("tag:yaml.org,2002:int", text)
    style = "|" if "\n" in text and not re.search(r"\s\n|\n$|^\s|[^\S \n]", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: Any, items: list[Any]) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=_short(items) and not any(map(_nests, items)))


def _mapping(dumper: Any, values: dict[str, Any]) -> Any:
    if "event" in values:
        values = {field: value[0] if field in _SINGLE and len(value) == 1 else value for field, value in values.items()}
    # A role with its people, a penalty with its term; a fact opens with its kind and stays a block.
    inline = _short(values) and not any(isinstance(value, dict) for value in values.values()) and "facts" not in values
    roles = inline and all(isinstance(value, list) for value in values.values())
    term = inline and ("years" in values or "months" in values) and "figure" not in values
    return dumper.represent_mapping("tag:yaml.org,2002:map", values, flow_style=roles or term)


def _nests(value: Any) -> bool:
    return isinstance(value, dict | list)


def _short(value: Any) -> bool:
    return len(str(value)) <= _INLINE and "\\n" not in str(value)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(dict, _mapping)
