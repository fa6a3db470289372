"""What all tests share: a small data folder to write records into."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import hypothesis
import pytest

from kg.identity import Decision, write_decisions
from kg.vocabulary import ID

# A loaded machine is slow, not wrong: no example of a property test fails for the time it took.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

SMALL = Path(__file__).parent / "data" / "small"
ROOT = Path(__file__).parent.parent

REGISTRIES = {
    "publishers": """
        source: {id: publishers, title: Publishers, publisher: project, language: en, locator: this file}
        entries:
        - {key: project, name: Project editors, kind: organization}
        - {key: example-news, name: Example News, kind: media-outlet}
        - {key: other-news, name: Other News, kind: media-outlet}
        """,
    "places": """
        source: {id: places, title: Places, publisher: project, language: en, locator: this file}
        entries:
        - {key: alushta, name: {en: Alushta}, kind: city, lat: 44.68, lon: 34.41}
        - {key: rostov-on-don, name: {en: Rostov-on-Don}, kind: city, lat: 47.24, lon: 39.71}
        """,
    "codes": """
        source: {id: codes, title: Codes, publisher: project, language: en, locator: this file}
        entries:
        - {key: ru-cc, name: {en: Criminal Code of the Russian Federation}, kind: code}
        """,
}


class DataFolder:
    """A data folder in the making."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "records").mkdir(parents=True)
        (path / "identity").mkdir()
        for name, text in REGISTRIES.items():
            (path / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")

    def record(self, name: str, text: str) -> Path:
        """Write the record file `name` and say where it is."""
        path = self.path / "records" / name
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def verdict(
        self,
        source: str,
        *,
        judge: str = "O. Ivanova",
        defendant: str = "Petro Koval",
        publisher: str = "example-news",
        day: str = "2021-08-16",
    ) -> Path:
        """A record of one source that reports one verdict."""
        return self.record(
            f"{source}.yaml",
            f"""
            source: {{id: {source}, publisher: {publisher}, url: "https://news.example/{source}", title: A verdict, language: en}}
            passages:
            - id: p1
              summary: Judge {judge} gave {defendant} five years.
              facts:
              - {{person: judge, name: {judge}}}
              - {{person: defendant, name: {defendant}}}
              - {{body: court, name: District Court, kind: district-court, place: alushta}}
              - {{case: trial, defendants: [defendant]}}
              - event: verdict
                kind: sentence
                date: {day}
                body: court
                case: trial
                people: {{judge: [judge], defendant: [defendant]}}
                penalties: [{{person: defendant, years: 5}}]
            """,
        )

    def same(self, table: str, *pairs: tuple[str, str]) -> None:
        """Decide in the table `table` that the two of each pair, such as a/court and b/court, are the same."""
        made = [Decision("", 0, ID + one, True, ID + other, "an editor", "2026-11-23", "", "as both say") for one, other in pairs]
        write_decisions(self.path / "identity" / f"{table}.sssom.tsv", made)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """An empty corpus with registries."""
    return DataFolder(tmp_path / "data")
