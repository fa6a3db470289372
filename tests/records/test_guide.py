"""The guide that editors follow tells the truth: its example passes, its words are the ontology's words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import yaml
from typer.testing import CliRunner

from kg.cli import app
from kg.records import json_schema, read_corpus, read_record, read_registries
from kg.vocabulary import load_vocabulary
from tests.conftest import ROOT, DataFolder

GUIDE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def _example() -> str:
    assert EXAMPLE is not None
    return EXAMPLE[1]


def test_the_example_of_the_guide_is_a_good_record(folder: DataFolder) -> None:
    record = read_record(folder.record("example.yaml", _example()), None, read_registries(folder.path))
    assert record.source.id == "example-2021-08-17-verdict"


def test_every_word_that_records_may_use_is_in_the_guide() -> None:
    words = load_vocabulary()
    told = set(re.findall(r"`([a-z-]+)`", GUIDE))
    keys = {*words.event_kinds, *words.roles}
    for scheme in ("body-kind", "role", "membership", "outcome", "regime", "measure", "penalty-kind", "modality", "reliability"):
        keys |= set(words.concepts[scheme])
    assert sorted(keys - told) == []


def test_the_json_schema_accepts_every_shipped_record_and_refuses_a_wrong_word() -> None:
    schema = json.loads(json.dumps(json_schema()))
    checker = jsonschema.Draft202012Validator(schema)
    corpus = read_corpus(ROOT / "data")
    assert corpus.files
    for file in corpus.files:
        value = yaml.load((ROOT / file.name).read_text(encoding="utf-8"), Loader=_TextLoader)
        assert [f"{file.name}: {error.json_path}: {error.message}" for error in checker.iter_errors(value)] == []
    bad = yaml.load(_example().replace("kind: sentence", "kind: sentense"), Loader=_TextLoader)
    assert list(checker.iter_errors(bad))


def test_kg_new_starts_a_record_that_passes_the_check(folder: DataFolder) -> None:
    run = CliRunner().invoke(
        app,
        [
            "new",
            "--publisher",
            "example-news",
            "--url",
            "https://news.example/7",
            "--title",
            "It's: a #test",
            "--data",
            str(folder.path),
        ],
    )
    assert run.exit_code == 0, run.output
    path = Path(run.stdout.strip())
    assert read_record(path, None, read_registries(folder.path)).source.title == "It's: a #test"
    again = CliRunner().invoke(
        app, ["new", "--publisher", "example-news", "--url", "x", "--title", "It's: a #test", "--data", str(folder.path)]
    )
    assert "exists already" in str(again.exception)


class _TextLoader(yaml.SafeLoader):
    """YAML in which dates stay text, as editors' schema checkers see them."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
