"""Styles and scripts: the styles are part of the sources, the scripts are built (scripts/assets) and may be absent."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
BUILT, STYLES = HERE / "static", HERE / "styles"


class Assets:
    """The files of the front end, with addresses that change when their content does."""

    def __init__(self) -> None:
        self._hashes: dict[Path, tuple[int, str]] = {}

    def has(self, name: str) -> bool:
        """Whether the built file `name` is there."""
        return (BUILT / name).is_file()

    def url(self, name: str) -> str:
        """The address of a built script or a style sheet."""
        folder, base = (STYLES, "/styles") if (STYLES / name).is_file() else (BUILT, "/static")
        return f"{base}/{name}?v={self._hash(folder / name)}"

    def _hash(self, path: Path) -> str:
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            return "absent"
        known = self._hashes.get(path)
        if known is None or known[0] != changed:
            known = self._hashes[path] = changed, sha256(path.read_bytes()).hexdigest()[:12]
        return known[1]
