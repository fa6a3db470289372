"""What an audience may not see is nowhere: not in the store, its files, exports, maps or messages, in no encoding."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import BuildError
from kg.graph.build import current_build
from kg.graph.naming import NamesInText
from tests.conftest import DataFolder
from tests.graph.leaks import encodings_of, leaks

SECRET = ["Zarema Qaraşay", "Qarasay", "Карашай", "Harbour Street 7", "shelter-volunteer", "qz7-hidden", "A hidden interview"]
"""Every string that only restricted material has."""

HIDDEN = """
    source: {id: qz7-hidden, publisher: other-news, url: "https://news.example/qz7-hidden", title: A hidden interview,
             language: en, visibility: restricted}
    passages:
    - id: p1
      summary: Zarema Qaraşay of Harbour Street 7 saw how O. Ivanova led the search.
      facts:
      - {person: shelter-volunteer, name: Zarema Qaraşay, other-names: [Карашай Зарема], home: alushta}
      - {person: judge, name: O. Ivanova}
      - {event: search, kind: search, date: 2020-01-01, people: {searched-person: [shelter-volunteer], officer: [judge]}}
    """
MIXED = """
    source: {id: mixed, publisher: other-news, url: "https://news.example/mixed", title: Two views, language: en}
    passages:
    - id: p1
      summary: The verdict was read out.
      facts:
      - {person: judge, name: O. Ivanova}
      - {event: verdict, kind: hearing, date: 2021-08-16, people: {judge: [judge]}}
    - id: p2
      visibility: confidential
      summary: Somebody in Harbour Street 7 heard it.
      facts:
      - {person: shelter-volunteer, name: Z. Qarasay}
      - {event: verdict, people: {attendee: [shelter-volunteer]}}
    """
SHARED = """
    source: {id: shared, publisher: example-news, url: "https://news.example/shared", title: A protest, language: en}
    passages:
    - id: p1
      summary: A picket was held.
      facts:
      - {event: picket, kind: protest, date: 2020-02-02}
    - id: p2
      summary: Among them was the volunteer Zarema Qaraşay.
      facts:
      - {person: shelter-volunteer, name: Zarema Qaraşay, visibility: restricted}
      - {event: picket, people: {attendee: [shelter-volunteer]}}
    - id: p3
      summary: Later Qarasay was seen there again.
      facts:
      - {event: later, kind: protest, date: 2020-02-03, text: Qarasay and others stood there}
    """
OUTPUTS = (
    ("map", "--all", "--output", "out/map.html"),
    *(("network", "official-person", "--output", f"out/network.{ending}") for ending in ("graphml", "gexf", "csv", "json")),
    ("query", "officials-by-people", "--format", "json"),
    ("find", "Zarema"),
    ("ask", "SELECT * { GRAPH ?g { ?s ?p ?o } }", "--format", "csv"),
    ("ask", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "--format", "turtle"),
    ("history", "O. Ivanova"),
    ("history", "O. Ivanova", "--format", "json"),
    ("coverage",),
    ("coverage", "--format", "csv"),
    ("validate", "--severity", "info", "--format", "json"),
)


@pytest.fixture
def corpus(folder: DataFolder) -> DataFolder:
    folder.verdict("a")
    folder.record("qz7-hidden.yaml", HIDDEN)
    folder.record("mixed.yaml", MIXED)
    folder.record("shared.yaml", SHARED)
    folder.record("broken-qarasay.yaml", "source: {id: broken, visibility: restricted, title: A hidden interview\n")
    folder.same("people", ("qz7-hidden/shelter-volunteer", "mixed/shelter-volunteer"), ("qz7-hidden/judge", "a/judge"))
    return folder


def program(place: Path, *arguments: str) -> None:
    """Run the real program in `place`; what it prints, in which words ever, is kept in out/ as well."""
    (place / "out").mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-m", "kg", *arguments], cwd=place, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    log = f"{len(list((place / 'out').iterdir()))}-{arguments[0]}"
    (place / "out" / f"{log}.log").write_bytes(done.stdout + done.stderr)


def searched(place: Path, *options: str) -> list[str]:
    """Leaks in everything that a build with `options` and all commands on it leave."""
    program(place, "build", *options)
    for arguments in OUTPUTS:
        options_of = ("--data", "nowhere") if arguments[0] == "validate" else ()
        program(place, *arguments, *options_of)
    assert len(list((place / "out").iterdir())) > len(OUTPUTS)
    return [found for part in ("build", "out") for found in leaks(place / part, SECRET)]


def test_nothing_restricted_is_found_in_anything_public(corpus: DataFolder) -> None:
    place = corpus.path.parent
    assert searched(place) == []
    assert kg.open(place / "build").ask("ASK { ?person pn:name 'O. Ivanova' }")
    assert kg.open(place / "build").ask("ASK { ?event a pn:Protest }"), "what is not restricted of a record stays"


def test_the_search_would_find_it(corpus: DataFolder) -> None:
    """The same search over a restricted build finds every string; so would it have found them in a public one."""
    found = "\n".join(searched(corpus.path.parent, "--audience", "confidential"))
    for text in SECRET:
        assert repr(text) in found
    for output in ("map.html", "network.json", "ask.log", "validate.log", "quads.nq.gz", "store (quads)"):
        assert output in found, output


def test_a_public_build_after_a_restricted_one_leaves_nothing_of_it(corpus: DataFolder) -> None:
    place = corpus.path.parent
    program(place, "build", "--audience", "confidential")
    assert leaks(place / "build", SECRET)
    program(place, "build")
    assert leaks(place / "build", SECRET) == []


def test_material_marked_later_leaves_the_earlier_build_as_well(corpus: DataFolder) -> None:
    place = corpus.path.parent
    path = corpus.path / "records" / "mixed.yaml"
    open_text = path.read_text("utf-8")
    path.write_text(open_text.replace("  visibility: confidential\n", ""), "utf-8")
    (corpus.path / "identity" / "people.sssom.tsv").unlink()
    program(place, "build")
    assert leaks(place / "build", ["Z. Qarasay"]), "as long as nobody decided so, this is somebody else of the same name"
    path.write_text(open_text, "utf-8")
    program(place, "build")
    assert leaks(place / "build", SECRET) == []


def test_each_audience_sees_its_own_level_and_those_below(corpus: DataFolder) -> None:
    place = corpus.path.parent
    people = {}
    for audience in ("public", "restricted", "confidential"):
        kg.build(corpus.path, place / audience, audience=audience)
        names = kg.open(place / audience).query("SELECT ?name { ?person a pn:Person ; pn:name ?name }")
        people[audience] = {str(row["name"]) for row in names}
    assert people["public"] == {"O. Ivanova", "Petro Koval"}
    assert people["restricted"] == people["public"] | {"Zarema Qaraşay"}
    assert people["confidential"] == people["restricted"] | {"Z. Qarasay"}


def test_text_is_searched_in_encodings_that_differ() -> None:
    codes = encodings_of("Карашай Зарема")
    assert len(set(codes.values())) > 15


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the house of Zarema Karashai", True),
        ("Заремы Карашай там не было", True),
        ("id/a/qarasay-search", True),
        ("Zarema said so", True),
        ("the harbour was searched", False),
        ("Ivanova left", False),
    ],
)
def test_a_name_is_found_in_any_spelling_and_case(text: str, named: bool) -> None:
    assert NamesInText(["Zarema Qaraşay", "Зарема Карашай"], ["O. Ivanova"]).found_in(text) is named


FAMILY = """
    source: {id: family, publisher: example-news, url: "https://news.example/lilia-koval", title: What Lilia told,
             language: en}
    passages:
    - id: p1
      summary: Lilia Koval, wife of Petro Koval, and his brother Andriy Koval were there. Lilia said that Petro was taken away.
      facts:
      - {person: lilia-koval, name: Lilia Koval, other-names: [Лілія Коваль], born: "1987-03-29", home: alushta}
      - {person: petro, name: Petro Koval}
      - {person: andriy, name: Andriy Koval}
      - {relation: relative, subject: lilia-koval, object: petro, text: wife}
      - {relation: relative, subject: andriy, object: petro, text: brother}
      - {event: raid, kind: detention, date: 2020-01-01, people: {detainee: [petro, andriy], witness: [lilia-koval]}}
    """


def test_relatives_are_shown_by_their_role_everywhere(folder: DataFolder) -> None:
    folder.record("family.yaml", FAMILY)
    folder.verdict("a")
    folder.same("people", ("family/petro", "a/defendant"))
    place = folder.path.parent
    program(place, "build", "--redact", "relative", "--redact", "witness")
    for arguments in OUTPUTS:
        program(place, *arguments, *(("--data", "nowhere") if arguments[0] == "validate" else ()))
    secret = ["Lilia", "Лілія", "lilia-koval", "1987-03-29"]
    assert [found for part in ("build", "out") for found in leaks(place / part, secret)] == []
    graph = kg.open(place / "build")
    assert [str(row["l"]) for row in graph.query("SELECT ?l { ?p pn:relativeOf ?q ; rdfs:label ?l . ?e pn:witness ?p }")] == [
        "relative 1"
    ]
    (row,) = graph.query("SELECT ?summary { ?g pn:summary ?summary FILTER(CONTAINS(?summary, 'taken away')) }")
    assert str(row["summary"]) == (
        "relative 1, wife of Petro Koval, and his brother Andriy Koval were there. relative 1 said that Petro was taken away."
    )
    assert graph.ask("ASK { ?p pn:name 'Andriy Koval' }"), "a brother who is a prisoner himself keeps his name"


def test_a_redacted_build_leaves_nothing_of_an_earlier_open_one(folder: DataFolder) -> None:
    folder.record("family.yaml", FAMILY)
    kg.build(folder.path, folder.path.parent / "build")
    first = current_build(folder.path.parent / "build")
    kg.build(folder.path, folder.path.parent / "build", redact=["relative"])
    assert not first.exists()
    assert leaks(folder.path.parent / "build", ["Lilia"]) == []


def test_a_role_that_cannot_be_redacted_is_refused_with_the_choice(folder: DataFolder, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"judge.*choose from relative, witness"):
        kg.build(folder.path, tmp_path / "build", redact=["judge"])
