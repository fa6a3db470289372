"""A dossier as its reader meets it: every line can be followed to a passage, and nothing is said that no source says."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import pypdf
import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import KgError, NotFoundError
from kg.graph import Graph
from kg.present.dossier import Dossier, build_dossier, render
from kg.present.dossier.model import Claim, Difference
from tests.conftest import SMALL, DataFolder
from tests.graph.leaks import leaks
from tests.graph.test_visibility import HIDDEN, SECRET

STONE = "id:courier-verdict/stone"
ALLEGED = """
    source: {id: told, publisher: other-news, url: "https://news.example/told", title: An interview, language: en,
             published: 2021-02-03, accessed: 2026-11-23, archived: "https://archive.example/told"}
    passages:
    - id: p1
      locator: paragraph 3
      summary: Petro Koval says that O. Ivanova threatened him.
      quote: She said I would never walk out.
      facts:
      - {person: koval, name: Petro Koval}
      - {person: ivanova, name: O. Ivanova}
      - {event: threat, kind: ill-treatment, modality: alleged, date: 2021-01-01, people: {victim: [koval], officer: [ivanova]}}
    """


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    target = tmp_path_factory.mktemp("small")
    kg.build(SMALL, target)
    return Graph.open(target)


def built(folder: DataFolder) -> Graph:
    target = folder.path.parent / "build"
    kg.build(folder.path, target)
    return Graph.open(target)


def text_of(pdf: bytes) -> str:
    """The text of all pages, in one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def words_of(document: bytes) -> str:
    opened = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def section(dossier: Dossier, key: str) -> list[Claim | Difference]:
    found = next(one for one in dossier.sections if one.key == key)
    return [item for item in found.items if isinstance(item, Claim | Difference)]


def test_every_value_leads_to_a_passage_told_in_the_dossier(small: Graph) -> None:
    """A reviewer needs nothing but the page: each number is told in full once, under the claim that says so."""
    for name in (STONE, "Ana Reed", "Harbour case"):
        dossier = build_dossier(small, name)
        known = {passage.number: passage for passage in dossier.passages}
        told = [number for claim in dossier.claims() for number in claim.shown]
        assert sorted(told) == sorted(known)
        for claim in dossier.claims():
            assert all(known[number].claim == claim.number for number in claim.shown)
            cited = claim.sides if isinstance(claim, Difference) else claim.lines
            assert all(one.passages and set(one.passages) <= known.keys() for one in cited), claim
        assert all(passage.summary for passage in dossier.passages)
        assert all(source.title and source.publisher for source in dossier.sources)


def test_lawyers_and_relatives_are_never_among_the_officials(small: Graph) -> None:
    dossier = build_dossier(small, "Harbour case")
    officials = {claim.text for claim in section(dossier, "officials") if isinstance(claim, Claim)}
    assert any("Vera Stone" in text for text in officials)
    assert not any("Lena Moss" in text for text in officials)
    assert "Lena Moss" in {claim.text for claim in section(dossier, "defence")}


def test_an_inferred_link_is_marked_and_says_what_it_follows_from(small: Graph) -> None:
    inferred = [claim for claim in section(build_dossier(small, STONE), "people") if isinstance(claim, Claim)]
    assert inferred
    for claim in inferred:
        assert claim.inferred
        assert claim.rules
        assert all(line.passages for line in claim.lines)
    page = render(build_dossier(small, STONE), "html").decode()
    assert "acting official in" in page


def test_an_allegation_stays_one_in_every_format(folder: DataFolder) -> None:
    folder.record("told.yaml", ALLEGED)
    dossier = build_dossier(built(folder), "O. Ivanova")
    (act,) = section(dossier, "acts")
    (against,) = section(dossier, "people")
    for claim in (act, against):
        assert isinstance(claim, Claim)
        assert claim.text.startswith("(alleged) ")
        assert not claim.asserted
    for format, read in (("html", bytes.decode), ("pdf", text_of), ("docx", words_of), ("json", bytes.decode)):
        assert "(alleged) Ill-treatment" in read(render(dossier, format)), format


def test_what_one_source_alleges_and_another_reports_is_told_apart(folder: DataFolder) -> None:
    folder.record("told.yaml", ALLEGED)
    report = ALLEGED.replace("told", "report").replace("other-news", "example-news").replace("modality: alleged, ", "")
    folder.record("report.yaml", report)
    folder.same("people", ("told/ivanova", "report/ivanova"), ("told/koval", "report/koval"))
    folder.same("events", ("told/threat", "report/threat"))
    (act,) = section(build_dossier(built(folder), "O. Ivanova"), "acts")
    assert isinstance(act, Claim)
    assert (act.asserted, act.modality, act.publishers) == (True, ("alleged",), 2)
    told = {line.text: line.passages for line in act.lines if line.label == "How sources put it"}
    assert set(told) == {"alleged", "reported without reservation"}
    assert told["alleged"] != told["reported without reservation"]


def test_contradictions_stand_side_by_side(folder: DataFolder) -> None:
    folder.verdict("first")
    folder.verdict("second", publisher="other-news").write_text(
        folder.verdict("second", publisher="other-news").read_text(encoding="utf-8").replace("2021-08-16", "2021-09-16"),
        encoding="utf-8",
    )
    folder.same("people", ("first/judge", "second/judge"), ("first/defendant", "second/defendant"))
    folder.same("events", ("first/verdict", "second/verdict"))
    dossier = build_dossier(built(folder), "O. Ivanova", "sanctions-submission")
    (conflict,) = section(dossier, "conflicts")
    assert isinstance(conflict, Difference)
    assert [side.value for side in conflict.sides] == ["16 August 2021", "16 September 2021"]
    assert len({side.passages for side in conflict.sides}) == 2
    (act,) = section(dossier, "acts")
    assert isinstance(act, Claim)
    assert [line.text for line in act.lines if line.disputed] == ["16 August 2021", "16 September 2021"]
    for format, read in (("html", bytes.decode), ("pdf", text_of), ("docx", words_of)):
        assert "16 September 2021" in read(render(dossier, format)), format


def test_how_a_source_was_read_stands_in_the_annex(folder: DataFolder) -> None:
    folder.record("told.yaml", ALLEGED)
    dossier = build_dossier(built(folder), "O. Ivanova")
    source = next(source for source in dossier.sources if source.title == "An interview")
    assert (source.accessed, source.archived, source.published) == ("2026-11-23", "https://archive.example/told", "2021-02-03")
    passage = next(passage for passage in dossier.passages if passage.source == source.number)
    assert (passage.locator, passage.quote) == ("paragraph 3", "She said I would never walk out.")
    text = text_of(render(dossier, "pdf"))
    assert "Archived copy: https://archive.example/told" in text
    assert "She said I would never walk out." in text


def test_a_submission_leaves_to_people_what_is_theirs(small: Graph) -> None:
    dossier = build_dossier(small, STONE, "sanctions-submission")
    keys = [section.key for section in dossier.sections]
    for before, after in zip(
        ("submitter", "identity", "legal-basis", "acts", "conflicts"),
        ("identity", "legal-basis", "acts", "conflicts", "argument"),
        strict=True,
    ):
        assert keys.index(before) < keys.index(after)
    text = words_of(render(dossier, "docx"))
    assert "Name or organisation (to be filled in by the submitter)" in text
    with pytest.raises(KgError, match="is no official"):
        build_dossier(small, "Lena Moss", "sanctions-submission")


def test_in_ukrainian(small: Graph) -> None:
    dossier = build_dossier(small, STONE, language="uk")
    text = text_of(render(dossier, "pdf"))
    assert "Посадова особа: Vera Stone" in text
    assert "10 лютого 2020" in text
    inferred = next(claim for claim in dossier.claims() if isinstance(claim, Claim) and claim.inferred)
    assert any("випливає" in rule for rule in inferred.rules)
    assert not re.search(r"acting official|follows from", " ".join(inferred.rules))


def test_the_same_build_gives_the_same_bytes(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    made = {format: render(build_dossier(small, STONE), format) for format in ("html", "pdf", "docx", "json")}
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400 * 400)
    again = {format: render(build_dossier(small, STONE), format) for format in made}
    assert [format for format in made if made[format] != again[format]] == []


def test_the_pdf_has_page_numbers_headings_and_cyrillic(small: Graph) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(build_dossier(small, STONE, language="uk"), "pdf")))
    pages = len(reader.pages)
    assert f"{pages} з {pages}" in reader.pages[-1].extract_text()
    assert "Vera Stone" in reader.pages[-1].extract_text()
    assert reader.outline


SCRIPT = "<script>alert(1)</script>"
HOSTILE = [SCRIPT, "{{ 7*7 }} {0.__class__} %s", "\u202eevil\u202c name", "=HYPERLINK(1)", "B" + "o" * 10_000 + "ris", "a\x07bell"]


def hostile(folder: DataFolder) -> Graph:
    for number, name in enumerate(HOSTILE):
        quoted = json.dumps(name.replace("\x07", ""))
        folder.record(
            f"h{number}.yaml",
            f"""
            source: {{id: h{number}, publisher: other-news, url: "https://news.example/{number}", title: {quoted}, language: en}}
            passages:
            - id: p1
              locator: {quoted}
              summary: {quoted}
              facts:
              - {{person: judge, name: {quoted}}}
              - {{person: koval, name: {quoted}}}
              - {{event: verdict, kind: sentence, title: {quoted}, people: {{judge: [judge], defendant: [koval]}}}}
            """,
        )
    return built(folder)


def test_hostile_names_stay_text_in_every_format(folder: DataFolder) -> None:
    graph = hostile(folder)
    for number in range(len(HOSTILE)):
        dossier = build_dossier(graph, f"id:h{number}/judge")
        page = render(dossier, "html").decode()
        assert "<script" not in page
        assert "\u202e" not in page
        assert 'href="javascript' not in page
        assert len(page) < 200_000
        word = render(dossier, "docx")
        if number == 0:
            pdf = render(dossier, "pdf")
            assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile)\b", pdf)
            assert SCRIPT in text_of(pdf)
            assert SCRIPT in words_of(word)
        if number == 1:
            assert "{{ 7*7 }} {0.__class__} %s" in words_of(word)
        assert "\u202e" not in words_of(word)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_addresses_of_the_web_are_links(small: Graph, address: str) -> None:
    from dataclasses import replace

    dossier = build_dossier(small, STONE)
    evil = replace(dossier, sources=tuple(replace(source, url=address, archived=address) for source in dossier.sources))
    page = render(evil, "html").decode()
    assert address.split(":")[0] + ":" not in re.findall(r'href="([a-z]+:)', page)
    document = docx.Document(io.BytesIO(render(evil, "docx")))
    assert not [part for part in document.part.rels.values() if part.is_external and not part.target_ref.startswith("http")]
    pdf = pypdf.PdfReader(io.BytesIO(render(evil, "pdf")))
    links = [str(note.get_object().get("/A", {}).get("/URI", "")) for page in pdf.pages for note in page.get("/Annots", [])]
    assert not [link for link in links if link and not link.startswith("http")]


def test_restricted_material_is_in_no_dossier(folder: DataFolder, tmp_path: Path) -> None:
    folder.record("qz7-hidden.yaml", HIDDEN)
    folder.verdict("open")
    folder.same("people", ("open/judge", "qz7-hidden/judge"))
    graph = built(folder)
    out = tmp_path / "out"
    out.mkdir()
    for format in ("html", "pdf", "docx", "json"):
        content = render(build_dossier(graph, "O. Ivanova"), format)
        (out / f"dossier.{format}").write_bytes(content)
    (out / "pdf.txt").write_text(text_of((out / "dossier.pdf").read_bytes()), encoding="utf-8")
    (out / "docx.txt").write_text(words_of((out / "dossier.docx").read_bytes()), encoding="utf-8")
    assert "Judge O. Ivanova gave Petro Koval five years" in (out / "pdf.txt").read_text(encoding="utf-8")
    assert leaks(out, SECRET) == []
    with pytest.raises(NotFoundError):
        build_dossier(graph, "Zarema Qaraşay")


def test_the_command_writes_what_its_file_says(small: Graph, tmp_path: Path) -> None:
    store = str(Path(small.backend.name).parent.parent)
    for name in ("stone.pdf", "stone.docx", "stone.html", "stone.json"):
        result = CliRunner().invoke(app, ["dossier", STONE, "-o", str(tmp_path / name), "--store", store])
        assert result.exit_code == 0, result.output
    assert (tmp_path / "stone.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "stone.json").read_text(encoding="utf-8"))["subject"] == "Vera Stone"


def test_without_pango_the_error_says_what_to_install(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    dossier = build_dossier(small, STONE)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KgError, match="apt-get install libpango"):
        render(dossier, "pdf")


def test_bodies_and_places_have_no_dossier(small: Graph) -> None:
    with pytest.raises(KgError, match="about an official, another person, or a case"):
        build_dossier(small, "Alden District Court")
