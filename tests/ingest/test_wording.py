"""The page docs/bad-input.md: what a newcomer is told about a bad file is what the page says, and nothing is half-loaded."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfWriter
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import KgError
from tests.conftest import ROOT, DataFolder
from tests.ingest.sheets import case, text_files, workbook

PAGE = ROOT / "docs" / "bad-input.md"
PEOPLE = "person,name,born\npetrenko,Іван Петренко,1980\nkoval,Марія Коваль,1975\n"
WALL = "<html><body><article><h1>We value your privacy</h1>" + (
    "<p>We and our 812 partners use cookies and personal data for advertising. With your consent we store cookies. You can accept "
    "all cookies or manage options at any time in the privacy policy; some partners rely on legitimate interest instead.</p>" * 3
)


def spreadsheet(path: Path, sheet: str, row: int, column: str, value: str) -> None:
    sheets = case()
    sheets[sheet][row][column] = value
    workbook(path, sheets)


def packed(path: Path, part: str, content: bytes) -> None:
    workbook(path, case())
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)


def scan(path: Path) -> None:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    path.write_bytes(out.getvalue())


def bomb(path: Path) -> None:
    entities = "".join(f'<!ENTITY b{at + 1} "{f"&b{at};" * 10}">' for at in range(9))
    packed(path, "xl/workbook.xml", f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY b0 "ha">{entities}]><x>&b9;</x>'.encode())


CASES: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "A table that is not from kg template": ("ingest", "people.csv", lambda path: path.write_text(PEOPLE, encoding="utf-8")),
    "Wrong encoding": ("ingest --guess-mapping", "people.csv", lambda path: path.write_bytes((PEOPLE * 20).encode("windows-1251"))),
    "Mixed encodings": (
        "ingest --guess-mapping",
        "people.csv",
        lambda path: path.write_bytes(PEOPLE.encode() + "sydorenko,Петро Сидоренко,1990\n".encode("windows-1251")),
    ),
    "A gzip file that was cut off": (
        "ingest --guess-mapping",
        "people.csv.gz",
        lambda path: path.write_bytes(gzip.compress(PEOPLE.encode() * 500)[:60]),
    ),
    "A packing bomb": (
        "ingest",
        "cases.xlsx",
        lambda path: packed(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + b"<row/>" * 5_000_000),
    ),
    "An entity bomb": ("ingest", "cases.xlsx", bomb),
    "Ragged rows": (
        "ingest --guess-mapping",
        "people.csv",
        lambda path: path.write_text(f"{PEOPLE}sydorenko,Петро\n", encoding="utf-8"),
    ),
    "A formula": ("ingest", "cases.xlsx", lambda path: spreadsheet(path, "people", 0, "name", '=HYPERLINK("http://evil.example")')),
    "A cell of ten megabytes": (
        "ingest --guess-mapping",
        "people.csv",
        lambda path: path.write_text(f"{PEOPLE}x,{'a' * 10_000_000},1\n", encoding="utf-8"),
    ),
    "A day that does not exist": ("ingest", "cases.xlsx", lambda path: spreadsheet(path, "events", 1, "date", "31.02.2019")),
    "A date that can be two days": ("ingest", "cases.xlsx", lambda path: spreadsheet(path, "events", 1, "date", "05/06/2019")),
    "A NUL byte": (
        "ingest --guess-mapping",
        "people.csv",
        lambda path: path.write_text(PEOPLE.replace("Марія", "Ма\0рія"), encoding="utf-8"),
    ),
    "A PDF without text": ("extract", "scan.pdf", scan),
    "A consent wall": ("extract", "page.html", lambda path: path.write_text(WALL, encoding="utf-8")),
    "An article in two encodings": (
        "extract",
        "article.txt",
        lambda path: path.write_bytes("Суд приговорил его.\n".encode() + "Он обжаловал приговор.".encode("windows-1251")),
    ),
}
"""Sections of the page: the command, the file, and how to make it."""


def told(title: str, folder: Path, data: Path) -> str:
    """What the program says about the file of a section."""
    command, name, make = CASES[title]
    make(folder / name)
    result = CliRunner().invoke(app, [*command.split(), str(folder / name), "--data", str(data)])
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, KgError)
    return f"kg: {result.exception}".replace(f"{folder}/", "")


@pytest.mark.parametrize("title", CASES)
def test_the_page_says_what_the_program_says(title: str, folder: DataFolder, tmp_path: Path) -> None:
    command, name, _ = CASES[title]
    section = re.search(rf"### {title}\n.*?`kg {command} {name}`\n\n```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert section, f"docs/bad-input.md has no section '{title}'"
    assert told(title, tmp_path, folder.path).strip() == section[1].strip()
    assert list((folder.path / "records").iterdir()) == []


def test_every_section_of_the_page_is_tested() -> None:
    assert re.findall(r"(?m)^### (.*)$", PAGE.read_text(encoding="utf-8")) == list(CASES)


def test_right_to_left_text_goes_in_and_out_as_written(folder: DataFolder, tmp_path: Path) -> None:
    sheets = case()
    names = ["خالد الحسن", "\u200fמשה כהן\u200e"]
    for at, name in enumerate(names):
        sheets["people"][at]["name"] = name
    data = ["--data", str(folder.path)]
    for file in (workbook(tmp_path / "cases.xlsx", sheets), text_files(tmp_path / "cases.csv", sheets)):
        result = CliRunner().invoke(app, ["ingest", str(file), *data])
        assert result.exit_code == 0, result.exception
    assert "1 unchanged" in result.stderr
    assert CliRunner().invoke(app, ["export", str(tmp_path / "out.xlsx"), *data]).exit_code == 0
    cells = [cell.value for row in load_workbook(tmp_path / "out.xlsx")["people"].iter_rows() for cell in row]
    assert set(names) <= set(cells)


def test_pages_of_a_pdf_that_are_pictures_are_told() -> None:
    from kg.extract.reading import _pdf
    from tests.extraction.test_reading import pdf

    writer, out = PdfWriter(io.BytesIO(pdf(["On 16 August 2021 the court sentenced Ivan Petrenko to 13 years."]))), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    assert _pdf(out.getvalue(), "report.pdf").notes == (
        "report.pdf: page 2 of 2 has no text layer: what stands there was not read",
    )


def test_an_article_about_cookies_is_no_consent_wall(tmp_path: Path) -> None:
    text = (
        "The court ruled that the bakery may sell its cookies again. "
        + "The judge heard six witnesses on the first day of the trial. " * 8
    )
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><article><h1>Ruling</h1><p>{text}</p><p>{text}</p></article></body></html>", encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(page), "--data", str(tmp_path)])
    assert result.exit_code == 0, result.exception
