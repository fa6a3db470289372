"""Where the folders that travel with the program are: `ontology` and `queries`."""

from __future__ import annotations

from pathlib import Path

from kg.errors import VocabularyError


def locate(name: str) -> Path:
    """The folder `name` inside the installed package, or at the root of the repository the package lies in.

    Raises VocabularyError when it is in neither place.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / name, package.parent.parent / name):
        if folder.is_dir():
            return folder
    raise VocabularyError(f"the folder '{name}' is missing: install the package again, or run from a checkout of the repository")
