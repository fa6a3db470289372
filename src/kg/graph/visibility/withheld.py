"""What a build may say about files that its audience may not see: neither their names nor what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.errors import Problem
from kg.graph import iris
from kg.graph.naming import NamesInText
from kg.graph.visibility.audience import LEVELS, Visible
from kg.records import Corpus

_MARK = re.compile(rb"visib|restrict|confiden", re.IGNORECASE)
"""What a marked file says somewhere, even when it is too broken or misspelt for the mark to be read."""


def may_be_named(path: Path, audience: str) -> bool:
    """Whether `audience` may be told about a file that was refused or is a draft: no word in it suggests a mark."""
    if audience == LEVELS[-1]:
        return True
    try:
        return not _MARK.search(path.read_bytes())
    except OSError:
        return False


class Telling:
    """Decides for one build which problems and file names it tells its audience."""

    def __init__(self, corpus: Corpus, data: Path, audience: str, visible: Visible, redacted: NamesInText) -> None:
        self.data, self.audience = data, audience
        self._secret = (visible.names, redacted)
        seen = {file.name for file, _ in visible.records} - visible.partial
        unread = [*corpus.refused, *corpus.drafts]
        self._unnamed = {name for name in unread if not may_be_named(self._path(name), audience)}
        self._unnamed |= {file.name for file in corpus.files if file.name not in seen}
        sources = {file.record.source.id for file in corpus.files if iris.source(file.record.source.id) in visible.hidden}
        self._words = self._unnamed | sources

    @property
    def withholds(self) -> bool:
        """Whether the corpus has anything that the audience may not see."""
        return bool(self._unnamed) or any(self._secret)

    def files(self, names: Iterable[str]) -> list[str]:
        """Those of the file names that may be told."""
        return [name for name in names if name not in self._unnamed and not self._names(name)]

    def problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems that may be told, and one that says how many may not."""
        every = sorted(set(problems))
        told = [problem for problem in every if self._may_tell(problem)]
        if len(told) < len(every):
            message = f"{len(every) - len(told)} problems concern what this audience may not see, or cannot be told apart from it"
            told.append(Problem(f"{self.data.name}/", 1, 1, "", message, "kg build --audience confidential tells them"))
        return told

    def _may_tell(self, problem: Problem) -> bool:
        if not self.withholds:
            return True
        if "/records/" not in problem.file and not problem.file.endswith(("publishers.yaml", "places.yaml", "codes.yaml")):
            # Decisions and labels speak about mentions: nothing shows that one which no record declares was never hidden.
            return False
        text = str(problem)
        return not any(word in text for word in self._words) and not self._names(text)

    def _names(self, text: str) -> bool:
        return any(names.found_in(text) for names in self._secret)

    def _path(self, name: str) -> Path:
        return self.data / name.split("/", 1)[1]
