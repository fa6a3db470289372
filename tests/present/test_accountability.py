"""The accountability list as a file: every row with its passages, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import KgError
from kg.graph import Graph
from kg.graph.screening.accountability import standings
from kg.present.accountability import Listing, read_accountability, render
from tests.conftest import ROOT, SMALL, DataFolder
from tests.graph.leaks import leaks
from tests.graph.test_modality import ALLEGED
from tests.graph.test_visibility import HIDDEN, SECRET


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The texts of a workbook's cells by sheet, row by row; no cell is a formula, and none holds more than a cell can."""
    found: dict[str, list[list[str]]] = {}
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        assert all(cell.data_type != "f" and len(str(cell.value)) <= 32_767 for row in sheet.iter_rows() for cell in row)
        found[sheet.title] = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    return found


def listing(data: Path, target: Path) -> Listing:
    kg.build(data, target)
    graph = Graph.open(target)
    return read_accountability(graph, standings(graph))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Listing:
    return listing(SMALL, tmp_path_factory.mktemp("small"))


def test_every_row_has_the_passages_behind_it(small: Listing) -> None:
    book = sheets(render(small, "xlsx"))
    header, *rows = book["officials"]
    stone = dict(zip(header, next(row for row in rows if row[0] == "Vera Stone"), strict=True))
    assert stone["official"].endswith("/courier-verdict/stone")
    assert stone["page"] == "/id/courier-verdict/stone"
    assert "https://courier.example/verdict" in stone["sources"]
    assert "Ana Reed" in stone["people acted against"]
    header, *cited = book["citations"]
    passages = {row[header.index("passage")] for row in cited if row[0] == stone["official"]}
    assert passages == set(stone["passages"].split("\n"))


def test_lawyers_are_not_on_it(small: Listing) -> None:
    assert "Lena Moss" not in {entry.standing.name for entry in small.entries}


def test_csv_and_pdf_say_the_same(small: Listing) -> None:
    rows = list(csv.DictReader(io.StringIO(render(small, "csv").decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == [entry.standing.name for entry in small.entries]
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render(small, "pdf"))).pages)
    assert all(row["name"] in text for row in rows)
    assert "1 of " in text


def test_the_same_build_gives_the_same_bytes(small: Listing) -> None:
    assert render(small, "xlsx") == render(small, "xlsx")
    assert render(small, "pdf") == render(small, "pdf")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "@SUM(A1)", "-2+3", "<script>alert(1)</script>", "J" + "o" * 40_000])
def test_hostile_names_stay_text(folder: DataFolder, name: str) -> None:
    folder.verdict("a", judge=f'"{name}"', defendant="Petro Koval")
    made = listing(folder.path, folder.path.parent / "build")
    assert sheets(render(made, "xlsx"))["officials"][1][0][:1] == name[:1]
    row = next(csv.reader(io.StringIO(render(made, "csv").decode("utf-8-sig").split("\n", 1)[1])))
    assert row[0][0] not in "=+@-"
    assert "<script>" not in render(made, "html").decode()


def test_restricted_material_is_not_on_it(folder: DataFolder, tmp_path: Path) -> None:
    folder.record("qz7-hidden.yaml", HIDDEN)
    folder.verdict("open")
    folder.same("people", ("open/judge", "qz7-hidden/judge"))
    made = listing(folder.path, folder.path.parent / "build")
    out = tmp_path / "out"
    out.mkdir()
    for format in ("xlsx", "csv", "html"):
        (out / f"list.{format}").write_bytes(render(made, format))
    (out / "cells.txt").write_text(str(sheets((out / "list.xlsx").read_bytes())), encoding="utf-8")
    assert "O. Ivanova" in (out / "cells.txt").read_text(encoding="utf-8")
    assert leaks(out, SECRET) == []


def test_in_ukrainian_everything_but_the_words_of_editors_is(tmp_path: Path) -> None:
    kg.build(ROOT / "data", tmp_path / "build")
    graph = Graph.open(tmp_path / "build")
    made = read_accountability(graph, standings(graph), "uk")
    book = sheets(render(made, "xlsx"))
    assert list(book) == ["посадові особи", "цитування", "про перелік"]
    header, *rows = book["посадові особи"]
    roles = {role for row in rows for role in row[header.index("посада")].split("; ")}
    assert {"суддя", "прокурор"} <= roles
    assert not any(role.isascii() for role in roles - {""}), "no English word is left among the roles"
    header, *cited = book["цитування"]
    assert {row[header.index("подія")] for row in cited} >= {"вирок", "запит покарання", "судове засідання"}
    assert {row[header.index("як подано")] for row in cited} >= {"повідомлено", "стверджують"}
    assert "Перелік відповідальних посадових осіб" in render(made, "html").decode()
    assert next(csv.reader(io.StringIO(render(made, "csv").decode("utf-8-sig"))))[0] == "name", "programs read the same columns"
    with pytest.raises(KgError, match="en or uk"):
        read_accountability(graph, [], "de")


def test_the_command_writes_the_filtered_list(tmp_path: Path) -> None:
    kg.build(SMALL, tmp_path / "build")
    result = CliRunner().invoke(
        app, ["officials", "--role", "judge", "-o", str(tmp_path / "list.xlsx"), "--store", str(tmp_path / "build")]
    )
    assert result.exit_code == 0, result.output
    names = [row[0] for row in sheets((tmp_path / "list.xlsx").read_bytes())["officials"]]
    assert "Vera Stone" in names
    assert "Paul Grim" not in names
    wrong = CliRunner().invoke(app, ["officials", "-o", str(tmp_path / "list.exe"), "--store", str(tmp_path / "build")])
    assert wrong.exit_code == 1
    assert "the list is written as" in str(wrong.exception)
    nowhere = CliRunner().invoke(app, ["officials", "--language", "uk", "--store", str(tmp_path / "build")])
    assert "goes with --output" in str(nowhere.exception)


def test_an_allegation_is_one_behind_the_name_it_concerns(folder: DataFolder) -> None:
    """The file names whom an official acted against: who is only said to be one of them is marked, and counted apart."""
    folder.verdict("a")
    folder.record("told.yaml", ALLEGED)
    folder.same("people", ("told/ivanova", "a/judge"))
    made = listing(folder.path, folder.path.parent / "build")
    header, row = sheets(render(made, "xlsx"))["officials"]
    cells = dict(zip(header, row, strict=True))
    assert cells["people acted against"] == "Petro Koval; Petro Koval (alleged)"
    assert (cells["people"], cells["alleged"], cells["put as"]) == ("1", "1", "alleged 1; reported 1")
    assert "Petro Koval (alleged)" in render(made, "csv").decode()
    assert "Petro Koval (alleged)" in render(made, "html").decode()
